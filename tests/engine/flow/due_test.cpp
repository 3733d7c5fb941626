// When time is up: reminders, what follows them, and due times that are computed.
#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

Play due(const std::string& actions, const std::string& kind_of_due = R"({"after": "PT8H"})") {
  Play play(flow_text(
      "before", approve("before", "eve", R"("next": "first")") + ", " +
                    approve("first", "bob cid",
                            R"("due": )" + kind_of_due + R"(, "on_due": [)" + actions + "]")));
  play.submit().approve("eve");
  return play;
}

}  // namespace

TEST_CASE("without more said an overdue seat is told of once", "[flow]") {
  Play play(flow_text("first", approve("first", "bob", R"("due": {"after": "PT8H"})")));
  play.submit().pass(3 * kDay);
  CHECK(play.history() == Lines{"overdue first bob"});
  CHECK(play.open() == "first: bob");
}

TEST_CASE("reminders come at most so often, then the next action", "[flow]") {
  Play play = due(R"({"do": "remind", "every": "PT1H", "most": 2}, {"do": "approve"})");
  play.pass(8 * kHour);
  CHECK(play.notices() == Lines{"reminder cid"});
  play.approve("cid").pass(kHour);
  CHECK(play.notices() == Lines{"reminder bob"});
  play.pass(kHour);
  CHECK(play.state() == "approved");
  CHECK(play.history().back() == "approved first bob timeout");
}

TEST_CASE("what was missed while the machine stood still is one reminder", "[flow]") {
  Play play = due(R"({"do": "remind", "every": "PT1H", "most": 9})");
  play.facts.now_ms += 10 * kDay;
  play.act(Elapsed{0});
  CHECK(next_timer_ms(play.run) == play.run.timers[1].at_ms);
  CHECK(play.run.timers[2].at_ms == play.facts.now_ms + kHour);
}

TEST_CASE("time decides, hands on, tells others, or sends elsewhere", "[flow]") {
  struct Row {
    std::string action;
    std::string expected;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"do": "approve"})", "approved"},
      {R"({"do": "reject"})", "rejected"},
      {R"({"do": "go_to", "node": "before"})", "before: eve"},
      {R"({"do": "escalate", "to": [{"users": ["dan"]}]})", "first: bob, cid"},
      {R"({"do": "transfer", "to": [{"users": ["gus", "cid", "dan", "fay"]}]})", "first: dan, fay"},
      {R"({"do": "transfer", "to": [{"users": ["gus"]}]})", "first: bob, cid"},
      {R"({"do": "transfer", "to": [{"users": ["zoe"]}]})", "first: bob, cid"},
  }));
  CAPTURE(row.action);
  Play play = due(row.action);
  play.pass(8 * kHour);
  CHECK((play.open().empty() ? play.state() : play.open()) == row.expected);
}

TEST_CASE("people and time: one decides, the other is told", "[flow]") {
  Play play = due(R"({"do": "approve"})");
  play.pass(8 * kHour);
  const auto late = step(*play.program, play.run, Reject{play.by("bob"), 1}, play.facts);
  REQUIRE(!late);
  CHECK(late.error().problems.front().message.starts_with("approved by itself at "));

  Play first = due(R"({"do": "reject"})");
  first.approve("bob").approve("cid");
  first.facts.now_ms += kDay;
  first.act(Elapsed{0}).act(Elapsed{1});
  CHECK(first.state() == "approved");
}

TEST_CASE("whom a timer asks for is said before", "[flow]") {
  Play play = due(R"({"do": "escalate", "to": [{"users": ["dan"]}]})");
  const auto people = people_needed(*play.program, play.run, Elapsed{0}, play.facts);
  REQUIRE(people);
  CHECK(people->logins == std::vector<std::string>{"dan"});
  CHECK_FALSE(people_needed(*play.program, play.run, Elapsed{7}, play.facts));
  CHECK_FALSE(people_needed(*play.program, play.run, Continue{}, play.facts));
  CHECK(people_needed(*play.program, play.run, Transfer{{}, 0, who("dan")}, play.facts)->users ==
        std::vector<UserId>{who("dan")});
}

