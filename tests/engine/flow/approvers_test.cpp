// Who is asked: sources, who is passed over and why, and what happens where nobody is left.
#include "engine/flow/approvers.h"

#include "engine/flow/preview.h"
#include "tests/engine/flow/play.h"

namespace tenon::flow {

using namespace support;

namespace {

std::string node(const std::string& sources, const std::string& rest = "") {
  return flow_text("first", R"("first": {"kind": "approve", "approvers": [)" + sources + "]" +
                                (rest.empty() ? "" : ", " + rest) + "}");
}

std::string asked(const std::string& sources) {
  Play play(node(sources));
  play.facts.fields[2] = who("fin");  // clerk
  Submission submission;
  submission.chosen["first"] = {who("eve")};
  play.submit(submission);
  return play.open().empty() ? play.state() : play.open();
}

}  // namespace

TEST_CASE("sources are expanded in their order", "[flow]") {
  CHECK(asked(R"({"users": ["cid", "bob"]})") == "first: cid, bob");
  CHECK(asked(R"({"role": "finance"})") == "first: fay, fin");
  CHECK(asked(R"({"managers": 1})") == "first: bob");
  CHECK(asked(R"({"managers": 2})") == "first: dan");
  CHECK(asked(R"({"managers": {"from": 1, "to": 9}})") == "first: bob, dan");
  CHECK(asked(R"({"department_head": 1})") == "first: eve");
  CHECK(asked(R"({"department_head": {"from": 1, "to": 3}})") == "first: eve, dan");
  CHECK(asked(R"({"field": "clerk"})") == "first: fin");
  CHECK(asked(R"({"initiator": true})") == "first: ann");
  CHECK(asked(R"({"chosen": true})") == "first: eve");
  CHECK(asked(R"({"formula": "IF(total = null, clerk, $user) "})") == "first: fin");
  CHECK(asked(R"({"users": ["bob"]}, {"managers": {"from": 1, "to": 2}})") == "first: bob, dan");
}

TEST_CASE("a role may be narrowed to the initiator's department", "[flow]") {
  Play play(node(R"({"role": "finance", "in_department": true})"));
  play.people.roles["finance"].push_back(who("cid"));
  play.submit();
  CHECK(play.open() == "first: cid");
}

TEST_CASE("a position is asked by its name; one that is not there is an incident", "[flow]") {
  const auto asked = [](const std::string& source) {
    Play play(node(source));
    play.people.positions = {{"Buyer", {who("cid"), who("fay")}}, {"Vacant", {}}};
    play.submit();
    return play.open().empty() ? play.state() : play.open();
  };
  CHECK(asked(R"({"position": "Buyer"})") == "first: cid, fay");
  CHECK(asked(R"({"position": "Buyer", "in_department": true})") == "first: cid");
  CHECK(asked(R"({"position": "Vacant"})") == "first: hal");
  CHECK(asked(R"({"position": "Buier"})") == "incident unknown_position");
}

TEST_CASE("a level without somebody in office is passed over, or not, as the source says",
          "[flow]") {
  const auto asked = [](const std::string& source, std::string_view vacancy, bool is_bob_there) {
    Play play(node(source.substr(0, source.size() - 2) + R"(, "vacancy": ")" +
                   std::string(vacancy) + "\"}}"));
    play.people.people[who("dan")].manager = who("eve");
    play.people.people[who("bob")].is_active = is_bob_there;
    play.people.departments[{101}].head = kNobody;
    play.submit();
    return play.open().empty() ? play.state() : play.open();
  };
  const std::string first = R"({"managers": {"from": 1}})";
  const std::string two = R"({"managers": {"from": 1, "to": 2}})";
  CHECK(asked(two, "above", true) == "first: bob, dan");
  CHECK(asked(two, "skip", false) == "first: dan");
  CHECK(asked(two, "above", false) == "first: dan, eve");
  CHECK(asked(first, "skip", false) == "first: hal");
  CHECK(asked(first, "above", false) == "first: dan");
  CHECK(asked(first, "incident", false) == "incident vacancy");
  CHECK(asked(first, "incident", true) == "first: bob");
  const std::string heads = R"({"department_head": {"from": 1}})";
  CHECK(asked(heads, "skip", true) == "first: hal");
  CHECK(asked(heads, "above", true) == "first: dan");
  CHECK(asked(heads, "incident", true) == "incident vacancy");
}

