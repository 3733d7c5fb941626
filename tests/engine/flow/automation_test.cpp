// Nodes that do things, time, and what cannot go on.
#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

const std::string kVariables = R"("variables": [
    {"name": "share", "label": "Share", "type": "percent", "default_formula": "0.1"},
    {"name": "found", "label": "Found", "type": "reference", "to": "customer"},
    {"name": "note", "label": "Note", "type": "text"}],)";

Play automation(const std::string& start, const std::string& nodes,
                const std::string& more = kVariables) {
  return Play(flow_text(start, nodes, more, "automation"));
}

}  // namespace

TEST_CASE("variables begin with their first values and are assigned at once", "[flow]") {
  Play play = automation("set", R"("set": {"kind": "assign", "set": {"share": "$flow.share * 2",
      "note": "\"was \" & $flow.share"}, "next": "skip"},
      "skip": {"kind": "assign", "when": "$flow.share > 1", "set": {"note": "\"no\""}})");
  play.submit();
  CHECK(play.state() == "completed");
  CHECK(play.run.variables[0] == Value(*Decimal::parse("0.2")));
  CHECK(play.run.variables[2] == Value(std::string("was 0.1")));
}

TEST_CASE("what starts a run gives variables their values", "[flow]") {
  Play play = automation("rest", R"("rest": {"kind": "wait", "event": "go"})");
  Submission submission;
  submission.variables = {{"share", *Decimal::parse("0.7")}};
  play.submit(submission);
  CHECK(play.run.variables[0] == Value(*Decimal::parse("0.7")));
  const auto rule = [&](Submission wrong) {
    return begin(*play.program, wrong).error().problems.front().rule;
  };
  submission.variables = {{"shrae", Value()}};
  CHECK(rule(submission) == "unknown_variable");
  submission.variables = {{"share", Value(true)}};
  CHECK(rule(submission) == "type");
  submission.variables.clear();
  submission.chosen["rest"] = {who("bob")};
  CHECK(rule(submission) == "unknown_node");
}

TEST_CASE("records are written and found by requests; a refusal is an incident", "[flow]") {
  Play play = automation("find", R"("find": {"kind": "record", "verb": "query",
      "object": "customer", "match": {"name": "number"}, "as": "found", "next": "make"},
      "make": {"kind": "record", "verb": "create", "object": "customer", "as": "found",
      "set": {"name": "\"new\""}, "next": "write"},
      "write": {"kind": "record", "verb": "update", "set": {"total": "total + 1"}, "next": "drop"},
      "drop": {"kind": "record", "verb": "delete", "object": "customer",
      "record": "$flow.found"})");
  play.total("4").facts.fields[0] = std::string("A1");
  play.answers = {{.record = {5}}, {.record = {6}}, {.error = Error::not_found()}};
  play.submit();
  CHECK(play.state() == "incident not_found");
  CHECK(
      play.requests ==
      std::vector<Request>{
          FindRecord{"customer", {{"name", std::string("A1")}}},
          WriteRecord{metadata::RecordVerb::create, "customer", {}, {{"name", std::string("new")}}},
          WriteRecord{metadata::RecordVerb::update, "invoice", {77}, {{"total", Decimal::of(5)}}}});
  CHECK(play.run.variables[1] == Value(RecordId{6}));
  play.answers.clear();
  CHECK(play.refused(Skip{play.by("hal"), 0, "yes"}) == "invalid unknown_port");
  play.act(Retry{play.by("hal"), 0});
  CHECK(play.state() == "completed");
  CHECK(play.requests.back() ==
        Request(WriteRecord{metadata::RecordVerb::erase, "customer", {6}, {}}));
}

TEST_CASE("nothing is found: the variable is empty, and no record is written to", "[flow]") {
  Play play = automation("find", R"("find": {"kind": "record", "verb": "query",
      "object": "customer", "match": {"name": "number"}, "as": "found", "next": "drop"},
      "drop": {"kind": "record", "verb": "delete", "object": "customer",
      "record": "$flow.found"})");
  play.submit();
  CHECK(play.state() == "incident no_record");
  play.act(Skip{play.by("hal"), 0});
  CHECK(play.state() == "completed");
  CHECK(play.refused(Skip{play.by("hal"), 0}) == "conflict finished");
}

TEST_CASE("a formula that cannot be computed is an incident; variables can be mended", "[flow]") {
  Play play = automation("set", R"("set": {"kind": "assign",
      "set": {"share": "1 / ($flow.share - 0.1) "}})");
  play.submit();
  CHECK(play.state() == "incident division_by_zero");
  CHECK(play.notices() == Lines{"incident"});
  const auto set = [&](std::vector<NamedValue> values) {
    return SetVariables{play.by("hal"), std::move(values)};
  };
  CHECK(play.refused(set({{"shrae", Value()}})) == "invalid unknown_variable");
  CHECK(play.refused(set({{"share", Value(true)}})) == "invalid type");
  play.act(set({{"share", Decimal::of(1)}})).act(Retry{play.by("hal"), 0});
  CHECK(play.state() == "completed");
}

