// Seats vote: the modes, and what every change of seats makes of the outcome.
#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

Play play(const std::string& users, const std::string& voting) {
  Play play(flow_text("first", approve("first", users, "\"voting\": {" + voting + "}")));
  play.submit();
  return play;
}

// "+bob -cid": who approves and rejects, in this order; then who is open, or how it ended.
std::string after(Play play, const std::string& votes) {
  for (std::size_t from = 0; from < votes.size();) {
    const std::size_t end = std::min(votes.find(' ', from), votes.size());
    const std::string login = votes.substr(from + 1, end - from - 1);
    if (votes[from] == '+') play.approve(login);
    if (votes[from] == '-') play.reject(login);
    from = end + 1;
  }
  return play.run.state == RunState::finished ? play.state() : play.open();
}

}  // namespace

TEST_CASE("seats add up as the node's mode says", "[flow]") {
  struct Row {
    std::string voting;
    std::string votes;
    std::string expected;
  };
  const auto row = GENERATE(values<Row>({
      {R"("mode": "all")", "", "first: bob, cid, dan"},
      {R"("mode": "all")", "+bob +cid", "first: dan"},
      {R"("mode": "all")", "+cid +dan +bob", "approved"},
      {R"("mode": "all")", "+bob -cid", "rejected"},
      {R"("mode": "all", "wait_all": true)", "-bob", "first: cid, dan"},
      {R"("mode": "all", "wait_all": true)", "-bob +cid +dan", "rejected"},
      {R"("mode": "any")", "+dan", "approved"},
      {R"("mode": "any")", "-bob", "rejected"},
      {R"("mode": "any", "any_reject": "all")", "-bob -cid", "first: dan"},
      {R"("mode": "any", "any_reject": "all")", "-bob -cid +dan", "approved"},
      {R"("mode": "any", "any_reject": "all")", "-bob -cid -dan", "rejected"},
      {R"("mode": "sequence")", "", "first: bob"},
      {R"("mode": "sequence")", "+bob", "first: cid"},
      {R"("mode": "sequence")", "+bob +cid +dan", "approved"},
      {R"("mode": "sequence")", "+bob -cid", "rejected"},
      {R"("mode": "ratio", "need": 67)", "+bob +cid", "first: dan"},
      {R"("mode": "ratio", "need": 66)", "+bob +cid", "approved"},
      {R"("mode": "ratio", "need": 66)", "-bob", "first: cid, dan"},
      {R"("mode": "ratio", "need": 67)", "-bob", "rejected"},
      {R"("mode": "ratio", "need": 66)", "-bob -cid", "rejected"},
      {R"("mode": "count", "need": 2)", "+bob", "first: cid, dan"},
      {R"("mode": "count", "need": 2)", "+bob -cid", "first: dan"},
      {R"("mode": "count", "need": 2)", "+bob +dan", "approved"},
      {R"("mode": "count", "need": 2)", "-bob -cid", "rejected"},
      {R"("mode": "count", "need": 5)", "+bob +cid +dan", "approved"},
      {R"("mode": "weight", "need": 3, "weights": {"dan": 3})", "+dan", "approved"},
      {R"("mode": "weight", "need": 3, "weights": {"dan": 3})", "+bob +cid", "first: dan"},
      {R"("mode": "weight", "need": 3, "weights": {"dan": 3})", "-dan", "rejected"},
  }));
  CAPTURE(row.voting, row.votes);
  CHECK(after(play("bob cid dan", row.voting), row.votes) == row.expected);
}

TEST_CASE("where nobody weighs anything, all of them are needed", "[flow]") {
  const std::string light = R"("mode": "weight", "need": 3, "weights": {"bob": 0, "cid": 0})";
  CHECK(after(play("bob cid", light), "") == "first: bob, cid");
  CHECK(after(play("bob cid", light), "+bob") == "first: cid");
  CHECK(after(play("bob cid", light), "+bob +cid") == "approved");
  CHECK(after(play("bob cid", light), "-bob") == "rejected");
  CHECK(after(play("bob cid dan", light), "+bob +cid") == "first: dan");
}

TEST_CASE("a decided node cancels the other seats, and each ends once", "[flow]") {
  Play any = play("bob cid", R"("mode": "any")");
  CHECK(any.notices() == Lines{"task bob", "task cid"});
  any.approve("cid");
  CHECK(any.history() == Lines{"approved first cid", "cancelled first bob"});
  CHECK(any.notices() == Lines{"cancelled bob", "finished ann"});
}

TEST_CASE("in a sequence the next is told only then", "[flow]") {
  Play sequence = play("bob cid", R"("mode": "sequence")");
  CHECK(sequence.notices() == Lines{"task bob"});
  sequence.pass(kHour).approve("bob");
  CHECK(sequence.notices() == Lines{"task cid"});
  CHECK(sequence.run.seats[1].opened_ms == sequence.facts.now_ms);
}

TEST_CASE("who is added before a seat comes first, then the owner again", "[flow]") {
  Play all = play("bob cid", R"("mode": "all")");
  all.add("bob", Seat::Position::before, {who("dan"), who("eve")});
  CHECK(all.open() == "first: cid, dan, eve");
  all.approve("dan").approve("cid");
  CHECK(all.open() == "first: eve");
  CHECK(all.refused(Approve{all.by("bob"), 0}) == "conflict not_open");
  all.approve("eve");
  CHECK(all.open() == "first: bob");
  all.approve("bob");
  CHECK(all.state() == "approved");
}