TEST_CASE("a due time is a duration, a field or a formula; a day of the calendar is no 24 hours",
          "[flow]") {
  const auto at = [](const std::string& kind_of_due, const calendar::Zone* zone = nullptr,
                     const calendar::WorkingCalendar* working = nullptr) {
    Play play(flow_text("first", approve("first", "bob", R"("due": )" + kind_of_due)));
    play.facts.zone = zone;
    play.facts.working = working;
    play.facts.now_ms = 1'774'688'400'000;  // 2026-03-28T10:00+01:00, a Saturday.
    play.facts.fields[4] = Date{20'540};    // 2026-03-28
    play.submit();
    return *play.run.seats[0].due_ms - play.facts.now_ms;
  };
  const auto zone = calendar::Zone::find("Europe/Berlin").take();
  CHECK(at(R"({"after": "PT24H"})", &zone) == kDay);
  CHECK(at(R"({"after": "P1D"})", &zone) == kDay - kHour);  // The clocks go forward.
  CHECK(at(R"({"after": "P1DT1H"})") == kDay + kHour);
  CHECK(at(R"({"field": "due_on"})", &zone) == 14 * kHour);
  CHECK(at(R"({"formula": "due_on + 1"})") == kDay + 15 * kHour);
  const calendar::WorkingCalendar week(zone, calendar::usual_week(), {});
  CHECK(at(R"({"after": "PT1H", "working": true})", &zone, &week) == 2 * kDay - kHour);
  CHECK(at(R"({"after": "P1D", "working": true})", &zone, &week) > kDay);
}

TEST_CASE("an owner who waits for an added one is overdue as soon as it is theirs again",
          "[flow]") {
  Play play(flow_text("first", approve("first", "bob", R"("due": {"after": "PT8H"},
      "on_due": [{"do": "remind", "every": "PT1H", "most": 1}, {"do": "approve"}])")));
  play.submit().add("bob", Seat::Position::before, {who("eve")});
  play.pass(kHour).approve("eve");
  CHECK(play.open() == "first: bob");
  CHECK(next_timer_ms(play.run) == *play.run.seats[0].due_ms);

  Play late(flow_text("first", approve("first", "bob", R"("due": {"formula": "due_on"},
      "on_due": [{"do": "approve"}])")));
  late.facts.fields[4] = Date{20'833};
  late.facts.now_ms = 1'800'000'000'000 - kDay;
  late.submit();
  const std::int64_t due_ms = *late.run.seats[0].due_ms;
  late.add("bob", Seat::Position::before, {who("eve")});
  for (Timer& timer : late.run.timers) {
    if (timer.seat != 0) timer.state = Timer::State::cancelled;  // Hers would decide first.
  }
  late.pass(due_ms - late.facts.now_ms + kHour);
  CHECK(late.open() == "first: eve");
  CHECK_FALSE(next_timer_ms(late.run));
  late.approve("eve");
  CHECK(next_timer_ms(late.run) == due_ms);
  late.pass(0);
  CHECK(late.state() == "approved");
}

TEST_CASE("a due time that cannot be computed is told to the admins; who is asked stays asked",
          "[flow]") {
  Play play(
      flow_text("first", approve("first", "bob", R"("due": {"formula": "due_on + 1 / total"})")));
  play.facts.fields[4] = Date{20'540};
  play.total("0").submit();
  CHECK(play.open() == "first: bob");
  CHECK_FALSE(play.run.seats[0].due_ms);
  CHECK(play.notices() == Lines{"incident", "task bob"});
  CHECK(play.history() == Lines{"incident first bob division_by_zero"});
}

TEST_CASE("a suspension moves a due time in working time by working time", "[flow]") {
  const auto zone = calendar::Zone::find("Europe/Berlin").take();
  const calendar::WorkingCalendar week(zone, calendar::usual_week(), {});
  const auto at = [&](bool working) {
    Play play(flow_text("first", approve("first", "bob",
                                         std::string(R"("due": {"after": "PT4H", "working": )") +
                                             (working ? "true}" : "false}"))));
    play.facts.zone = &zone;
    play.facts.working = &week;
    const std::int64_t friday = 1'774'594'800'000;  // 2026-03-27T08:00+01:00
    play.facts.now_ms = week.add_ms(friday, 2 * kHour).take();
    play.submit();
    play.facts.now_ms = week.add_ms(friday, 4 * kHour).take();  // Two hours are left.
    play.act(Suspend{play.by("hal")});
    play.facts.now_ms += kDay;  // Saturday.
    play.act(Resume{play.by("hal")});
    CHECK(next_timer_ms(play.run) == play.run.seats[0].due_ms);
    const std::int64_t left = working
                                  ? week.between_ms(play.facts.now_ms, *play.run.seats[0].due_ms)
                                  : *play.run.seats[0].due_ms - play.facts.now_ms;
    CHECK(week.is_working(*play.run.seats[0].due_ms - 1) == working);
    return left;
  };
  CHECK(at(true) == 2 * kHour);
  CHECK(at(false) > 0);
}

}  // namespace tenon::flow
