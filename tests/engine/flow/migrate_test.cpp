// Runs are moved to another version of their flow: what comes along, and what keeps them.
#include "engine/flow/migrate.h"

#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

struct Edition2 {
  metadata::Flow definition;
  std::shared_ptr<const Program> program;
  explicit Edition2(const std::string& text) {
    const metadata::Bundle bundle = metadata::support::loaded(files_of(text));
    definition = *std::find_if(bundle.flows.begin(), bundle.flows.end(),
                               [](const metadata::Flow& one) { return one.name == "sign"; });
    program = compile(bundle, definition).take();
  }
  Edition at(std::int64_t version) const { return {*program, definition, version}; }
};

// Plays a flow, and moves the run to other texts of it.
class Moving : public Play {
 public:
  explicit Moving(const std::string& text) : Play(text), texts_{text} {
    submit();
    run.version = 1;
  }

  // "": it was moved; else the rules of what keeps it, with their places.
  std::string move(const std::string& text, std::map<std::string, std::string> nodes = {},
                   std::string_view login = "hal") {
    const Edition2 from(texts_.back());
    const Edition2 to(text);
    const auto version = static_cast<std::int64_t>(texts_.size());
    const Migration how{by(login, "newer"), std::move(nodes),
                        std::vector<std::int64_t>(run.tokens.size(), since_ms)};
    const Run before = run;
    facts.people = &people;
    auto migrated = migrate(from.at(run.version), to.at(version + 1), run, how, facts);
    if (!migrated) {
      return "refused " + migrated.error().problems.front().rule;
    }
    report = migrated->report;
    std::string kept;
    for (const Problem& problem : report.problems) {
      kept += (kept.empty() ? "" : ", ") + problem.at + " " + problem.rule;
    }
    if (!kept.empty()) {
      CHECK(migrated->outcome.run == before);
      return kept;
    }
    texts_.push_back(text);
    program = to.program;
    Outcome outcome = std::move(migrated->outcome);
    while (outcome.request || outcome.goes_on) {
      const Event next = outcome.request ? Event(Answered{outcome.run.request, {}}) : Continue{};
      outcome = step(*program, outcome.run, next, facts).take();
    }
    run = std::move(outcome.run);
    const auto broken = Invariants(run).broken();
    for (const std::string& what : broken) UNSCOPED_INFO(what);
    CHECK(broken.empty());
    CHECK(run.version == version + 1);
    return "";
  }

  MigrationReport report;
  std::int64_t since_ms = 1'800'000'000'000;

 private:
  std::vector<std::string> texts_;
};

const std::string kTwo = flow_text(
    "first", approve("first", "bob", "\"next\": \"second\"") + "," + approve("second", "cid"));

std::string due(const std::string& rest) {
  return flow_text("first", approve("first", "bob", rest));
}

Lines what_of(const Run& run) {
  Lines lines;
  for (const Entry& entry : run.history) lines.emplace_back(name_of(entry.what));
  return lines;
}

}  // namespace

TEST_CASE("a run stands on the node of the same id, its seats with their people", "[flow]") {
  Moving play(kTwo);
  const Seat before = play.run.seats[0];
  CHECK(play.move(flow_text("zero", approve("zero", "dan", "\"next\": \"first\"") + "," +
                                        approve("first", "eve", "\"next\": \"last\"") + "," +
                                        approve("last", "fay"))) == "");
  CHECK(play.open() == "first: bob");
  Seat after = play.run.seats[0];
  CHECK(after.node == 2);
  after.node = before.node;
  CHECK(after == before);
  CHECK(play.report.seats_kept == 1);
  const Entry& entry = play.run.history.back();
  CHECK(entry.what == What::migrated);
  CHECK(entry.actor == who("hal"));
  CHECK(entry.comment == "newer");
  CHECK(versions_of_history(play.run) == std::vector<std::int64_t>{1, 1, 1, 2});
  play.approve("bob");
  CHECK(play.open() == "last: fay");
}

