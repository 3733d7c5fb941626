#include "engine/query/lines.h"

#include <catch2/catch.hpp>

#include "engine/query/history.h"
#include "tests/support/running_application.h"
#include "tests/support/shop.h"

namespace tenon::query {
namespace {

using support::RunningApplication;
using support::the_system;

const char* const kOrder = R"json({"number": "1", "lines": [
    {"note": "a", "price": "5.00", "parts": [{"note": "b"}]}, {"note": "c"}]})json";

}  // namespace

TEST_CASE("a record read alone has its lines, a list only where it asks for them", "[query]") {
  RunningApplication running(support::shop());
  const auto id = running.made("order", kOrder);
  running.made("order", R"({"number": "2"})");
  running.ask(the_system(), [&](const Context& context) {
    const auto one = read(context, "order", id, {});
    REQUIRE(one);
    REQUIRE(one->lines.size() == 1);
    CHECK(one->lines.begin()->second.at(id.value).rows.size() == 2);
  });
  CHECK(running.list({.object = "order"})->lines.empty());
  const auto page = running.list({.object = "order", .fields = {"number", "lines"}});
  REQUIRE(page);
  const auto& held = page->lines.begin()->second;
  CHECK(held.size() == 1);  // The other order holds none.
  CHECK(held.at(id.value).rows[0].lines.at(0).rows.size() == 1);
}

TEST_CASE("lines are no one value: they are not sorted, filtered or grouped by", "[query]") {
  RunningApplication running(support::shop());
  CHECK(support::told(running.list({.object = "order", .sort = {"lines"}})) ==
        "invalid sort:lines");
  CHECK_FALSE(running.list({.object = "order", .filter = "lines = null"}));
  CHECK(running.list({.object = "order_line", .filter = "order.number = \"1\""}));
}

TEST_CASE("the history of a record tells what happened to its lines", "[query]") {
  RunningApplication running(support::shop());
  const auto id = running.made("order", kOrder);
  running.ask(the_system(), [&](const Context& context) {
    const auto told = history(context, "order", id, 0, 10);
    REQUIRE(told);
    const auto& changes = told->entries.at(0).changes;
    const auto lines = std::find_if(changes.begin(), changes.end(),
                                    [](const HistoryChange& one) { return !one.lines.empty(); });
    REQUIRE(lines != changes.end());
    CHECK(lines->lines.size() == 3);
    CHECK(lines->lines[0].kind == "create");
    CHECK(lines->lines[0].object->name() == "order_line");
  });
}

}  // namespace tenon::query
