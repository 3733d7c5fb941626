// What becomes of lines when records become one.
#include <catch2/catch.hpp>

#include "engine/command/merge_records.h"
#include "engine/command/undo.h"
#include "engine/query/lines.h"
#include "tests/support/people_bundle.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::people;
using support::person;
using support::RunningApplication;
using support::told;

const std::string kCall = R"json({
  "name": "call", "label": "Call", "label_plural": "Calls", "title_field": "about",
  "fields": [
    {"name": "about", "label": "About", "type": "text"},
    {"name": "minutes", "label": "Minutes", "type": "integer", "default": 1},
    {"name": "number", "label": "Number", "type": "auto_number", "pattern": "C-{00}"},
    {"name": "steps", "label": "Steps", "type": "children", "to": "call", "parent": "whole"}
  ]})json";

metadata::Files callers() {
  auto files = people();
  files["objects/call.json"] = kCall;
  files["objects/person.json"] = support::replaced(
      files["objects/person.json"], R"({"name": "closed")",
      R"({"name": "calls", "label": "Calls", "type": "children", "to": "call", "parent": "caller"},
         {"name": "minutes", "label": "Minutes", "type": "rollup", "function": "sum",
          "of": "calls.minutes"},
         {"name": "closed")");
  files["roles/reader.json"] = R"({"name": "reader", "label": "Reader", "objects": {
      "person": {"read": "all", "create": true, "update": "all", "delete": "all",
                 "fields": {"calls": "read"}}}})";
  return files;
}

struct Callers : RunningApplication {
  Callers() : RunningApplication(callers()) {}

  Result<void> merge(RecordId kept, std::vector<RecordId> others,
                     const Actor& actor = support::the_system()) {
    return carry_out(actor, [&](Context& context) -> Result<void> {
      last = context.changes.command;
      auto reply = merge_records(context, {&object("person"), kept, std::move(others), {}});
      return reply ? done() : Result<void>(std::move(reply.error()));
    });
  }
  Result<void> undo(CommandId id) {
    return carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      auto undone = undo_command(context, {id});
      return undone ? done() : Result<void>(std::move(undone.error()));
    });
  }
  // "about:minutes(steps)", in order.
  std::string calls(RecordId id) {
    std::string all;
    ask(support::the_system(), [&](const query::Context& context) {
      all = text(query::lines_of(context, object("person"), id).at(0));
    });
    return all;
  }
  std::string first(RecordId id) {
    std::string line;
    ask(support::the_system(), [&](const query::Context& context) {
      line = text_of(query::lines_of(context, object("person"), id).at(0).rows.at(0).id);
    });
    return line;
  }

  CommandId last;

 private:
  std::string text(const query::LineSet& set) {
    std::string all;
    for (const query::LineRow& row : set.rows) {
      const auto value = [&](const char* name) {
        const int slot = *set.object().find_slot(name);
        return tenon::text_of(set.object().type(slot), row.fields[static_cast<std::size_t>(slot)]);
      };
      all += (all.empty() ? "" : " ") + value("about") + ":" + value("minutes");
      const std::string steps = text(row.lines.at(0));
      if (!steps.empty()) all += "(" + steps + ")";
    }
    return all;
  }
};

}  // namespace

TEST_CASE("a new record brings its lines where the one that is there has none", "[command]") {
  Callers at;
  const auto first = at.made("person", R"({"name": "A", "email": "a@example.com"})");
  const auto reply = at.create("person", R"({"name": "B", "email": "A@example.com",
      "calls": [{"about": "x", "minutes": 3, "steps": [{"about": "y"}]}]})");
  REQUIRE(reply);
  CHECK(reply->id == first);
  CHECK(at.calls(first) == "x:3(y:1)");
  CHECK(at.value("person", first, "minutes") == "3");

  REQUIRE(at.create("person", R"({"name": "C", "email": "a@example.com",
      "calls": [{"about": "z"}]})"));
  CHECK(at.calls(first) == "x:3(y:1)");  // It has some: they stay, as what it has of fields.
}

TEST_CASE("lines of the others come along behind those of the survivor", "[command]") {
  Callers at;
  const auto kept = at.made("person", R"({"name": "A", "calls": [{"about": "a"}]})");
  const auto one = at.made("person", R"({"name": "B", "calls": [
      {"about": "b", "minutes": 2, "steps": [{"about": "c", "minutes": null}]},
      {"about": "d"}]})");
  const auto none = at.made("person", R"({"name": "C"})");
  const auto two = at.made("person", R"({"name": "D", "calls": [{"about": "e"}]})");
  REQUIRE(at.merge(kept, {one, none, two}));
  CHECK(at.calls(kept) == "a:1 b:2(c:) d:1 e:1");
  CHECK(at.value("person", kept, "minutes") == "5");

  REQUIRE(at.undo(at.last));
  CHECK(at.calls(kept) == "a:1");
  CHECK(at.calls(one) == "b:2(c:) d:1");
  CHECK(at.calls(two) == "e:1");
  CHECK(at.value("person", kept, "minutes") == "1");
  CHECK(at.value("person", one, "minutes") == "3");
}

TEST_CASE("lines that were written since are not taken away by an undo", "[command]") {
  Callers at;
  const auto kept = at.made("person", R"({"name": "A"})");
  const auto other = at.made("person", R"({"name": "B", "calls": [{"about": "b"}]})");
  REQUIRE(at.merge(kept, {other}));
  const CommandId merged = at.last;
  REQUIRE(at.update("person", kept,
                    R"({"calls": {"put": [{"id": ")" + at.first(kept) + R"(", "about": "c"}]}})"));
  CHECK(told(at.undo(merged)) == "conflict calls:changed");
  CHECK(at.calls(kept) == "c:1");
}

TEST_CASE("who may not write the lines cannot merge records that have some", "[command]") {
  Callers at;
  const auto bob = at.made("user", R"({"login": "bob", "name": "Bob"})");
  const Actor reader = person(bob, {"reader"});
  const auto kept = at.made("person", R"({"name": "A"})");
  const auto with = at.made("person", R"({"name": "B", "calls": [{"about": "b"}]})");
  const auto without = at.made("person", R"({"name": "C"})");
  CHECK(told(at.merge(kept, {without}, reader)) == "");
  CHECK(told(at.merge(kept, {with}, reader)) == "denied calls:denied");
  CHECK(at.calls(with) == "b:1");
}

TEST_CASE("more lines than a record may hold are not merged", "[command]") {
  Callers at;
  std::string lines;
  for (int i = 0; i < 2'600; ++i) lines += (lines.empty() ? "{}" : ", {}");
  const std::string half = R"("calls": [)" + lines + "]}";
  const auto kept = at.made("person", R"({"name": "A", )" + half);
  const auto other = at.made("person", R"({"name": "B", )" + half);
  CHECK(told(at.merge(kept, {other})) == "limit calls:lines");
}

}  // namespace tenon::command
