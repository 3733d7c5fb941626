#include "engine/calendar/zone.h"

#include <date/date.h>

#include <catch2/catch.hpp>

namespace tenon::calendar {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

std::int32_t day(int year, unsigned month, unsigned number) {
  return date::sys_days(date::year(year) / date::month(month) / date::day(number))
      .time_since_epoch()
      .count();
}

std::int64_t utc_ms(int year, unsigned month, unsigned number, int hour, int minute = 0) {
  return day(year, month, number) * 24 * kHourMs + hour * kHourMs + minute * 60'000;
}

Zone zone(std::string_view name) {
  auto found = Zone::find(name);
  REQUIRE(found);
  return found.take();
}

}  // namespace

TEST_CASE("a moment falls on a day of its place", "[calendar]") {
  const auto shanghai = zone("Asia/Shanghai").local(utc_ms(2026, 11, 22, 16, 30));
  CHECK(shanghai.days == day(2026, 11, 23));
  CHECK(shanghai.seconds == 1800);
  const auto new_york = zone("America/New_York").local(utc_ms(2026, 11, 23, 4));
  CHECK(new_york.days == day(2026, 11, 22));
  CHECK(new_york.seconds == 23 * 3600);
}

TEST_CASE("moments before 1970 and within a second are counted downwards", "[calendar]") {
  const auto before = zone("UTC").local(-1);
  CHECK(before.days == -1);
  CHECK(before.seconds == 86'399);
  CHECK(zone("UTC").local(999).seconds == 0);
}

TEST_CASE("a local day begins when its clocks say so", "[calendar]") {
  CHECK(zone("UTC").day_start_ms(day(2026, 11, 23)) == utc_ms(2026, 11, 23, 0));
  CHECK(zone("Asia/Shanghai").day_start_ms(day(2026, 11, 23)) == utc_ms(2026, 11, 22, 16));
  CHECK(zone("Asia/Kathmandu").day_start_ms(day(2026, 11, 23)) == utc_ms(2026, 11, 22, 18, 15));
}

TEST_CASE("days with a change of clocks are longer and shorter", "[calendar]") {
  const Zone berlin = zone("Europe/Berlin");
  const auto hours = [&](std::int32_t days) {
    return (berlin.day_start_ms(days + 1) - berlin.day_start_ms(days)) / kHourMs;
  };
  CHECK(hours(day(2026, 3, 29)) == 23);
  CHECK(hours(day(2026, 10, 25)) == 25);
  CHECK(hours(day(2026, 11, 23)) == 24);
}

TEST_CASE("a time that comes twice is the earlier, one that never comes the first behind",
          "[calendar]") {
  const Zone berlin = zone("Europe/Berlin");
  CHECK(berlin.moment({day(2026, 10, 25), 9000}) == utc_ms(2026, 10, 25, 0, 30));
  CHECK(berlin.moment({day(2026, 3, 29), 9000}) == utc_ms(2026, 3, 29, 1));
  // The clocks of Santiago go forward at midnight, so this day begins at one o'clock.
  const Zone santiago = zone("America/Santiago");
  const auto start = santiago.day_start_ms(day(2025, 9, 7));
  CHECK(start == utc_ms(2025, 9, 7, 4));
  CHECK(santiago.local(start).days == day(2025, 9, 7));
  CHECK(santiago.local(start - 1).days == day(2025, 9, 6));
}

TEST_CASE("a moment's local time leads back to it where it comes only once", "[calendar]") {
  const auto name = GENERATE(as<std::string>{}, "UTC", "Asia/Shanghai", "America/St_Johns",
                             "Pacific/Apia", "Australia/Lord_Howe");
  const Zone one = zone(name);
  for (int step = 0; step < 2000; ++step) {
    const std::int64_t ms = utc_ms(2011, 1, 1, 12) + step * 61 * kHourMs;
    const auto back = one.moment(one.local(ms));
    const bool once = back == ms;
    if (!once) CHECK(one.local(back).seconds == one.local(ms).seconds);
  }
}

TEST_CASE("no name is UTC, an unknown one is refused", "[calendar]") {
  CHECK(zone("").name() == "UTC");
  CHECK(zone("Asia/Shanghai").name() == "Asia/Shanghai");
  const auto name = GENERATE(as<std::string>{}, "Mars/Olympus", "asia/shanghai", "../../etc/passwd",
                             "Asia/Shanghai\n", " ");
  const auto unknown = Zone::find(name);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::invalid);
}

TEST_CASE("periods begin on Mondays and on firsts", "[calendar]") {
  CHECK(week_start(day(2026, 11, 23)) == day(2026, 11, 23));
  CHECK(week_start(day(2026, 11, 29)) == day(2026, 11, 23));
  CHECK(week_start(day(2026, 1, 1)) == day(2025, 12, 29));
  CHECK(week_start(day(1969, 12, 31)) == day(1969, 12, 29));
  CHECK(month_start(day(2024, 2, 29)) == day(2024, 2, 1));
  CHECK(quarter_start(day(2026, 3, 31)) == day(2026, 1, 1));
  CHECK(quarter_start(day(2026, 11, 23)) == day(2026, 10, 1));
  CHECK(year_start(day(2026, 11, 23)) == day(2026, 1, 1));
  CHECK(year_start(day(1, 1, 1)) == day(1, 1, 1));
}

TEST_CASE("clocks change by the last rule after the years of the database", "[calendar]") {
  const auto berlin = *Zone::find("Europe/Berlin");
  const auto lord_howe = *Zone::find("Australia/Lord_Howe");
  const auto hour = [](const Zone& zone, std::int64_t ms) { return zone.local(ms).seconds / 3600; };
  constexpr std::int64_t kSummer = 3'799'357'200'000;  // 2090-05-25T01:00Z
  constexpr std::int64_t kWinter = 3'728'854'800'000;  // 2088-02-29T01:00Z
  CHECK(hour(berlin, kSummer) == 3);
  CHECK(hour(berlin, kWinter) == 2);
  constexpr std::int64_t kSpring = 4'046'979'600'000;  // 2098-03-30T01:00Z, a last Sunday.
  CHECK(hour(berlin, kSpring - 1000) == 1);
  CHECK(hour(berlin, kSpring) == 3);
  CHECK(lord_howe.local(kSpring).seconds / 60 % 60 == 0);  // Eleven hours, in their summer.
  const Local noon{.days = 46'000, .seconds = 43'200};
  CHECK(berlin.local(berlin.moment(noon)).seconds == noon.seconds);
  CHECK(berlin.local(berlin.moment(noon)).days == noon.days);
}

}  // namespace tenon::calendar