TEST_CASE("only who administers flows moves runs, and only those that are not over", "[flow]") {
  Moving play(kTwo);
  CHECK(play.move(due("\"label\": \"F\""), {}, "bob") == "refused denied");
  play.approve("bob").approve("cid");
  CHECK(play.move(due("\"label\": \"F\"")) == "refused finished");
}

TEST_CASE("a node that is gone keeps a run that stands on it, unless another is named", "[flow]") {
  Moving play(kTwo);
  const std::string other = flow_text(
      "one", approve("one", "eve", "\"next\": \"second\"") + "," + approve("second", "cid"));
  CHECK(play.move(other) == "nodes/first node_gone");
  CHECK(play.move(other, {{"fist", "one"}}) == "refused unknown_node");
  CHECK(play.move(other, {{"first", "onne"}}) == "refused unknown_node");
  CHECK(play.move(other, {{"first", "one"}}) == "");
  REQUIRE(play.report.moves.size() == 1);
  CHECK(play.open() == "one: bob");
  CHECK(what_of(play.run) == Lines{"began", "entered", "opened", "migrated", "moved"});
  play.approve("bob");
  CHECK(play.open() == "second: cid");
}

TEST_CASE("a node of another kind keeps it, too", "[flow]") {
  Moving play(kTwo);
  CHECK(play.move(flow_text("first", R"("first": {"kind": "task", "next": "second",
      "approvers": [{"users": ["bob"]}]},)" +
                                         approve("second", "cid"))) == "nodes/first kind_changed");
  CHECK(play.open() == "first: bob");
}

TEST_CASE("what is over stays in the history, also where its node is gone", "[flow]") {
  Moving play(kTwo);
  play.approve("bob");
  CHECK(play.move(flow_text("second", approve("second", "cid"))) == "");
  CHECK(play.open() == "second: cid");
  CHECK(is_gone(play.run.seats[0].node));
  CHECK(play.run.gone == std::vector<GoneNode>{{1, 1, 0}});
  CHECK(play.run.seats[0].state == Seat::State::approved);
  CHECK(play.refused(TakeBack{play.by("bob"), 0}) == "conflict too_late");
  CHECK(play.refused(Return{play.by("cid"), 1, "first"}) == "invalid unknown_node");
  // Behind the decision of somebody at a node that is gone nothing is superseded twice.
  play.back("cid", std::string(kStartId));
  CHECK(play.run.seats[0].is_superseded);
  CHECK(play.open() == "$start: ann");
}

TEST_CASE("a rejection to the people before passes over nodes that are gone", "[flow]") {
  Moving play(kTwo);
  play.approve("bob");
  CHECK(play.move(
            flow_text("second", approve("second", "cid", "\"on_reject\": \"to_previous\""))) == "");
  play.reject("cid");
  CHECK(play.open() == "$start: ann");
}

TEST_CASE("moved twice it still knows of which version a node was", "[flow]") {
  Moving play(kTwo);
  play.approve("bob");
  CHECK(play.move(flow_text("second", approve("second", "cid"))) == "");
  CHECK(play.move(flow_text("zero", approve("zero", "dan", "\"next\": \"second\"") + "," +
                                        approve("second", "cid"))) == "");
  CHECK(play.run.gone == std::vector<GoneNode>{{1, 1, 0}});
  CHECK(play.run.seats[1].node == 2);
  CHECK(versions_of_history(play.run).front() == 1);
  play.approve("cid");
  CHECK(play.state() == "approved");
}

TEST_CASE("a due time stays where its definition does", "[flow]") {
  Moving play(due(R"("due": {"after": "P2D"})"));
  const auto before = play.run.timers;
  play.facts.now_ms += kDay;
  CHECK(play.move(due(R"("due": {"after": "P2D"}, "label": "Other")")) == "");
  CHECK(play.run.timers == before);
  CHECK(play.report.times_kept == 1);
  CHECK(play.report.times_renewed == 0);
}

