#include "engine/value/normal_forms.h"

#include <algorithm>

#include "engine/html/clean.h"
#include "engine/text/length.h"
#include "engine/text/phone.h"

namespace tenon {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool has_blank_or_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; });
}

// Labels of letters (of any language), digits and "-", joined by points; at least two.
bool is_domain(std::string_view text) {
  if (text.find('.') == std::string_view::npos || text.find("..") != std::string_view::npos) {
    return false;
  }
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    const char small = lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
  return plain && text.front() != '.' && text.back() != '.';
}

}  // namespace

Result<Value> normal_email(const Type&, Value value) {
  std::string text = trimmed(std::get<std::string>(value));
  const auto at = text.find('@');
  const auto middle = std::min(at, text.size());
  const std::string_view box = std::string_view(text).substr(0, middle);
  const std::string_view domain = std::string_view(text).substr(std::min(middle + 1, text.size()));
  const bool plausible = !box.empty() && !has_blank_or_control(box) &&
                         box.find_first_of("<>()[]\\,;:\"") == std::string_view::npos;
  if (!plausible || !is_domain(domain)) {
    return Error::invalid("", "email", "must be an address such as anna@example.com");
  }
  std::transform(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                 text.begin() + static_cast<std::ptrdiff_t>(at), lower);
  return Value{std::move(text)};
}

Result<Value> normal_phone(const Type& type, Value value) {
  TENON_TRY(auto number, text::worldwide_number(std::get<std::string>(value), type.country));
  return Value{std::move(number)};
}

// Escaping can make a text longer than it was.
Result<Value> normal_rich_text(const Type& type, Value value) {
  TENON_TRY(auto text, html::clean(std::get<std::string>(value)));
  if (text.empty()) return Value{};
  const auto most = static_cast<std::size_t>(type.length_max);
  if (most > 0 && text::length(text) > most) {
    return Error::invalid(
        "", "length",
        "may have at most " + std::to_string(type.length_max) + " characters, marks included");
  }
  return Value{std::move(text)};
}

Result<Value> normal_url(const Type&, Value value) {
  std::string text = trimmed(std::get<std::string>(value));
  const auto scheme = text.find("://");
  std::string name = text.substr(0, scheme == std::string::npos ? 0 : scheme);
  std::transform(name.begin(), name.end(), name.begin(), lower);
  const bool known = name == "http" || name == "https";
  const bool hosted = known && text.size() > scheme + 3 &&
                      std::string_view("/?#:@").find(text[scheme + 3]) == std::string_view::npos;
  if (!hosted || has_blank_or_control(text)) {
    return Error::invalid("", "url", "must be an address that begins with http:// or https://");
  }
  text.replace(0, scheme, name);
  return Value{std::move(text)};
}

Result<Value> normal_barcode(const Type&, Value value) {
  std::string text = trimmed(std::get<std::string>(value));
  const bool printable = !text.empty() && std::all_of(text.begin(), text.end(),
                                                      [](char c) { return c >= ' ' && c <= '~'; });
  if (printable) return Value{std::move(text)};
  return Error::invalid("", "barcode", "must be letters, digits and signs without accents");
}

Result<Value> normal_color(const Type&, Value value) {
  std::string text = trimmed(std::get<std::string>(value));
  std::transform(text.begin(), text.end(), text.begin(), lower);
  const bool six = text.size() == 7 && text[0] == '#' &&
                   text.find_first_not_of("0123456789abcdef", 1) == std::string::npos;
  if (six) return Value{std::move(text)};
  return Error::invalid("", "color", "must be a colour such as #2449c8");
}

}  // namespace tenon
