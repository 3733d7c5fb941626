#include "engine/query/working_calendar.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/query/named_field.h"

namespace tenon::query {
namespace {

using application::Object;
using calendar::Hours;
using calendar::Week;

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

Hours hours_field(const Object& object, const record::Record& record, std::string_view name) {
  auto hours = calendar::parse_hours(text_of(object, record, name));
  if (!hours) throw Fault("a working calendar: " + describe(hours.error()));
  return hours.take();
}

std::optional<record::Record> usual(storage::Transaction& tx, const Object& calendars) {
  const auto ids =
      record::matching(tx, calendars.table, *calendars.find_slot("usual"), Value{true});
  return ids.empty() ? std::nullopt : record::read(tx, calendars.table, ids.front());
}

std::map<std::int32_t, Hours> special_days(const application::Application& app,
                                           storage::Transaction& tx, RecordId id,
                                           const Week& week) {
  const Object& holidays = app.system_object("holiday");
  std::map<std::int32_t, Hours> special;
  auto records =
      record::read_many(tx, holidays.table,
                        record::referring(tx, holidays.table, *holidays.find_slot("calendar"), id,
                                          limits::kHolidaysPerCalendarMax));
  // Of those that meet on a day, the one made last counts.
  std::sort(records.begin(), records.end(),
            [](const record::Record& a, const record::Record& b) { return a.id < b.id; });
  for (const record::Record& holiday : records) {
    const auto* first = std::get_if<Date>(&value_of(holidays, holiday, "first_day"));
    const auto* last = std::get_if<Date>(&value_of(holidays, holiday, "last_day"));
    if (first == nullptr) continue;
    Hours hours;
    if (is_true(value_of(holidays, holiday, "working"))) {
      hours = hours_field(holidays, holiday, "hours");
      if (hours.empty()) hours = calendar::ordinary_hours(week);
    }
    const std::int32_t end = last == nullptr ? first->days : last->days;
    for (std::int32_t day = first->days; day <= end; ++day) special[day] = hours;
  }
  return special;
}

}  // namespace

calendar::WorkingCalendar working_calendar(const application::Application& app,
                                           storage::Transaction& tx, std::optional<RecordId> id) {
  const Object& calendars = app.system_object("calendar");
  auto record = id ? record::read(tx, calendars.table, *id) : std::nullopt;
  if (!record) record = usual(tx, calendars);
  if (!record) return {app.zone(), calendar::usual_week(), {}};
  Week week;
  for (std::size_t day = 0; day < week.size(); ++day) {
    week[day] = hours_field(calendars, *record, kWeekdays[day]);
  }
  const std::string name = text_of(calendars, *record, "time_zone");
  auto zone = name.empty() ? Result<calendar::Zone>(app.zone()) : calendar::Zone::find(name);
  if (!zone) throw Fault("a working calendar: " + describe(zone.error()));
  auto special = special_days(app, tx, record->id, week);
  return {zone.take(), std::move(week), std::move(special)};
}

}  // namespace tenon::query