TEST_CASE("a due time that is defined otherwise counts from when the seat was opened", "[flow]") {
  Moving play(due(R"("due": {"after": "P2D"})"));
  const std::int64_t opened_ms = play.run.seats[0].opened_ms;
  play.facts.now_ms += kDay;
  CHECK(play.move(due(R"("due": {"after": "P5D"})")) == "");
  CHECK(play.run.seats[0].due_ms == opened_ms + 5 * kDay);
  CHECK(next_timer_ms(play.run) == opened_ms + 5 * kDay);
  CHECK(play.report.times_renewed == 1);
  const Entry& entry = play.run.history.back();
  CHECK(entry.what == What::due);
  CHECK(entry.due_ms == opened_ms + 5 * kDay);
  CHECK(entry.other == who("bob"));
  // There is none any more; then one that is past comes at once.
  CHECK(play.move(due("\"label\": \"F\"")) == "");
  CHECK_FALSE(play.run.seats[0].due_ms);
  CHECK_FALSE(next_timer_ms(play.run));
  CHECK(play.move(due(R"("due": {"after": "PT1H"}, "on_due": [{"do": "approve"}])")) == "");
  play.pass(0);
  CHECK(play.state() == "approved");
}

TEST_CASE("what it stood still is not counted by a time that is made anew", "[flow]") {
  Moving play(due(R"("due": {"after": "P2D"})"));
  const std::int64_t opened_ms = play.run.seats[0].opened_ms;
  play.act(Suspend{play.by("hal")});
  play.facts.now_ms += 3 * kDay;
  play.act(Resume{play.by("hal")});
  CHECK(play.run.seats[0].due_ms == opened_ms + 5 * kDay);
  play.act(Suspend{play.by("hal")});
  CHECK(play.move(due(R"("due": {"after": "P3D"})")) == "");
  CHECK(play.run.seats[0].due_ms == opened_ms + 6 * kDay);
  play.facts.now_ms += kDay;
  play.act(Resume{play.by("hal")});
  CHECK(play.run.seats[0].due_ms == opened_ms + 7 * kDay);
}

TEST_CASE("a wait that is defined otherwise counts from when it began", "[flow]") {
  const auto wait = [](const std::string& what) {
    return flow_text("rest", "\"rest\": {\"kind\": \"wait\", " + what + "}");
  };
  Moving play(wait(R"("duration": "P2D")"));
  play.facts.now_ms += kDay;
  CHECK(play.move(wait(R"("duration": "P2D")")) == "");
  CHECK(play.report.times_kept == 1);
  CHECK(play.move(wait(R"("duration": "P4D")")) == "");
  CHECK(next_timer_ms(play.run) == play.since_ms + 4 * kDay);
  CHECK(play.move(wait(R"("event": "go")")) == "");
  CHECK_FALSE(next_timer_ms(play.run));
  REQUIRE(play.run.subscriptions.size() == 1);
  play.act(Happened{0});
  CHECK(play.state() == "approved");
}

TEST_CASE("votes are counted again by the new rules", "[flow]") {
  const auto voting = [](const std::string& mode) {
    const std::string rest = R"("next": "second", "voting": {"mode": ")" + mode + "\"}";
    return flow_text("first",
                     approve("first", "bob cid dan", rest) + "," + approve("second", "eve"));
  };
  Moving play(voting("all"));
  play.approve("bob");
  CHECK(play.move(voting("any")) == "");
  CHECK(play.report.decides);
  CHECK(play.open() == "second: eve");
  // One that stands still is counted when it goes on.
  Moving other(voting("all"));
  other.approve("bob").act(Suspend{other.by("hal")});
  CHECK(other.move(voting("any")) == "");
  CHECK_FALSE(other.report.decides);
  CHECK(other.open() == "first: cid, dan");
  other.act(Resume{other.by("hal")});
  CHECK(other.open() == "second: eve");
}

