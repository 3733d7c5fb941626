// What formulas look up while they compute: exchange rates, working calendars.
//
// A port. Records of system objects stand behind it (query/looked_up.h), in tests what a table of
// vectors says. A formula that looks something up is live: never kept, for the records may change.
// Evaluation finds it in the Scope, SQL by its handle: both ask the same object.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/calendar/working_time.h"
#include "engine/value/value.h"

namespace tenon::formula {

struct DatedRate {
  Decimal rate;
  Date date;  // From which on it is in force.
};

class LookedUp {
 public:
  LookedUp() = default;
  LookedUp(const LookedUp&) = delete;
  LookedUp& operator=(const LookedUp&) = delete;
  virtual ~LookedUp();

  // What is written of this pair, in this direction: the latest in force on that day.
  virtual std::optional<DatedRate> rate(std::string_view from, std::string_view to,
                                        Date on) const = 0;
  // Of the workspace: where two currencies have no rate of their own they meet there. "": nowhere.
  virtual std::string_view currency() const = 0;
  // Null where there is none of this name. Lives as long as this, or until a record changes.
  virtual const calendar::WorkingCalendar* calendar(std::string_view name) const = 0;

  // A number by which SQL finds this as long as it lives. Never 0.
  std::int64_t handle() const;
  static const LookedUp* find(std::int64_t handle);

 private:
  mutable std::int64_t handle_ = 0;  // 0: nobody has asked yet.
};

// What a call looked up, for explain().
struct UsedRate {
  std::string from;  // As it is written; may be the other way round than it was used.
  std::string to;
  DatedRate rate;
};
struct FoundRate {
  std::string from;
  std::string to;
  Date on;
  std::vector<UsedRate> used;  // Two where currencies met in a third; none: there was nothing.
  bool is_same = false;        // Of a currency and itself nothing is looked up.
};
struct FoundCalendar {
  std::string name;
  bool is_there = false;
};
using Finding = std::variant<std::monostate, FoundRate, FoundCalendar>;

}  // namespace tenon::formula
