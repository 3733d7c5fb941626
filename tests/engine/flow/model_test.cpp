// What no one thought of: random people do random things, and every state stays sound.
#include <random>

#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

// Nested branches, every way back, all kinds of votes.
std::string tangled() {
  return flow_text(
      "first",
      approve("first", "bob cid", R"("voting": {"mode": "ratio", "need": 60}, "next": "fork")") +
          R"(, "fork": {"kind": "parallel", "reopen_branch": true, "next": "rest", "branches": [
      {"name": "a", "next": "left"}, {"name": "b", "next": "inner"}, {"name": "c"}]}, )" +
          approve("left", "dan eve", R"("voting": {"mode": "sequence"}, "on_reject": "to_previous",
      "due": {"after": "PT8H"}, "on_due": [{"do": "remind", "every": "PT1H", "most": 2},
      {"do": "reject"}])") +
          R"(, "inner": {"kind": "parallel", "mode": "any", "next": "task", "branches": [
      {"name": "x", "next": "deep"}, {"name": "y", "next": "wait"}]}, )" +
          approve("deep", "fay", R"("on_reject": "to_node", "reject_to": "first")") +
          R"(, "wait": {"kind": "wait", "duration": "PT5H"},
      "task": {"kind": "task", "approvers": [{"users": ["fin", "gus"]}]},
      "rest": {"kind": "wait", "event": "go", "next": "last"}, )" +
          approve("last", "bob cid dan", R"("voting": {"mode": "any", "any_reject": "all"},
      "if_repeated": "all", "on_reject": "to_start")"),
      R"("settings": {"withdraw": "anytime"},)");
}

class Monkey {
 public:
  explicit Monkey(unsigned seed, const std::string& flow) : random_(seed), play_(flow) {
    play_.submit();
  }

  Play& play() { return play_; }

  void act() {
    play_.facts.now_ms += below(3) == 0 ? kHour : kMinute;
    if (below(8) == 0) ++play_.facts.record_version;
    static_cast<void>(play_.try_act(event()));  // Many are refused; then nothing has changed.
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  UserId anybody() { return {1 + below(9)}; }
  // Mostly a seat that is open, by its keeper.
  std::pair<By, int> somebody() {
    const auto open = open_seats(play_.run);
    const int any = play_.run.seats.empty() ? 0 : below(static_cast<int>(play_.run.seats.size()));
    const int seat = open.empty() || below(10) == 0
                         ? any
                         : open[static_cast<std::size_t>(below(static_cast<int>(open.size())))];
    const bool none = play_.run.seats.empty();
    const UserId keeper =
        none ? anybody() : play_.run.seats[static_cast<std::size_t>(seat)].keeper();
    return {play_.by(login_of(keeper), "x"), seat};
  }
  std::string node() {
    return play_.program
        ->nodes[static_cast<std::size_t>(below(static_cast<int>(play_.program->nodes.size())))]
        .id;
  }
  int token() { return below(static_cast<int>(play_.run.tokens.size())); }

  Event event() {
    const auto [by, seat] = somebody();
    const By admin = play_.by("hal");
    switch (below(24)) {
      case 0:
      case 1:
      case 2:
      case 3: return Approve{by, seat};
      case 4: return Reject{by, seat};
      case 5:
      case 6: return Complete{by, seat};
      case 7:
      case 8: return Return{by, seat, node(), below(2) == 0};
      case 9: return Transfer{by, seat, anybody()};
      case 10: return Delegate{by, seat, anybody()};
      case 11:
      case 12: return AnswerDelegate{by, seat};
      case 13: return AddSign{by, seat, static_cast<Seat::Position>(1 + below(3)), {anybody()}};
      case 14: return RemoveSign{below(2) == 0 ? by : admin, seat};
      case 15: return TakeBack{by, seat};
      case 16: return Urge{by};
      case 17: return Elapsed{below(1 + static_cast<int>(play_.run.timers.size()))};
      case 18: return Happened{below(1 + static_cast<int>(play_.run.subscriptions.size()))};
      case 19: return Jump{admin, token(), node()};
      case 20: return PersonLeft{anybody()};
      case 21: return below(2) == 0 ? Event(Suspend{admin}) : Event(Resume{admin});
      case 22: return Retry{admin, token()};
      default: return Reassign{admin, {seat}, anybody()};
    }
  }

  std::mt19937 random_;
  Play play_;
};

}  // namespace

TEST_CASE("whatever people do, every state that rests is sound", "[flow]") {
  const std::string flow = tangled();
  int finished = 0;
  int acts = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Monkey monkey(seed, flow);
    for (int i = 0; i < 80 && monkey.play().run.state != RunState::finished; ++i) {
      monkey.act();
      ++acts;
    }
    finished += monkey.play().run.state == RunState::finished ? 1 : 0;
  }
  CHECK(finished > 5);
  CHECK(acts > 1000);
}

}  // namespace tenon::flow
