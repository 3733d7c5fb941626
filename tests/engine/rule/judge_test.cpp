#include "engine/rule/judge.h"

#include "tests/engine/rule/object_of_rules.h"

namespace tenon::rule {
namespace {

const std::string kFields = R"({"name": "title", "label": "T", "type": "text"},
    {"name": "count", "label": "C", "type": "integer"},
    {"name": "size", "label": "S", "type": "integer"},
    {"name": "other", "label": "O", "type": "reference", "to": "form"})";

std::string told(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    text += problem.at + ":" + problem.rule + ":" + problem.message + " ";
  }
  return text;
}

Verdict verdict_on(const ObjectOfRules& of, const Values& fields, const Values* before = nullptr,
                   const std::string& locale = "en") {
  Draft draft{.scope = {}, .before = before, .changed = {}};
  draft.scope.fields = fields;
  auto verdict = judge(of.program, draft, locale);
  REQUIRE(verdict);
  return verdict.take();
}

}  // namespace

TEST_CASE("without rules every draft is accepted as it is", "[rule]") {
  const ObjectOfRules of(kFields, {});
  const auto fields = of.values(R"({"count": 3})");
  const auto verdict = verdict_on(of, fields);
  CHECK(verdict.accepts());
  CHECK(verdict.fields == fields);
}

