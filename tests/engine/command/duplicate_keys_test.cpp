// The keys of duplicate rules: when they are made anew, and which of many records that share one
// is found.
#include <catch2/catch.hpp>

#include "engine/base/limits.h"
#include "engine/command/run_job.h"
#include "engine/json/document.h"
#include "engine/record/match_key_table.h"
#include "tests/support/people_bundle.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::people;
using support::person;
using support::RunningApplication;
using support::told;

constexpr int kPage = 200;  // Of records that share a key.

// People with a text that is compared as a number to dial, in a workspace of this country.
metadata::Files with_numbers(const std::string& country) {
  auto files = people();
  std::string& bundle = files["bundle.json"];
  bundle.replace(bundle.find("\"CN\""), 4, "\"" + country + "\"");
  files["duplicates/same_number.json"] = R"json({"name": "same_number", "object": "person",
      "fields": [{"field": "code", "form": "phone"}], "action": "block"})json";
  return files;
}

class People : public RunningApplication {
 public:
  explicit People(const metadata::Files& files) : RunningApplication(files) {}

  RecordId made_by(RecordId clerk, const std::string& name, const std::string& more) {
    return made("person",
                R"({"name": ")" + name + R"(", "clerk": ")" + text_of(clerk) + "\"" + more + "}");
  }

  std::size_t keys_of(const std::string& rule, const std::string& key) {
    std::size_t count = 0;
    REQUIRE(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      const std::string id = rule_id(rule);
      RecordId before;
      while (true) {
        const auto page = record::sharing(context.tx, id, key, before, 1000);
        count += page.size();
        if (page.size() < 1000) return done();
        before = page.back();
      }
    }));
    return count;
  }

  bool run_chunk() {
    bool ran = false;
    REQUIRE(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      ran = run_due_job(context, job::Lane::bulk, context.clock.now_ms(), {});
      return done();
    }));
    return ran;
  }

  std::vector<job::Job> jobs() {
    std::vector<job::Job> open;
    REQUIRE(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      open = job::open_jobs(context.tx, 10);
      return done();
    }));
    return open;
  }

 private:
  std::string rule_id(const std::string& name) const {
    for (const metadata::Duplicate& rule : app().bundle().duplicates) {
      if (rule.name == name) return rule.id;
    }
    FAIL("there is no rule " << name);
    return "";
  }
};

}  // namespace

TEST_CASE("keys of numbers to dial are made anew where the workspace's country changes",
          "[command]") {
  People running(with_numbers("CN"));
  running.made("person", R"({"name": "A", "code": "030 1234567"})");
  REQUIRE(running.publish(with_numbers("DE")));
  CHECK(running.keys_of("same_number", "49301234567") == 1);
  CHECK(told(running.create("person", R"({"name": "B", "code": "+49 30 1234567"})")) ==
        "invalid code:duplicate.same_number");
}

TEST_CASE("keys of more records than a publish fills itself are made by a job", "[command]") {
  for (const int more : {0, 1}) {
    CAPTURE(more);
    auto files = people();
    files.erase("duplicates/same_phone.json");
    People running(files);
    const auto first = running.made("person", R"({"name": "A", "phone": "13800138000"})");
    running.copy("person", first, limits::kFillRowsMax - 1 + more);
    REQUIRE(running.publish(people()));
    if (more == 0) {
      CHECK(running.keys_of("same_phone", "8613800138000") == limits::kFillRowsMax);
      continue;
    }
    CHECK(running.keys_of("same_phone", "8613800138000") == 0);
    REQUIRE(running.run_chunk());
    CHECK(running.jobs().at(0).kind == "fill_keys");
    CHECK(running.jobs().at(0).done == 500);
    CHECK(running.jobs().at(0).total == limits::kFillRowsMax + 1);
    // What was made since is known at once, and what the job has come to.
    CHECK(told(running.create("person", R"({"name": "B", "phone": "13800138000"})")) ==
          "invalid phone:duplicate.same_phone");
    running.open_again();  // The program stops and starts.
    while (running.run_chunk()) {
    }
    CHECK(running.jobs().empty());
    CHECK(running.keys_of("same_phone", "8613800138000") == limits::kFillRowsMax + 1);
  }
}

TEST_CASE("a record that counts is found behind more than a page of others that do not",
          "[command]") {
  People running(people());
  const std::string closed = R"({"name": "A", "closed": true, "phone": "13800138000"})";
  const auto oldest = running.made("person", closed);
  for (int i = 0; i <= kPage; ++i) running.made("person", closed);
  REQUIRE(running.update("person", oldest, R"({"closed": false})"));
  CHECK(told(running.create("person", R"({"name": "B", "phone": "13800138000"})")) ==
        "invalid phone:duplicate.same_phone");
}

TEST_CASE("of records that are equal one that the actor may see is found", "[command]") {
  People running(people());
  const auto anna = running.made("user", R"({"login": "anna", "name": "Anna"})");
  const auto bob = running.made("user", R"({"login": "bob", "name": "Bob"})");
  const std::string employer = R"(, "employer": "Acme")";
  const auto seen = running.made_by(anna, "Seen", employer);
  running.copy("person", running.made_by(bob, "Other", employer), kPage + 1);
  auto files = people();
  files["duplicates/same_email.json"] = R"json({"name": "same_email", "object": "person",
      "fields": [{"field": "employer", "form": "text"}], "action": "merge"})json";
  REQUIRE(running.publish(files));
  // Those of Bob are newer, and not for Anna to see: hers takes the new one in.
  const auto reply =
      running.create("person", R"({"name": "New", "employer": "Acme"})", person(anna, {"clerk"}));
  INFO(told(reply));
  REQUIRE(reply);
  CHECK(reply->id == seen);
}

TEST_CASE("of records that are as much alike one that the actor may see is told", "[command]") {
  People running(people());
  const auto anna = running.made("user", R"({"login": "anna", "name": "Anna"})");
  const auto bob = running.made("user", R"({"login": "bob", "name": "Bob"})");
  const std::string employer = R"(, "employer": "北京华信科技有限公司")";
  const auto seen = running.made_by(anna, "Wang Li", employer);
  running.made_by(bob, "Wang Li", employer);
  const auto reply = running.create(
      "person", R"({"name": "Wang Li", "employer": "北京华信科贸集团"})", person(anna, {"clerk"}));
  REQUIRE(reply);
  REQUIRE(reply->warnings.size() == 1);
  CHECK(reply->warnings[0].record == seen);
}

}  // namespace tenon::command
