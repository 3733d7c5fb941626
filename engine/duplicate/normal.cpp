#include "engine/duplicate/normal.h"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/text/normal.h"
#include "engine/text/phone.h"
#include "engine/value/column.h"
#include "engine/value/type.h"

namespace tenon::duplicate {
namespace {

// At the end of a name, longer ones first. Folded, without blanks and signs.
constexpr std::array<std::string_view, 19> kChineseForms{"集团股份有限公司",
                                                         "集团有限责任公司",
                                                         "控股集团有限公司",
                                                         "股份有限公司",
                                                         "有限责任公司",
                                                         "集团有限公司",
                                                         "控股有限公司",
                                                         "有限合伙企业",
                                                         "合伙企业",
                                                         "有限公司",
                                                         "集团公司",
                                                         "分公司",
                                                         "总公司",
                                                         "事务所",
                                                         "工作室",
                                                         "公司",
                                                         "集团",
                                                         "控股",
                                                         "股份"};
// Words of their own.
constexpr std::array<std::string_view, 30> kForms{
    "inc", "incorporated", "corp", "corporation", "co",    "company", "ltd", "limited",
    "llc", "llp",          "lp",   "plc",         "pty",   "gmbh",    "ag",  "kg",
    "ohg", "sa",           "sas",  "sarl",        "srl",   "spa",     "bv",  "nv",
    "oy",  "ab",           "as",   "kk",          "group", "holdings"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::string digits_of(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

// As a field of that type keeps it; of what is no number its digits.
std::string phone(const std::string& text, std::string_view country) {
  auto number = text::worldwide_number(text, country);
  return digits_of(number ? *number : text);
}

std::string email(const std::string& text) {
  const std::string folded = text::folded(text);
  const auto first = folded.find_first_not_of(" \t");
  return first == std::string::npos ? "" : folded.substr(first, folded.find_last_not_of(" \t") + 1);
}

// Full-width and ideographic signs of names; folding has made most others plain.
constexpr std::array<std::string_view, 8> kSigns{"·", "、", "。", "「", "」", "【", "】", "・"};

std::vector<std::string> words_of(const std::string& text) {
  std::string plain = text::folded(text);
  for (const std::string_view sign : kSigns) {
    for (auto at = plain.find(sign); at != std::string::npos; at = plain.find(sign)) {
      plain.replace(at, sign.size(), " ");
    }
  }
  std::vector<std::string> words(1);
  for (const char c : plain) {
    if (c == '.' || c == '\'') continue;  // "L.L.C.", "O'Neil"
    if (is_letter(c)) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

std::string company(const std::string& text) {
  std::vector<std::string> words = words_of(text);
  if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
  while (words.size() > 1 &&
         std::find(kForms.begin(), kForms.end(), words.back()) != kForms.end()) {
    words.pop_back();
  }
  std::string name = joined(words);
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view form : kChineseForms) {
      if (name.size() <= form.size() || !name.ends_with(form)) continue;
      name.resize(name.size() - form.size());
      found = true;
      break;
    }
  }
  return name;
}

std::string exact(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<Decimal>(&value)) return number->text();
  return text_of(
      Type{.format = &format_of(kind_of(value)), .minimum = {}, .maximum = {}, .options = {}},
      value);
}

}  // namespace

std::string normal(NormalForm form, const Value& value, std::string_view country) {
  if (is_empty(value)) return "";
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return exact(value);
  switch (form) {
    case NormalForm::exact: return *text;
    case NormalForm::text: return joined(words_of(*text));
    case NormalForm::email: return email(*text);
    case NormalForm::phone: return phone(*text, country);
    case NormalForm::company: return company(*text);
  }
  return *text;
}

}  // namespace tenon::duplicate
