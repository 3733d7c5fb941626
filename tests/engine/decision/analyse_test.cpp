#include "engine/decision/analyse.h"

#include <random>
#include <set>

#include "engine/decision/check.h"
#include "tests/engine/decision/vectors.h"

namespace tenon::decision {

using namespace support;

namespace {

std::string written(const std::vector<Gap>& gaps) {
  json::Writer writer;
  writer.begin_array();
  for (const Gap& gap : gaps) {
    writer.begin_array();
    for (const std::string& cell : gap.cells) writer.text(cell);
    writer.end_array();
  }
  writer.end_array();
  return writer.take();
}

std::string written(const std::vector<Overlap>& overlaps) {
  json::Writer writer;
  writer.begin_array();
  for (const Overlap& overlap : overlaps) {
    writer.begin_array().integer(overlap.first).integer(overlap.second).begin_array();
    for (const std::string& cell : overlap.cells) writer.text(cell);
    writer.end_array().end_array();
  }
  writer.end_array();
  return writer.take();
}

std::vector<std::string> rules(const std::vector<Problem>& problems) {
  std::vector<std::string> rules;
  for (const Problem& problem : problems) rules.push_back(problem.rule);
  return rules;
}

}  // namespace

TEST_CASE("gaps, overlaps and rows in vain are found, and nothing else", "[decision]") {
  const auto document = read_vectors("analysis");
  for (const json::Reader one : document.root().at("cases")) {
    INFO(*one.at("name").text());
    const Asked asked(files_of(document.root(), text_of(one.at("table"))));
    const Analysis analysis = analyse(*asked.table);
    CHECK(analysis.whole);
    CHECK(written(analysis.gaps) == text_of(one.at("gaps")));
    CHECK(written(analysis.overlaps) == text_of(one.at("overlaps")));
    CHECK(analysis.shadowed == numbers(one.at("shadowed")));
    CHECK(analysis.impossible == numbers(one.at("impossible")));
    const auto findings = check(asked.bundle);
    if (const auto problems = one.member("problems")) {
      CHECK(rules(findings.problems) == texts(*problems));
    }
    if (const auto warnings = one.member("warnings")) {
      CHECK(rules(findings.warnings) == texts(*warnings));
    }
  }
}

TEST_CASE("what is found says where, in words of the table", "[decision]") {
  const auto document = read_vectors("analysis");
  const Asked asked(files_of(document.root(), R"({"name": "t", "object": "thing", "hit": "unique",
      "inputs": [{"name": "count", "formula": "count"}, {"name": "kind", "formula": "kind"}],
      "outputs": [{"name": "who", "label": "Who", "type": "text"}],
      "rows": [{"when": {"count": "<= 5", "kind": "\"a\""}, "then": {"who": "\"x\""}},
               {"when": {"count": ">= 5"}, "then": {"who": "\"y\""}}]})"));
  const auto findings = check(asked.bundle);
  REQUIRE(findings.problems.size() == 1);
  CHECK(findings.problems[0].at == "tables/t.json: rows/1");
  CHECK(findings.problems[0].message ==
        "rows 1 and 2 apply together where count is 5 and kind is \"a\"");
  REQUIRE(findings.warnings.size() == 1);
  CHECK(findings.warnings[0].message ==
        "no row applies where count is [0..5) and kind is \"b\", \"c\"");
}

TEST_CASE("two hundred rows of six inputs are looked at within the bound", "[decision]") {
  std::string rows;
  for (int i = 0; i < 200; ++i) {
    rows += std::string(i == 0 ? "" : ",") + R"({"when": {"amount": "[)" + std::to_string(i % 20) +
            ".." + std::to_string(i % 20 + 3) + R"(]", "region": "\"r)" + std::to_string(i % 37) +
            R"(\"", "price": ">= )" + std::to_string(i) + R"("}, "then": {"who": "\"x\""}})";
  }
  const auto document = read_vectors("analysis");
  const Asked asked(files_of(document.root(),
                             R"({"name": "t", "object": "thing", "hit": "first",
      "inputs": [{"name": "amount", "formula": "amount"}, {"name": "region", "formula": "region"},
                 {"name": "price", "formula": "price"}, {"name": "kind", "formula": "kind"},
                 {"name": "urgent", "formula": "urgent"}, {"name": "day", "formula": "day"}],
      "outputs": [{"name": "who", "label": "Who", "type": "text"}], "rows": [)" +
                                 rows + "]}"));
  const Analysis analysis = analyse(*asked.table);
  CHECK(analysis.whole);
  CHECK(analysis.gaps.size() == kReportedMax);
  CHECK(analysis.more_gaps);
  CHECK(rules(check(asked.bundle).warnings).back() == "decision.more");
}

