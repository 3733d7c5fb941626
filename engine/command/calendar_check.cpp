#include "engine/command/calendar_check.h"

#include "engine/calendar/working_time.h"

namespace tenon::command {
namespace {

using application::Object;

constexpr std::int32_t kHolidayDaysMax = 366;

const Value& field(const Object& object, const Values& fields, std::string_view name) {
  return fields[static_cast<std::size_t>(*object.find_slot(name))];
}

void check_hours(const Object& object, const Values& fields, std::string_view name,
                 std::vector<Problem>& problems) {
  const auto* text = std::get_if<std::string>(&field(object, fields, name));
  if (text == nullptr) return;
  const auto hours = calendar::parse_hours(*text);
  if (hours) return;
  for (Problem problem : hours.error().problems) {
    problem.at = name;
    problems.push_back(std::move(problem));
  }
}

void check_zone(const Object& object, const Values& fields, std::vector<Problem>& problems) {
  const auto* name = std::get_if<std::string>(&field(object, fields, "time_zone"));
  if (name == nullptr) return;
  const auto zone = calendar::Zone::find(*name);
  if (!zone) problems.push_back(zone.error().problems.front());
}

void check_days(const Object& object, const Values& fields, std::vector<Problem>& problems) {
  const auto* first = std::get_if<Date>(&field(object, fields, "first_day"));
  const auto* last = std::get_if<Date>(&field(object, fields, "last_day"));
  if (first == nullptr || last == nullptr) return;
  if (last->days >= first->days && last->days - first->days < kHolidayDaysMax) return;
  problems.push_back({"last_day", "range", "must be the first day or up to a year behind it"});
}

}  // namespace

Result<void> check_calendar(const Object& object, const Values& fields) {
  std::vector<Problem> problems;
  if (object.id() == "calendar") {
    for (const char* day :
         {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
      check_hours(object, fields, day, problems);
    }
    check_zone(object, fields, problems);
  } else if (object.id() == "holiday") {
    check_hours(object, fields, "hours", problems);
    check_days(object, fields, problems);
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

}  // namespace tenon::command
