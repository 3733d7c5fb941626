// Northwind as a bundle, imported: the figures everybody knows come out.
#include <catch2/catch.hpp>

#include "engine/query/group.h"
#include "tests/support/example.h"

namespace tenon {
namespace {

using support::RunningApplication;
using support::the_system;

std::string cents(const Value& value) { return std::get<Decimal>(value).text(2); }

query::Grouping grouped(RunningApplication& running, const metadata::QueryBody& body) {
  std::optional<Result<query::Grouping>> answer;
  running.ask(the_system(),
              [&](const query::Context& context) { answer = query::group(context, body, ""); });
  if (!*answer) throw Fault(describe(answer->error()));
  return answer->take();
}

metadata::QueryBody sums(const std::string& object, const std::vector<std::string>& groups) {
  metadata::QueryBody body;
  body.object = object;
  for (const std::string& path : groups)
    body.group.push_back({.path = path, .by = "", .name = path});
  body.measures.push_back({.name = "count", .of = "count"});
  body.measures.push_back({.name = "net", .of = "sum", .field = "net"});
  body.measures.push_back({.name = "gross", .of = "sum", .field = "gross"});
  body.sort = {"-net"};
  return body;
}

}  // namespace

TEST_CASE("Northwind: totals, orders, lines and the best employee are as known", "[simulation]") {
  RunningApplication running(support::example("northwind"));
  std::string reasons;
  const int refused = support::import_example(running, "northwind", reasons);
  INFO(reasons.substr(0, 2000));
  REQUIRE(refused == 0);

  const auto lines = grouped(running, sums("order_line", {}));
  CHECK(std::get<Decimal>(lines.totals[0].value) == Decimal::of(2155));
  CHECK(cents(lines.totals[1].value) == "1265793.04");
  CHECK(cents(lines.totals[2].value) == "1354458.59");

  auto body = sums("order", {"employee"});
  body.group[0].name = "employee";
  const auto employees = grouped(running, body);
  CHECK(std::get<Decimal>(employees.totals[0].value) == Decimal::of(830));
  CHECK(cents(employees.totals[1].value) == "1265793.04");
  CHECK(employees.rows.size() == 9);
  CHECK(employees.rows[0][0].title == "Margaret Peacock");
  CHECK(cents(employees.rows[0][2].value) == "232890.85");

  // The rollups of the records say the same as the query.
  const auto page = running.list(
      {.object = "employee", .fields = {"name", "turnover", "team_size"}, .sort = {"-turnover"}});
  REQUIRE(page);
  CHECK(support::column(*page, "name").starts_with("\"Margaret Peacock\""));
  const auto top = running.list(
      {.object = "employee", .fields = {"team_size"}, .filter = "name = \"Andrew Fuller\""});
  CHECK(support::column(*top, "team_size") == "5");
}

}  // namespace tenon