TEST_CASE("of any, rows that agree leave room to name those that do not", "[decision]") {
  std::string rows;
  for (int i = 0; i < 30; ++i) rows += R"({"then": {"who": "\"x\""}}, )";
  const auto document = read_vectors("analysis");
  const Asked asked(files_of(document.root(), R"({"name": "t", "object": "thing", "hit": "any",
      "inputs": [{"name": "count", "formula": "count"}],
      "outputs": [{"name": "who", "label": "Who", "type": "text"}], "rows": [)" +
                                                  rows +
                                                  R"({"when": {"count": "10"},
                                                      "then": {"who": "\"y\""}}]})"));
  const auto findings = check(asked.bundle);
  REQUIRE(findings.problems.size() == kReportedMax);
  CHECK(findings.problems[0].message ==
        "rows 1 and 31 apply together where count is 10, and do not say the same");
  REQUIRE(findings.warnings.size() == 1);
  CHECK(findings.warnings[0].rule == "decision.more");
}

TEST_CASE("of two thousand rows every two are looked at", "[decision]") {
  std::string rows;
  for (int i = 0; i < 2000; ++i) {
    rows += std::string(i == 0 ? "" : ",") + R"({"when": {"amount": "[)" + std::to_string(i * 10) +
            ".." + std::to_string(i * 10 + (i == 1998 ? 10 : 9)) +
            R"(]"}, "then": {"who": "\"x\""}})";
  }
  const auto document = read_vectors("analysis");
  const Asked asked(files_of(document.root(), R"({"name": "t", "object": "thing", "hit": "unique",
      "inputs": [{"name": "amount", "formula": "amount"}],
      "outputs": [{"name": "who", "label": "Who", "type": "text"}], "rows": [)" +
                                                  rows + "]}"));
  const Analysis analysis = analyse(*asked.table);
  CHECK(analysis.whole);
  CHECK(written(analysis.overlaps) == R"([[1998,1999,["19990"]]])");
  CHECK(written(analysis.gaps) == R"([["< 0, > 19999, null"]])");
}

TEST_CASE("a table too large to be looked at whole says so", "[decision]") {
  constexpr int kInputs = 38;
  std::string inputs;
  for (int i = 0; i < kInputs; ++i) {
    inputs += std::string(i == 0 ? "" : ",") + R"({"name": "i)" + std::to_string(i) +
              R"(", "formula": "count"})";
  }
  // Three of the inputs in each row: about as many rows as it takes to leave nothing open.
  std::mt19937 random(1126);
  std::string rows;
  for (int i = 0; i < 230; ++i) {
    std::set<unsigned> tested;
    while (tested.size() < 3) tested.insert(static_cast<unsigned>(random()) % kInputs);
    std::string when;
    for (const unsigned input : tested) {
      when += std::string(when.empty() ? "" : ",") + R"("i)" + std::to_string(input) + R"(": ")" +
              (random() % 2 == 0 ? "> 5" : "<= 5") + "\"";
    }
    rows +=
        std::string(i == 0 ? "" : ",") + R"({"when": {)" + when + R"(}, "then": {"who": "\"x\""}})";
  }
  const auto document = read_vectors("analysis");
  const Asked asked(files_of(document.root(), R"({"name": "t", "object": "thing", "hit": "first",
      "inputs": [)" + inputs + R"(],
      "outputs": [{"name": "who", "label": "Who", "type": "text"}], "rows": [)" +
                                                  rows + "]}"));
  CHECK(rules(check(asked.bundle).warnings).back() == "decision.large");
}

}  // namespace tenon::decision
