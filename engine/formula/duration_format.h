// Formats of TEXT for durations: "[h]:mm", "[m]", "hh:mm:ss", "d \"days\" h". Internal to this
// room.
//
// In brackets the whole of it, else what is left over from the greater unit: as Excel has it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::formula {

struct DurationPiece {
  enum class What { text, days, hours, minutes, seconds } what;
  std::string text;      // Of `text`.
  int width = 1;         // How often its letter stood there.
  bool elapsed = false;  // In brackets.
};
using DurationFormat = std::vector<DurationPiece>;

// Nothing where the text is no format: at least one part, at most one of them in brackets.
std::optional<DurationFormat> parse_duration_format(std::string_view text);
std::string format_duration(const DurationFormat& format, std::int64_t seconds);

}  // namespace tenon::formula
