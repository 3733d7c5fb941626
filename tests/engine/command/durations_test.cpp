// Durations from the command to lists, formulas, rollups and measures.
#include <catch2/catch.hpp>

#include "engine/query/group.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::column;
using support::RunningApplication;
using support::told;

constexpr const char* kTask = R"json({
  "name": "task", "label": "Task", "label_plural": "Tasks", "title_field": "name",
  "fields": [
    {"name": "name", "label": "Name", "type": "text", "required": true},
    {"name": "began_at", "label": "Began at", "type": "datetime"},
    {"name": "planned", "label": "Planned", "type": "duration", "default": "PT1H",
     "minimum": "PT0S", "maximum": "P1D"},
    {"name": "ends_at", "label": "Ends at", "type": "formula", "formula": "began_at + planned"},
    {"name": "spent", "label": "Spent", "type": "rollup", "function": "sum", "of": "entries.spent"},
    {"name": "usual", "label": "Usual", "type": "rollup", "function": "average",
     "of": "entries.spent"},
    {"name": "rest", "label": "Rest", "type": "formula", "formula": "planned - spent"},
    {"name": "hours", "label": "Hours", "type": "formula", "scale": 2,
     "formula": "spent / \"PT1H\""},
    {"name": "entries", "label": "Entries", "type": "children", "to": "entry",
     "parent": "task"}]})json";

constexpr const char* kEntry = R"json({
  "name": "entry", "label": "Entry", "label_plural": "Entries", "title_field": "note",
  "fields": [
    {"name": "note", "label": "Note", "type": "text"},
    {"name": "spent", "label": "Spent", "type": "duration"}]})json";

metadata::Files tasks(const std::string& task = kTask) {
  return {{"bundle.json", R"({"format": 1, "name": "tasks", "version": "1", "label": "Tasks"})"},
          {"objects/task.json", task},
          {"objects/entry.json", kEntry}};
}

// With one field more.
std::string refused(const std::string& field) {
  std::string task = kTask;
  task.insert(task.rfind("]}"), ", " + field);
  RunningApplication running(tasks());
  const auto plan = running.publish(tasks(task));
  return told(plan);
}

std::string listed(RunningApplication& running, const query::ListRecords& query) {
  const auto page = running.list(query);
  return page ? column(*page, "name") : told(page);
}

std::string total(RunningApplication& running, std::vector<metadata::Measure> measures) {
  metadata::QueryBody query;
  query.object = "task";
  query.measures = std::move(measures);
  std::string text;
  running.ask(support::the_system(), [&](const query::Context& context) {
    const auto grouping = query::group(context, query, "");
    if (!grouping) return static_cast<void>(text = told(grouping));
    for (std::size_t i = 0; i < grouping->totals.size(); ++i) {
      json::Writer writer;
      write(writer, grouping->columns[i].type, grouping->totals[i].value);
      text += (text.empty() ? "" : " ") + writer.take();
    }
  });
  return text;
}

}  // namespace

TEST_CASE("a duration is kept in seconds and answered in one form", "[command]") {
  RunningApplication running(tasks());
  const auto id = running.made("task", R"({"name": "a", "began_at": "2026-11-23T23:00:00Z"})");
  CHECK(running.value("task", id, "planned") == R"("PT1H")");
  CHECK(running.value("task", id, "ends_at") == R"("2026-11-24T00:00:00Z")");
  REQUIRE(running.update("task", id, R"({"planned": "PT90M"})"));
  CHECK(running.value("task", id, "planned") == R"("PT1H30M")");
  CHECK(running.value("task", id, "ends_at") == R"("2026-11-24T00:30:00Z")");
  for (const char* given : {"\"P1M\"", "\"1:30\"", "90", "\"PT25H\"", "\"-PT1S\""}) {
    INFO(given);
    const auto reply = running.update("task", id, R"({"planned": )" + std::string(given) + "}");
    REQUIRE_FALSE(reply);
    CHECK(reply.error().problems.front().at == "planned");
  }
}

