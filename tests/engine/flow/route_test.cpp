// Regions and ways back: what a return cancels, what it leaves, and where it may not lead.
#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

std::string line(const std::string& rest_of_third = "") {
  return flow_text("first",
                   approve("first", "bob", R"("next": "second")") + ", " +
                       approve("second", "cid", R"("next": "third")") + ", " +
                       approve("third", "dan" + std::string(rest_of_third.empty() ? " eve" : ""),
                               rest_of_third));
}

// first → both (left: bob then cid; right: dan) → last
std::string forked(const std::string& rest = "") {
  return flow_text("first", approve("first", "eve", R"("next": "both")") +
                                R"(, "both": {"kind": "parallel",
    "next": "last", "branches": [{"name": "l", "next": "left"}, {"name": "r", "next": "right"}])" +
                                rest + "}, " + approve("left", "bob", R"("next": "left2")") + ", " +
                                approve("left2", "cid") + ", " + approve("right", "dan") + ", " +
                                approve("last", "fay"));
}

}  // namespace

TEST_CASE("a return makes void what was decided since, and walks the way again", "[flow]") {
  Play play(line());
  play.submit().approve("bob").approve("cid").approve("dan");
  play.back("eve", "second");
  CHECK(play.open() == "second: cid");
  CHECK(play.run.scopes[0].epoch == 1);
  CHECK(play.history() == Lines{"approved first bob", "approved second cid", "approved third dan",
                                "returned third eve", "superseded second cid",
                                "superseded third dan", "superseded third eve"});
  play.approve("cid");
  CHECK(play.open() == "third: dan, eve");
  play.approve("dan").approve("eve");
  CHECK(play.state() == "approved");
}

TEST_CASE("a direct return comes straight back, where the data still lead there", "[flow]") {
  const std::string flow =
      flow_text("first", approve("first", "bob", R"("next": "check")") +
                             R"(, "check": {"kind": "condition", "branches": [{"name": "big",
                   "when": "total > 100", "next": "second"}], "else": "small"}, )" +
                             approve("second", "cid", R"("next": "third")") + ", " +
                             approve("third", "dan") + ", " + approve("small", "fay"));
  Play play(flow);
  play.total("200").submit().approve("bob").approve("cid").back("dan", "first", true);
  CHECK(play.open() == "first: bob");
  Play changed = play;
  play.approve("bob");
  CHECK(play.open() == "third: dan");
  changed.total("50").approve("bob");
  CHECK(changed.open() == "small: fay");
}

TEST_CASE("only nodes where people were asked before are returned to", "[flow]") {
  Play play(line());
  play.submit().approve("bob");
  const auto back = [&](const std::string& node) {
    return play.refused(Return{play.by("cid"), play.seat_of("cid"), node});
  };
  CHECK(back("third") == "invalid not_visited");
  CHECK(back("second") == "invalid not_visited");
  CHECK(back("frist") == "invalid unknown_node");
  play.back("cid", "first");
  CHECK(play.refused(Return{play.by("bob"), play.seat_of("bob"), "second"}) ==
        "invalid not_visited");  // What was asked there is void.
}

TEST_CASE("the initiator mends it and submits again", "[flow]") {
  Play play(line());
  play.submit().approve("bob").back("cid", "$start");
  CHECK(play.open() == "$start: ann");
  CHECK(play.notices() == Lines{"returned ann", "task ann"});
  Play withdrawn = play;
  withdrawn.act(Withdraw{withdrawn.by("ann")});  // Nothing that was decided holds.
  CHECK(withdrawn.state() == "withdrawn");
  play.complete("ann");
  CHECK(play.open() == "first: bob");
}

TEST_CASE("a return within a branch concerns that branch only", "[flow]") {
  Play play(forked());
  play.submit().approve("eve");
  CHECK(play.open() == "left: bob; right: dan");
  play.approve("bob").back("cid", "left");
  CHECK(play.open() == "left: bob; right: dan");
  CHECK(play.run.scopes[0].epoch == 0);
  CHECK(play.run.scopes[1].epoch == 1);
  CHECK(play.run.scopes[2].epoch == 0);
  play.approve("dan").approve("bob").approve("cid");
  CHECK(play.open() == "last: fay");
}

TEST_CASE("a return to before the fork cancels the whole region, which forks anew", "[flow]") {
  Play play(forked());
  play.submit().approve("eve").approve("bob").back("dan", "first");
  CHECK(play.open() == "first: eve");
  CHECK(play.notices() == Lines{"cancelled cid", "task eve"});
  play.approve("eve");
  CHECK(play.open() == "left: bob; right: dan");
  CHECK(play.run.scopes.size() == 5);
}

TEST_CASE("nothing leads from behind the join, or a sister, into a branch", "[flow]") {
  Play play(forked());
  play.submit().approve("eve").approve("bob");
  CHECK(play.refused(Return{play.by("dan"), play.seat_of("dan"), "left"}) ==
        "conflict return_into_parallel");
  play.approve("cid").approve("dan");
  CHECK(play.refused(Return{play.by("fay"), play.seat_of("fay"), "left"}) ==
        "conflict return_into_parallel");
}

