#include "engine/command/events.h"

#include <catch2/catch.hpp>

#include "engine/command/create_record.h"
#include "engine/command/delete_record.h"
#include "engine/command/update_record.h"
#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing;
using support::RunningApplication;
using support::the_system;

Input set(const application::Object& object, std::string_view field, Value value) {
  Input input;
  input.entries.push_back({*object.find_slot(field), std::move(value)});
  return input;
}

}  // namespace

TEST_CASE("an event has what changed, by field id, before and after", "[command]") {
  RunningApplication running(billing());
  const auto anna = running.made("user", R"({"login": "anna", "name": "Anna"})");
  const auto made = running.create("note", R"({"words": "one"})", support::person(anna, {"clerk"}));
  REQUIRE(made);
  running.clock.now += 1'000;
  REQUIRE(running.update("note", made->id, R"({"words": "two"})"));
  REQUIRE(running.erase("note", made->id));

  const auto events = running.events_of(made->id);
  REQUIRE(events.size() == 3);
  CHECK(events[0].kind == "create");
  CHECK(events[0].body == R"({"words":[null,"one"]})");
  CHECK(events[0].actor == anna);
  CHECK(events[0].application == 1);
  CHECK(events[1].kind == "update");
  CHECK(events[1].body == R"({"words":["one","two"]})");
  CHECK(events[1].at.ms == events[0].at.ms + 1'000);
  CHECK(events[1].actor == RecordId{});
  CHECK(events[2].kind == "delete");
  CHECK(events[2].body == R"({"words":["two",null]})");
  for (std::size_t i = 0; i < events.size(); ++i) {
    CHECK(events[i].object == "note");
    CHECK(events[i].record_version == static_cast<std::int64_t>(i) + 1);
  }
}

TEST_CASE("a command that changes a record twice has one event and one version", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("note", R"({"words": "one"})");
  const auto& note = running.object("note");
  REQUIRE(running.carry_out(the_system(), [&](Context& context) -> Result<void> {
    for (const char* words : {"two", "three"}) {
      TENON_CHECK(update_record(context, {&note, id, set(note, "words", words), {}}));
    }
    return done();
  }));

  const auto events = running.events_of(id);
  REQUIRE(events.size() == 2);
  CHECK(events[1].body == R"({"words":["one","three"]})");
  CHECK(events[1].record_version == 2);
  CHECK(running.value("note", id, "version") == "2");
}

TEST_CASE("a change that is undone within its command is no event", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("note", R"({"words": "one"})");
  const auto& note = running.object("note");
  REQUIRE(running.carry_out(the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(update_record(context, {&note, id, set(note, "words", "two"), {}}));
    TENON_CHECK(update_record(context, {&note, id, set(note, "words", "one"), {}}));
    return done();
  }));
  CHECK(running.events_of(id).size() == 1);
}

TEST_CASE("a record made and changed by one command is made, in version 1", "[command]") {
  RunningApplication running(billing());
  const auto& note = running.object("note");
  RecordId id;
  REQUIRE(running.carry_out(the_system(), [&](Context& context) -> Result<void> {
    TENON_TRY(const auto made, create_record(context, {&note, set(note, "words", "one")}));
    id = made.id;
    TENON_CHECK(update_record(context, {&note, id, set(note, "words", "two"), {}}));
    return done();
  }));
  const auto events = running.events_of(id);
  REQUIRE(events.size() == 1);
  CHECK(events[0].kind == "create");
  CHECK(events[0].body == R"({"words":[null,"two"]})");
  CHECK(events[0].record_version == 1);
  CHECK(running.value("note", id, "version") == "1");
}

TEST_CASE("a record made and deleted by one command was never there", "[command]") {
  RunningApplication running(billing());
  const auto& note = running.object("note");
  RecordId id;
  REQUIRE(running.carry_out(the_system(), [&](Context& context) -> Result<void> {
    TENON_TRY(const auto made, create_record(context, {&note, set(note, "words", "one")}));
    id = made.id;
    TENON_CHECK(delete_record(context, {&note, id, {}}));
    return done();
  }));
  CHECK(running.events_of(id).empty());
}

TEST_CASE("a refused command leaves neither record nor event", "[command]") {
  RunningApplication running(billing());
  const auto& note = running.object("note");
  const auto events = running.events().size();
  const auto outcome = running.carry_out(the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(create_record(context, {&note, set(note, "words", "one")}));
    return Error::not_found();
  });
  CHECK_FALSE(outcome);
  CHECK(running.events().size() == events);
  CHECK(running.list({.object = "note"})->rows.empty());
}

}  // namespace tenon::command
