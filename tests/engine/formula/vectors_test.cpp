#include <catch2/catch.hpp>

#include "engine/formula/formula.h"
#include "tests/support/formula_vectors.h"

namespace tenon::formula {
namespace {

using support::VectorCase;
using support::VectorFile;

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

void check_case(const VectorFile& file, const VectorCase& one) {
  Needs needs;
  const auto compiled = support::compile(file, one, needs);
  if (!one.problems.empty()) return check_refusal(one, compiled);
  INFO((compiled ? "" : describe(compiled.error())));
  REQUIRE(compiled);
  const auto paths = support::path_values(one, needs);
  const auto result = compiled->evaluate(file.scope(one, paths));
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

}  // namespace

TEST_CASE("every vector evaluates to what it says, or is refused where it says", "[formula]") {
  static const auto files = support::formula_vectors();
  const auto place = GENERATE(range(std::size_t{0}, std::size_t{10}));
  REQUIRE(files.size() == 10);
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
