// Steps that act on runs: whose seat is meant, and how a difference is told.
#include "engine/story/runs.h"

#include <catch2/catch.hpp>

#include "engine/story/story.h"
#include "tests/support/temporary_folder.h"

namespace tenon::story {
namespace {

const std::string kSign = R"({"name": "sign", "label": "Sign", "kind": "approval",
  "object": "claim", "triggers": [{"kind": "form"}], "start": "first", "nodes": {
    "first": {"kind": "approve", "approvers": [{"users": ["bob", "cid"]}]}}})";

// What differs in a story of these steps, beginning with a submit.
std::string told(const std::string& steps) {
  metadata::Files files{
      {"bundle.json", R"({"format": 1, "name": "claims", "version": "1", "label": "Claims"})"},
      {"objects/claim.json", R"({"name": "claim", "label": "Claim", "label_plural": "Claims",
        "title_field": "number", "fields": [{"name": "number", "label": "No", "type": "text"}]})"},
      {"roles/clerk.json", R"({"name": "clerk", "label": "Clerk",
        "objects": {"claim": {"read": "all", "create": true, "update": "all"}}})"},
      {"flows/sign.json", kSign},
      {"stories/s.json", R"({"name": "s", "given": {"users": [
          {"login": "ann", "roles": ["clerk"]}, {"login": "bob", "roles": ["clerk"]},
          {"login": "cid", "roles": ["clerk"]}],
        "records": [{"as": "ann", "object": "claim", "ref": "q", "set": {"number": "1"}}]},
        "steps": [{"as": "ann", "submit": "sign", "record": "@q"}, )" +
                             steps + "]}"}};
  const support::TemporaryFolder folder;
  auto stories = Stories::open(files, folder.path());
  if (!stories) return describe(stories.error());
  const auto all = metadata::read_stories(files);
  REQUIRE(all);
  std::string text;
  for (const std::string& line : stories->play(all->front()).differences) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("who is asked, the state, seats and history are told beside what was expected",
          "[story]") {
  CHECK(told(R"({"as": "bob", "approve": "first", "record": "@q", "expect": {
    "open": {"first": ["bob"]}, "run": "approved", "seats": ["first bob approved"],
    "history": [], "notified": ["task @cid"], "jobs": ["flow_timer 2027-03-01T09:00:00Z"]}})") ==
        "step 2: bob approve first\n"
        "  open\n    - first: bob\n    + first: cid\n"
        "  run\n    - approved\n    + running\n"
        "  seats\n    + first cid open\n"
        "  history\n    + approved first bob\n"
        "  jobs\n    - flow_timer 2027-03-01T09:00:00Z\n"
        "  notified\n    - task @cid\n");
}

TEST_CASE("a look tells the whole history, a step only what it added", "[story]") {
  CHECK(told(R"({"as": "bob", "approve": "first", "record": "@q"},
    {"as": "cid", "reject": "first", "record": "@q",
     "expect": {"history": ["rejected first cid"], "run": "rejected"}},
    {"expect": {"history": ["approved first bob", "rejected first cid"]}})")
            .empty());
}

TEST_CASE("an act under the same request changes nothing, and another does", "[story]") {
  CHECK(told(R"({"as": "bob", "approve": "first", "record": "@q", "request": "r1"},
    {"as": "bob", "approve": "first", "record": "@q", "request": "r1",
     "expect": {"history": [], "events": [], "open": {"first": ["cid"]}}},
    {"as": "bob", "approve": "first", "record": "@q", "request": "r2",
     "expect": {"error": "conflict"}})")
            .empty());
}

TEST_CASE("a refusal, a route and events of runs are told beside what was expected", "[story]") {
  CHECK(told(R"({"as": "cid", "approve": "first", "record": "@q"},
    {"as": "cid", "approve": "first", "record": "@q", "expect": {"error": "denied"}})") ==
        "step 3: cid approve first\n  error\n    - denied\n    + conflict\n");
  CHECK(told(R"({"as": "ann", "withdraw": "sign", "record": "@q"},
    {"as": "ann", "preview": "sign", "record": "@q", "expect": {"route": ["first: bob"]}})") ==
        "step 3: ann preview sign\n  route\n    - first: bob\n    + first: bob, cid\n");
  CHECK(told(R"({"as": "ann", "withdraw": "sign", "record": "@q", "expect":
    {"events": [{"kind": "update", "record": "@q"}]}})") ==
        "step 2: ann withdraw sign\n  events\n    - update @q\n");
}

TEST_CASE("who has no seat at the node is refused as at somebody else's", "[story]") {
  CHECK(told(R"({"as": "ann", "approve": "first", "record": "@q",
                 "expect": {"error": "denied"}},
    {"as": "bob", "approve": "first", "record": "@q"},
    {"as": "bob", "reject": "first", "record": "@q", "expect": {"error":
      {"code": "conflict", "problems": [{"at": "seat", "rule": "decided"}]}}})")
            .empty());
  CHECK(told(R"({"as": "bob", "reject": "first", "record": "@q"})").empty());
}

}  // namespace tenon::story
