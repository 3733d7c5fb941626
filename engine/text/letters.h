// Upper and lower case, by Unicode's rules without a language's own (Turkish i is left alone).
#pragma once

#include <string>
#include <string_view>

namespace tenon::text {

std::string lower(std::string_view text);
std::string upper(std::string_view text);
// The first letter of each word upper, the others lower case, as Excel's PROPER.
std::string proper(std::string_view text);
// Of the first and the last word, upper case: "Anna de Vries" → "AV", "王小明" → "王".
std::string initials(std::string_view name);

}  // namespace tenon::text
