#include "engine/command/check_draft.h"

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

  Result<Checked> check(const std::string& json, std::optional<RecordId> id = {},
                        const Actor& actor = support::the_system()) {
    Checked checked;
    TENON_CHECK(carry_out(actor, [&](Context& context) -> Result<void> {
      const auto document = json::Document::parse(json);
      TENON_TRY(auto input, parse_input(document->root(), object("invoice"), app().rights(actor)));
      TENON_TRY(checked, check_draft(context, {&object("invoice"), id, std::move(input)}));
      return done();
    }));
    return checked;
  }
  std::string names(const std::vector<int>& slots) const {
    std::string names;
    for (const int slot : slots) names += object("invoice").field(slot).name + " ";
    return names;
  }
  std::string json(const Checked& checked, std::string_view field) const {
    const int slot = *object("invoice").find_slot(field);
    json::Writer writer;
    write(writer, object("invoice").type(slot), checked.fields[static_cast<std::size_t>(slot)]);
    return writer.take();
  }
};

}  // namespace

TEST_CASE("a draft is judged as a save would judge it, and nothing is written", "[command]") {
  Fixture at;
  const auto events = at.events().size();
  const auto checked = at.check(R"({"total": "-1", "state": "open"})");
  REQUIRE(checked);
  CHECK(told(checked->problems) == "total:no_debt number:required");
  CHECK(at.names(checked->required) == "number ");
  CHECK(at.events().size() == events);
  CHECK(at.list({.object = "invoice"})->rows.empty());
}

TEST_CASE("a draft tells what is computed, cleared, hidden and required", "[command]") {
  Fixture at;
  const auto open = at.check(R"({"number": "1", "total": "10"})");
  REQUIRE(open);
  CHECK(at.json(*open, "gross") == "\"12.00\"");
  CHECK(at.json(*open, "state") == "\"open\"");
  CHECK(at.json(*open, "is_late") == "false");
  CHECK(at.json(*open, "made_on") == "\"2027-01-15\"");

  const auto voided = at.check(R"({"number": "1", "total": "10", "state": "void"})");
  REQUIRE(voided);
  CHECK(at.names(voided->cleared) == "total ");
  CHECK(at.names(voided->hidden) == "total ");
  CHECK(at.names(voided->required) == "number reason ");
  CHECK(at.json(*voided, "gross") == "null");
}

TEST_CASE("what is computed on read is there for the rules, whatever it reads", "[command]") {
  Fixture at;
  const auto checked = at.check(R"({"number": "1", "total": "10", "due_on": "2027-01-01"})");
  REQUIRE(checked);
  CHECK(at.json(*checked, "late_tax") == "\"2.00\"");
}

TEST_CASE("a draft of a record is judged over what is kept", "[command]") {
  Fixture at;
  const auto id = at.made("invoice", R"({"number": "1", "total": "10"})");
  const auto checked = at.check(R"({"state": "void", "reason": "double"})", id);
  REQUIRE(checked);
  CHECK(checked->problems.empty());
  CHECK(at.json(*checked, "number") == "\"1\"");
  CHECK(at.value("invoice", id, "state") == "\"open\"");
}

TEST_CASE("fields that may not be read are not named", "[command]") {
  Fixture at;
  const auto anna = at.made("user", R"({"login": "anna", "name": "Anna"})");
  const auto checked = at.check(R"({"number": "1", "state": "void"})", {}, person(anna, {"clerk"}));
  REQUIRE(checked);
  CHECK(at.names(checked->required) == "number ");
  CHECK(told(at.check(R"({"number": "1"})", RecordId{5}, person(anna, {"clerk"}))) == "not_found");
}

}  // namespace tenon::command
