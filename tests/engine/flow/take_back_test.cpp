// Taking one's own decision back: what reopens, what waits again, what came too late.
#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

Play two_nodes(const std::string& rest = "") {
  Play play(flow_text(
      "first", approve("first", "bob cid", R"("next": "second")") + ", " + approve("second", "fay"),
      rest));
  play.submit();
  return play;
}

Play sequence(const std::string& rest = "") {
  Play play(
      flow_text("first", approve("first", "bob cid dan",
                                 R"("voting": {"mode": "sequence"}, "next": "second")" + rest) +
                             ", " + approve("second", "fay")));
  play.submit();
  return play;
}

// first (eve), then left (bob) beside right (dan), then last (fay).
Play forked(const std::string& mode = "all") {
  Play play(flow_text(
      "first",
      approve("first", "eve", R"("next": "fork")") + R"(, "fork": {"kind": "parallel", "mode": ")" +
          mode + R"(", "branches": [{"name": "a", "next": "left"}, {"name": "b", "next": "right"}],
             "next": "last"}, )" +
          approve("left", "bob") + ", " + approve("right", "dan") + ", " + approve("last", "fay")));
  play.submit().approve("eve");
  return play;
}

std::string take_back(Play& play, std::string_view login) {
  return play.refused(TakeBack{play.by(login), play.seat_of(login)});
}

}  // namespace

TEST_CASE("a decision is taken back while the node still asks", "[flow]") {
  Play play = two_nodes();
  play.approve("bob");
  CHECK(play.refused(TakeBack{play.by("cid"), 0}) == "denied denied");
  CHECK(play.refused(TakeBack{play.by("cid"), 9}) == "not_found");
  play.act(TakeBack{play.by("bob"), 0});
  CHECK(play.open() == "first: cid, bob");  // A new seat; the old one keeps what it said.
  CHECK(play.refused(TakeBack{play.by("bob"), 0}) == "conflict too_late");
  play.approve("cid").approve("bob");
  CHECK(play.open() == "second: fay");
}

TEST_CASE("a decision is taken back from the next node, until that has decided", "[flow]") {
  Play play = two_nodes();
  play.approve("bob").approve("cid");
  Play late = play;
  play.act(TakeBack{play.by("cid"), 1});
  CHECK(play.open() == "first: cid");  // bob's approval holds.
  play.approve("cid");
  CHECK(play.open() == "second: fay");
  CHECK(play.history() == Lines{"approved first bob", "approved first cid", "taken_back first cid",
                                "cancelled second fay", "approved first cid"});

  Play longer(flow_text("first", approve("first", "bob", R"("next": "second")") + ", " +
                                     approve("second", "fay fin")));
  longer.submit().approve("bob").approve("fay");
  CHECK(longer.refused(TakeBack{longer.by("bob"), 0}) == "conflict too_late");
}

TEST_CASE("what a node closed is asked again when its decision is taken back", "[flow]") {
  Play play(flow_text(
      "first", approve("first", "bob cid", R"("voting": {"mode": "any"}, "next": "second")") +
                   ", " + approve("second", "fay")));
  play.submit().approve("bob").act(TakeBack{play.by("bob"), 0});
  CHECK(play.open() == "first: bob, cid");
}

TEST_CASE("in a sequence whose turn had come waits again, and a later decision stands in the way",
          "[flow]") {
  Play play = sequence();
  play.approve("bob");
  CHECK(play.open() == "first: cid");
  Play late = play;
  late.approve("cid");
  CHECK(take_back(late, "bob") == "conflict too_late");
  late.approve("dan");
  CHECK(late.open() == "second: fay");
  CHECK(take_back(late, "bob") == "conflict too_late");
  CHECK(take_back(late, "cid") == "conflict too_late");
  CHECK(take_back(late, "dan") == "");
  CHECK(late.open() == "first: dan");

  CHECK(take_back(play, "bob") == "");
  CHECK(play.open() == "first: bob");
  CHECK(play.refused(Approve{play.by("cid"), play.seat_of("cid")}) == "conflict not_open");
  play.approve("bob").approve("cid").approve("dan").approve("fay");
  CHECK(play.state() == "approved");
}

TEST_CASE("time counts anew for whose turn comes a second time", "[flow]") {
  Play play = sequence(R"(, "due": {"after": "PT8H"})");
  play.approve("bob").pass(kHour);
  const std::int64_t before = *play.run.seats[1].due_ms;
  CHECK(take_back(play, "bob") == "");
  CHECK_FALSE(play.run.seats[1].due_ms);
  play.pass(kHour).approve("bob");
  CHECK(play.run.seats[1].due_ms == before + 2 * kHour);
}

TEST_CASE("who was added before takes back until the owner has decided, who waits again",
          "[flow]") {
  Play play(flow_text(
      "first", approve("first", "bob", R"("next": "second")") + ", " + approve("second", "fay")));
  play.submit().add("bob", Seat::Position::before, {who("eve")}).approve("eve");
  CHECK(play.open() == "first: bob");
  Play late = play;
  CHECK(take_back(play, "eve") == "");
  CHECK(play.open() == "first: eve");
  play.approve("eve").approve("bob");
  CHECK(play.open() == "second: fay");
  late.approve("bob");
  CHECK(take_back(late, "eve") == "conflict too_late");
}

TEST_CASE("who was added after waits again when the owner takes back, unless they decided",
          "[flow]") {
  Play play(flow_text(
      "first", approve("first", "bob", R"("next": "second")") + ", " + approve("second", "cid")));
  play.submit().add("bob", Seat::Position::after, {who("eve"), who("fay")}).approve("bob");
  CHECK(play.open() == "first: eve, fay");
  Play late = play;
  late.approve("eve");
  CHECK(take_back(late, "bob") == "conflict too_late");
  CHECK(take_back(late, "eve") == "");
  CHECK(take_back(play, "bob") == "");
  CHECK(play.open() == "first: bob");
  play.approve("bob").approve("eve").approve("fay");
  CHECK(play.open() == "second: cid");
}

TEST_CASE("the last of a branch takes back while the fork waits, and after it, until the next",
          "[flow]") {
  Play waits = forked();
  waits.approve("bob");
  CHECK(take_back(waits, "bob") == "");
  CHECK(waits.open() == "left: bob; right: dan");
  waits.approve("dan").approve("bob");
  CHECK(waits.open() == "last: fay");

  CHECK(take_back(waits, "dan") == "");  // The sister's decision is beside it, and holds.
  CHECK(waits.open() == "right: dan");
  waits.approve("dan");
  CHECK(waits.open() == "last: fay");
  CHECK(take_back(waits, "eve") == "conflict too_late");
  waits.approve("fay");
  CHECK(waits.state() == "approved");

  Play first_wins = forked("any");
  first_wins.approve("bob");
  CHECK(first_wins.open() == "last: fay");
  CHECK(take_back(first_wins, "bob") == "conflict too_late");
}

TEST_CASE("who left meanwhile is not asked again", "[flow]") {
  Play play(flow_text("first",
                      approve("first", "bob cid", R"("voting": {"mode": "any", "any_reject": "all"},
                                              "next": "second")") +
                          ", " + approve("second", "fay")));
  play.submit().approve("bob");
  play.people.people[who("cid")].is_active = false;
  const TakeBack back{play.by("bob"), play.seat_of("bob")};
  CHECK(people_needed(*play.program, play.run, back, play.facts)->users ==
        std::vector<UserId>{who("bob"), who("cid")});
  play.act(back);
  CHECK(play.open() == "first: bob");
  play.reject("bob");
  CHECK(play.state() == "rejected");
}

}  // namespace tenon::flow
