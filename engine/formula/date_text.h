// Days and times as people write them in a text, for DATEVALUE and TIMEVALUE: the year first, so
// that nothing can be taken for something else. Internal to this room.
#pragma once

#include <optional>
#include <string_view>

#include "engine/value/date.h"

namespace tenon::formula {

struct WrittenMoment {
  std::optional<Date> day;
  std::optional<Time> clock;
};

// "2026-11-23", "2026/1/5", "2026年1月5日", with or without a time behind spaces; or a time alone:
// "9:30", "09:30:15", "9:30 PM". Spaces around go. Nothing where it is none of these.
std::optional<WrittenMoment> read_moment(std::string_view text);

}  // namespace tenon::formula