TEST_CASE("a first value that cannot be computed stops the run at its beginning", "[flow]") {
  Play play = automation("end", R"("end": {"kind": "end"})", R"("variables": [{"name": "share",
      "label": "S", "type": "percent", "default_formula": "1 / total"}],)");
  play.total("0").submit();
  CHECK(play.state() == "incident division_by_zero");
  play.act(Retry{play.by("hal"), 0});
  CHECK(play.state() == "completed");
}

TEST_CASE("a table decides variables; a branch must hold where there is no else", "[flow]") {
  auto files = files_of(flow_text("ask", R"("ask": {"kind": "decide", "table": "limits",
      "set": {"share": "limit"}, "next": "which"}, "which": {"kind": "condition",
      "branches": [{"name": "some", "when": "$flow.share > 0"}]})",
                                  kVariables, "automation"));
  files["tables/limits.json"] = R"({"name": "limits", "object": "invoice",
      "inputs": [{"name": "total", "formula": "total"}],
      "outputs": [{"name": "limit", "label": "Limit", "type": "percent"}],
      "hit": "first", "rows": [{"then": {"limit": "0.2"}}]})";
  const auto bundle = metadata::support::loaded(files);
  Play play = automation("end", R"("end": {"kind": "end"})");
  for (const metadata::Flow& flow : bundle.flows) {
    if (flow.name == "sign") play.program = compile(bundle, flow).take();
  }
  Play none = play;
  play.answers = {{.values = {{"limit", *Decimal::parse("0.2")}}}};
  play.submit();
  CHECK(play.requests == std::vector<Request>{DecideTable{"limits"}});
  CHECK(play.state() == "completed");
  none.submit();
  CHECK(none.state() == "incident no_branch");
  none.act(Skip{none.by("hal"), 0, "some"});
  CHECK(none.state() == "completed");
}

TEST_CASE("a wait ends when its time has come, once", "[flow]") {
  Play play = automation("rest", R"("rest": {"kind": "wait", "duration": "PT2H", "next": "day"},
      "day": {"kind": "wait", "until": "due_on", "next": "tell"},
      "tell": {"kind": "notify", "to": [{"users": ["cid", "gus"]}], "message": "Due"})");
  play.facts.fields[4] = Date{21'000};
  play.submit();
  play.facts.now_ms += 2 * kHour - 1;
  play.act(Elapsed{0});
  CHECK(play.run.tokens[0].node == play.program->find("rest"));
  play.facts.now_ms += 1;
  play.act(Elapsed{0});
  CHECK(play.run.timers[1].at_ms == 21'001 * kDay);  // The day's end.
  const Run before = play.run;
  play.act(Elapsed{0}).act(Elapsed{9});
  CHECK(play.run == before);
  play.facts.now_ms = 21'001 * kDay;
  play.act(Elapsed{1});
  CHECK(play.notices() == Lines{"message cid", "finished ann"});
  Play never = automation("day", R"("day": {"kind": "wait", "until": "due_on"})");
  never.submit();
  CHECK(never.state() == "incident no_moment");
}

TEST_CASE("a wait for an event names it and what it is about", "[flow]") {
  Play play = automation("news", R"("news": {"kind": "wait", "event": "paid",
      "correlation": "number", "next": "copy"},
      "copy": {"kind": "cc", "to": [{"role": "finance"}]})");
  play.facts.fields[0] = std::string("A1");
  play.submit();
  REQUIRE(play.run.subscriptions.size() == 1);
  CHECK(play.run.subscriptions[0].event == "paid");
  CHECK(play.run.subscriptions[0].correlation == "A1");
  const Happened paid{0};
  play.act(paid);
  CHECK(play.state() == "completed");
  CHECK(play.notices() == Lines{"copied fay fin", "finished ann"});
  const Run before = play.run;
  play.act(paid).act(Happened{4});
  CHECK(play.run == before);
}

TEST_CASE("a flow calls another and waits; voiding it voids the other", "[flow]") {
  auto files = files_of(flow_text("call", R"("call": {"kind": "subflow", "flow": "other",
      "record": "customer", "set": {"size": "total"}, "as": "note"})",
                                  kVariables, "automation"));
  files["flows/other.json"] = R"({"name": "other", "kind": "automation", "object": "customer",
      "triggers": [{"kind": "call"}], "variables": [{"name": "size", "label": "S",
      "type": "money"}], "start": "end", "nodes": {"end": {"kind": "end"}}})";
  const auto bundle = metadata::support::loaded(files);
  Play play = automation("end", R"("end": {"kind": "end"})");
  play.program = compile(bundle, bundle.flows.back().name == "sign" ? bundle.flows.back()
                                                                    : bundle.flows.front())
                     .take();
  play.total("3").facts.fields[1] = RecordId{9};
  Submission deep;
  deep.depth = 8;
  Play too_deep = play;
  too_deep.submit(deep);
  CHECK(too_deep.state() == "incident limit");
  deep.depth = 9;
  Play deeper = play;
  deeper.submit(deep);
  CHECK(deeper.state() == "incident limit");
  Play nothing = play;
  nothing.facts.fields[1] = Value();
  nothing.submit();
  CHECK(nothing.state() == "incident no_record");

  deep.depth = 7;
  play.submit(deep);
  REQUIRE(play.effects.size() == 1);
  const auto& start = std::get<StartFlow>(play.effects[0]);
  CHECK(start.flow == "other");
  CHECK(start.record == RecordId{9});
  CHECK(start.variables == std::vector<NamedValue>{{"size", Decimal::of(3)}});
  Play voided = play;
  voided.act(Void{voided.by("hal")});
  CHECK(voided.effects.front() == Effect(StopFlow{0}));
  Play lost = play;
  lost.act(Ended{0, RunResult::voided});
  CHECK(lost.state() == "incident subflow");
  Play suppressed = play;
  suppressed.act(Ended{0, RunResult::suppressed, Incident{"reentry", "again and again"}});
  CHECK(suppressed.state() == "incident reentry");
  CHECK(suppressed.run.tokens[0].incident->message == "again and again");
  play.act(Ended{0, RunResult::rejected});
  CHECK(play.state() == "completed");
  CHECK(play.run.variables[2] == Value(std::string("rejected")));
  play.act(Ended{0, RunResult::completed}).act(Ended{7, RunResult::completed});
  CHECK(play.state() == "completed");
}

