#include "engine/text/country.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace tenon::text {

std::string country_name(std::string_view code, std::string_view locale) {
  if (code.empty()) return "";
  const icu::Locale place("", std::string(code).c_str());
  icu::UnicodeString name;
  place.getDisplayCountry(icu::Locale(std::string(locale).c_str()), name);
  std::string text;
  name.toUTF8String(text);
  return text.empty() ? std::string(code) : text;
}

}  // namespace tenon::text
