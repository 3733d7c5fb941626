// Ways out of nodes: which there are, and which were taken.
#include "engine/flow/ways.h"

#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

// first (due) → size (big → both (l: left) → done; else: small, when) → done
std::string wide() {
  return flow_text(
      "first",
      approve("first", "bob", R"("next": "size", "due": {"after": "PT1H"}, "on_due": [{"do":
        "remind", "every": "PT1H"}])") +
          R"(, "size": {"kind": "condition", "branches": [{"name": "big", "when": "total > 100",
        "next": "both"}], "else": "small"}, "both": {"kind": "parallel", "next": "done",
        "branches": [{"name": "l", "next": "left"}, {"name": "r", "when": "total > 1000",
        "next": "right"}]}, )" +
          approve("left", "cid") + ", " + approve("right", "eve") +
          R"(, "small": {"kind": "task", "when": "total > 10",
        "approvers": [{"users": ["dan"]}], "next": "done"}, "done": {"kind": "end"})");
}

}  // namespace

TEST_CASE("a node has the ways that its kind, its people and its time give it", "[flow]") {
  const Play play(wide());
  Lines ways;
  for (const Taken& one : ways_of(*play.program)) {
    ways.push_back(play.program->node(one.node).id + "." + one.way);
  }
  CHECK(ways == Lines{"first.next", "first.rejected", "first.returned", "first.due", "size.big",
                      "size.else", "both.next", "both.l", "both.r", "left.next", "left.rejected",
                      "left.returned", "right.next", "right.rejected", "right.returned",
                      "small.skipped", "small.next", "small.returned", "done.end"});
}

TEST_CASE("a step tells which ways it took", "[flow]") {
  Play big(wide());
  big.total("200").submit().pass(kHour);
  CHECK(big.ways == Lines{"first.due"});
  big.approve("bob");
  CHECK(big.ways == Lines{"first.next", "size.big", "both.l"});
  big.back("cid", "first");
  CHECK(big.ways == Lines{"left.returned"});
  big.approve("bob").approve("cid");
  CHECK(big.ways == Lines{"left.next", "both.next", "done.end"});
  Play none(wide());
  none.total("5").submit().approve("bob");
  CHECK(none.ways == Lines{"first.next", "size.else", "small.skipped", "done.end"});
  Play rejected(wide());
  rejected.submit().reject("bob");
  CHECK(rejected.ways == Lines{"first.rejected"});
}

}  // namespace tenon::flow
