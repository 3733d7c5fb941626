#include "tests/engine/metadata/small_bundle.h"
#include "tests/support/shop.h"

namespace tenon::metadata {

using support::billing_with;
using support::finds;
using support::problems_of;
using support::warnings_of;

namespace {

Files with_rule(const std::string& members) {
  return billing_with("rules/r.json", R"({"name": "r", "object": "invoice", )" + members + "}");
}

Files with_grants(const std::string& grants) {
  return billing_with("roles/clerk.json",
                      R"({"name": "clerk", "label": "Clerk", "objects": {)" + grants + "}}");
}

}  // namespace

TEST_CASE("a rule's condition is a condition, about fields that there are", "[metadata]") {
  CHECK(problems_of(with_rule(R"("when": "total > 3", "effect": "hide", "field": "tax")")).empty());
  CHECK(finds(problems_of(with_rule(R"("when": "total", "effect": "hide", "field": "tax")")),
              "rules/r.json: when", "formula.type", "at "));
  CHECK(finds(problems_of(with_rule(R"("when": "total > 3", "effect": "hide", "field": "taxx")")),
              "rules/r.json: field", "unknown_field", "did you mean \"tax\"?"));
  CHECK(finds(problems_of(with_rule(R"("when": "total > 3", "effect": "hdie", "field": "total")")),
              "rules/r.json: effect", "choice", "did you mean \"hide\"?"));
}

TEST_CASE("only a rule knows what was before, and only of what is kept", "[metadata]") {
  const auto when = [](const std::string& formula) {
    return problems_of(
        with_rule(R"("effect": "hide", "field": "tax", "when": ")" + formula + "\""));
  };
  CHECK(when("CHANGED(total) AND $old.total > 3").empty());
  CHECK(finds(when("CHANGED(updated_at)"), "rules/r.json: when", "computed_on_read", "system"));
  const Files files = billing_with("views/v.json", R"json({"name": "v", "label": "V",
    "object": "invoice", "columns": ["number"], "filter": "CHANGED(total)"})json");
  CHECK(finds(problems_of(files), "views/v.json: filter", "formula.unknown", "at 0-7"));
}

TEST_CASE("an effect has what it needs", "[metadata]") {
  CHECK(finds(problems_of(with_rule(R"("when": "total > 3", "effect": "reject")")), "rules/r.json",
              "required", "message"));
  CHECK(finds(problems_of(with_rule(R"("when": "total > 3", "effect": "require")")), "rules/r.json",
              "required", "field"));
  CHECK(finds(problems_of(with_rule(R"("when": "total > 3", "effect": "clear", "field": "tax")")),
              "rules/r.json: field", "rule", "computed"));
}

TEST_CASE("what may be chosen is told as its field asks", "[metadata]") {
  const auto problems = [](const std::string& members) {
    return problems_of(
        with_rule(R"("when": "total > 3", "effect": "options", "message": "m", )" + members));
  };
  CHECK(problems(R"("field": "state", "options": ["open"])").empty());
  CHECK(finds(problems(R"("field": "state", "options": ["opn"])"), "rules/r.json: options/0",
              "unknown_option", "did you mean \"open\"?"));
  CHECK(finds(problems(R"("field": "state", "options": ["open", "open"])"),
              "rules/r.json: options/1", "duplicate", "twice"));
  CHECK(finds(problems(R"("field": "state")"), "rules/r.json", "required", "\"options\""));
  CHECK(finds(problems(R"("field": "state", "options": ["open"], "filter": "TRUE")"),
              "rules/r.json: filter", "rule", "choice"));
  CHECK(finds(problems(R"("field": "due_on", "options": ["open"])"), "rules/r.json: field", "rule",
              "choice"));
  CHECK(problems(R"("field": "customer", "filter": "name <> $record.state")").empty());
  CHECK(finds(problems(R"("field": "customer")"), "rules/r.json", "required", "\"filter\""));
  CHECK(finds(problems(R"("field": "customer", "filter": "nam = \"a\"")"), "rules/r.json: filter",
              "formula.unknown", "did you mean \"name\"?"));
  CHECK(finds(problems(R"("field": "customer", "filter": "name")"), "rules/r.json: filter",
              "formula.type", "true or false"));
}