TEST_CASE("variables come along by their names, if what they hold still fits", "[flow]") {
  const auto with = [](const std::string& variables) {
    return flow_text("rest", R"("rest": {"kind": "wait", "event": "go"})",
                     "\"variables\": [" + variables + "],", "automation");
  };
  const std::string share = R"({"name": "share", "type": "percent", "label": "S")";
  Moving play(with(share + R"(, "default_formula": "0.1"},
      {"name": "note", "type": "text", "label": "N"})"));
  CHECK(play.move(with(R"({"name": "share", "type": "text", "label": "S"})")) ==
        "variables/share variable_kind");
  CHECK(play.move(with(share + R"(, "default_formula": "1 / 0"}, {"name": "more", "type": "percent",
      "label": "M", "default_formula": "1 / 0"})")) == "variables/more variable_initial");
  CHECK(play.move(with(R"({"name": "twice", "type": "percent", "label": "T",
      "default_formula": "$flow.share * 2"},)" +
                       share + "}")) == "");
  CHECK(play.report.variables_added == Lines{"twice"});
  CHECK(play.report.variables_dropped == Lines{"note"});
  CHECK(play.run.variables == Values{*Decimal::parse("0.2"), *Decimal::parse("0.1")});
}

namespace {

std::string forked(const std::string& left, const std::string& right) {
  return flow_text("fork", R"("fork": {"kind": "parallel", "branches": [
      {"name": "left", "label": "L", "next": "one"}, {"name": ")" +
                               right + R"(", "label": "R", "next": "two"}]},)" + left + "," +
                               approve("two", "cid"));
}

}  // namespace

TEST_CASE("branches come along by their names", "[flow]") {
  const std::string one = approve("one", "bob");
  Moving play(forked(one, "right"));
  CHECK(play.move(forked(one, "other")) == "nodes/two branch_gone");
  CHECK(play.move(flow_text("two", approve("two", "cid", "\"next\": \"fork\"") +
                                       R"(, "fork": {"kind": "parallel", "branches": [
      {"name": "right", "label": "R", "next": "more"}, {"name": "left", "label": "L",
      "next": "one"}]},)" + one + "," + approve("more", "dan"))) == "nodes/two region_changed");
  CHECK(play.move(R"({"name": "sign", "kind": "approval", "object": "invoice", "start": "fork",
      "nodes": {)" +
                  approve("two", "cid") + R"(, "fork": {"kind": "parallel", "branches": [
      {"name": "right", "label": "R", "next": "two"}, {"name": "more", "label": "M",
      "next": "three"}, {"name": "left", "label": "L", "next": "one"}]},)" +
                  one + "," + approve("three", "dan") + "}}") == "");
  CHECK(play.open() == "two: cid; one: bob");
  play.approve("cid").approve("bob");
  CHECK(play.state() == "approved");
}

TEST_CASE("an incident comes along and is tried again by the new version", "[flow]") {
  const auto choice = [](const std::string& rest) {
    return flow_text("choose", R"("choose": {"kind": "condition", "branches": [
        {"name": "yes", "label": "Y", "when": "total > 5", "next": "first"}])" +
                                   rest + "}," + approve("first", "bob"));
  };
  Moving play(choice(""));
  CHECK(play.state() == "incident no_branch");
  CHECK(play.move(choice(R"(, "else": "first")")) == "");
  CHECK(play.state() == "incident no_branch");
  play.act(Retry{play.by("hal"), 0});
  CHECK(play.open() == "first: bob");
}

TEST_CASE("who was chosen for a node that is gone is forgotten", "[flow]") {
  Moving play(kTwo);
  play.act(ChangeApprovers{play.by("hal"), "second", {who("eve")}});
  CHECK(play.move(flow_text("first", approve("first", "bob", "\"next\": \"third\"") + "," +
                                         approve("third", "cid"))) == "");
  CHECK(play.run.replaced.empty());
  play.approve("bob");
  CHECK(play.open() == "third: cid");
}

TEST_CASE("the same version is none to move to; flows of another kind neither", "[flow]") {
  Moving play(kTwo);
  const Edition2 same(kTwo);
  const Migration how{play.by("hal"), {}, std::vector<std::int64_t>(1, 0)};
  CHECK(migrate(same.at(1), same.at(1), play.run, how, play.facts).error().problems.front().rule ==
        "current");
  CHECK(play.move(flow_text("first", approve("first", "bob"), "", "automation")) ==
        "kind flow_kind");
}

}  // namespace tenon::flow
