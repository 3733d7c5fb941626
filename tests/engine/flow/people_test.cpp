// What people do with seats and runs, and how they are refused.
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

}  // namespace

TEST_CASE("a decision is asked for once: the same request again changes nothing", "[flow]") {
  Play play = two_nodes();
  const Approve approve{play.by("bob"), 0};
  play.act(approve);
  const Run before = play.run;
  const auto again = step(*play.program, play.run, approve, play.facts);
  REQUIRE(again);
  CHECK(again->is_repeated);
  CHECK(again->run == before);
}

TEST_CASE("the same id for another task is another request", "[flow]") {
  Play play(flow_text(
      "first", approve("first", "bob", R"("next": "second")") + ", " + approve("second", "bob")));
  play.submit();
  By by = play.by("bob");
  play.act(Approve{by, 0});
  CHECK(play.open() == "second: bob");
  play.act(Approve{by, 0});
  CHECK(play.open() == "second: bob");
  play.act(Approve{by, 1});
  CHECK(play.state() == "approved");
}

TEST_CASE("who comes too late is told who decided, and when", "[flow]") {
  Play play = two_nodes();
  play.approve("bob");
  const auto late = step(*play.program, play.run, Reject{play.by("bob"), 0}, play.facts);
  REQUIRE(!late);
  CHECK(late.error().code == ErrorCode::conflict);
  CHECK(late.error().problems.front().message ==
        "approved by " + text_of(who("bob")) + " at 2027-01-15T08:00:00Z");
}

TEST_CASE("only who holds a seat decides it, in its own way", "[flow]") {
  Play play = two_nodes();
  CHECK(play.refused(Approve{play.by("cid"), 0}) == "denied denied");
  CHECK(play.refused(Approve{play.by("hal"), 0}) == "denied denied");
  CHECK(play.refused(Approve{play.by("bob"), 7}) == "not_found");
  CHECK(play.refused(Complete{play.by("bob"), 0}) == "invalid kind");
  play.reject("bob");
  CHECK(play.state() == "rejected");
  CHECK(play.refused(Approve{play.by("cid"), 1}) == "conflict decided");
  CHECK(play.refused(Withdraw{play.by("ann")}) == "conflict finished");
  CHECK(play.refused(Void{play.by("hal")}) == "conflict finished");
}

TEST_CASE("a reject may need its reason", "[flow]") {
  Play play(flow_text("first", approve("first", "bob", R"("comment_required": true)")));
  play.submit();
  CHECK(play.refused(Reject{play.by("bob"), 0}) == "invalid required");
  play.reject("bob");
  CHECK(play.run.seats[0].comment == "no");
}

TEST_CASE("a transfer moves the seat and keeps its due time; the history keeps both", "[flow]") {
  Play play(flow_text("first", approve("first", "bob cid", R"("due": {"after": "PT8H"})")));
  play.submit();
  const auto due = play.run.seats[0].due_ms;
  play.pass(kHour).act(Transfer{play.by("bob"), 0, who("dan")});
  CHECK(play.open() == "first: dan, cid");
  CHECK(play.run.seats[0].due_ms == due);
  CHECK(play.notices() == Lines{"cancelled bob", "task dan"});
  CHECK(play.refused(Approve{play.by("bob"), 0}) == "denied denied");
  CHECK(play.refused(Transfer{play.by("dan"), 0, who("dan")}) == "conflict has_seat");
  CHECK(play.refused(Transfer{play.by("dan"), 0, who("cid")}) == "conflict has_seat");
  CHECK(play.refused(Transfer{play.by("dan"), 0, who("gus")}) == "invalid disabled");
  play.approve("dan").approve("cid");
  CHECK(play.history() ==
        Lines{"transferred first bob > dan", "approved first dan", "approved first cid"});
}

TEST_CASE("a helper's opinion is no vote: the seat comes back to its owner", "[flow]") {
  Play play = two_nodes();
  play.act(Delegate{play.by("bob"), 0, who("dan")});
  CHECK(play.open() == "first: dan, cid");
  CHECK(play.refused(Approve{play.by("bob"), 0}) == "conflict lent");
  CHECK(play.refused(Approve{play.by("dan"), 0}) == "denied denied");
  CHECK(play.refused(AnswerDelegate{play.by("cid"), 0}) == "denied denied");
  play.act(AnswerDelegate{play.by("dan", "looks good"), 0});
  CHECK(play.open() == "first: bob, cid");
  play.approve("bob");
  CHECK(play.history() ==
        Lines{"lent first bob > dan", "answered first dan", "approved first bob"});
}

