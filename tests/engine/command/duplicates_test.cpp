#include "engine/command/duplicates.h"

#include <catch2/catch.hpp>

#include "engine/command/check_draft.h"
#include "engine/json/document.h"
#include "tests/support/people_bundle.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::people;
using support::person;
using support::RunningApplication;
using support::told;

Checked checked(RunningApplication& running, const std::string& json,
                const Actor& actor = support::the_system()) {
  Checked result{};
  const auto outcome = running.carry_out(actor, [&](Context& context) -> Result<void> {
    const auto document = json::Document::parse(json);
    const auto& object = running.object("person");
    TENON_TRY(const auto input,
              parse_input(document->root(), object, context.app.rights(context.actor)));
    TENON_TRY(result, check_draft(context, {&object, std::nullopt, input}));
    return done();
  });
  REQUIRE(outcome);
  return result;
}

}  // namespace

TEST_CASE("a rule that blocks refuses the second of two that are the same", "[command]") {
  RunningApplication running(people());
  const auto first = running.made("person", R"({"name": "A", "phone": "+86 138 0013 8000"})");
  CHECK(told(running.create("person", R"({"name": "B", "phone": "138-0013-8000"})")) ==
        "invalid phone:duplicate.same_phone");
  const auto second = running.made("person", R"({"name": "B", "phone": "139 0013 8000"})");
  CHECK(told(running.update("person", second, R"({"phone": "13800138000"})")) ==
        "invalid phone:duplicate.same_phone");
  // The record itself is no duplicate, and another field is no reason to ask.
  CHECK(running.update("person", first, R"({"phone": "13800138000"})"));
  CHECK(running.update("person", first, R"({"name": "C"})"));
}

TEST_CASE("what is deleted, closed or changed is no duplicate any more", "[command]") {
  RunningApplication running(people());
  const std::string again = R"({"name": "B", "phone": "13800138000"})";
  const auto first = running.made("person", R"({"name": "A", "phone": "13800138000"})");
  REQUIRE(running.update("person", first, R"({"closed": true})"));
  const auto second = running.made("person", again);
  REQUIRE(running.erase("person", second));
  const auto third = running.made("person", again);
  REQUIRE(running.update("person", third, R"({"phone": null})"));
  CHECK(running.create("person", again));
  CHECK_FALSE(running.create("person", again));
}

TEST_CASE("a rule tells of a hidden record only what it reveals", "[command]") {
  RunningApplication running(people());
  const auto anna = running.made("user", R"({"login": "anna", "name": "Anna"})");
  const auto bob = running.made("user", R"({"login": "bob", "name": "Bob"})");
  running.made("person", R"({"name": "Secret", "phone": "13800138000", "clerk": ")" +
                             text_of(anna) + R"("})");
  const auto message = [&](RecordId user) {
    const auto refused = running.create("person", R"({"name": "B", "phone": "13800138000"})",
                                        person(user, {"clerk"}));
    REQUIRE_FALSE(refused);
    return refused.error().problems[0].message;
  };
  CHECK(message(bob) == "Known already: Anna");
  CHECK(message(anna) == "Known already: Secret");
}

TEST_CASE("likeness warns, and only where its rule applies", "[command]") {
  RunningApplication running(people());
  running.made("person", R"({"name": "Wang Li", "employer": "北京华信科技有限公司"})");
  const auto warned = checked(running, R"({"name": "wang  li", "employer": "北京华信科贸集团"})");
  CHECK(warned.problems.empty());
  REQUIRE(warned.warnings.size() == 1);
  CHECK(warned.warnings[0].at == "name");
  CHECK(warned.warnings[0].rule == "duplicate.like_employer");
  CHECK(checked(running, R"({"name": "Wang Li", "employer": "上海力信"})").warnings.empty());
  CHECK(checked(running, R"({"name": "Wang Li"})").warnings.empty());
  CHECK(running.create("person", R"({"name": "Wang Li", "employer": "北京华信科技"})"));
}

TEST_CASE("a rule that merges makes the new one a part of the one that is there", "[command]") {
  RunningApplication running(people());
  const auto first = running.made("person", R"({"name": "A", "email": "a@example.com"})");
  const auto reply = running.create(
      "person", R"({"name": "Other", "email": "A@Example.com", "employer": "Acme"})");
  REQUIRE(reply);
  CHECK(reply->id == first);
  CHECK(running.value("person", first, "name") == "\"A\"");
  CHECK(running.value("person", first, "employer") == "\"Acme\"");
  CHECK(running.events_of(first).size() == 2);

  // Who may not see the one that is there is refused.
  const auto bob = running.made("user", R"({"login": "bob", "name": "Bob"})");
  CHECK(told(running.create("person", R"({"name": "B", "email": "a@example.com"})",
                            person(bob, {"clerk"}))) == "invalid email:duplicate.same_email");
}

TEST_CASE("a rule that is published later knows the records that were there", "[command]") {
  auto files = people();
  files.erase("duplicates/same_phone.json");
  RunningApplication running(files);
  running.made("person", R"({"name": "A", "phone": "13800138000"})");
  REQUIRE(running.publish(people()));
  CHECK(told(running.create("person", R"({"name": "B", "phone": "13800138000"})")) ==
        "invalid phone:duplicate.same_phone");
}

}  // namespace tenon::command
