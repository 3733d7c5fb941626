#include "engine/command/delete_record.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing;
using support::person;
using support::RunningApplication;
using support::told;

std::string to(const std::string& field, RecordId id, const std::string& more) {
  return "{\"" + field + "\": \"" + text_of(id) + "\", " + more + "}";
}

}  // namespace

TEST_CASE("a record that is referred to stays, where the reference restricts", "[command]") {
  RunningApplication running(billing());
  const auto customer = running.made("customer", R"({"name": "A"})");
  const auto invoice = running.made("invoice", to("customer", customer, R"("number": "1")"));

  CHECK(told(running.erase("customer", customer)) == "conflict :referred_to");
  CHECK(running.value("customer", customer, "name") == "\"A\"");
  REQUIRE(running.erase("invoice", invoice));
  CHECK(running.erase("customer", customer));
  CHECK(running.value("customer", customer, "name") == "gone");
}

TEST_CASE("what hangs on a record goes with it, where the reference cascades", "[command]") {
  RunningApplication running(billing());
  const auto invoice = running.made("invoice", R"({"number": "1"})");
  const auto note = running.made("note", to("invoice", invoice, R"("words": "a")"));
  const auto other = running.made("note", R"({"words": "b"})");
  REQUIRE(running.erase("invoice", invoice));

  CHECK(running.value("note", note, "words") == "gone");
  CHECK(running.value("note", other, "words") == "\"b\"");
  CHECK(running.events_of(note).back().kind == "delete");
  CHECK(running.events_of(note).back().command == running.events_of(invoice).back().command);
}

TEST_CASE("what goes along holds nothing, and is held itself by what stays", "[command]") {
  auto files = billing();
  // Named so that it is looked at before and behind the notes.
  for (const char* name : {"a_stamp", "z_stamp"}) {
    files["objects/" + std::string(name) + ".json"] =
        R"({"name": ")" + std::string(name) +
        R"(", "label": "S", "label_plural": "S", "title_field": "name", "fields": [
            {"name": "name", "label": "N", "type": "text"},
            {"name": "note", "label": "O", "type": "reference", "to": "note"},
            {"name": "invoice", "label": "I", "type": "reference", "to": "invoice",
             "on_delete": "cascade"}]})";
  }
  for (const char* stamp : {"a_stamp", "z_stamp"}) {
    RunningApplication running(files);
    const auto invoice = running.made("invoice", R"({"number": "1"})");
    const auto note = running.made("note", to("invoice", invoice, R"("words": "n")"));
    const auto of = R"("note": ")" + text_of(note) + "\"";
    const auto along = running.made(stamp, to("invoice", invoice, of));
    const auto stays = running.made(stamp, "{" + of + "}");

    CHECK(told(running.erase("invoice", invoice)) == "conflict :referred_to");
    CHECK(running.value("note", note, "words") == "\"n\"");
    REQUIRE(running.erase(stamp, stays));
    CHECK(told(running.erase("invoice", invoice)).empty());
    CHECK(running.value(stamp, along, "id") == "gone");
  }
}

TEST_CASE("a reference that is cleared is a change of its record, with what derives from it",
          "[command]") {
  RunningApplication running(billing());
  const auto parent = running.made("customer", R"({"name": "A"})");
  const auto branch = running.made("customer", to("parent", parent, R"("name": "B")"));
  REQUIRE(running.value("customer", branch, "is_branch") == "true");
  REQUIRE(running.erase("customer", parent));

  CHECK(running.value("customer", branch, "parent") == "null");
  CHECK(running.value("customer", branch, "is_branch") == "false");
  const auto event = running.events_of(branch).back();
  CHECK(event.kind == "update");
  CHECK(event.record_version == 2);
  CHECK(event.body == R"({"parent":[")" + text_of(parent) + R"(",null],"is_branch":[true,false]})");
}

TEST_CASE("a record that refers to itself can be deleted", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("customer", R"({"name": "A"})");
  REQUIRE(running.update("customer", id, R"({"parent": ")" + text_of(id) + R"("})"));
  REQUIRE(running.erase("customer", id));
  CHECK(running.value("customer", id, "name") == "gone");
}

TEST_CASE("more than 200 records at once are refused, and all of them stay", "[command]") {
  RunningApplication running(billing());
  const auto invoice = running.made("invoice", R"({"number": "1"})");
  for (int i = 0; i < 199; ++i) running.made("note", to("invoice", invoice, R"("words": "n")"));
  const auto last = running.made("note", to("invoice", invoice, R"("words": "last")"));

  CHECK(told(running.erase("invoice", invoice)) == "limit :records");
  CHECK(running.value("invoice", invoice, "number") == "\"1\"");
  REQUIRE(running.erase("note", last));
  CHECK(running.erase("invoice", invoice));
}

TEST_CASE("a delete needs the version that was seen, where one is given", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1"})");
  REQUIRE(running.update("invoice", id, R"({"number": "2"})"));
  CHECK(told(running.erase("invoice", id, 1)) == "conflict :version");
  CHECK(running.erase("invoice", id, 2));
  CHECK(told(running.erase("invoice", id)) == "not_found");
}

TEST_CASE("only who may delete a record can", "[command]") {
  RunningApplication running(billing());
  const auto anna = running.made("user", R"({"login": "anna", "name": "Anna"})");
  const auto bob = running.made("user", R"({"login": "bob", "name": "Bob"})");
  const auto id = running.made("invoice", to("clerk", anna, R"("number": "1")"));

  CHECK(told(running.erase("invoice", id, {}, person(bob, {"clerk"}))) == "not_found");
  CHECK(told(running.erase("invoice", id, {}, person(bob, {"head"}, {anna}))) == "denied :denied");
  CHECK(running.erase("invoice", id, {}, person(anna, {"clerk"})));
}

}  // namespace tenon::command