TEST_CASE("the initiator withdraws as the flow allows", "[flow]") {
  Play play = two_nodes();
  CHECK(play.refused(Withdraw{play.by("bob")}) == "denied denied");
  Play early = play;
  early.act(Withdraw{early.by("ann")});
  CHECK(early.state() == "withdrawn");
  CHECK(early.notices() == Lines{"cancelled bob", "cancelled cid", "finished ann"});
  play.approve("bob");
  CHECK(play.refused(Withdraw{play.by("ann")}) == "conflict too_late");

  Play never = two_nodes(R"("settings": {"withdraw": "never"},)");
  CHECK(never.refused(Withdraw{never.by("ann")}) == "denied denied");
  Play anytime = two_nodes(R"("settings": {"withdraw": "anytime"},)");
  anytime.approve("bob").act(Withdraw{anytime.by("ann")});
  CHECK(anytime.state() == "withdrawn");
}

TEST_CASE("people are urged once in half an hour", "[flow]") {
  Play play = two_nodes();
  play.approve("bob").act(Urge{play.by("ann")});
  CHECK(play.notices() == Lines{"reminder cid"});
  CHECK(play.refused(Urge{play.by("ann")}) == "too_many urged");
  play.facts.now_ms += 30 * kMinute - 1;
  CHECK(play.refused(Urge{play.by("ann"), 1}) == "too_many urged");
  play.facts.now_ms += 1;
  play.act(Urge{play.by("ann"), 1});
  CHECK(play.refused(Urge{play.by("ann"), 0}) == "conflict decided");
}

TEST_CASE("comments and copies decide nothing, and stay possible", "[flow]") {
  Play play = two_nodes();
  CHECK(play.refused(Comment{play.by("ann")}) == "invalid required");
  CHECK(play.refused(CopyTo{play.by("ann"), {}}) == "invalid required");
  CHECK(play.refused(CopyTo{play.by("ann"), {who("gus")}}) == "invalid disabled");
  play.act(Comment{play.by("ann", "please")}).act(CopyTo{play.by("ann"), {who("eve")}});
  CHECK(play.notices() == Lines{"copied eve"});
  CHECK(play.open() == "first: bob, cid");
}

TEST_CASE("the seats of somebody who left go to who takes over", "[flow]") {
  Play play(flow_text("first", approve("first", "bob cid")));
  play.submit();
  play.people.people[who("bob")].is_active = false;
  play.act(PersonLeft{who("bob")});
  CHECK(play.open() == "first: dan, cid");  // bob's manager.
  play.people.people[who("dan")].is_active = false;
  play.people.people[who("dan")].hand_over = who("cid");  // Has a seat here: the admin.
  play.act(PersonLeft{who("dan")});
  CHECK(play.open() == "first: hal, cid");
  play.people.people[who("hal")].is_active = false;
  play.act(PersonLeft{who("hal")});
  CHECK(play.state() == "incident nobody");
}

TEST_CASE("who leaves while a run is suspended has no seat in it when it goes on", "[flow]") {
  Play play(flow_text("first", approve("first", "bob cid")));
  play.submit().act(Suspend{play.by("hal")});
  play.people.people[who("bob")].is_active = false;
  play.act(PersonLeft{who("bob")});
  CHECK(play.open() == "first: dan, cid");
  play.act(Resume{play.by("hal")}).approve("dan").approve("cid");
  CHECK(play.state() == "approved");
}

TEST_CASE("a node where one decides does without who left; a lent seat comes back", "[flow]") {
  Play any(flow_text("first", approve("first", "bob cid", R"("voting": {"mode": "any"})")));
  any.submit().act(PersonLeft{who("bob")});
  CHECK(any.open() == "first: cid");
  CHECK(any.history() == Lines{"removed first bob disabled"});

  Play lent = two_nodes();
  lent.act(Delegate{lent.by("bob"), 0, who("dan")}).act(PersonLeft{who("dan")});
  CHECK(lent.open() == "first: bob, cid");
}

TEST_CASE("who holds what may be asked of a run", "[flow]") {
  Play play(flow_text("first", approve("first", "bob", R"("fields": {"total": "write",
      "tax": "none"})"),
                      R"("settings": {"lock": "fields", "lock_fields": ["total", "number"]},)"));
  play.submit();
  using metadata::FieldRight;
  CHECK(right_of(*play.program, play.run, who("bob"), 3) == FieldRight::write);
  CHECK(right_of(*play.program, play.run, who("bob"), 6) == FieldRight::none);
  CHECK(right_of(*play.program, play.run, who("cid"), 3) == FieldRight::read);
  CHECK(right_of(*play.program, play.run, who("cid"), 4) == FieldRight::write);
  CHECK(locks(*play.program, play.run, 0));
  CHECK(open_seats(play.run, who("bob")) == std::vector<int>{0});
  play.back("bob", "$start");
  CHECK(right_of(*play.program, play.run, who("ann"), 3) == FieldRight::write);
  play.act(Void{play.by("hal")});
  CHECK_FALSE(locks(*play.program, play.run, 0));
}

}  // namespace tenon::flow
