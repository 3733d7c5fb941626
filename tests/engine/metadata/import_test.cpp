#include "engine/metadata/import.h"

#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing;
using support::billing_with;
using support::finds;
using support::loaded;
using support::problems_of;

namespace {

std::string mapping(const std::string& members) {
  return R"({"name": "m", "object": "invoice", "file": "m.csv", )" + members + "}";
}

std::vector<Problem> problems_with(const std::string& members) {
  return problems_of(billing_with("data/m.json", mapping(members)));
}

}  // namespace

TEST_CASE("a mapping says what each column feeds", "[metadata]") {
  const Bundle bundle = loaded(billing());
  const auto maps =
      load_imports(billing_with("data/m.json", mapping(R"("source": "old", "unique_rows": true,
        "columns": {
          "no": [{"key": true}, {"field": "number", "as": "upper"}],
          "client": {"field": "customer", "match": "name", "aliases": {"ACME": "Acme"}},
          "sum": {"field": "total", "times": "1000"},
          "due": {"field": "due_on", "format": "M/D/YYYY"},
          "note": {"skip": true}},
        "joined": {"number": {"columns": ["client", "no"], "separator": "-"}},
        "constants": {"state": "open", "clerk": {"match": "login", "value": "ann"}})")),
                   bundle);
  REQUIRE(maps);
  REQUIRE(maps->size() == 1);
  const ImportMap& map = maps->front();
  CHECK(map.unique_rows);
  REQUIRE(map.columns.size() == 5);
  CHECK(map.columns[0].feeds.size() == 2);
  CHECK(map.columns[0].feeds[0].key);
  CHECK(map.columns[0].feeds[1].as == Transform::upper);
  CHECK(map.columns[1].feeds[0].aliases.front().second == "Acme");
  CHECK(map.columns[4].feeds.empty());
  CHECK(map.joined.front().separator == "-");
  CHECK(map.constants[0].json == "\"open\"");
  CHECK(map.constants[1].match == "login");
  CHECK(problems_of(billing_with("data/m.json", mapping(R"("source": "old", "unique_rows": true,
        "columns": {"no": {"key": true}})")))
            .empty());
}

TEST_CASE("a column feeds what it can", "[metadata]") {
  const auto [members, at, rule] = GENERATE(table<std::string, std::string, std::string>({
      {R"("columns": {"a": {"field": "totl"}})", "columns/a/field", "unknown_field"},
      {R"("columns": {"a": {}})", "columns/a", "column"},
      {R"("columns": {"a": {"field": "total", "skip": true}})", "columns/a", "column"},
      {R"("columns": {"a": {"field": "customer"}})", "columns/a", "required"},
      {R"("columns": {"a": {"field": "customer", "match": "nam"}})", "columns/a/match",
       "unknown_field"},
      {R"("columns": {"a": {"field": "total", "match": "name"}})", "columns/a/match", "import"},
      {R"("columns": {"a": {"field": "total", "format": "D.M.YYYY"}})", "columns/a/format",
       "import"},
      {R"("columns": {"a": {"field": "number", "times": "2"}})", "columns/a/times", "import"},
      {R"("columns": {"a": {"field": "total", "as": "lower"}})", "columns/a/as", "import"},
      {R"("columns": {"a": {"field": "number", "as": "camel"}})", "columns/a/as", "choice"},
      {R"("columns": {"a": {"field": "tax"}})", "columns/a/field", "import"},
      {R"("columns": {"a": {"field": "version"}})", "columns/a/field", "import"},
      {R"("columns": {"a": {"key": true}})", "columns/a/key", "required"},
      {R"("columns": {"a": {"field": "number"}}, "unique_rows": true)", "unique_rows", "required"},
      {R"("columns": {"a": {"field": "number"}}, "users": true)", "users", "import"},
      {R"("columns": {}, "constants": {"state": "opne"})", "constants/state", "import"},
      {R"("columns": {}, "joined": {"number": {"columns": ["a"]}})", "joined/number/columns/0",
       "unknown_column"},
  }));
  CAPTURE(members);
  CHECK(finds(problems_with(members), "data/m.json: " + at, rule, ""));
}

TEST_CASE("rows of users may bring their roles", "[metadata]") {
  CHECK(problems_of(billing_with("data/m.json", R"({"name": "m", "object": "user",
      "file": "m.csv", "users": true, "columns": {"a": {"field": "login"}},
      "constants": {"roles": ["clerk"]}})"))
            .empty());
}

TEST_CASE("a mapping in a request is resolved by itself", "[metadata]") {
  const Bundle bundle = loaded(billing());
  const auto parsed = [](const std::string& text) {
    const auto document = json::Document::parse(text);
    REQUIRE(document);
    const auto map = parse(document->root(), json::To<ImportMap>{});
    REQUIRE(map);
    return *map;
  };
  CHECK(resolve(parsed(R"({"object": "invoice", "columns": {"a": {"field": "total"}}})"), bundle));
  const auto refused =
      resolve(parsed(R"({"object": "invoice", "columns": {"a": {"field": "totl"}}})"), bundle);
  REQUIRE_FALSE(refused);
  CHECK(finds(refused.error().problems, "columns/a/field", "unknown_field", "\"total\"?"));
}

}  // namespace tenon::metadata
