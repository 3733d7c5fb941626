// Every vector of the formula language once more, computed by the database from a real table.
#include <catch2/catch.hpp>

#include "tests/support/formula_database.h"
#include "tests/support/temporary_folder.h"

namespace tenon {
namespace {

using support::AskedFormula;
using support::VectorCase;
using support::VectorFile;

void check_scaled(storage::Transaction& tx, AskedFormula& asked, const formula::Formula& formula,
                  const Decimal& number) {
  constexpr int kScale = 3;
  const auto rounded = number.rounded(kScale);
  const auto wanted = rounded ? rounded->scaled(kScale) : std::nullopt;
  const Column answer = asked.answer(tx, formula::sql_of(formula, kScale));
  CHECK(answer == (wanted ? Column{*wanted} : Column{}));
}

void check_case(storage::Transaction& tx, const VectorFile& file, const VectorCase& one) {
  formula::Needs needs;
  const auto compiled = support::compile(file, one, needs);
  REQUIRE(compiled);
  if (formula::not_sql(*compiled)) return;
  support::insert(tx, file, one);
  AskedFormula asked(file, one, needs);
  const formula::Sql sql = formula::sql_of(*compiled);
  const Column answer = asked.answer(tx, sql);
  if (!one.error.empty()) {
    CHECK(answer == one.in_sql.value_or(Column{}));
    return;
  }
  const Value result = support::answered(sql, answer);
  CHECK(result.index() == one.result.index());
  if (result.index() == one.result.index()) CHECK(same(result, one.result));
  if (const auto* number = std::get_if<Decimal>(&one.result)) {
    check_scaled(tx, asked, *compiled, *number);
  }
  if (compiled->type().kind != Kind::boolean) return;
  const Column truth = asked.answer(tx, formula::sql_condition(*compiled));
  CHECK((truth == Column{std::int64_t{1}}) == is_true(one.result));
}

}  // namespace

TEST_CASE("the database computes what every vector says", "[formula][storage]") {
  static const auto files = support::formula_vectors();
  const VectorFile& file = files[GENERATE(range(std::size_t{0}, files.size()))];
  const support::TemporaryFolder folder;
  storage::Database database(support::formula_database(folder.file("vectors.db")));
  database.writer().run([&](storage::Transaction& tx) {
    support::create_table(tx, file);
    for (const VectorCase& one : file.cases) {
      if (!one.problems.empty()) continue;
      CAPTURE(file.name, one.formula);
      check_case(tx, file, one);
    }
  });
}

}  // namespace tenon
