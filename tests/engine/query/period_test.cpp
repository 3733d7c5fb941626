#include "engine/query/period.h"

#include <catch2/catch.hpp>

namespace tenon::query {
namespace {

Date day(int year, int month, int day) { return *date_of(year, month, day); }

}  // namespace

TEST_CASE("a period begins on its first day, and ends before the next begins", "[query]") {
  const Date leap = day(2028, 2, 29);  // A Tuesday.
  CHECK(start_of(Period::day, leap) == leap);
  CHECK(start_of(Period::week, leap) == day(2028, 2, 28));
  CHECK(start_of(Period::month, leap) == day(2028, 2, 1));
  CHECK(start_of(Period::quarter, leap) == day(2028, 1, 1));
  CHECK(start_of(Period::year, leap) == day(2028, 1, 1));
  CHECK(end_of(Period::day, leap) == day(2028, 3, 1));
  CHECK(end_of(Period::month, day(2028, 2, 1)) == day(2028, 3, 1));
  CHECK(end_of(Period::quarter, day(2028, 10, 1)) == day(2029, 1, 1));
  CHECK(end_of(Period::month, day(2028, 12, 1)) == day(2029, 1, 1));
}

TEST_CASE("every day is in one period, also before 1970 and over the turn of a year", "[query]") {
  for (const Period period :
       {Period::day, Period::week, Period::month, Period::quarter, Period::year}) {
    for (std::int32_t days = day(1967, 12, 1).days; days < day(1972, 2, 1).days; ++days) {
      const Date start = start_of(period, Date{days});
      const bool inside = start.days <= days && days < end_of(period, start).days;
      if (!inside || start_of(period, start) != start) {
        FAIL(name_of(period) << " of day " << days);
      }
    }
  }
}

TEST_CASE("a week begins on a Monday", "[query]") {
  CHECK(start_of(Period::week, day(2027, 1, 3)) == day(2026, 12, 28));
  CHECK(start_of(Period::week, day(2027, 1, 4)) == day(2027, 1, 4));
  CHECK(start_of(Period::week, day(1969, 12, 28)) == day(1969, 12, 22));
}

TEST_CASE("the filter of a group holds for its records alone", "[query]") {
  CHECK(condition("due_on", Period::month, Type{.format = find_format("date")},
                  Value{day(2027, 12, 1)}) ==
        "AND(due_on >= DATE(2027, 12, 1), due_on < DATE(2028, 1, 1))");
  CHECK(condition("sent_at", Period::day, Type{.format = find_format("datetime")},
                  Value{day(2027, 1, 31)}) ==
        "AND(DATEVALUE(sent_at) >= DATE(2027, 1, 31), DATEVALUE(sent_at) < DATE(2027, 2, 1))");
  CHECK(condition("name", Period::none, Type{.format = find_format("text")},
                  Value{std::string("a \"b\"")}) == "name = \"a \"\"b\"\"\"");
  CHECK(condition("name", Period::none, Type{.format = find_format("text")}, Value{}) ==
        "name = NULL");
  CHECK(condition("due_on", Period::month, Type{.format = find_format("date")}, Value{}) ==
        "due_on = NULL");
}

}  // namespace tenon::query
