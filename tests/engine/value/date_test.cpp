#include "engine/value/date.h"

#include "tests/engine/value/vectors.h"

namespace tenon {
namespace {

using support::text_in;

std::string computed(const std::string& call, const std::string& given) {
  const auto number = [&] { return std::stoll(given); };
  const auto error = [](const auto& result) { return "error " + support::rule_of(result); };
  if (call == "parse_date") {
    const auto date = parse_date(given);
    return date ? std::to_string(date->days) : error(date);
  }
  if (call == "parse_time") {
    const auto time = parse_time(given);
    return time ? std::to_string(time->seconds) : error(time);
  }
  if (call == "parse_datetime") {
    const auto moment = parse_datetime(given);
    return moment ? std::to_string(moment->ms) : error(moment);
  }
  if (call == "date_text") return text_of(Date{static_cast<std::int32_t>(number())});
  if (call == "time_text") return text_of(Time{static_cast<std::int32_t>(number())});
  if (call == "datetime_text") return text_of(DateTime{number()});
  REQUIRE(call == "days_in_month");
  return std::to_string(days_in_month(std::stoi(given.substr(0, 4)), std::stoi(given.substr(5))));
}

}  // namespace

TEST_CASE("days, times and moments are read and written as the table says", "[value]") {
  const auto document = support::read_vectors("date");
  for (const json::Reader entry : support::cases_of(document)) {
    const std::string call = text_in(entry, "call");
    const std::string given = text_in(entry, "a");
    const bool refused = entry.member("error").has_value();
    INFO(call << " " << given);
    CHECK(computed(call, given) ==
          (refused ? "error " + text_in(entry, "error") : text_in(entry, "expect")));
  }
}

TEST_CASE("every day from 0001 to 9999 follows the one before", "[value]") {
  Date day = *date_of(1, 1, 1);
  bool all = true;
  for (int year = 1; year <= 9999; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const int last = days_in_month(year, month);
      const CivilDate first = civil(day);
      all = all && first.year == year && first.month == month && first.day == 1;
      all = all && date_of(year, month, last)->days == day.days + last - 1;
      day.days += last;
    }
  }
  CHECK(all);
  CHECK(day.days == 2'932'897);
}

}  // namespace tenon
