#include "engine/metadata/compare.h"
#include "engine/metadata/rename.h"
#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing_with;
using support::finds;
using support::loaded;
using support::problems_of;

namespace {

Files with_flow(const std::string& nodes, const std::string& rest = "",
                const std::string& start = "first") {
  return billing_with("flows/sign.json", R"({"name": "sign", "kind": "approval",
    "object": "invoice", )" + rest + R"("start": ")" +
                                             start + R"(", "nodes": {)" + nodes + "}}");
}

bool says(const std::string& nodes, const std::string& at, const std::string& rule,
          const std::string& message, const std::string& rest = "") {
  return finds(problems_of(with_flow(nodes, rest)),
               "flows/sign.json" + (at.empty() ? "" : ": " + at), rule, message);
}

const std::string kEnd = R"("first": {"kind": "end"})";
const std::string kVariables = R"("variables": [
  {"name": "note", "label": "Note", "type": "text"},
  {"name": "who", "label": "Who", "type": "reference", "to": "customer"}],)";

// A node "first" of these members.
std::string node(const std::string& members) { return R"("first": {)" + members + "}"; }
std::string approve(const std::string& members) {
  return node(R"("kind": "approve", "approvers": [{"initiator": true}], )" + members);
}

}  // namespace

TEST_CASE("kinds that come later are refused as such, others with what was meant", "[metadata]") {
  CHECK(says(node(R"("kind": "loop")"), "nodes/first/kind", "not_offered_yet", "not offered yet"));
  CHECK(
      says(node(R"("kind": "aprove")"), "nodes/first/kind", "choice", "did you mean \"approve\"?"));
  CHECK(says(kEnd, "triggers/0/kind", "not_offered_yet", "\"schedule\"",
             R"("triggers": [{"kind": "schedule"}],)"));
  CHECK(says(node(R"("kind": "cc", "to": [{"script": "x"}])"), "nodes/first/to/0/script",
             "not_offered_yet", "not offered yet"));
  CHECK(says(node(R"("kind": "cc", "to": [{"initiator": true, "chosen": true}])"),
             "nodes/first/to/0", "source", "exactly one"));
}

TEST_CASE("every edge leads to a node, and every node is reached", "[metadata]") {
  const std::string two = R"("first": {"kind": "assign", "set": {"note": "\"x\""},
      "next": "secnod"}, "second": {"kind": "end"})";
  const auto problems = problems_of(with_flow(two, kVariables));
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].at == "flows/sign.json: nodes/first/next");
  CHECK(problems[0].message.find("did you mean \"second\"?") != std::string::npos);
  CHECK(problems[1].rule == "unreachable");
  CHECK(finds(problems_of(with_flow(kEnd, "", "frist")), "flows/sign.json: start", "unknown_node",
              "did you mean \"first\"?") == false);  // The node is not reached either.
  CHECK(problems_of(with_flow(kEnd, "", "frist")).size() == 2);
}

TEST_CASE("what only a reject or the time running out leads to is reached", "[metadata]") {
  const auto flow = [](const std::string& members, const std::string& to) {
    return approve(members) + ", \"" + to + R"(": {"kind": "assign", "set": {"note": "\"x\""}})";
  };
  CHECK(problems_of(
            with_flow(flow(R"("on_reject": "to_node", "reject_to": "sorry")", "sorry"), kVariables))
            .empty());
  CHECK(problems_of(with_flow(flow(R"("due": {"after": "PT8H"},
                                      "on_due": [{"do": "go_to", "node": "late"}])",
                                   "late"),
                              kVariables))
            .empty());
  CHECK(says(flow(R"("on_reject": "to_node", "reject_to": "first")", "sorry"), "nodes/sorry",
             "unreachable", "nothing leads", kVariables));
  const std::string forked = R"("first": {"kind": "parallel", "branches": [
      {"name": "a", "next": "left"}, {"name": "b", "next": "right"}]}, "right": {"kind": "end"},
      "left": {"kind": "approve", "approvers": [{"initiator": true}], "on_reject": "to_node",
               "reject_to": "right"})";
  CHECK(says(forked, "nodes/left/reject_to", "region", "another branch"));
}