TEST_CASE("durations order, filter and add up", "[command]") {
  RunningApplication running(tasks());
  running.made("task", R"({"name": "a", "planned": "PT2H"})");
  running.made("task", R"({"name": "b", "planned": "P1D"})");
  running.made("task", R"({"name": "c", "planned": "PT90M"})");
  CHECK(listed(running, {.object = "task", .sort = {"planned"}}) == R"("c" "a" "b")");
  CHECK(listed(running, {.object = "task", .filter = R"(planned > "PT90M")", .sort = {"name"}}) ==
        R"("a" "b")");
  CHECK(
      listed(running, {.object = "task", .filter = "planned > 90"}).starts_with("invalid filter"));
  const metadata::Measure sum{.name = "s", .of = "sum", .field = "planned"};
  const metadata::Measure mean{.name = "m", .of = "avg", .field = "planned"};
  const metadata::Measure middle{.name = "d", .of = "median", .field = "planned"};
  const metadata::Measure most{.name = "x", .of = "max", .field = "planned"};
  const metadata::Measure twice{.name = "t", .formula = "s * 2"};
  const metadata::Measure share{.name = "h", .formula = "s / m"};
  CHECK(total(running, {sum, mean, middle, most, twice, share}) ==
        R"("P1DT3H30M" "PT9H10M" "PT2H" "P1D" "P2DT7H" "3.00")");
  CHECK(total(running, {sum, {.name = "w", .formula = "s + 1"}}).starts_with("invalid measures/w"));
}

TEST_CASE("rollups and formulas over durations are durations", "[command]") {
  RunningApplication running(tasks());
  const auto id = running.made("task", R"({"name": "a", "planned": "PT4H",
      "entries": [{"spent": "PT1H"}, {"spent": "PT90M"}, {"note": "none"}]})");
  CHECK(running.value("task", id, "spent") == R"("PT2H30M")");
  CHECK(running.value("task", id, "usual") == R"("PT1H15M")");
  CHECK(running.value("task", id, "rest") == R"("PT1H30M")");
  CHECK(running.value("task", id, "hours") == R"("2.50")");
}

TEST_CASE("a group of durations drills down to its records", "[command]") {
  RunningApplication running(tasks());
  running.made("task", R"({"name": "a", "planned": "PT2H"})");
  running.made("task", R"({"name": "b", "planned": "PT3H"})");
  metadata::QueryBody query;
  query.object = "task";
  query.group = {{.path = "planned", .name = "planned"}};
  std::vector<std::string> drill;
  running.ask(support::the_system(), [&](const query::Context& context) {
    const auto grouping = query::group(context, query, "");
    INFO(told(grouping));
    REQUIRE(grouping);
    drill = grouping->drill;
  });
  REQUIRE(drill.size() == 2);
  CHECK(drill.front() == R"(planned = "PT2H")");
  CHECK(listed(running, {.object = "task", .filter = drill.front()}) == R"("a")");
}

TEST_CASE("what counts other things is refused at publish", "[command]") {
  CHECK(refused(R"json({"name": "x", "label": "X", "type": "formula",
        "formula": "planned + 1"})json") ==
        "invalid objects/task.json: fields/9/formula:formula.type");
  CHECK(refused(R"json({"name": "x", "label": "X", "type": "duration",
        "default_formula": "3600"})json") ==
        "invalid objects/task.json: fields/9/default_formula:formula.type");
  CHECK(refused(R"json({"name": "x", "label": "X", "type": "integer",
        "default_formula": "planned"})json") ==
        "invalid objects/task.json: fields/9/default_formula:formula.type");
  CHECK(refused(R"json({"name": "x", "label": "X", "type": "duration",
        "minimum": "1:30"})json") == "invalid objects/task.json: fields/9/minimum:duration");
  CHECK(refused(R"json({"name": "x", "label": "X", "type": "duration",
        "default": "P1Y"})json") == "invalid objects/task.json: fields/9/default:default");
  CHECK(refused(R"json({"name": "x", "label": "X", "type": "duration",
        "default_formula": "DURATION(0.5)"})json")
            .empty());
}

}  // namespace tenon::command
