#include "engine/formula/code_points.h"

namespace tenon::formula {
namespace {

bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The bytes a sequence with this first byte has, 0 where none begins so.
std::size_t width_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

bool is_scalar(char32_t point, std::size_t width) {
  const char32_t least = width == 3 ? 0x800 : width == 4 ? 0x10000 : 0;
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return point >= least && point <= 0x10FFFF && !surrogate;
}

}  // namespace

std::optional<std::size_t> first_invalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t width = width_of(static_cast<unsigned char>(text[at]));
    if (width == 0 || at + width > text.size()) return at;
    for (std::size_t i = 1; i < width; ++i) {
      if (!goes_on(text[at + i])) return at;
    }
    if (!is_scalar(code_point_at(text, at), width)) return at;
    at += width;
  }
  return std::nullopt;
}

std::int64_t count_code_points(std::string_view text) {
  std::int64_t count = 0;
  for (const char c : text) count += goes_on(c) ? 0 : 1;
  return count;
}

std::size_t offset_of(std::string_view text, std::int64_t count) {
  std::size_t at = 0;
  while (count > 0 && at < text.size()) {
    at += width_at(text, at);
    --count;
  }
  return at;
}

std::size_t width_at(std::string_view text, std::size_t offset) {
  std::size_t end = offset + 1;
  while (end < text.size() && goes_on(text[end])) ++end;
  return end - offset;
}

char32_t code_point_at(std::string_view text, std::size_t offset) {
  constexpr unsigned char kFirstBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  const std::size_t width = width_of(static_cast<unsigned char>(text[offset]));
  char32_t point = static_cast<unsigned char>(text[offset]) & kFirstBits[width];
  for (std::size_t i = 1; i < width; ++i) {
    point = (point << 6) | (static_cast<unsigned char>(text[offset + i]) & 0x3F);
  }
  return point;
}

}  // namespace tenon::formula