TEST_CASE("a branch has one way in and ends where its body does", "[metadata]") {
  const auto fork = [](const std::string& left_next, const std::string& after) {
    return R"("first": {"kind": "parallel", "next": "last", "branches": [
        {"name": "a", "next": "left"}, {"name": "b"}]},
        "left": {"kind": "wait", "duration": "PT1H")" +
           left_next + R"(}, "last": {"kind": "wait", "duration": "PT1H")" + after + "}";
  };
  CHECK(problems_of(with_flow(fork("", ""))).empty());
  CHECK(says(fork(R"(, "next": "last")", ""), "nodes/left/next", "region", "another region"));
  CHECK(says(fork("", R"(, "next": "left")"), "nodes/last/next", "region", "another region"));
  CHECK(says(R"("first": {"kind": "parallel", "branches": [{"name": "a"}]})",
             "nodes/first/branches", "required", "two branches"));
}

TEST_CASE("a circle needs a person or a wait", "[metadata]") {
  const auto circle = [](const std::string& back) {
    return R"("first": {"kind": "assign", "set": {"note": "\"x\""}, "next": "check"},
      "check": {"kind": "condition", "branches": [{"name": "again", "when": "total > 1",
      "next": ")" +
           back + R"("}], "else": "rest"}, "rest": {"kind": "wait", "duration": "PT1H"})";
  };
  CHECK(says(circle("first"), "nodes/check/branches/0/next", "circle", "without a person",
             kVariables));
  CHECK(problems_of(with_flow(R"("first": {"kind": "wait", "duration": "PT1H", "next": "first"})"))
            .empty());
}

TEST_CASE("formulas of a flow know its record, its variables and what was before", "[metadata]") {
  const auto when = [](const std::string& formula) {
    return node(R"("kind": "wait", "duration": "PT1H", "when": ")" + formula + "\"");
  };
  for (const std::string formula :
       {"total > 1", "$flow.note = null", "$old.total <> total", "CHANGED(total)",
        "$user.department <> null", "$now > created_at"}) {
    CAPTURE(formula);
    CHECK(problems_of(with_flow(when(formula), kVariables)).empty());
  }
  CHECK(says(when("$flow.noet = null"), "nodes/first/when", "formula.unknown",
             "did you mean \"note\"?", kVariables));
  CHECK(says(when("$flow"), "nodes/first/when", "formula.type", "must follow $flow"));
  CHECK(says(when("total"), "nodes/first/when", "formula.type", "true or false"));
  CHECK(says(when("totl > 1"), "nodes/first/when", "formula.unknown", "did you mean \"total\"?"));
  CHECK(says(kEnd, "triggers/0/when", "formula.type", "true or false",
             R"("triggers": [{"kind": "button", "when": "total"}],)"));
}

