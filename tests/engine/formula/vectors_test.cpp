#include <catch2/catch.hpp>

#include "engine/formula/explain.h"
#include "engine/formula/functions.h"
#include "tests/support/formula_vectors.h"

namespace tenon::formula {
namespace {

using support::VectorCase;
using support::VectorFile;
using support::VectorPart;

void check_refusal(const VectorCase& one, const Result<Formula>& compiled) {
  REQUIRE_FALSE(compiled);
  const auto& problems = compiled.error().problems;
  INFO(describe(compiled.error()));
  REQUIRE(problems.size() >= one.problems.size());
  if (!one.only_first) CHECK(problems.size() == one.problems.size());
  for (std::size_t i = 0; i < one.problems.size(); ++i) {
    CHECK(problems[i].rule == one.problems[i].first);
    CHECK(problems[i].at == one.problems[i].second);
  }
  if (!one.suggests.empty()) {
    CHECK(problems[0].message.find("\"" + one.suggests + "\"") != std::string::npos);
  }
}

std::string found_text(const Finding& finding) {
  if (const auto* calendar = std::get_if<FoundCalendar>(&finding)) {
    return calendar->is_there ? calendar->name : "nothing";
  }
  const auto* rate = std::get_if<FoundRate>(&finding);
  if (rate == nullptr || rate->is_same) return "";
  std::string text;
  for (const UsedRate& used : rate->used) {
    text += (text.empty() ? "" : ", ") + used.from + "/" + used.to + " " + text_of(used.rate.date) +
            " " + used.rate.rate.text();
  }
  return text.empty() ? "nothing" : text;
}

void add_parts(const Explanation& part, const std::string& text, int depth,
               std::vector<VectorPart>& parts) {
  std::string outcome = "-";
  if (part.state == Explanation::State::value) outcome = joined_text(part.value);
  if (part.state == Explanation::State::error) outcome = "!" + part.rule;
  const auto begin = static_cast<std::size_t>(part.begin);
  parts.push_back({depth, text.substr(begin, static_cast<std::size_t>(part.end) - begin), outcome,
                   found_text(part.finding)});
  for (const Explanation& inner : part.parts) add_parts(inner, text, depth + 1, parts);
}

void check_explanation(const VectorCase& one, const Formula& formula, const Scope& scope) {
  if (one.explanation.empty()) return;
  std::vector<VectorPart> parts;
  add_parts(explain(formula, scope), one.formula, 0, parts);
  for (const VectorPart& part : parts) {
    UNSCOPED_INFO(part.depth << " " << part.text << " = " << part.outcome << " " << part.found);
  }
  CHECK(parts == one.explanation);
}

void check_case(const VectorFile& file, const VectorCase& one) {
  Needs needs;
  const auto compiled = support::compile(file, one, needs);
  if (!one.problems.empty()) return check_refusal(one, compiled);
  INFO((compiled ? "" : describe(compiled.error())));
  REQUIRE(compiled);
  const auto paths = support::path_values(one, needs);
  const auto rows = support::row_values(file, one, needs);
  const auto scope = file.scope(one, paths, rows);
  check_explanation(one, *compiled, scope);
  const auto result = compiled->evaluate(scope);
  if (!one.error.empty()) {
    REQUIRE_FALSE(result);
    CHECK(result.error().problems.front().rule == one.error);
    return;
  }
  INFO((result ? text_of(tenon::Type{.format = &format_of(compiled->type().kind), .scale = 34},
                         *result)
               : describe(result.error())));
  REQUIRE(result);
  CHECK(name_of(compiled->type().kind) == one.result_kind);
  CHECK(result->index() == one.result.index());
  if (result->index() == one.result.index()) CHECK(same(*result, one.result));
}

constexpr std::size_t kFiles = 17;

}  // namespace

TEST_CASE("every vector evaluates to what it says, or is refused where it says", "[formula]") {
  static const auto files = support::formula_vectors();
  const auto place = GENERATE(range(std::size_t{0}, kFiles));
  REQUIRE(files.size() == kFiles);
  for (const VectorCase& one : files[place].cases) {
    CAPTURE(files[place].name, one.formula);
    check_case(files[place], one);
  }
}

TEST_CASE("there are vectors of all sorts", "[formula]") {
  std::size_t count = 0;
  for (const VectorFile& file : support::formula_vectors()) count += file.cases.size();
  CHECK(count >= 400);
}

}  // namespace tenon::formula
