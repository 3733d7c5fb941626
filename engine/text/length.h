// Lengths and parts of UTF-8 texts, counted in code points. Texts must be valid UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace tenon::text {

std::size_t length(std::string_view text);
// From the code point at `begin` (0 is the first), at most `count` of them.
std::string_view part(std::string_view text, std::size_t begin, std::size_t count);

}  // namespace tenon::text