TEST_CASE("a message is told in the language of whoever asks", "[rule]") {
  const ObjectOfRules of(kFields, {R"("when": "count > 1", "effect": "reject", "field": "count",
                   "message": {"en": "Too many", "zh-CN": "太多"})"});
  const auto fields = of.values(R"({"count": 3})");
  CHECK(told(verdict_on(of, fields).problems) == "count:rule_0:Too many ");
  CHECK(told(verdict_on(of, fields, nullptr, "zh-CN").problems) == "count:rule_0:太多 ");
  CHECK(told(verdict_on(of, fields, nullptr, "fr").problems) == "count:rule_0:Too many ");
}

TEST_CASE("a rule that cannot be worked out is a problem at its field", "[rule]") {
  const ObjectOfRules of(kFields, {R"("when": "count / size > 1", "effect": "require",
                                      "field": "other", "message": "m")"});
  Draft draft{.scope = {}, .before = nullptr, .changed = {}};
  const auto nothing = of.values(R"({"count": 3, "size": 0})");
  draft.scope.fields = nothing;
  const auto verdict = judge(of.program, draft, "en");
  REQUIRE_FALSE(verdict);
  CHECK(verdict.error().code == ErrorCode::invalid);
  CHECK(verdict.error().problems.front().at == "other");
  CHECK(verdict.error().problems.front().rule == "division_by_zero");
}

TEST_CASE("a rule that cannot be worked out because of what is emptied is no problem", "[rule]") {
  const std::string ratio = R"("when": "count / size > 1", "effect": "reject",
                               "field": "other", "message": "m")";
  const std::string no_size = R"("when": "count = 3", "effect": "clear", "field": "size")";
  const ObjectOfRules of(kFields, {ratio, no_size});
  const auto judged = [&](const std::string& json) {
    Draft draft{.scope = {}, .before = nullptr, .changed = {}};
    const auto fields = of.values(json);
    draft.scope.fields = fields;
    return judge(of.program, draft, "en");
  };
  const auto emptied = judged(R"({"count": 3, "size": 0})");
  REQUIRE(emptied);
  CHECK(emptied->accepts());
  CHECK(emptied->cleared == std::vector<int>{of.slot("size")});
  CHECK_FALSE(judged(R"({"count": 4, "size": 0})"));
}

TEST_CASE("a rule that emptied something decided, one that saw what goes did not", "[rule]") {
  const ObjectOfRules of(
      kFields, {R"("when": "size > 9", "effect": "reject", "field": "size", "message": "m")",
                R"("when": "size > 0", "effect": "clear", "field": "size")"});
  Draft draft{.scope = {}, .before = nullptr, .changed = {}};
  const auto fields = of.values(R"({"size": 10})");
  draft.scope.fields = fields;
  const auto verdict = judge(of.program, draft, "en");
  REQUIRE(verdict);
  CHECK(verdict->accepts());
  REQUIRE(verdict->decided.size() == 1);
  const auto place = static_cast<std::size_t>(verdict->decided.front());
  CHECK(of.program.rules[place].effect == Effect::clear);
}

TEST_CASE("a rule over a reference refuses where what lies behind it changed", "[rule]") {
  const ObjectOfRules of(kFields, {R"("when": "other.count > 1", "effect": "reject",
                                      "field": "count", "message": "m")"});
  REQUIRE(of.needs.paths.size() == 1);
  const Values fields = of.values("{}");
  const Values paths = {Value{Decimal::of(5)}};
  Draft draft{.scope = {}, .before = &fields, .changed = {false}};
  draft.scope.fields = fields;
  draft.scope.paths = paths;
  auto verdict = judge(of.program, draft, "en");
  REQUIRE(verdict);
  CHECK(verdict->accepts());
  CHECK(verdict->warnings.size() == 1);

  draft.changed = {true};
  verdict = judge(of.program, draft, "en");
  CHECK_FALSE(verdict->accepts());
}

TEST_CASE("what a reference may lead to is a condition on what it leads to", "[rule]") {
  const ObjectOfRules of(kFields, {R"("when": "count > 0", "effect": "options", "field": "other",
        "filter": "count = $record.count AND title <> \"x\"", "message": "m")"});
  REQUIRE(of.needs.paths.size() == 2);  // other.count, other.title
  const auto told_of = [&](const char* fields, std::vector<Value> behind, const Values* before) {
    const Values values = of.values(fields);
    Draft draft{.scope = {}, .before = before, .changed = {}};
    draft.scope.fields = values;
    draft.scope.paths = behind;
    auto verdict = judge(of.program, draft, "en");
    REQUIRE(verdict);
    return told(verdict->problems) + "|" + told(verdict->warnings);
  };
  const Value same{Decimal::of(3)};
  const Value other{Decimal::of(4)};
  const Value name{std::string("a")};
  const std::string chosen = R"({"count": 3, "other": "0000000000002"})";
  CHECK(told_of(chosen.c_str(), {same, name}, nullptr) == "|");
  CHECK(told_of(chosen.c_str(), {other, name}, nullptr) == "other:rule_0:m |");
  CHECK(told_of(R"({"count": 3})", {Value{}, Value{}}, nullptr) == "|");
  const Values before = of.values(chosen);
  CHECK(told_of(chosen.c_str(), {other, name}, &before) == "|other:rule_0:m ");
}

TEST_CASE("rules apply by order, then by name; required fields come first", "[rule]") {
  metadata::Files files = {
      {"bundle.json", R"({"format": 1, "name": "forms", "version": "1", "label": "F"})"},
      {"objects/form.json",
       R"({"name": "form", "label": "F", "label_plural": "Fs", "title_field": "title",
           "fields": [{"name": "title", "label": "T", "type": "text", "required": true}]})"}};
  const auto add = [&](const std::string& name, int order) {
    files["rules/" + name + ".json"] = R"({"object": "form", "effect": "reject", "field": "title",
        "when": "title = \"x\"", "message": "m", "name": ")" +
                                       name + R"(", "order": )" + std::to_string(order) + "}";
  };
  add("b", 1);
  add("a", 2);
  add("c", 1);
  const auto bundle = metadata::load(files, &metadata::system_bundle());
  REQUIRE(bundle);
  formula::Needs needs;
  const auto program =
      compile(*bundle, *bundle->find("form"), metadata::BundleNames(*bundle), needs);
  REQUIRE(program);
  std::string names;
  for (const Rule& one : program->rules) names += one.name + " ";
  CHECK(names == "required b c a ");
}

}  // namespace tenon::rule