TEST_CASE("who is added after a seat comes last, and the owner's approval waits", "[flow]") {
  Play all = play("bob cid", R"("mode": "any")");
  all.add("bob", Seat::Position::after, {who("dan")});
  CHECK(all.open() == "first: bob, cid");
  all.approve("bob");
  CHECK(all.open() == "first: cid, dan");
  all.approve("dan");
  CHECK(all.history() == Lines{"added first bob > dan", "approved first bob", "approved first dan",
                               "cancelled first cid"});
  CHECK(all.state() == "approved");
}

TEST_CASE("added people may add, and their reject rejects the node", "[flow]") {
  Play any = play("bob cid", R"("mode": "any", "any_reject": "all")");
  any.add("bob", Seat::Position::before, {who("dan")});
  any.add("dan", Seat::Position::after, {who("eve")});
  any.add("dan", Seat::Position::parallel, {who("fay")});
  CHECK(any.open() == "first: cid, dan, fay");
  any.approve("dan");
  CHECK(any.open() == "first: cid, eve, fay");
  CHECK(any.refused(AddSign{any.by("cid"), 1, Seat::Position::before, {who("fay")}}) ==
        "conflict has_seat");
  any.approve("eve").approve("fay");
  CHECK(any.open() == "first: bob, cid");
  Play other = any;
  other.add("cid", Seat::Position::before, {who("fin")}).reject("fin");
  CHECK(other.state() == "rejected");
}

TEST_CASE("before and after do not mix, nobody is asked twice, disabled people are not", "[flow]") {
  Play all = play("bob cid", R"("mode": "all")");
  const auto add = [&](Seat::Position position, std::vector<UserId> people) {
    return all.refused(AddSign{all.by("bob"), 0, position, std::move(people)});
  };
  CHECK(add(Seat::Position::own, {who("dan")}) == "invalid position");
  CHECK(add(Seat::Position::before, {}) == "invalid required");
  CHECK(add(Seat::Position::before, {who("gus")}) == "invalid disabled");
  CHECK(add(Seat::Position::before, {who("dan"), who("dan")}) == "invalid duplicate");
  CHECK(add(Seat::Position::before, {who("bob")}) == "conflict has_seat");
  all.add("bob", Seat::Position::after, {who("dan")});
  CHECK(add(Seat::Position::before, {who("eve")}) == "conflict mixed");
}

TEST_CASE("a parallel seat votes; a ratio is taken over the new total", "[flow]") {
  Play ratio = play("bob cid", R"("mode": "ratio", "need": 60)");
  ratio.approve("bob").add("cid", Seat::Position::parallel, {who("dan")});
  CHECK(ratio.open() == "first: cid, dan");
  ratio.approve("dan");
  CHECK(ratio.state() == "approved");

  Play sequence = play("bob cid", R"("mode": "sequence")");
  sequence.add("bob", Seat::Position::parallel, {who("dan")}).approve("bob");
  CHECK(sequence.open() == "first: dan");  // Behind who added them, before the next.
}

TEST_CASE("a seat is taken out by who added it or an admin; the node is counted again", "[flow]") {
  Play all = play("bob", R"("mode": "all")");
  all.add("bob", Seat::Position::parallel, {who("cid")}).approve("bob");
  CHECK(all.refused(RemoveSign{all.by("cid"), 1}) == "denied denied");
  CHECK(all.refused(RemoveSign{all.by("hal"), 0}) == "conflict decided");
  CHECK(all.refused(RemoveSign{all.by("hal"), 9}) == "not_found");
  all.act(RemoveSign{all.by("bob"), 1});
  CHECK(all.state() == "approved");
  CHECK(all.history() == Lines{"added first bob > cid", "approved first bob", "removed first bob"});

  Play last = play("bob", R"("mode": "all")");
  CHECK(last.refused(RemoveSign{last.by("hal"), 0}) == "conflict last");
  last.add("bob", Seat::Position::before, {who("cid")});
  last.act(RemoveSign{last.by("bob"), 1});
  CHECK(last.open() == "first: bob");
  last.add("bob", Seat::Position::before, {who("cid")})
      .add("cid", Seat::Position::before, {who("dan")});
  last.act(RemoveSign{last.by("hal"), last.seat_of("cid")});
  CHECK(last.open() == "first: bob");  // Those added to it go with it.
}

TEST_CASE("a node has at most 200 seats", "[flow]") {
  Play play(flow_text("first", approve("first", "bob")));
  play.submit();
  std::vector<UserId> many;
  for (std::int64_t i = 1000; i < 1199; ++i) {
    many.push_back({i});
    play.people.people[{i}] = {.login = "u" + std::to_string(i)};
  }
  const auto event = [&](std::vector<UserId> added) {
    return AddSign{play.by("bob"), 0, Seat::Position::parallel, std::move(added)};
  };
  auto over = many;
  over.push_back(who("dan"));
  CHECK(play.refused(event(over)) == "limit limit");
  play.act(event(many));
  CHECK(open_seats(play.run).size() == 200);
}

}  // namespace tenon::flow
