#include "engine/text/currency.h"

#include <unicode/ucurr.h>
#include <unicode/uenum.h>

#include <map>
#include <string>

namespace tenon::text {
namespace {

std::map<std::string, int, std::less<>> all_digits() {
  std::map<std::string, int, std::less<>> digits;
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration* codes = ucurr_openISOCurrencies(UCURR_ALL, &status);
  int32_t length = 0;
  while (const char* code = uenum_next(codes, &length, &status)) {
    const std::string name(code, static_cast<std::size_t>(length));
    const std::u16string wide(name.begin(), name.end());
    UErrorCode asked = U_ZERO_ERROR;
    const int32_t behind_point = ucurr_getDefaultFractionDigits(wide.c_str(), &asked);
    if (U_SUCCESS(asked)) digits.emplace(name, behind_point);
  }
  uenum_close(codes);
  return digits;
}

}  // namespace

std::optional<int> currency_digits(std::string_view code) {
  static const auto digits = all_digits();
  const auto found = digits.find(code);
  return found == digits.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace tenon::text
