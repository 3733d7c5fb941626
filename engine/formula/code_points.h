// Places in UTF-8 counted in code points. Internal to this room; texts are valid UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tenon::formula {

// The first byte that begins no valid UTF-8 sequence.
std::optional<std::size_t> first_invalid(std::string_view text);

std::int64_t count_code_points(std::string_view text);
// The byte behind the first `count` code points; the text's size where there are fewer.
std::size_t offset_of(std::string_view text, std::int64_t count);
// How many bytes the code point at this byte takes.
std::size_t width_at(std::string_view text, std::size_t offset);
char32_t code_point_at(std::string_view text, std::size_t offset);

}  // namespace tenon::formula