TEST_CASE("a circle of managers ends; nobody above is nobody", "[flow]") {
  Play play(node(R"({"managers": {"from": 1, "to": 20}})"));
  play.people.people[who("dan")].manager = who("ann");
  play.submit();
  CHECK(play.open() == "first: bob, dan");
}

TEST_CASE("an error of a source is an incident, never \"nobody, so pass\"", "[flow]") {
  const std::string passes = R"("if_empty": "auto_pass")";
  Play unknown(node(R"({"users": ["bob", "zoe"]})", passes));
  unknown.submit();
  CHECK(unknown.state() == "incident unknown_user");
  Play broken(node(R"({"formula": "IF(total / 0 > 1, clerk, clerk) "})", passes));
  broken.total("1").submit();
  CHECK(broken.state() == "incident division_by_zero");
  broken.total("1").facts.fields[3] = Value();
  broken.facts.fields[2] = who("cid");
  CHECK(broken.refused(Retry{broken.by("ann"), 0}) == "denied denied");
  broken.act(Retry{broken.by("hal"), 0});
  CHECK(broken.open() == "first: cid");
}

TEST_CASE("who is disabled is dropped, and it is remembered why", "[flow]") {
  Play play(node(R"({"users": ["gus", "bob", "bob"]})"));
  play.submit();
  CHECK(play.open() == "first: bob");
  std::vector<std::pair<std::string, std::string>> dropped;
  for (const Entry& entry : play.run.history) {
    if (entry.what == What::dropped) dropped.emplace_back(login_of(entry.other), entry.reason);
  }
  CHECK(dropped == std::vector<std::pair<std::string, std::string>>{{"gus", "disabled"},
                                                                    {"bob", "duplicate"}});
}

TEST_CASE("where nobody is left the node's policy decides", "[flow]") {
  const auto with = [](const std::string& rest) {
    Play play(node(R"({"users": ["gus"]})", rest));
    play.submit();
    return play.open().empty() ? play.state() : play.open();
  };
  CHECK(with("") == "first: hal");
  CHECK(with(R"("if_empty": "auto_pass")") == "approved");
  CHECK(with(R"("if_empty": "auto_reject")") == "rejected");
  CHECK(with(R"("if_empty": "user", "empty_user": "eve")") == "first: eve");
  CHECK(with(R"("if_empty": "user", "empty_user": "gus")") == "incident nobody");
  CHECK(with(R"("if_empty": "user", "empty_user": "zoe")") == "incident unknown_user");
  CHECK(with(R"("if_empty": "incident")") == "incident nobody");
}

TEST_CASE("what becomes of the initiator's own seat", "[flow]") {
  const auto with = [](const std::string& sources, const std::string& policy) {
    Play play(node(sources, R"("if_initiator": ")" + policy + "\""));
    play.submit();
    return play.open();
  };
  const std::string both = R"({"users": ["ann", "cid"]})";
  CHECK(with(both, "self") == "first: ann, cid");
  CHECK(with(both, "skip") == "first: cid");
  CHECK(with(both, "manager") == "first: bob, cid");
  CHECK(with(both, "department_head") == "first: eve, cid");
  CHECK(with(R"({"users": ["ann", "bob"]})", "manager") == "first: bob");
  CHECK(with(R"({"users": ["ann"]})", "skip") == "first: hal");  // Then the empty policy.
}

