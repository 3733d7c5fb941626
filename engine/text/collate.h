// The order of texts in lists: Latin before Chinese, Chinese by pinyin, case and accents last.
//
// One order for the whole workspace, so that an index can keep it. Thread-safe; fast where both
// texts are plain ASCII. Source of the order: CLDR's collation for `zh`, scripts in Unicode's
// order.
#pragma once

#include <string>
#include <string_view>

namespace tenon::text {

// Negative, zero or positive. Zero only for the same text: ties are broken by code point.
int collate(std::string_view a, std::string_view b);

// Bytes that compare, as bytes, as their texts do in collate().
std::string sort_key(std::string_view text);

}  // namespace tenon::text