TEST_CASE("every effect but the options is for lines, too", "[metadata]") {
  const auto problems = [](const std::string& effect) {
    Files files = tenon::support::shop();
    files["rules/r.json"] = R"({"name": "r", "object": "order", "when": "rate > 3", "message": "m",
                                "field": "lines", "effect": )" +
                            effect + "}";
    return problems_of(files);
  };
  for (const char* effect : {"require", "hide", "clear", "read_only", "reject"}) {
    INFO(effect);
    CHECK(problems("\"" + std::string(effect) + "\"").empty());
  }
  CHECK(finds(problems(R"("options", "filter": "TRUE")"), "rules/r.json: field", "rule",
              "a choice or a reference"));
  Files silent = tenon::support::shop();
  silent["rules/r.json"] = R"({"name": "r", "object": "order", "when": "rate > 3",
                               "field": "lines", "effect": "read_only"})";
  CHECK(finds(problems_of(silent), "rules/r.json", "required", "message"));
}

TEST_CASE("what may be chosen is told without aggregates", "[metadata]") {
  Files files = billing_with("objects/branch.json", R"({"name": "branch", "label": "Branch",
      "label_plural": "Branches", "title_field": "name", "fields": [
        {"name": "name", "label": "Name", "type": "text"},
        {"name": "above", "label": "Above", "type": "reference", "to": "branch",
         "on_delete": "clear", "back": "below"}]})");
  files["rules/r.json"] = R"json({"name": "r", "object": "branch", "effect": "options",
      "when": "TRUE", "field": "above", "filter": "COUNT(below) > 1"})json";
  CHECK(finds(problems_of(files), "rules/r.json: filter", "formula.type", "without aggregates"));
}

TEST_CASE("what nobody may write says so", "[metadata]") {
  CHECK(finds(problems_of(with_rule(R"("when": "total > 3", "effect": "read_only",
                                      "field": "due_on")")),
              "rules/r.json", "required", "message"));
  CHECK(finds(problems_of(with_rule(R"("when": "total > 3", "effect": "hide", "field": "due_on",
                                      "options": ["a"])")),
              "rules/r.json: options", "rule", "belongs to"));
}

TEST_CASE("a rule of an unknown object is one problem", "[metadata]") {
  CHECK(finds(problems_of(billing_with("rules/r.json", R"({"name": "r", "object": "invoce",
              "when": "total > 3", "effect": "hide", "field": "tax"})")),
              "rules/r.json: object", "unknown_object", "did you mean \"invoice\"?"));
}

TEST_CASE("a role grants what there is", "[metadata]") {
  CHECK(problems_of(with_grants(R"("invoice": {"read": "team", "fields": {"total": "read"}})"))
            .empty());
  CHECK(finds(problems_of(with_grants(R"("invoicee": {"read": "all"})")),
              "roles/clerk.json: objects/invoicee", "unknown_object", "did you mean"));
  CHECK(finds(problems_of(with_grants(R"("invoice": {"fields": {"totl": "read"}})")),
              "roles/clerk.json: objects/invoice/fields/totl", "unknown_field", "\"total\""));
  CHECK(finds(problems_of(with_grants(R"("invoice": {"read": "teams"})")),
              "roles/clerk.json: objects/invoice/read", "choice", "did you mean \"team\"?"));
}

TEST_CASE("a role names reports that there are", "[metadata]") {
  CHECK(finds(problems_of(billing_with("roles/clerk.json", R"({"name": "clerk", "label": "Clerk",
              "objects": {}, "reports": ["turnover"]})")),
              "roles/clerk.json: reports/0", "unknown_report", "turnover"));
}

TEST_CASE("without ownership nothing is one's own", "[metadata]") {
  CHECK(finds(problems_of(with_grants(R"("customer": {"read": "own"})")),
              "roles/clerk.json: objects/customer/read", "reach", "no ownership"));
}

TEST_CASE("a grant that cannot be used is a warning", "[metadata]") {
  const Files files = with_grants(R"("customer": {"read": "none", "update": "all"})");
  CHECK(problems_of(files).empty());
  CHECK(finds(warnings_of(files), "roles/clerk.json: objects/customer", "reach", "less far"));
}

}  // namespace tenon::metadata