TEST_CASE("nobody decides in the initiator's name, and who comes instead may be acted for",
          "[flow]") {
  const auto with = [](const std::string& sources, const std::string& policy) {
    Play play(node(sources, R"("if_initiator": ")" + policy + "\""));
    const std::int64_t until = play.facts.now_ms + kDay;
    play.people.delegations = {{who("ann"), who("eve"), 0, until, ""},
                               {who("bob"), who("fay"), 0, until, ""}};
    play.submit();
    return play;
  };
  CHECK(with(R"({"users": ["ann", "cid"]})", "self").open() == "first: eve, cid");
  CHECK(with(R"({"users": ["ann", "cid"]})", "skip").open() == "first: cid");
  Play play = with(R"({"users": ["ann"]})", "manager");
  CHECK(play.open() == "first: fay");
  CHECK(play.run.seats[0].behalf_of == who("bob"));
  play.pass(kDay);
  CHECK(play.open() == "first: bob");
}

TEST_CASE("who acts for an added signer comes in their place", "[flow]") {
  Play play(node(R"({"users": ["bob"]})"));
  play.people.delegations = {{who("cid"), who("eve"), 0, play.facts.now_ms + kDay, ""}};
  play.submit();
  CHECK(play.refused(
            AddSign{play.by("bob"), 0, Seat::Position::parallel, {who("cid"), who("eve")}}) ==
        "invalid duplicate");
  play.add("bob", Seat::Position::parallel, {who("cid")});
  CHECK(play.open() == "first: bob, eve");
  CHECK(play.run.seats[1].behalf_of == who("cid"));
  Play away = play;
  away.pass(kDay);
  CHECK(away.open() == "first: bob, cid");
  CHECK(play.refused(AddSign{play.by("bob"), 0, Seat::Position::parallel, {who("cid")}}) ==
        "conflict has_seat");
}

TEST_CASE("what goes on in another branch is not what was decided just before", "[flow]") {
  const auto play_of = [](const std::string& left, const std::string& right) {
    Play play(flow_text("fork",
                        R"("fork": {"kind": "parallel", "branches": [{"name": "a", "next": "l1"},
                    {"name": "b", "next": "r1"}]}, )" +
                            approve("l1", left, R"("next": "l2")") + R"(, "l2": {"kind": "approve",
                    "approvers": [{"users": ["bob"]}], "if_repeated": "consecutive"}, )" +
                            approve("r1", right, R"("next": "r2")") + ", " + approve("r2", "fay")));
    play.submit();
    return play;
  };
  Play own = play_of("bob", "cid");
  own.approve("bob");
  CHECK(own.open() == "r1: cid");
  CHECK(own.history().back() == "approved l2 bob decided_before");
  Play others = play_of("cid", "bob");
  others.approve("bob").approve("cid");
  CHECK(others.open() == "l2: bob; r2: fay");
}

TEST_CASE("a standing delegation is followed three hops, within its time, for its flow", "[flow]") {
  Directory people = usual_people();
  const auto lend = [&](std::string_view from, std::string_view to, const std::string& flow = "") {
    people.delegations.push_back({who(from), who(to), 100, 200, flow});
  };
  lend("bob", "cid");
  CHECK(acting_for(people, who("bob"), "sign", 99).user == who("bob"));
  CHECK(acting_for(people, who("bob"), "sign", 100).user == who("cid"));
  CHECK(acting_for(people, who("bob"), "sign", 199).user == who("cid"));
  CHECK(acting_for(people, who("bob"), "sign", 200).user == who("bob"));
  lend("cid", "dan");
  lend("dan", "eve");
  lend("eve", "fay");
  CHECK(acting_for(people, who("bob"), "sign", 150).user == who("eve"));
  lend("fay", "gus");
  CHECK(acting_for(people, who("fay"), "sign", 150).user == who("fay"));  // gus is disabled.
  lend("hal", "fin", "other");
  CHECK(acting_for(people, who("hal"), "sign", 150).user == who("hal"));
  CHECK(acting_for(people, who("hal"), "other", 150).user == who("fin"));
  lend("fin", "hal");
  CHECK(acting_for(people, who("fin"), "other", 150).user == who("fin"));  // A circle.
}