TEST_CASE("triggers and variables are what they can be", "[metadata]") {
  CHECK(says(kEnd, "triggers/0", "required", "\"on\"", R"("triggers": [{"kind": "record"}],)"));
  CHECK(says(kEnd, "triggers/0/on/0", "choice", "did you mean \"create\"?",
             R"("triggers": [{"kind": "record", "on": ["creat"]}],)"));
  CHECK(says(kEnd, "triggers/0", "contradiction", "record",
             R"("triggers": [{"kind": "form", "fields": ["total"]}],)"));
  const auto variable = [](const std::string& members) {
    return R"("variables": [{"name": "a", "label": "A", )" + members + "}],";
  };
  CHECK(says(kEnd, "variables/0", "variable", "required", variable(R"("type": "text",
      "required": true)")));
  CHECK(says(kEnd, "variables/0/default", "variable", "default_formula", variable(R"("type": "text",
      "default": "x")")));
  CHECK(
      says(kEnd, "variables/0/default_formula", "formula.type", "text", variable(R"("type": "text",
      "default_formula": "1")")));
  CHECK(says(kEnd, "variables/0/default_formula", "formula.type", "DURATION",
             variable(R"("type": "duration", "default_formula": "1")")));
  CHECK(says(kEnd, "variables/0/default_formula", "formula.type", "plain number",
             variable(R"json("type": "integer", "default_formula": "DURATION(1)")json")));
  CHECK(says(kEnd, "variables/0/type", "variable", "assign", variable(R"("type": "formula",
      "formula": "1")")));
  CHECK(says(kEnd, "variables/1/name", "duplicate", "two variables",
             R"("variables": [{"name": "a", "label": "A", "type": "text"},
                              {"name": "a", "id": "b", "label": "A", "type": "text"}],)"));
}

TEST_CASE("nodes that do things say what, of the right kind", "[metadata]") {
  struct Row {
    std::string members;
    std::string at;
    std::string rule;
    std::string message;
  };
  const auto row = GENERATE(values<Row>({
      {R"("kind": "wait")", "", "required", "exactly one"},
      {R"("kind": "wait", "duration": "1h")", "/duration", "duration", "PT8H"},
      {R"("kind": "wait", "until": "total")", "/until", "formula.type", "date"},
      {R"("kind": "wait", "duration": "PT1H", "correlation": "number")", "/correlation",
       "contradiction", "event"},
      {R"("kind": "assign")", "", "required", "variables"},
      {R"("kind": "assign", "set": {"noet": "\"x\""})", "/set/noet", "unknown_variable",
       "did you mean \"note\"?"},
      {R"("kind": "assign", "set": {"note": "1"})", "/set/note", "formula.type", "text"},
      {R"("kind": "assign", "set": {"note": ""})", "/set/note", "required", "NULL"},
      {R"("kind": "record", "verb": "update")", "/set", "required", "written"},
      {R"("kind": "record", "verb": "update", "set": {"totl": "1"})", "/set/totl", "unknown_field",
       "did you mean \"total\"?"},
      {R"("kind": "record", "verb": "update", "set": {"tax": "1"})", "/set/tax", "derived",
       "computed"},
      {R"("kind": "record", "verb": "update", "set": {"total": "number"})", "/set/total",
       "formula.type", "number"},
      {R"("kind": "record", "verb": "create", "object": "custmer", "set": {"name": "\"x\""})",
       "/object", "unknown_object", "did you mean \"customer\"?"},
      {R"("kind": "record", "verb": "create", "record": "customer", "set": {"total": "1"})",
       "/record", "", "there is no record yet"},
      {R"("kind": "record", "verb": "delete", "object": "customer")", "/record", "required",
       "which record"},
      {R"("kind": "record", "verb": "delete", "record": "customer")", "/record", "type",
       "another object"},
      {R"("kind": "record", "verb": "query", "match": {"number": "number"})", "", "required",
       "\"as\""},
      {R"("kind": "record", "verb": "query", "match": {"number": "number"}, "as": "who")", "/as",
       "type", "does not refer"},
      {R"("kind": "record", "verb": "delete", "match": {"number": "number"})", "/match",
       "contradiction", "query"},
      {R"("kind": "decide", "table": "limits")", "/table", "unknown_table", "no table"},
      {R"("kind": "subflow", "flow": "sing")", "/flow", "unknown_flow", "did you mean \"sign\"?"},
      {R"("kind": "subflow", "flow": "sign")", "/flow", "trigger", "call"},
      {R"("kind": "subflow", "flow": "sign", "as": "who")", "/as", "type", "a text"},
      {R"("kind": "condition", "branches": [{"name": "a"}])", "/branches/0", "required", "when"},
      {R"("kind": "end", "next": "first")", "/next", "unknown_member", ""},
  }));
  CAPTURE(row.members);
  const auto problems = problems_of(with_flow(node(row.members), kVariables));
  REQUIRE_FALSE(problems.empty());
  CHECK(problems[0].at == "flows/sign.json: nodes/first" + row.at);
  if (!row.rule.empty()) CHECK(problems[0].rule == row.rule);
  CHECK(problems[0].message.find(row.message) != std::string::npos);
}

TEST_CASE("nodes where people are asked can be carried out", "[metadata]") {
  struct Row {
    std::string members;
    std::string at;
    std::string rule;
    std::string message;
  };
  const auto row = GENERATE(values<Row>({
      {R"("if_empty": "user")", "/empty_user", "required", "nobody is found"},
      {R"("empty_user": "bob")", "/empty_user", "contradiction", "if_empty"},
      {R"("voting": {"mode": "ratio"})", "/voting/need", "required", "how much"},
      {R"("voting": {"mode": "ratio", "need": 101})", "/voting/need", "range", "percentage"},
      {R"("voting": {"mode": "all", "need": 2})", "/voting/need", "contradiction", "ratio"},
      {R"("voting": {"mode": "any", "wait_all": true})", "/voting/wait_all", "contradiction",
       "all"},
      {R"("voting": {"any_reject": "all"})", "/voting/any_reject", "contradiction", "any"},
      {R"("voting": {"weights": {"bob": 2}})", "/voting/weights", "contradiction", "weight"},
      {R"("voting": {"mode": "al"})", "/voting/mode", "choice", "did you mean \"all\"?"},
      {R"("on_reject": "to_node")", "/reject_to", "required", "leads"},
      {R"("reject_to": "first")", "/reject_to", "contradiction", "to_node"},
      {R"("on_reject": "to_node", "reject_to": "frist")", "/reject_to", "unknown_node",
       "did you mean \"first\"?"},
      {R"("due": {"after": "8h"})", "/due/after", "duration", "PT8H"},
      {R"("due": {"after": "PT8H", "field": "due_on"})", "/due", "contradiction", "one of"},
      {R"("due": {"field": "total"})", "/due/field", "type", "no date"},
      {R"("due": {"field": "due_no"})", "/due/field", "unknown_field", "due_on"},
      {R"("due": {"formula": "total"})", "/due/formula", "formula.type", "date"},
      {R"("due": {"field": "due_on", "working": true})", "/due/working", "contradiction",
       "duration"},
      {R"("on_due": [{"do": "approve"}])", "/on_due", "contradiction", "no \"due\""},
      {R"("due": {"after": "PT8H"}, "on_due": [{"do": "remind", "most": 2}])", "/on_due/0",
       "required", "every"},
      {R"("due": {"after": "PT8H"}, "on_due": [{"do": "transfer"}])", "/on_due/0/to", "required",
       "to whom"},
      {R"("due": {"after": "PT8H"}, "on_due": [{"do": "go_to", "node": "x"}])", "/on_due/0/node",
       "unknown_node", "no node"},
      {R"("fields": {"totl": "write"})", "/fields/totl", "unknown_field", "total"},
      {R"("fields": {"total": "writ"})", "/fields/total", "choice", "did you mean \"write\"?"},
  }));
  CAPTURE(row.members);
  const auto problems = problems_of(with_flow(approve(row.members)));
  REQUIRE_FALSE(problems.empty());
  CHECK(problems[0].at == "flows/sign.json: nodes/first" + row.at);
  CHECK(problems[0].rule == row.rule);
  CHECK(problems[0].message.find(row.message) != std::string::npos);
}

TEST_CASE("a flow has at most 500 nodes", "[metadata]") {
  const auto chain = [](int count) {
    std::string nodes = R"("first": {"kind": "assign", "set": {"note": "\"x\""}, "next": "n1"})";
    for (int i = 1; i < count; ++i) {
      const std::string next =
          i + 1 < count ? R"(, "next": "n)" + std::to_string(i + 1) + "\"" : "";
      nodes += ", \"n" + std::to_string(i) + R"(": {"kind": "assign", "set": {"note": "\"x\""})" +
               next + "}";
    }
    return problems_of(with_flow(nodes, kVariables));
  };
  CHECK(chain(499).empty());
  CHECK(chain(500).empty());
  CHECK(finds(chain(501), "flows/sign.json: nodes", "limit", "at most 500"));
}

