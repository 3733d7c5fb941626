#include <catch2/catch.hpp>

#include "engine/command/input.h"
#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing;
using support::person;
using support::RunningApplication;
using support::told;

std::string problems(RunningApplication& running, const std::string& json,
                     const Actor& actor = support::the_system()) {
  const auto document = json::Document::parse(json);
  REQUIRE(document);
  return told(
      parse_input(document->root(), running.object("invoice"), running.app().rights(actor)));
}

}  // namespace

TEST_CASE("every problem of an input is told at its field", "[command]") {
  RunningApplication running(billing());
  CHECK(problems(running, R"({"numbr": "1", "total": "x", "due_on": "2027-02-30", "id": "5",
                              "tax": "1", "number": "2"})") ==
        "invalid numbr:unknown_field total:number due_on:date id:read_only tax:read_only");
  CHECK(problems(running, "[]") == "invalid :type");
}

TEST_CASE("a field that may not be read is an unknown one", "[command]") {
  RunningApplication running(billing());
  const Actor clerk = person(RecordId{5}, {"clerk"});
  CHECK(problems(running, R"({"reason": "x"})", clerk) == "invalid reason:unknown_field");
  CHECK(problems(running, R"({"due_on": "2027-01-01"})", clerk).empty());  // Denied at the door.
}

TEST_CASE("a former name of a field is accepted, but not beside the new one", "[command]") {
  RunningApplication running(billing());
  auto files = billing();
  files["objects/invoice.json"] = support::replaced(
      files["objects/invoice.json"], R"("name": "reason")", R"("id": "reason", "name": "why")");
  files["rules/void_why.json"] =
      support::replaced(files["rules/void_why.json"], R"("field": "reason")", R"("field": "why")");
  files["roles/clerk.json"] =
      support::replaced(files["roles/clerk.json"], R"("reason": "none")", R"("why": "none")");
  REQUIRE(told(running.publish(files)).empty());

  CHECK(problems(running, R"({"reason": "x"})").empty());
  CHECK(problems(running, R"({"why": "x"})").empty());
  CHECK(problems(running, R"({"why": "x", "reason": "y"})") == "invalid reason:twice");
}

}  // namespace tenon::command
