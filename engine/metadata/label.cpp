#include "engine/metadata/label.h"

namespace tenon::metadata {
namespace {

std::string_view language_of(std::string_view locale) { return locale.substr(0, locale.find('-')); }

const std::string* text_where(const Label& label, auto matches) {
  for (const auto& [locale, text] : label.texts) {
    if (matches(std::string_view(locale))) return &text;
  }
  return nullptr;
}

}  // namespace

const std::string& text_in(const Label& label, std::string_view locale) {
  static const std::string kNothing;
  const auto is = [&](std::string_view wanted) {
    return text_where(label, [wanted](std::string_view given) { return given == wanted; });
  };
  if (const auto* text = is(locale)) return *text;
  const auto same_language = [&](std::string_view given) {
    return !given.empty() && language_of(given) == language_of(locale);
  };
  if (const auto* text = text_where(label, same_language)) return *text;
  if (const auto* text = is("")) return *text;
  if (const auto* text = is("en")) return *text;
  return label.empty() ? kNothing : label.texts.front().second;
}

}  // namespace tenon::metadata