TEST_CASE("an end finishes the whole run, with its result", "[flow]") {
  const auto result = [](const std::string& kind, const std::string& end) {
    Play play(flow_text("end", R"("end": {"kind": "end")" + end + "}", "", kind));
    play.submit();
    return play.state();
  };
  CHECK(result("approval", "") == "approved");
  CHECK(result("automation", "") == "completed");
  CHECK(result("automation", R"(, "result": "approved")") == "approved");
  CHECK(result("approval", R"(, "result": "rejected")") == "rejected");
}

TEST_CASE("a long way goes on by a job: 200 nodes in one command", "[flow]") {
  const auto chain = [](int count) {
    std::string nodes;
    for (int i = 0; i < count; ++i) {
      const std::string next =
          i + 1 < count ? R"(, "next": "n)" + std::to_string(i + 1) + "\"" : "";
      nodes += std::string(i == 0 ? "" : ", ") + "\"n" + std::to_string(i) +
               R"(": {"kind": "assign", "set": {"note": "\"x\""})" + next + "}";
    }
    return nodes;
  };
  for (const auto& [count, goes_on] : {std::pair{199, false}, {200, true}, {201, true}}) {
    CAPTURE(count);
    Play play = automation("n0", chain(count));
    Submission submission;
    submission.initiator = who("ann");
    const Run run = begin(*play.program, submission).take();
    const auto outcome = step(*play.program, run, Begin{}, play.facts);
    REQUIRE(outcome);
    CHECK(outcome->goes_on == goes_on);
    play.submit();
    CHECK(play.state() == "completed");
  }
}

TEST_CASE("a run enters at most 10,000 nodes", "[flow]") {
  Play play(flow_text("first", approve("first", "bob", R"("next": "first")")));
  play.submit();
  play.run.visits = 9'999;
  play.approve("bob");
  CHECK(play.open() == "first: bob");
  play.approve("bob");
  CHECK(play.state() == "incident limit");
}

TEST_CASE("variables hold at most 256 KB", "[flow]") {
  Play play = automation("set", R"("set": {"kind": "assign", "set": {"share": "1"},
      "next": "rest"}, "rest": {"kind": "wait", "event": "go"})");
  const auto with = [&](std::size_t bytes) {
    Play one = play;
    Submission submission;
    submission.variables = {{"note", std::string(bytes, 'x')}};
    one.submit(submission);
    return one.state();
  };
  const std::size_t room = (256u << 10) - 3 * 16;  // A value takes 16 beside its text.
  CHECK(with(room - 1) == "running");
  CHECK(with(room) == "running");
  CHECK(with(room + 1) == "incident limit");
}

TEST_CASE("variables that an admin sets are named in the history, and bounded, too", "[flow]") {
  Play play = automation("rest", R"("rest": {"kind": "wait", "event": "go"})");
  play.submit();
  const auto set = [&](std::size_t bytes) {
    return SetVariables{play.by("hal"), {{"note", std::string(bytes, 'x')}, {"found", Value()}}};
  };
  const std::size_t room = (256u << 10) - 3 * 16;
  CHECK(play.refused(set(room + 1)) == "limit limit");
  play.act(set(room));
  CHECK(play.run.history.back().reason == "note, found");
}

TEST_CASE("a run that begins with more than its variables may hold stands still", "[flow]") {
  Play play = automation("rest", R"("rest": {"kind": "wait", "event": "go"})");
  Submission submission;
  submission.variables = {{"note", std::string(256u << 10, 'x')}};
  play.submit(submission);
  CHECK(play.state() == "incident limit");
}

}  // namespace tenon::flow