TEST_CASE("who acts for somebody decides on their behalf; the seat goes back to them", "[flow]") {
  Play play(node(R"({"users": ["bob", "cid"]})"));
  play.people.delegations.push_back({who("bob"), who("fay"), 0, play.facts.now_ms + kDay, ""});
  play.submit();
  CHECK(play.open() == "first: fay, cid");
  CHECK(play.run.seats[0].behalf_of == who("bob"));
  Play left = play;
  left.people.people[who("fay")].is_active = false;
  const PersonLeft gone{who("fay")};
  CHECK(people_needed(*left.program, left.run, gone, left.facts)->users ==
        std::vector<UserId>{who("fay"), who("bob")});
  left.act(gone);
  CHECK(left.open() == "first: bob, cid");
  play.approve("fay");
  CHECK(play.run.history.back().behalf_of == who("bob"));
}

TEST_CASE("when a delegation ends, what is undecided goes back to whose it is", "[flow]") {
  Play play(node(R"({"users": ["bob", "cid"]})", R"("voting": {"mode": "all"})"));
  play.people.delegations.push_back({who("bob"), who("fay"), 0, play.facts.now_ms + kDay, ""});
  play.submit();
  CHECK(people_needed(*play.program, play.run, Elapsed{0}, play.facts)->users ==
        std::vector<UserId>{who("bob")});
  Play decided = play;
  decided.approve("fay").pass(kDay);
  CHECK(decided.open() == "first: cid");
  Play handed = play;
  handed.act(Transfer{handed.by("fay"), 0, who("eve")}).pass(kDay);
  CHECK(handed.open() == "first: eve, cid");
  Play away = play;
  away.people.people[who("bob")].is_active = false;
  away.pass(kDay);
  CHECK(away.open() == "first: dan, cid");  // Who manages bob.
  play.act(Suspend{play.by("hal")}).act(Resume{play.by("hal")}).pass(kDay);
  CHECK(play.open() == "first: bob, cid");
  CHECK(play.notices() == Lines{"cancelled fay", "task bob"});
  CHECK(play.run.history.back().what == What::transferred);
  CHECK(play.run.history.back().reason == "delegation_ended");
  CHECK(play.run.seats[0].behalf_of == kNobody);
}

TEST_CASE("who decided before is not asked again, if the record is still what they saw", "[flow]") {
  const auto flow = [](const std::string& policy) {
    return flow_text("first",
                     approve("first", "bob cid", R"("next": "second")") + ", " +
                         approve("second", "dan", R"("next": "third")") + ", " +
                         approve("third", "bob dan", R"("if_repeated": ")" + policy + "\""));
  };
  const auto third = [&](const std::string& policy, bool changed = false) {
    Play play(flow(policy));
    play.submit().approve("bob").approve("cid");
    if (changed) ++play.facts.record_version;
    play.approve("dan");
    return play.open().empty() ? play.state() : play.open();
  };
  CHECK(third("none") == "third: bob, dan");
  CHECK(third("consecutive") == "third: bob");
  CHECK(third("all") == "approved");
  CHECK(third("all", true) == "third: bob");

  Play play(flow("all"));
  play.submit().approve("bob").approve("cid").back("dan", "first");
  play.approve("bob").approve("cid").approve("dan");
  CHECK(play.state() == "approved");
  CHECK(play.history().back() == "approved third dan decided_before");
}

TEST_CASE("previous asks who decided there", "[flow]") {
  Play play(flow_text(
      "first", approve("first", "bob cid", R"("voting": {"mode": "any"}, "next": "second")") +
                   R"(, "second": {"kind": "task", "approvers": [{"previous": "first"}]})"));
  play.submit().approve("cid");
  CHECK(play.open() == "second: cid");
  play.complete("cid");
  CHECK(play.state() == "approved");
}

TEST_CASE("a question names everybody whom the answer must know", "[flow]") {
  Play play(node(R"({"users": ["bob"]}, {"role": "finance"}, {"field": "clerk"})",
                 R"("if_empty": "user", "empty_user": "eve")"));
  play.facts.fields[2] = who("fin");
  Submission submission;
  submission.initiator = who("ann");
  const Run run = begin(*play.program, submission).take();
  const auto outcome = step(*play.program, run, Begin{}, play.facts);
  REQUIRE(outcome);
  REQUIRE(outcome->request);
  const PeopleQuestion expected{
      .logins = {"bob", "eve"}, .roles = {"finance"}, .users = {who("ann"), who("fin")}};
  CHECK(std::get<PeopleQuestion>(*outcome->request) == expected);
  CHECK(preview_people(*play.program, run, play.facts).roles == expected.roles);
  // An answer to another question changes nothing.
  const auto stale = step(*play.program, outcome->run, Answered{9, {}}, play.facts);
  REQUIRE(stale);
  CHECK(stale->run == outcome->run);
}

