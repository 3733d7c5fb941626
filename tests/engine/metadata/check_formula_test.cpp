#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing_with;
using support::billing_with_field;
using support::finds;
using support::loaded;
using support::problems_of;

namespace {

std::string formula_field(const std::string& name, const std::string& formula) {
  return R"({"name": ")" + name + R"(", "label": "F", "type": "formula", "formula": ")" + formula +
         "\"}";
}

}  // namespace

TEST_CASE("a formula that cannot be typed is told with its position", "[metadata]") {
  const auto problems = problems_of(billing_with_field(formula_field("f", "nmae")));
  CHECK(finds(problems, "objects/thing.json: fields/1/formula", "formula.unknown", "at 0-4: "));
  CHECK(problems.front().message.find("name") != std::string::npos);
  CHECK(finds(problems_of(billing_with_field(formula_field("f", "name +"))),
              "objects/thing.json: fields/1/formula", "formula.syntax", "at "));
  CHECK(finds(problems_of(billing_with_field(formula_field("f", "name * 2"))),
              "objects/thing.json: fields/1/formula", "formula.type", "at "));
}

TEST_CASE("positions are those of the text as it was written", "[metadata]") {
  const std::string renamed = R"({"id": "a_much_longer_name", "name": "x", "label": "X",
                                  "type": "text"},)";
  const auto problems = problems_of(billing_with_field(renamed + formula_field("f", "1 + x")));
  CHECK(finds(problems, "objects/thing.json: fields/2/formula", "formula.type", "at 0-5: "));
}

TEST_CASE("formula fields may build on each other, in any order", "[metadata]") {
  const auto files =
      billing_with_field(formula_field("a", "b + 1") + "," + formula_field("b", "c + 1") + "," +
                         formula_field("c", "LEN(name)"));
  CHECK(loaded(files).find("thing")->find("a")->result == Kind::number);
}

TEST_CASE("a formula never needs its own result", "[metadata]") {
  CHECK(finds(problems_of(billing_with_field(formula_field("a", "a + 1"))),
              "objects/thing.json: fields/1/formula", "formula.cycle", "thing.a → thing.a"));
  CHECK(finds(problems_of(billing_with_field(formula_field("a", "b + 1") + "," +
                                             formula_field("b", "a + 1") + "," +
                                             formula_field("c", "a + 1"))),
              "objects/thing.json: fields/1/formula", "formula.cycle",
              "thing.a → thing.b → thing.a"));
}

TEST_CASE("a cycle is found across objects", "[metadata]") {
  Files files = billing_with_field(
      R"({"name": "other", "label": "O", "type": "reference", "to": "thing2"},)" +
      formula_field("a", "other.b + 1"));
  files["objects/thing2.json"] = R"({"name": "thing2", "label": "T", "label_plural": "T",
    "title_field": "name", "fields": [{"name": "name", "label": "N", "type": "text"},
    {"name": "back", "label": "B", "type": "reference", "to": "thing"},)" +
                                 formula_field("b", "back.a + 1") + "]}";
  const auto problems = problems_of(files);
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().rule == "formula.cycle");
}

TEST_CASE("what is wrong with a field's formula is not said again where it is used", "[metadata]") {
  Files files = billing_with_field(formula_field("f", "nothing"));
  files["rules/r.json"] = R"({"name": "r", "object": "thing", "when": "f > 3", "effect": "reject",
                              "message": "No."})";
  CHECK(finds(problems_of(files), "objects/thing.json: fields/1/formula", "formula.unknown", ""));
}

TEST_CASE("a default formula yields what the field holds", "[metadata]") {
  CHECK(problems_of(billing_with_field(R"({"name": "f", "label": "F", "type": "date",
                                           "default_formula": "$today"})"))
            .empty());
  CHECK(problems_of(billing_with_field(R"({"name": "f", "label": "F", "type": "user",
                                           "default_formula": "$user"})"))
            .empty());
  CHECK(finds(problems_of(billing_with_field(R"({"name": "f", "label": "F", "type": "date",
                                                 "default_formula": "1"})")),
              "objects/thing.json: fields/1/default_formula", "formula.type", "at "));
}

}  // namespace tenon::metadata
