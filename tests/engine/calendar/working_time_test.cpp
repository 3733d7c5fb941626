#include "engine/calendar/working_time.h"

#include "engine/value/date.h"
#include "engine/value/elapsed.h"
#include "tests/engine/value/vectors.h"

namespace tenon::calendar {
namespace {

using support::text_in;

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

Hours hours(std::string_view text) {
  auto parsed = parse_hours(text);
  REQUIRE(parsed);
  return parsed.take();
}

std::int64_t moment(std::string_view text) {
  const auto parsed = parse_datetime(text);
  INFO(text);
  REQUIRE(parsed);
  return parsed->ms;
}

std::int32_t day(std::string_view text) {
  const auto parsed = parse_date(text);
  INFO(text);
  REQUIRE(parsed);
  return parsed->days;
}

std::int64_t elapsed(std::string_view text) {
  const auto parsed = parse_elapsed_ms(text);
  INFO(text);
  REQUIRE(parsed);
  return *parsed;
}

WorkingCalendar calendar_in(json::Reader entry) {
  auto zone = Zone::find(text_in(entry, "zone"));
  REQUIRE(zone);
  Week week;
  for (std::size_t i = 0; i < week.size(); ++i) {
    week[i] = hours(text_in(*entry.member("week"), kWeekdays[i]));
  }
  std::map<std::int32_t, Hours> special;
  if (const auto days = entry.member("special")) {
    for (const json::Reader one : *days) special[day(one.name())] = hours(*one.text());
  }
  return {zone.take(), week, special};
}

std::string told(const Result<std::int64_t>& ms) {
  return ms ? text_of(DateTime{*ms}) : ms.error().problems.at(0).rule;
}

std::string told(const Result<std::int32_t>& days) {
  return days ? text_of(Date{*days}) : days.error().problems.at(0).rule;
}

// What the case asks, and what it expects, as texts.
std::pair<std::string, std::string> asked(const WorkingCalendar& calendar, json::Reader entry) {
  const std::string error = text_in(entry, "error");
  const std::string from = text_in(entry, "from");
  const auto expected_moment = [&] {
    return error.empty() ? text_of(DateTime{moment(text_in(entry, "expect"))}) : error;
  };
  if (entry.member("add")) {
    return {told(calendar.add_ms(moment(from), elapsed(text_in(entry, "add")))), expected_moment()};
  }
  if (entry.member("back")) {
    return {told(calendar.add_ms(moment(from), -elapsed(text_in(entry, "back")))),
            expected_moment()};
  }
  if (const auto days = entry.member("add_days")) {
    return {told(calendar.add_days(day(from), static_cast<int>(*days->integer()))),
            error.empty() ? text_in(entry, "expect") : error};
  }
  if (entry.member("is_working")) {
    return {calendar.is_working(moment(text_in(entry, "is_working"))) ? "yes" : "no",
            *entry.member("expect")->boolean() ? "yes" : "no"};
  }
  std::vector<std::string> ends;
  const char* verb = entry.member("between") ? "between" : "days_between";
  for (const json::Reader end : entry.at(verb)) ends.emplace_back(*end.text());
  if (entry.member("days_between")) {
    return {std::to_string(calendar.days_between(day(ends[0]), day(ends[1]))),
            std::to_string(*entry.member("expect")->integer())};
  }
  const std::int64_t sign = entry.member("negative") ? -1 : 1;
  return {std::to_string(calendar.between_ms(moment(ends[0]), moment(ends[1]))),
          std::to_string(sign * elapsed(text_in(entry, "expect")))};
}

}  // namespace

TEST_CASE("working time is what the vectors say", "[calendar]") {
  const auto document =
      support::read_json(TENON_SOURCE_DIR "/tests/vectors/calendar/working_time.json");
  for (const json::Reader entry : document.root().at("cases")) {
    const auto name = text_in(entry, "calendar");
    INFO("line " << entry.line() << ", " << name);
    const auto [answer, expected] =
        asked(calendar_in(document.root().at("calendars").at(name)), entry);
    CHECK(answer == expected);
  }
}

TEST_CASE("so much working time there and back again is where it was, in working time",
          "[calendar]") {
  const auto document =
      support::read_json(TENON_SOURCE_DIR "/tests/vectors/calendar/working_time.json");
  const auto calendar = calendar_in(document.root().at("calendars").at("china_2026"));
  std::int64_t at = moment("2026-01-05T09:00:00+08:00");
  for (int i = 0; i < 300; ++i, at += 29 * 3'600'000 + 1'234) {
    const std::int64_t amount = 1 + (i * 7'919'000LL) % 400'000'000;
    const auto there = calendar.add_ms(at, amount);
    REQUIRE(there);
    CHECK(calendar.between_ms(at, *there) == amount);
    const auto back = calendar.add_ms(*there, -amount);
    REQUIRE(back);
    CHECK(calendar.between_ms(at, *back) == 0);
  }
}

// Day by day, as a person would count.
TEST_CASE("days over whole weeks are those counted one by one", "[calendar]") {
  const auto document =
      support::read_json(TENON_SOURCE_DIR "/tests/vectors/calendar/working_time.json");
  const auto calendar = calendar_in(document.root().at("calendars").at("china_2026"));
  for (const std::int32_t start : {day("2025-11-03"), day("2026-02-14"), day("2026-10-01")}) {
    int count = 0;
    for (std::int32_t end = start; end < start + 500; ++end) {
      CAPTURE(start, end);
      CHECK(calendar.days_between(start, end) == count);
      if (!calendar.is_working_day(end)) continue;
      ++count;
      if (end > start) {
        const int behind = count - (calendar.is_working_day(start) ? 1 : 0);
        CHECK(calendar.add_days(start, behind).take() == end);
        CHECK(calendar.days_between(end, start) == -calendar.days_between(start, end));
        const int before = calendar.days_between(start, end);
        const std::int32_t first = calendar.add_days(end, -before).take();
        CHECK(calendar.days_between(first, end) == before);
        CHECK(calendar.is_working_day(first));
      }
    }
  }
}

TEST_CASE("hours are intervals in order within one day", "[calendar]") {
  CHECK(hours("").empty());
  CHECK(hours(" 09:00 - 12:00 ,13:30-24:00") == Hours{{540, 720}, {810, 1440}});
  CHECK(hours("09:00-12:00,12:00-13:00").size() == 2);
  for (const char* text :
       {"9-12", "09:00", "09:00-09:00", "12:00-09:00", "09:00-12:00,", "09:00-12:00, 11:00-13:00",
        "09:60-12:00", "23:00-24:01", "0９:00-12:00", "13:00-14:00, 09:00-10:00", "-", ","}) {
    CAPTURE(text);
    const auto refused = parse_hours(text);
    REQUIRE(!refused);
    CHECK(refused.error().problems.at(0).rule == "hours");
  }
}

TEST_CASE("a worked Saturday has the hours of the first day that has any", "[calendar]") {
  Week week;
  CHECK(ordinary_hours(week).empty());
  week[2] = hours("10:00-11:00");
  CHECK(ordinary_hours(week) == hours("10:00-11:00"));
  CHECK(ordinary_hours(usual_week()) == hours("09:00-17:00"));
}

}  // namespace tenon::calendar
