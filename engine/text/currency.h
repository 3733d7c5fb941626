// Currencies by their ISO 4217 code.
#pragma once

#include <optional>
#include <string_view>

namespace tenon::text {

// How many digits amounts in it have behind the point: 2 of "USD", 0 of "JPY", 3 of "KWD". Nothing
// where there is no such currency.
std::optional<int> currency_digits(std::string_view code);

}  // namespace tenon::text
