// Working calendars as they are kept: records of the system objects calendar and holiday.
//
// Read as the system: when people work is the same for everybody. What is reckoned with them is
// engine/calendar/working_time.h. The records were checked as they were written
// (command/calendar_check.h), so one that cannot be read is a Fault.
#pragma once

#include <optional>

#include "engine/calendar/working_time.h"
#include "engine/query/context.h"

namespace tenon::query {

// The calendar with this id; without one, or where it is gone, the usual one; where there is none,
// Monday to Friday from nine to five, in the zone of the workspace.
calendar::WorkingCalendar working_calendar(const application::Application& app,
                                           storage::Transaction& tx, std::optional<RecordId> id);

}  // namespace tenon::query
