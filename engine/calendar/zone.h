// Time zones: which day and time of day a moment is somewhere. The only room that knows the zone
// database (that of the system, by way of Howard Hinnant's date library).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tenon::calendar {

// A day since 1970-01-01 and the seconds since its midnight, on the clocks of a place.
struct Local {
  std::int32_t days = 0;
  std::int32_t seconds = 0;
};

// Cheap to copy. Zones live as long as the process.
class Zone {
 public:
  // "Asia/Shanghai", "UTC"; `invalid` for a name that the database does not know.
  static Result<Zone> find(std::string_view name);

  Local local(std::int64_t ms) const;
  // The moment of a local time: the earlier where it comes twice, the first after the gap where it
  // does not come at all.
  std::int64_t moment(Local local) const;
  // When a day begins there; not at midnight where the clocks go forward then.
  std::int64_t day_start_ms(std::int32_t days) const { return moment({days, 0}); }
  const std::string& name() const { return name_; }

 private:
  Zone(const void* zone, std::string name) : zone_(zone), name_(std::move(name)) {}
  const void* zone_;
  std::string name_;
};

// The first day of the period that a day is in. Weeks begin on Monday.
std::int32_t week_start(std::int32_t days);
std::int32_t month_start(std::int32_t days);
std::int32_t quarter_start(std::int32_t days);
std::int32_t year_start(std::int32_t days);

}  // namespace tenon::calendar