TEST_CASE("managers are asked up to 20 levels, reminders come up to 30 times", "[metadata]") {
  const auto asked = [](const std::string& source) {
    return problems_of(
        with_flow(node(R"("kind": "approve", "approvers": [{"managers": )" + source + "}]")));
  };
  for (const std::string source : {"19", "20", R"({"from": 20, "to": 20})", R"({"to": 20})"}) {
    CAPTURE(source);
    CHECK(asked(source).empty());
  }
  for (const std::string source : {"0", "21", R"({"from": 21})", R"({"to": 21})"}) {
    CAPTURE(source);
    CHECK_FALSE(asked(source).empty());
  }
  const auto reminded = [](int most) {
    return problems_of(with_flow(approve(
        R"("due": {"after": "PT8H"}, "on_due": [{"do": "remind", "every": "PT1H", "most": )" +
        std::to_string(most) + "}]")));
  };
  CHECK(reminded(29).empty());
  CHECK(reminded(30).empty());
  CHECK_FALSE(reminded(31).empty());
}

TEST_CASE("sources name somebody", "[metadata]") {
  const auto source = [](const std::string& one) {
    return node(R"("kind": "approve", "approvers": [)" + one + "]");
  };
  CHECK(problems_of(with_flow(source(R"({"field": "clerk"}, {"formula": "customer.clerk"},
      {"managers": {"from": 1, "to": 3}}, {"users": ["bob"]}, {"department_head": 2},
      {"position": "Buyer", "in_department": true},
      {"managers": {"from": 2, "vacancy": "above"}})")))
            .empty());
  CHECK(says(source(R"({"position": ""})"), "nodes/first/approvers/0/position", "required",
             "names it"));
  CHECK(says(source(R"({"managers": {"vacancy": "abov"}})"),
             "nodes/first/approvers/0/managers/vacancy", "choice", "did you mean \"above\"?"));
  CHECK(says(source(R"({"field": "total"})"), "nodes/first/approvers/0/field", "type", "user"));
  CHECK(says(source(R"({"formula": "customer"})"), "nodes/first/approvers/0/formula", "type",
             "user"));
  CHECK(says(source(R"({"role": "clrek"})"), "nodes/first/approvers/0/role", "unknown_role",
             "no role"));
  CHECK(says(source(R"({"users": []})"), "nodes/first/approvers/0/users", "required", "logins"));
  CHECK(says(source(R"({"previous": "x"})"), "nodes/first/approvers/0/previous", "unknown_node",
             "no node"));
  CHECK(says(source(R"({"managers": 21})"), "nodes/first/approvers/0/managers", "type", "20"));
  CHECK(says(source(R"({"chosen": false})"), "nodes/first/approvers/0/chosen", "type", "true"));
  CHECK(says(source(""), "nodes/first/approvers", "required", "who is asked"));
}

TEST_CASE("a flow is canonical, and renames reach into all of it", "[metadata]") {
  Files files = with_flow(
      R"("first": {"kind": "approve", "next": "done", "when": "total  > 1",
        "approvers": [{"field": "clerk"}, {"role": "clerk", "in_department": true},
          {"position": "Buyer", "in_department": true},
          {"department_head": {"from": 1, "to": 1, "vacancy": "incident"}}],
        "voting": {"mode": "weight", "need": 2, "weights": {"bob": 2}}, "on_reject": "to_start",
        "due": {"field": "due_on"}, "on_due": [{"do": "remind", "every": "PT1H", "most": 3},
        {"do": "transfer", "to": [{"managers": {"from": 1, "to": 2}}]}],
        "fields": {"total": "write"}},
      "done": {"kind": "record", "verb": "update", "set": {"total": "total + $old.total"}})",
      R"("triggers": [{"kind": "record", "on": ["update"], "fields": ["total"]}],
      "settings": {"lock": "fields", "lock_fields": ["total"], "withdraw": "never"},)");
  files["roles/clerk.json"] =
      R"({"name": "clerk", "label": "Clerk", "objects": {"invoice": {"read": "all"}}})";
  const Bundle before = loaded(files);
  const Files canonical = write(before);
  CHECK(write(loaded(canonical)) == canonical);
  CHECK(loaded(canonical) == before);
  const auto renamed = rename(files, &system_bundle(), "invoice.total", "sum");
  REQUIRE(renamed);
  const std::string& text = renamed->at("flows/sign.json");
  CHECK(text.find("total") == std::string::npos);
  CHECK(text.find(R"("when": "sum  > 1")") != std::string::npos);
  CHECK(text.find(R"("sum": "sum + $old.sum")") != std::string::npos);
  CHECK(text.find(R"("lock_fields": ["sum"])") != std::string::npos);
  Files after = files;
  after.erase("flows/sign.json");
  const auto changes = compare(before, loaded(after));
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].description == "Flow sign is removed.");
}

}  // namespace tenon::metadata
