#include "engine/command/looked_up_check.h"

#include <algorithm>

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

bool is_code(const std::string& text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// What is missing is a problem already.
void check_rate(const Object& object, const Values& fields, std::vector<Problem>& problems) {
  const auto* from = std::get_if<std::string>(&field(object, fields, "from_currency"));
  const auto* to = std::get_if<std::string>(&field(object, fields, "to_currency"));
  for (const auto& [name, text] :
       {std::pair{"from_currency", from}, std::pair{"to_currency", to}}) {
    if (text == nullptr || is_code(*text)) continue;
    problems.push_back({name, "currency", "must be a currency's ISO 4217 code, such as \"USD\""});
  }
  if (from != nullptr && to != nullptr && *from == *to) {
    problems.push_back({"to_currency", "currency", "must be another currency than the first"});
  }
  const auto* rate = std::get_if<Decimal>(&field(object, fields, "rate"));
  if (rate != nullptr && *rate <= Decimal()) {
    problems.push_back({"rate", "range", "must be above 0"});
  }
}

}  // namespace

Result<void> check_looked_up(const Object& object, const Values& fields) {
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
  } else if (object.id() == "exchange_rate") {
    check_rate(object, fields, problems);
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

}  // namespace tenon::command
