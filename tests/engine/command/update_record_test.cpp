#include "engine/command/update_record.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing;
using support::person;
using support::RunningApplication;
using support::told;

struct Fixture : RunningApplication {
  Fixture() : RunningApplication(billing()) {}
  RecordId anna = made("user", R"({"login": "anna", "name": "Anna"})");
  RecordId bob = made("user", R"({"login": "bob", "name": "Bob"})");
  RecordId id = made("invoice", R"({"number": "1", "total": "10", "due_on": "2027-01-10",
      "clerk": ")" + text_of(anna) + R"("})");

  std::int64_t version() {
    const std::string text = value("invoice", id, "version");
    return std::stoll(text.starts_with('"') ? text.substr(1) : text);
  }
};

}  // namespace

TEST_CASE("an update writes what is given and leaves the rest", "[command]") {
  Fixture at;
  const auto reply = at.update("invoice", at.id, R"({"total": "20"})");
  REQUIRE(reply);
  CHECK(reply->record->version == 2);
  CHECK(at.value("invoice", at.id, "number") == "\"1\"");
  CHECK(at.value("invoice", at.id, "gross") == "\"24.00\"");
}

TEST_CASE("the same values are no change: no version, no event", "[command]") {
  Fixture at;
  const auto events = at.events().size();
  const auto reply = at.update("invoice", at.id, R"({"total": "10.00", "number": "1"})");
  REQUIRE(reply);
  CHECK(reply->record->version == 1);
  CHECK(at.version() == 1);
  CHECK(at.events().size() == events);
}

TEST_CASE("who has seen an older version conflicts only in fields that changed since",
          "[command]") {
  Fixture at;
  REQUIRE(at.update("invoice", at.id, R"({"total": "20"})"));

  CHECK(told(at.update("invoice", at.id, R"({"total": "30"})", 1)) == "conflict total:changed");
  CHECK(at.update("invoice", at.id, R"({"total": "20"})", 1));  // The same as theirs.
  CHECK(at.update("invoice", at.id, R"({"number": "2"})", 1));  // Merged.
  CHECK(told(at.update("invoice", at.id, R"({"number": "3"})", 9)) == "conflict :version");
  CHECK(at.value("invoice", at.id, "total") == "\"20.00\"");
  CHECK(at.value("invoice", at.id, "number") == "\"2\"");
}

TEST_CASE("a field that was changed and changed back is still a conflict", "[command]") {
  Fixture at;
  REQUIRE(at.update("invoice", at.id, R"({"total": "20"})"));
  REQUIRE(at.update("invoice", at.id, R"({"total": "10"})"));
  CHECK(told(at.update("invoice", at.id, R"({"total": "30"})", 1)) == "conflict total:changed");
}

TEST_CASE("an old record that breaks a newer rule can be edited elsewhere", "[command]") {
  RunningApplication running([] {
    auto files = billing();
    files.erase("rules/no_debt.json");
    return files;
  }());
  const auto id = running.made("invoice", R"({"number": "1", "total": "-5"})");
  REQUIRE(running.publish(billing()));

  CHECK(running.update("invoice", id, R"({"number": "2"})"));
  CHECK(told(running.update("invoice", id, R"({"total": "-6"})")) == "invalid total:no_debt");
  CHECK(running.update("invoice", id, R"({"total": "6"})"));
}

TEST_CASE("who may not see a record is told that there is none", "[command]") {
  Fixture at;
  const auto set = R"({"number": "2"})";
  CHECK(told(at.update("invoice", at.id, set, {}, person(at.bob, {"clerk"}))) == "not_found");
  CHECK(at.update("invoice", at.id, set, {}, person(at.anna, {"clerk"})));
  // A head sees the team's records, but changes only their own.
  CHECK(told(at.update("invoice", at.id, set, {}, person(at.bob, {"head"}, {at.anna}))) ==
        "denied :denied");
}

TEST_CASE("a field that may only be read is denied by name", "[command]") {
  Fixture at;
  CHECK(told(at.update("invoice", at.id, R"({"due_on": "2027-02-01", "number": "2"})", {},
                       person(at.anna, {"clerk"}))) == "denied due_on:denied");
  CHECK(at.value("invoice", at.id, "number") == "\"1\"");
}

TEST_CASE("a record cannot be handed beyond one's own reach", "[command]") {
  Fixture at;
  CHECK(told(at.update("invoice", at.id, R"({"clerk": null})", {}, person(at.anna, {"clerk"}))) ==
        "denied clerk:denied");
  CHECK(at.update("invoice", at.id, R"({"clerk": null})"));
}

TEST_CASE("a unique clash of an update changes nothing", "[command]") {
  Fixture at;
  at.made("customer", R"({"name": "A", "code": "x"})");
  const auto b = at.made("customer", R"({"name": "B", "code": "y"})");
  CHECK(told(at.update("customer", b, R"({"name": "C", "code": "x"})")) == "conflict code:unique");
  CHECK(at.value("customer", b, "name") == "\"B\"");
}

TEST_CASE("a record that is not there, or was deleted, is not found", "[command]") {
  Fixture at;
  CHECK(told(at.update("invoice", RecordId{7}, R"({"number": "2"})")) == "not_found");
  REQUIRE(at.erase("invoice", at.id));
  CHECK(told(at.update("invoice", at.id, R"({"number": "2"})")) == "not_found");
}

}  // namespace tenon::command
