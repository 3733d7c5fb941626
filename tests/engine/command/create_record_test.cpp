#include "engine/command/create_record.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing;
using support::person;
using support::RunningApplication;
using support::told;

RecordId user(RunningApplication& running, const std::string& login) {
  return running.made("user", R"({"login": ")" + login + R"(", "name": ")" + login + R"("})");
}

}  // namespace

TEST_CASE("a new record has version 1, and when and by whom it was made", "[command]") {
  RunningApplication running(billing());
  const auto anna = user(running, "anna");
  running.clock.now += 5'000;

  const auto reply = running.create("invoice", R"({"number": "1"})", person(anna, {"clerk"}));

  REQUIRE(reply);
  CHECK(reply->record->version == 1);
  CHECK(reply->record->created_at.ms == running.clock.now);
  CHECK(reply->record->updated_at.ms == running.clock.now);
  CHECK(reply->record->created_by == anna);
}

TEST_CASE("a default is taken where nothing is given, and a given null stays empty", "[command]") {
  RunningApplication running(billing());
  const auto one = running.made("invoice", R"({"number": "1"})");
  const auto two = running.made("invoice", R"({"number": "2", "state": null})");
  const auto three = running.made("invoice", R"({"number": "3", "state": "paid"})");

  CHECK(running.value("invoice", one, "state") == "\"open\"");
  CHECK(running.value("invoice", two, "state") == "null");
  CHECK(running.value("invoice", three, "state") == "\"paid\"");
}

TEST_CASE("a default formula knows who asks; the system is nobody", "[command]") {
  RunningApplication running(billing());
  const auto anna = user(running, "anna");
  const auto hers = running.create("invoice", R"({"number": "1"})", person(anna, {"clerk"}));
  REQUIRE(hers);
  const auto ours = running.made("invoice", R"({"number": "2"})");

  CHECK(running.value("invoice", hers->id, "clerk") == "\"" + text_of(anna) + "\"");
  CHECK(running.value("invoice", ours, "clerk") == "null");
}

TEST_CASE("formulas are kept in the order in which they read each other", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1", "total": "10.00"})");

  CHECK(running.value("invoice", id, "tax") == "\"2.00\"");
  CHECK(running.value("invoice", id, "gross") == "\"12.00\"");
}

TEST_CASE("what cannot be worked out is a problem where it is kept, and empty where it is not",
          "[command]") {
  auto files = billing();
  const auto with = [&](const std::string& formula) {
    files["objects/note.json"] = support::replaced(
        billing().at("objects/note.json"), R"("type": "text"},)",
        R"("type": "text"}, {"name": "ratio", "label": "R", "type": "formula", "scale": 2,
            "formula": ")" +
            formula + "\"},");
    return files;
  };
  RunningApplication running(with("10 / version * 0 + 1 / (version - version)"));
  const auto id = running.made("note", R"({"words": "a"})");
  CHECK(running.value("note", id, "ratio") == "null");
  REQUIRE(running.publish(with("1 / (LEN(words) - 1)")));
  CHECK(running.value("note", id, "ratio") == "null");
  CHECK(told(running.create("note", R"({"words": "a"})")) == "invalid ratio:division_by_zero");
  CHECK(running.create("note", R"({"words": "ab"})"));
}

TEST_CASE("the day of a moment is that of the workspace's zone, kept and on read", "[command]") {
  RunningApplication running(billing());
  running.clock.now = 1'800'000'000'000 + 10 * 3'600'000;  // 18:00 UTC: the next day in Shanghai.
  const auto id = running.made("invoice", R"({"number": "1", "sent_at": "2027-01-15T17:00:00Z"})");

  CHECK(running.value("invoice", id, "sent_on") == "\"2027-01-16\"");
  CHECK(running.value("invoice", id, "made_on") == "\"2027-01-16\"");
}

TEST_CASE("every problem of a new record is told: what rules reject, then what is missing",
          "[command]") {
  RunningApplication running(billing());
  CHECK(told(running.create("invoice", R"({"total": "-1"})")) ==
        "invalid total:no_debt number:required");
  CHECK(told(running.create("invoice", R"({"number": "1", "state": "void"})")) ==
        "invalid reason:required");
  CHECK(running.events().size() == 1);  // The publish.
}

TEST_CASE("what a rule clears is empty, and so is all that derives from it", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made(
      "invoice", R"({"number": "1", "total": "10", "state": "void", "reason": "double"})");

  CHECK(running.value("invoice", id, "total") == "null");
  CHECK(running.value("invoice", id, "tax") == "null");
  CHECK(running.value("invoice", id, "gross") == "null");
  CHECK(running.value("invoice", id, "half_tax") == "null");
}

TEST_CASE("the door is before everything: nothing is told of the rules", "[command]") {
  RunningApplication running(billing());
  const auto anna = user(running, "anna");

  CHECK(told(running.create("invoice", R"({"total": "-1"})", person(anna, {}))) == "not_found");
  CHECK(told(running.create("invoice", R"({"total": "-1"})", person(anna, {"head"}))) ==
        "denied :denied");
  CHECK(told(running.create("invoice", R"({"total": "-1", "due_on": "2027-01-01"})",
                            person(anna, {"clerk"}))) == "denied due_on:denied");
}

TEST_CASE("a record beyond one's own reach cannot be made", "[command]") {
  RunningApplication running(billing());
  const auto anna = user(running, "anna");
  const auto bob = user(running, "bob");
  const std::string his = R"({"number": "1", "clerk": ")" + text_of(bob) + R"("})";

  // The clerk who may not see other people cannot refer to them either.
  CHECK(told(running.create("invoice", his, person(anna, {"clerk"}))) == "invalid clerk:reference");
  CHECK(told(running.create("invoice", R"({"number": "1", "clerk": null})",
                            person(anna, {"clerk"}))) == "denied clerk:denied");
}

TEST_CASE("a reference must be to a living record that may be seen", "[command]") {
  RunningApplication running(billing());
  const auto anna = user(running, "anna");
  const auto hidden = running.made("customer", R"({"name": "Hidden"})");
  const auto gone = running.made("customer", R"({"name": "Gone"})");
  REQUIRE(running.erase("customer", gone));
  const auto to = [](RecordId id) {
    return R"({"number": "1", "customer": ")" + text_of(id) + R"("})";
  };

  CHECK(running.create("invoice", to(hidden)));
  CHECK(told(running.create("invoice", to(hidden), person(anna, {"clerk"}))) ==
        "invalid customer:reference");
  CHECK(told(running.create("invoice", to(gone))) == "invalid customer:reference");
  CHECK(told(running.create("invoice", to(RecordId{1}))) == "invalid customer:reference");
}

TEST_CASE("a value that must be unique is a conflict at its field", "[command]") {
  RunningApplication running(billing());
  const auto first = running.made("customer", R"({"name": "A", "code": "x"})");
  CHECK(told(running.create("customer", R"({"name": "B", "code": "x"})")) ==
        "conflict code:unique");
  CHECK(running.create("customer", R"({"name": "C"})"));
  CHECK(running.create("customer", R"({"name": "D"})"));

  REQUIRE(running.erase("customer", first));
  CHECK(running.create("customer", R"({"name": "B", "code": "x"})"));
}

}  // namespace tenon::command
