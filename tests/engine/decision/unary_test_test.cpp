#include <random>

#include "engine/metadata/check.h"
#include "tests/engine/decision/vectors.h"

namespace tenon::decision {

using namespace support;

namespace {

// A table of one row whose one cell is the case's test.
metadata::Files files_for(json::Reader one) {
  json::Writer fields;
  fields.begin_array();
  const auto field = [&](std::string_view name, std::string_view type) {
    fields.begin_object().key("name").text(name).key("label").text(name).key("type").text(type);
    const auto options = one.member("options");
    if (options && name == "value") {
      fields.key("options").begin_array();
      for (const json::Reader option : *options) {
        fields.begin_object().key("name").text(*option.text());
        fields.key("label").text(*option.text()).end_object();
      }
      fields.end_array();
    }
    fields.end_object();
  };
  field("title", "text");
  field("value", *one.at("type").text());
  field("other", "integer");
  fields.end_array();
  json::Writer table;
  table.begin_object().key("name").text("t").key("object").text("thing");
  table.key("inputs").raw(R"([{"name": "value", "formula": "value"}])");
  table.key("outputs").raw(R"([{"name": "out", "label": "Out", "type": "boolean"}])");
  table.key("hit").text("first").key("rows").begin_array().begin_object();
  table.key("when").begin_object().key("value").text(*one.at("test").text()).end_object();
  table.key("then").raw(R"({"out": "true"})").end_object().end_array().end_object();
  return files_with(fields.take(), table.take());
}

bool applies(const Asked& asked, json::Reader one, json::Reader value) {
  json::Writer writer;
  writer.begin_object().key("value").raw(text_of(value));
  if (const auto other = one.member("other")) writer.key("other").raw(text_of(*other));
  writer.end_object();
  const auto given = json::Document::parse(writer.take());
  const Values values = asked.values(given->root());
  const auto indexed = decide(*asked.table, scope_of(values));
  REQUIRE(indexed);
  // The same rows without the index answer the same.
  const std::vector<Row> rows = asked.table->rows;
  const auto one_by_one = decide(*asked.table, rows, scope_of(values));
  REQUIRE(one_by_one);
  CHECK(indexed->rows == one_by_one->rows);
  return !indexed->rows.empty();
}

}  // namespace

TEST_CASE("a cell passes the values it says", "[decision]") {
  const auto document = read_vectors("unary");
  for (const json::Reader one : document.root().at("cases")) {
    CAPTURE(text_of(one));
    const auto files = files_for(one);
    if (const auto refused = one.member("refused")) {
      const auto problems = metadata::check(files, &metadata::system_bundle()).problems;
      REQUIRE_FALSE(problems.empty());
      for (const Problem& problem : problems) {
        CHECK(problem.at == "tables/t.json: rows/0/when/value");
        CHECK(problem.rule == *refused->text());
      }
      if (const auto says = one.member("says")) {
        CHECK(problems[0].message.find(*says->text()) != std::string::npos);
      }
      continue;
    }
    const Asked asked(files);
    for (const json::Reader value : one.at("passes")) CHECK(applies(asked, one, value));
    for (const json::Reader value : one.at("fails")) CHECK_FALSE(applies(asked, one, value));
  }
}

TEST_CASE("a cell keeps its signs when a field it names is renamed", "[decision]") {
  const auto spans = metadata::parse_unary_test("not(>= a, [b..c) ,\"x, y\")");
  REQUIRE(spans);
  CHECK(spans->negated);
  std::vector<std::string> pieces;
  for (const auto& span : spans->formulas()) {
    pieces.emplace_back(span.in("not(>= a, [b..c) ,\"x, y\")"));
  }
  CHECK(pieces == std::vector<std::string>{"a", "b", "c", "\"x, y\""});
}

TEST_CASE("whatever stands in a cell is read within its bounds", "[decision]") {
  constexpr std::string_view kPieces[] = {
      "[",  "]", "(", ")",    "..", ",", "-", "not",   "in",  "<",      "=",       "\"",     "/*",
      "*/", " ", "1", "null", ">=", "a", ".", "\"b\"", "@\"", "\u3000", "between", "date(\""};
  std::mt19937 random(1127);
  for (int round = 0; round < 20'000; ++round) {
    std::string cell;
    for (auto count = random() % 9; count > 0; --count)
      cell += kPieces[random() % std::size(kPieces)];
    const auto test = metadata::parse_unary_test(cell);
    if (!test) {
      CHECK(test.error().problems.size() == 1);
      continue;
    }
    std::size_t done = 0;
    for (const auto& span : test->formulas()) {
      const bool follows = done <= span.begin && span.begin < span.end && span.end <= cell.size();
      INFO(cell);
      if (!follows) CHECK(follows);
      done = span.end;
    }
  }
}

}  // namespace tenon::decision
