#include "engine/metadata/rename.h"
#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing_with;
using support::finds;
using support::loaded;
using support::problems_of;
using support::warnings_of;

namespace {

Files with_table(const std::string& members) {
  return billing_with("tables/t.json", R"({"name": "t", "object": "invoice", )" + members + "}");
}

const std::string kInputs = R"("inputs": [{"name": "total", "formula": "total"},
    {"name": "state", "formula": "state"}, {"name": "due", "formula": "due_on"}])";
const std::string kOutputs = R"("outputs": [{"name": "share", "label": "Share", "type": "percent"},
    {"name": "level", "label": "Level", "type": "choice",
     "options": [{"name": "high", "label": "High"}, {"name": "low", "label": "Low"}]}])";

std::string row(const std::string& when, const std::string& then) {
  return kInputs + ", " + kOutputs + R"(, "hit": "first", "rows": [{"when": {)" + when +
         R"(}, "then": {)" + then + "}}]";
}

}  // namespace

TEST_CASE("cells of a table are of their column's kind", "[metadata]") {
  CHECK(problems_of(with_table(row(R"("total": ">= tax, [1..5]", "state": "\"open\"",
      "due": "< \"2026-01-01\"")",
                                   R"("share": "0.1", "level": "\"high\"")")))
            .empty());
  CHECK(finds(problems_of(with_table(row(R"("total": "\"x\"")", ""))),
              "tables/t.json: rows/0/when/total", "table", "cannot be read as a number"));
  CHECK(finds(problems_of(with_table(row(R"("total": "3, txa")", ""))),
              "tables/t.json: rows/0/when/total/1", "formula.unknown", "did you mean \"tax\"?"));
  CHECK(finds(problems_of(with_table(row(R"("state": "\"opne\"")", ""))),
              "tables/t.json: rows/0/when/state", "option", "did you mean \"open\"?"));
  CHECK(finds(problems_of(with_table(row(R"("state": "> \"open\"")", ""))),
              "tables/t.json: rows/0/when/state", "unary_test", "order"));
  CHECK(finds(problems_of(with_table(row("", R"("level": "\"hgih\"")"))),
              "tables/t.json: rows/0/then/level", "option", "did you mean \"high\"?"));
  CHECK(finds(problems_of(with_table(row("", R"("share": "state")"))),
              "tables/t.json: rows/0/then/share", "formula.type", "number"));
  CHECK(finds(problems_of(with_table(row(R"("totl": "1")", ""))), "tables/t.json: rows/0/when/totl",
              "unknown_column", "did you mean \"total\"?"));
}

TEST_CASE("a table's policy can be followed", "[metadata]") {
  const auto with = [](const std::string& policy) {
    return with_table(kInputs + ", " + kOutputs + ", " + policy + R"(, "rows": [{}])");
  };
  CHECK(problems_of(with(R"("hit": "priority")")).empty());
  CHECK(finds(problems_of(with(R"("hit": "frist")")), "tables/t.json: hit", "choice",
              "did you mean \"first\"?"));
  CHECK(finds(problems_of(with(R"("hit": "first", "collect": "sum")")), "tables/t.json: collect",
              "contradiction", "collect"));
  CHECK(finds(problems_of(with(R"("hit": "collect", "collect": "sum")")), "tables/t.json: collect",
              "collect", "one output"));
  CHECK(finds(problems_of(with_table(kInputs + R"(, "outputs": [{"name": "a", "label": "A",
              "type": "text"}], "hit": "output_order", "rows": [{}])")),
              "tables/t.json: hit", "priority", "options"));
  CHECK(finds(problems_of(with_table(kInputs + ", " + kOutputs + R"(, "hit": "first")")),
              "tables/t.json", "required", "rows"));
}

TEST_CASE("what is made of the rows that apply is one number, as is their count", "[metadata]") {
  const auto with = [](const std::string& type, const std::string& collect) {
    return problems_of(
        with_table(kInputs + R"(, "outputs": [{"name": "a", "label": "A", "type": ")" + type +
                   R"("}], "hit": "collect", "collect": ")" + collect + R"(", "rows": [{}])"));
  };
  CHECK(with("integer", "count").empty());
  CHECK(with("date", "min").empty());
  CHECK(finds(with("text", "count"), "tables/t.json: collect", "collect", "one output"));
  CHECK(finds(with("date", "sum"), "tables/t.json: collect", "collect", "one output"));
  CHECK(finds(problems_of(with_table(kInputs + ", " + kOutputs +
                                     R"(, "hit": "collect", "collect": "count", "rows": [{}])")),
              "tables/t.json: collect", "collect", "one output"));
}

TEST_CASE("a text that no record has is warned of", "[metadata]") {
  const auto with = [](const std::string& cell) {
    Files files =
        with_table(R"("inputs": [{"name": "mail", "formula": "customer.mail"}], )" + kOutputs +
                   R"(, "hit": "first", "rows": [{"when": {"mail": ")" + cell + R"("}}])");
    files["objects/customer.json"] = R"({"name": "customer", "label": "C", "label_plural": "Cs",
        "title_field": "mail", "fields": [{"name": "mail", "label": "M", "type": "email"},
        {"name": "clerk", "label": "Clerk", "type": "user"}]})";
    return warnings_of(files);
  };
  const std::string at = "tables/t.json: rows/0/when/mail";
  CHECK_FALSE(finds(with(R"x(\"anna@example.com\")x"), at, "table", ""));
  CHECK(finds(with(R"x(not(\"Anna@Example.com\"))x"), at, "table", "kept as \"Anna@example.com\""));
  CHECK(finds(with(R"x(\"anna\")x"), at, "table", "no record has \"anna\""));
}

TEST_CASE("an input's own options and bounds go with its kind", "[metadata]") {
  const auto with = [](const std::string& input) {
    return problems_of(with_table(R"("inputs": [{"name": "i", )" + input + "}], " + kOutputs +
                                  R"(, "hit": "first", "rows": [{}])"));
  };
  CHECK(with(R"json("formula": "UPPER(number)", "options": ["A", "B"])json").empty());
  CHECK(with(R"("formula": "total * 2", "minimum": 0, "maximum": "9.5")").empty());
  CHECK(finds(with(R"("formula": "total", "options": ["1"])"), "tables/t.json: inputs/0/options",
              "table", "only a text has options"));
  CHECK(finds(with(R"("formula": "number", "minimum": 1)"), "tables/t.json: inputs/0/minimum",
              "table", "only a number has bounds"));
  CHECK(finds(with(R"("formula": "total", "minimum": 2, "maximum": 1)"),
              "tables/t.json: inputs/0/maximum", "contradiction", "below"));
}

TEST_CASE("an input by a path has the options of the field at its end", "[metadata]") {
  const auto with = [](const std::string& formula) {
    Files files = with_table(R"("inputs": [{"name": "level", "formula": ")" + formula + R"("}], )" +
                             kOutputs + R"(, "hit": "first",
        "rows": [{"when": {"level": "\"a\", \"zzz\""}}])");
    files["objects/customer.json"] = R"({"name": "customer", "label": "C", "label_plural": "Cs",
        "title_field": "name", "fields": [{"name": "name", "label": "Name", "type": "text"},
        {"name": "clerk", "label": "Clerk", "type": "user"},
        {"name": "level", "label": "Level", "type": "choice",
         "options": [{"name": "a", "label": "A"}, {"name": "b", "label": "B"}]}]})";
    return problems_of(files);
  };
  CHECK(finds(with("customer.level"), "tables/t.json: rows/0/when/level/1", "option", "zzz"));
  CHECK(finds(with(" customer.level "), "tables/t.json: rows/0/when/level/1", "option", "zzz"));
  CHECK(with("UPPER(customer.level)").empty());
}

TEST_CASE("cells count what their column counts, and refer to what it refers to", "[metadata]") {
  const auto with = [](const std::string& when, const std::string& then) {
    Files files = with_table(R"("inputs": [{"name": "total", "formula": "total"},
        {"name": "clerk", "formula": "clerk"}, {"name": "hours", "formula": "spent / \"PT1H\""}],
        "outputs": [{"name": "fee", "label": "F", "type": "money", "currency": "USD"},
                    {"name": "within", "label": "W", "type": "duration"},
                    {"name": "who", "label": "W", "type": "user"}],
        "hit": "first", "rows": [{"when": {)" +
                             when + R"(}, "then": {)" + then + "}}]");
    const auto insert = [&](const std::string& file, const std::string& before,
                            const std::string& text) {
      std::string& content = files[file];
      content.insert(content.find(before), text);
    };
    insert("objects/invoice.json", R"({"name": "number")",
           R"({"name": "spent", "label": "S", "type": "duration"},
        {"name": "abroad", "label": "A", "type": "money", "currency": "USD"},
        {"name": "home", "label": "H", "type": "money", "currency": "CNY"}, )");
    insert("bundle.json", R"("version")", R"("currency": "CNY", )");
    return problems_of(files);
  };
  CHECK(with(R"("total": ">= home, 5", "clerk": "$user", "hours": "> spent / \"PT2H\"")",
             R"("fee": "abroad * 2", "within": "\"PT1H\"", "who": "clerk")")
            .empty());
  CHECK(with("", R"("fee": "NULL", "within": "NULL")").empty());
  CHECK(with("", R"("fee": "5", "within": "spent * 2")").empty());
  const std::string row = "tables/t.json: rows/0/";
  CHECK(finds(with(R"("total": ">= abroad")", ""), row + "when/total", "formula.type", "in CNY"));
  CHECK(finds(with(R"("clerk": "customer")", ""), row + "when/clerk", "formula.type",
              "customer and user"));
  CHECK(finds(with(R"("hours": "spent")", ""), row + "when/hours", "formula.type", "plain"));
  CHECK(finds(with("", R"("fee": "home")"), row + "then/fee", "formula.type", "EXCHANGE"));
  CHECK(finds(with("", R"("within": "3600")"), row + "then/within", "formula.type", "duration"));
  CHECK(finds(with("", R"("within": "\"1 hour\"")"), row + "then/within", "table", "1 hour"));
  CHECK(finds(with("", R"("who": "customer")"), row + "then/who", "formula.type", "customer"));
}

TEST_CASE("records that are rows have fields of their columns' kinds", "[metadata]") {
  const auto with = [](const std::string& from) {
    return with_table(kInputs + R"(, "outputs": [{"name": "a", "label": "A", "type": "text"}],
        "hit": "first", "rows_from": {"object": "invoice", )" +
                      from + "}");
  };
  CHECK(problems_of(with(R"("filter": "total > 3", "sort": ["-due_on"],
      "when": {"total": {"from": "total"}, "due": {"equals": "due_on"}},
      "then": {"a": "number"})"))
            .empty());
  CHECK(finds(problems_of(with(R"("then": {"a": "total"})")), "tables/t.json: rows_from/then/a",
              "table", "another kind"));
  CHECK(finds(problems_of(with(R"("when": {"total": {"from": "tax"}}, "then": {"a": "number"})")),
              "tables/t.json: rows_from/when/total/from", "table", "computed"));
  CHECK(finds(problems_of(with(R"("when": {"total": {"frm": "tax"}}, "then": {"a": "number"})")),
              "tables/t.json: rows_from/when/total/frm", "unknown_member", "\"from\""));
}

TEST_CASE("a rename reaches into the cells of tables, and nothing else changes", "[metadata]") {
  const Files files = with_table(
      row(R"("total": ">= tax * 2,  [total..7]", "state": "-")", R"("share": "tax / total")"));
  const auto renamed = rename(files, &system_bundle(), "invoice.tax", "duty");
  REQUIRE(renamed);
  const std::string& text = renamed->at("tables/t.json");
  CHECK(text.find(R"("total": ">= duty * 2,  [total..7]")") != std::string::npos);
  CHECK(text.find(R"("share": "duty / total")") != std::string::npos);
  CHECK(text.find(R"("state": "-")") == std::string::npos);  // Anything passes: left out.
  Files after = files;
  for (const auto& [path, content] : *renamed) after[path] = content;
  CHECK(write(loaded(after)).at("tables/t.json") == text);  // Canonical.
}

}  // namespace tenon::metadata