TEST_CASE("unless the region opens its branches again; the sisters' decisions hold", "[flow]") {
  Play play(forked(R"(, "reopen_branch": true)"));
  play.submit().approve("eve").approve("bob");
  CHECK(play.refused(Return{play.by("dan"), play.seat_of("dan"), "left"}) ==
        "conflict return_into_parallel");
  play.approve("cid").approve("dan").back("fay", "left2");
  CHECK(play.open() == "left2: cid");
  play.approve("cid");
  CHECK(play.open() == "last: fay");
  CHECK_FALSE(play.run.seats[2].is_superseded);
  play.approve("fay");
  CHECK(play.state() == "approved");
}

TEST_CASE("a branch that is opened again makes later regions void, not its sisters", "[flow]") {
  const auto fork = [](const std::string& id, const std::string& a, const std::string& b,
                       const std::string& rest) {
    return "\"" + id + R"(": {"kind": "parallel", "branches": [{"name": "a", "next": ")" + a +
           R"("}, {"name": "b", "next": ")" + b + "\"}], " + rest + "}";
  };
  Play play(flow_text("one", fork("one", "a", "b", R"("reopen_branch": true, "next": "two")") +
                                 ", " + fork("two", "c", "d", R"("next": "last")") + ", " +
                                 approve("a", "bob") + ", " + approve("b", "cid") + ", " +
                                 approve("c", "dan") + ", " + approve("d", "eve") + ", " +
                                 approve("last", "fay")));
  play.submit().approve("bob").approve("cid").approve("dan").approve("eve").back("fay", "a");
  CHECK(play.open() == "a: bob");
  std::string holds;
  for (const Seat& seat : play.run.seats) {
    if (seat.state == Seat::State::approved && !seat.is_superseded) holds += login_of(seat.actor);
  }
  CHECK(holds == "cid");
  play.approve("bob");
  CHECK(play.open() == "c: dan; d: eve");
}

TEST_CASE("of a parallel node of mode any the first branch goes on, others are cancelled",
          "[flow]") {
  Play play(forked(R"(, "mode": "any")"));
  play.submit().approve("eve").approve("dan");
  CHECK(play.open() == "last: fay");
  CHECK(play.notices() == Lines{"cancelled bob", "task fay"});
}

TEST_CASE("branches may be empty, or not be taken", "[flow]") {
  const auto flow = [](const std::string& branches) {
    return flow_text("both", R"("both": {"kind": "parallel", "next": "last", "branches": [)" +
                                 branches + "]}, " + approve("left", "bob") + ", " +
                                 approve("last", "fay"));
  };
  Play empty(flow(R"({"name": "l", "next": "left"}, {"name": "r"})"));
  empty.submit();
  CHECK(empty.open() == "left: bob");
  Play none(flow(R"({"name": "l", "when": "total > 5", "next": "left"},
                    {"name": "r", "when": "total > 7"})"));
  none.total("1").submit();
  CHECK(none.open() == "last: fay");
  Play broken(flow(R"({"name": "l", "when": "total / 0 > 1", "next": "left"}, {"name": "r"})"));
  broken.total("1").submit();
  CHECK(broken.state() == "incident division_by_zero");
}

TEST_CASE("a reject leads where its node says", "[flow]") {
  struct Row {
    std::string rest;
    std::string expected;
  };
  const auto row = GENERATE(values<Row>({
      {R"("on_reject": "end")", ""},
      {R"("on_reject": "to_start")", "$start: ann"},
      {R"("on_reject": "to_previous")", "second: cid"},
      {R"("on_reject": "to_node", "reject_to": "first")", "first: bob"},
  }));
  Play play(line(row.rest));
  play.submit().approve("bob").approve("cid").reject("dan");
  CHECK(play.open() == row.expected);
  CHECK(play.state() == (row.expected.empty() ? "rejected" : "running"));
}

TEST_CASE("a reject may lead to what is done then, before somebody is asked again", "[flow]") {
  Play play(flow_text("first",
                      approve("first", "bob", R"("next": "second")") + ", " +
                          approve("second", "cid", R"("on_reject": "to_node",
                            "reject_to": "sorry")") +
                          R"(, "sorry": {"kind": "assign", "set": {"times":
                            "COALESCE($flow.times, 0) + 1"}, "next": "again"}, )" +
                          approve("again", "ann", R"("next": "first")"),
                      R"("variables": [{"name": "times", "label": "Times", "type": "integer"}],)"));
  play.submit();
  for (int times = 1; times <= 2; ++times) {
    play.approve("bob").reject("cid");
    CHECK(play.open() == "again: ann");
    CHECK(play.run.variables[0] == Value(Decimal::of(times)));
    play.approve("ann");
    CHECK(play.open() == "first: bob");
  }
  play.approve("bob").approve("cid");
  CHECK(play.state() == "approved");
}

TEST_CASE("a reject in a branch ends the run; a reject at the first node goes to the initiator",
          "[flow]") {
  Play play(forked());
  play.submit().approve("eve").reject("dan");
  CHECK(play.state() == "rejected");
  Play first(flow_text("first", approve("first", "bob", R"("on_reject": "to_previous")")));
  first.submit().reject("bob");
  CHECK(first.open() == "$start: ann");
}

TEST_CASE("a run is sent back at most 50 times", "[flow]") {
  Play play(line());
  play.submit();
  for (int i = 0; i < 50; ++i) {
    play.approve("bob").back("cid", "first");
    CHECK(play.open() == "first: bob");
  }
  play.approve("bob").back("cid", "first");
  CHECK(play.state() == "incident limit");
}

TEST_CASE("an admin suspends and resumes: what was to come comes that much later", "[flow]") {
  Play play(flow_text("first", approve("first", "bob", R"("due": {"after": "PT8H"},
      "on_due": [{"do": "approve"}])")));
  play.submit().pass(kHour);
  CHECK(play.refused(Suspend{play.by("ann")}) == "denied denied");
  CHECK(play.refused(Resume{play.by("hal")}) == "conflict not_suspended");
  const std::int64_t due = *next_timer_ms(play.run);
  play.act(Suspend{play.by("hal")});
  CHECK_FALSE(next_timer_ms(play.run));
  CHECK(play.refused(Approve{play.by("bob"), 0}) == "conflict suspended");
  play.facts.now_ms += kDay;
  play.act(Elapsed{0});
  CHECK(play.open() == "first: bob");
  play.act(Resume{play.by("hal")});
  CHECK(next_timer_ms(play.run) == due + kDay);
  CHECK(play.run.seats[0].due_ms == due + kDay);
  play.pass(7 * kHour);
  CHECK(play.history() == Lines{"approved first bob timeout"});
}

TEST_CASE("an admin moves a token, and seats, and changes who comes later", "[flow]") {
  Play play(line());
  play.submit();
  CHECK(play.refused(Jump{play.by("ann"), 0, "third"}) == "denied denied");
  CHECK(play.refused(Jump{play.by("hal"), 0, "thrid"}) == "invalid unknown_node");
  CHECK(play.refused(Jump{play.by("hal"), 5, "third"}) == "not_found");
  CHECK(play.refused(ChangeApprovers{play.by("hal"), "first", {who("fay")}}) == "conflict active");
  CHECK(play.refused(ChangeApprovers{play.by("hal"), "$start", {who("fay")}}) == "invalid node");
  CHECK(play.refused(ChangeApprovers{play.by("hal"), "second", {}}) == "invalid required");
  play.act(ChangeApprovers{play.by("hal"), "second", {who("fay")}}).approve("bob");
  CHECK(play.open() == "second: fay");
  CHECK(play.refused(Reassign{play.by("ann"), {1}, who("fin")}) == "denied denied");
  play.act(Reassign{play.by("hal"), {1}, who("fin")});
  CHECK(play.open() == "second: fin");
  play.act(Jump{play.by("hal"), 0, "third"});
  CHECK(play.open() == "third: dan, eve");
  CHECK(play.refused(Jump{play.by("hal"), 0, "first"}) == "conflict too_late");
}

TEST_CASE("nobody is given two seats of one node", "[flow]") {
  Play play(flow_text("first", approve("first", "bob cid")));
  play.submit();
  CHECK(play.refused(Reassign{play.by("hal"), {0, 1}, who("eve")}) == "conflict has_seat");
  CHECK(play.refused(Reassign{play.by("hal"), {0, 0}, who("eve")}) == "conflict has_seat");
  play.act(Reassign{play.by("hal"), {0}, who("eve")});
  CHECK(play.open() == "first: eve, cid");
}

TEST_CASE("what was decided before a place where nobody was yet holds when it goes there",
          "[flow]") {
  Play play(line());
  play.submit().approve("bob");
  play.act(Jump{play.by("hal"), 0, "third"});
  CHECK_FALSE(play.run.seats[0].is_superseded);
  play.back("dan", "first");
  CHECK(play.open() == "first: bob");
  CHECK(play.run.seats[0].is_superseded);
}

TEST_CASE("what is asked again behind a place does not hold when it goes there", "[flow]") {
  Play play(flow_text(
      "first", approve("first", "bob", R"("next": "mend")") +
                   R"(, "mend": {"kind": "record", "verb": "update", "set": {"number": "number"},
                                 "next": "second"}, )" +
                   approve("second", "cid", R"("next": "third")") + ", " +
                   approve("third", "dan")));
  play.submit().approve("bob").approve("cid");
  play.act(Jump{play.by("hal"), 0, "mend"});
  CHECK(play.open() == "second: cid");
  CHECK_FALSE(play.run.seats[0].is_superseded);
  CHECK(play.run.seats[1].is_superseded);
}

}  // namespace tenon::flow
