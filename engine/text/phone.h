// Telephone numbers: whatever people write, in the one form of E.164: "+8613800138000".
//
// The lengths and prefixes of every country come from libphonenumber; this is the only file that
// knows it. A number with its country must be possible, not known: ranges are given out faster than
// libraries.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tenon::text {

// Whether it is a country (ISO 3166, as "CN") whose numbers are known.
bool is_dialled_country(std::string_view country);

// `country` is where a number without a prefix belongs; "" where none is said. Refused with rule
// "phone" and what is wrong with the number, at "".
Result<std::string> worldwide_number(std::string_view given, std::string_view country);

// Of a search: its digits, without what is dialled before them at home ("0571-88" → "57188"); ""
// where the words are no part of a number.
std::string searched_digits(std::string_view words);

}  // namespace tenon::text
