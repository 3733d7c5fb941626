#include "engine/value/money.h"

#include <algorithm>

#include "engine/json/members.h"
#include "engine/text/currency.h"

namespace tenon {
namespace {

constexpr std::size_t kCodeLength = 3;

Type without_currencies(const Type& type) {
  Type plain = type;
  plain.currencies.clear();
  return plain;
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool is_code(std::string_view text) {
  return text.size() == kCodeLength && std::all_of(text.begin(), text.end(), is_letter);
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return result;
}

std::string listed(const std::vector<std::string>& codes) {
  std::string text;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == codes.size() ? " or " : ", ") + codes[i];
  }
  return text;
}

Result<void> check_code(const Type& type, std::string_view code) {
  const auto& known = type.currencies;
  if (std::find(known.begin(), known.end(), code) != known.end()) return done();
  return Error::invalid(
      "", "currency",
      "there are no amounts in \"" + std::string(code) + "\" here; it is " + listed(known));
}

Result<void> check_digits(const Type& type, const Decimal& amount, const std::string& code) {
  const int most = digits_of(type, code);
  if (amount.digits_behind_point() <= most) return done();
  return Error::invalid("", "scale",
                        most == 0
                            ? "an amount in " + code + " has no digits behind the point"
                            : "an amount in " + code + " may have at most " + std::to_string(most) +
                                  (most == 1 ? " digit" : " digits") + " behind the point");
}

// A letter code at the front or the back of the cell; the cell without it.
std::string take_code(std::string_view& cell) {
  const std::string_view front = cell.substr(0, std::min(kCodeLength, cell.size()));
  const std::string_view back = cell.substr(cell.size() - front.size());
  const bool leads = is_code(front) && (cell.size() == kCodeLength || !is_letter(cell[3]));
  const bool ends =
      is_code(back) && (cell.size() == kCodeLength || !is_letter(cell[cell.size() - 4]));
  if (!leads && !ends) return "";
  const std::string code = upper(leads ? front : back);
  leads ? cell.remove_prefix(kCodeLength) : cell.remove_suffix(kCodeLength);
  return code;
}

Result<Money> parse_parts(json::Reader reader, const Type& type) {
  std::vector<Problem> problems;
  json::Members members(reader, problems);
  const auto amount = members.present("amount");
  const auto code = members.text("currency");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  if (!amount) {
    return reader.size() == 0
               ? Error::invalid(reader.path(), "type", "the amount is missing")
               : Error::invalid(reader.path(), "amount", "a currency needs its amount beside it");
  }
  TENON_TRY(auto value, parse(*amount, without_currencies(type)));
  return money_of(type, std::move(value), code ? Value{*code} : Value{});
}

}  // namespace

std::string code_in(std::string_view cell) { return take_code(cell); }

int digits_of(const Type& type, std::string_view currency) {
  return std::min(type.scale, text::currency_digits(currency).value_or(type.scale));
}

Result<Money> money_of(const Type& type, Value amount, Value currency) {
  if (is_empty(amount)) return Money{};
  const auto* given = std::get_if<std::string>(&currency);
  std::string code = given != nullptr && !given->empty() ? *given : type.currency;
  TENON_CHECK(check_code(type, code));
  TENON_CHECK(check_digits(type, std::get<Decimal>(amount), code));
  return Money{std::move(amount), Value{std::move(code)}};
}

Result<Money> parse_money(json::Reader reader, const Type& type) {
  auto money = [&]() -> Result<Money> {
    if (reader.kind() == json::Kind::object) return parse_parts(reader, type);
    TENON_TRY(auto amount, parse(reader, without_currencies(type)));
    return money_of(type, std::move(amount), {});
  }();
  if (money) return money;
  for (Problem& problem : money.error().problems) {
    if (problem.at.empty()) problem.at = reader.path();
  }
  return money;
}

Result<Money> parse_money_cell(std::string_view cell, const Type& type, const CellFormat& format) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto first = cell.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return Money{};
  std::string_view rest = cell.substr(first, cell.find_last_not_of(kBlanks) - first + 1);
  std::string code = take_code(rest);
  if (!code.empty()) TENON_CHECK(check_code(type, code));
  Type plain = without_currencies(type);
  plain.scale = digits_of(type, code.empty() ? type.currency : code);
  TENON_TRY(auto amount, parse_cell(rest, plain, format));
  if (is_empty(amount) && !code.empty()) {
    return Error::invalid("", "amount", "a currency needs its amount beside it");
  }
  return money_of(type, std::move(amount), code.empty() ? Value{} : Value{std::move(code)});
}

Value whole_of(const Type& type, const Value& amount, const Value& currency) {
  if (is_empty(amount)) return {};
  json::Writer writer;
  writer.begin_object().key("amount");
  write(writer, type, amount);
  const auto* code = std::get_if<std::string>(&currency);
  writer.key("currency").text(code == nullptr ? type.currency : *code).end_object();
  return Json{writer.take()};
}

Result<Value> parse_whole(json::Reader reader, const Type& type) {
  if (!type.has_currencies()) return parse(reader, type);
  TENON_TRY(const auto money, parse_money(reader, type));
  return whole_of(type, money.amount, money.currency);
}

std::string money_text(const Type& type, const Json& whole) {
  const auto document = json::Document::parse(whole.text);
  const auto money = document ? parse_money(document->root(), type) : Result<Money>(Money{});
  if (!money || is_empty(money->amount)) return whole.text;
  return std::get<std::string>(money->currency) + " " + text_of(type, money->amount);
}

}  // namespace tenon
