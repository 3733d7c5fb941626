#include "engine/text/phone.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <set>

#include "engine/text/normal.h"

namespace tenon::text {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::string_view kNoCountry = "ZZ";  // As the library says it.
constexpr std::size_t kSearchedDigitsMin = 3;

Error refused(std::string message) { return Error::invalid("", "phone", std::move(message)); }

Error malformed() { return refused("must be a number such as +86 138 0013 8000"); }

Error unknown_country() { return refused("needs the country in front, as +86 138 0013 8000"); }

// Digits and the signs between them, with "+" in front at most; folded already, so that full-width
// digits and signs are plain.
bool is_dialled(std::string_view text) {
  const auto digit = text.find_first_of("0123456789");
  const auto plus = text.rfind('+');
  return digit != std::string_view::npos && (plus == std::string_view::npos || plus < digit) &&
         text.find('+') == plus && text.find_first_not_of("0123456789+ -().\t/") == text.npos;
}

// Signs of dashes that folding leaves, and what pasting brings along: none of them is dialled.
std::string plain(std::string_view given) {
  std::string text = folded(given);
  for (const std::string_view sign :
       {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\u00AD", "\u200B",
        "\u200E", "\u200F", "\u202A", "\u202C", "\u202D", "\u2060", "\uFEFF"}) {
    for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at)) {
      text.replace(at, sign.size(), " ");
    }
  }
  return text;
}

// Whoever writes no country may have left out the area, too, and in some countries there is a
// service of nearly every length. So such a number must be one that the library knows.
bool is_incomplete(const PhoneNumberUtil& library, const PhoneNumber& number) {
  return number.country_code_source() == PhoneNumber::FROM_DEFAULT_COUNTRY &&
         !library.IsValidNumber(number);
}

Result<std::string> written(const PhoneNumberUtil& library, const PhoneNumber& number) {
  switch (library.IsPossibleNumberWithReason(number)) {
    case PhoneNumberUtil::IS_POSSIBLE: break;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      return refused("needs its area code, or the country in front");
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return unknown_country();
    case PhoneNumberUtil::TOO_SHORT: return refused("has too few digits");
    case PhoneNumberUtil::TOO_LONG: return refused("has too many digits");
    case PhoneNumberUtil::INVALID_LENGTH: return refused("has too many or too few digits");
  }
  if (is_incomplete(library, number))
    return refused("needs its area code, or the country in front");
  std::string text;
  library.Format(number, PhoneNumberUtil::E164, &text);
  return text;
}

}  // namespace

bool is_dialled_country(std::string_view country) {
  std::set<std::string> known;
  PhoneNumberUtil::GetInstance()->GetSupportedRegions(&known);
  return known.contains(std::string(country));
}

Result<std::string> worldwide_number(std::string_view given, std::string_view country) {
  const PhoneNumberUtil& library = *PhoneNumberUtil::GetInstance();
  const std::string text = plain(given);
  const std::string region(country.empty() ? kNoCountry : country);
  PhoneNumber number;
  const auto outcome = library.ParseAndKeepRawInput(text, region, &number);
  if (outcome == PhoneNumberUtil::NO_PARSING_ERROR && number.has_extension()) {
    return refused("must be without an extension; leave out " + number.extension());
  }
  if (!is_dialled(text)) return malformed();
  switch (outcome) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return written(library, number);
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return unknown_country();
    case PhoneNumberUtil::NOT_A_NUMBER: return malformed();
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN: return refused("has too few digits");
    case PhoneNumberUtil::TOO_LONG_NSN: return refused("has too many digits");
  }
  return malformed();
}

std::string searched_digits(std::string_view words) {
  const std::string text = plain(words);
  if (!is_dialled(text)) return "";
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  const auto first = digits.find_first_not_of('0');
  digits.erase(0, std::min(first, digits.size()));
  return digits.size() < kSearchedDigitsMin ? "" : digits;
}

}  // namespace tenon::text