TEST_CASE("a preview shows the way and the people, and leaves nothing behind", "[flow]") {
  Play play(flow_text("first",
                      approve("first", "bob cid", R"("due": {"after": "PT8H"}, "next": "rest")") +
                          R"(, "rest": {"kind": "wait", "duration": "PT24H", "next": "news"},
      "news": {"kind": "wait", "event": "paid", "next": "check"},
      "check": {"kind": "condition", "branches": [{"name": "big", "when": "total > 100",
        "next": "second"}], "else": "third"}, )" +
                          approve("second", "dan") + R"(, "third": {"kind": "task",
      "approvers": [{"users": ["gus"]}], "if_empty": "incident"})"));
  Submission submission;
  submission.initiator = who("ann");
  play.total("200");
  const Run run = begin(*play.program, submission).take();
  const auto big = preview(*play.program, run, play.facts);
  REQUIRE(big);
  CHECK(big->result == RunResult::approved);
  REQUIRE(big->stops.size() == 2);
  CHECK(big->stops[0].people == std::vector<Asked>{{who("bob")}, {who("cid")}});
  CHECK(big->stops[0].due_ms == play.facts.now_ms + 8 * kHour);
  CHECK(big->stops[1].people == std::vector<Asked>{{who("dan")}});
  CHECK(big->nodes.size() == 5);
  play.total("1");
  const auto small = preview(*play.program, run, play.facts);
  REQUIRE(small);
  CHECK(small->result == RunResult::none);
  CHECK(small->stops.back().incident->rule == "nobody");
}

TEST_CASE("a preview says who is sent a copy, where the run comes to it", "[flow]") {
  Play play(flow_text("first", approve("first", "bob", R"("next": "copy")") +
                                   R"(, "copy": {"kind": "cc", "to": [{"users": ["fay"]}],
                                        "next": "second"}, )" +
                                   approve("second", "dan")));
  Submission submission;
  submission.initiator = who("ann");
  const auto route = preview(*play.program, begin(*play.program, submission).take(), play.facts);
  REQUIRE(route);
  REQUIRE(route->stops.size() == 3);
  CHECK(route->stops[1].node == play.program->find("copy"));
  CHECK(route->stops[1].people == std::vector<Asked>{{who("fay")}});
  CHECK(route->stops[2].people == std::vector<Asked>{{who("dan")}});
}

TEST_CASE("a node asks 200 people, and no more", "[flow]") {
  for (const int count : {199, 200, 201}) {
    Play play(node(R"({"role": "finance"})"));
    auto& members = play.people.roles["finance"];
    members.clear();
    for (int i = 0; i < count; ++i) {
      const UserId user{1000 + i};
      play.people.people[user].login = "clerk" + std::to_string(i);
      members.push_back(user);
    }
    play.submit();
    CAPTURE(count);
    CHECK(play.state() == (count > 200 ? "incident limit" : "running"));
    CHECK(play.run.seats.size() == static_cast<std::size_t>(count > 200 ? 0 : count));
  }
}

TEST_CASE("a run that is ended while it asks asks no more", "[flow]") {
  Play play(node(R"({"users": ["bob"]})"));
  play.run = begin(*play.program, {.record = play.facts.record, .initiator = who("ann")}).take();
  auto asking = step(*play.program, play.run, Begin{}, play.facts);
  REQUIRE(asking);
  REQUIRE(asking->request);
  auto ended = step(*play.program, asking->run, Void{play.by("hal")}, play.facts);
  REQUIRE(ended);
  CHECK_FALSE(ended->request);
  CHECK(ended->run.asking == -1);
  CHECK(ended->run.result == RunResult::voided);
}

}  // namespace tenon::flow
