// Random formulas: computed by C++ and by the database, compared here, and written as JSON lines
// with what came out, for the browser's twin to compute too (tests/simulation/formula_twin.mjs).
//
//   formula_fuzz SEED COUNT
//
// Ends with 1 where the database says something else; the last line on stderr counts.
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "tests/simulation/formula_fuzz/cases.h"
#include "tests/simulation/formula_fuzz/expressions.h"
#include "tests/support/formula_database.h"
#include "tests/support/temporary_folder.h"

namespace tenon::fuzz {
namespace {

using support::VectorCase;
using support::VectorFile;

std::string shown(const Value& value) {
  return is_empty(value) ? "(null)" : formula::joined_text(value);
}

bool equals(const Value& a, const Value& b) { return a.index() == b.index() && same(a, b); }

void write_value(json::Writer& writer, Kind kind, const Value& value) {
  if (is_empty(value)) {
    writer.null();
  } else if (kind == Kind::number) {
    writer.text(std::get<Decimal>(value).text());
  } else {
    write(writer, Type{.format = &format_of(kind)}, value);
  }
}

void write_outcome(json::Writer& writer, const formula::Formula& formula,
                   const Result<Value>& result) {
  writer.key("kind").text(name_of(formula.type().kind));
  if (result) {
    writer.key("value");
    write_value(writer, formula.type().kind, *result);
  } else {
    writer.key("evaluates_to_error").text(result.error().problems.front().rule);
  }
}

class Fuzz {
 public:
  Fuzz(std::uint64_t seed, storage::Transaction& tx)
      : chance_(seed),
        file_(support::read_vectors(TENON_SOURCE_DIR "/tests/simulation/formula_fuzz/names.json")),
        expressions_(chance_, file_.names),
        tx_(tx) {
    support::create_table(tx_, file_);
  }

  void run(int count) {
    for (int i = 0; i < count; ++i) step();
    for (const formula::Function* function : formula::functions()) {
      const auto found = expressions_.written().find(function->name);
      if (count >= 2000 && found == expressions_.written().end()) {
        differs(std::string(function->name) + " was never called", "", "");
      }
    }
    std::cerr << count << " formulas, " << values_ << " with a value, " << errors_
              << " with an error, " << refused_ << " refused, " << asked_ << " asked in SQL, "
              << differences_ << " differences\n";
  }
  int differences() const { return differences_; }

 private:
  void step() {
    static const std::vector<std::string> zones{"Europe/Berlin", "America/New_York",
                                                "Asia/Shanghai", "Australia/Lord_Howe", "UTC"};
    file_.zone = calendar::Zone::find(chance_.one_of(zones)).take();
    const VectorCase one = random_case(chance_, file_, expressions_.formula());
    json::Writer writer;
    writer.begin_object();
    write_case(writer, file_, one);
    formula::Needs needs;
    const auto compiled = support::compile(file_, one, needs);
    if (!compiled) {
      ++refused_;
      writer.key("problems").begin_array();
      for (const Problem& problem : compiled.error().problems) {
        writer.begin_array().text(problem.rule).text(problem.at).end_array();
      }
      writer.end_array();
    } else {
      if (compiled->looks_up()) writer.key("looks_up").boolean(true);
      const auto result = evaluated(one, *compiled, needs);
      write_outcome(writer, *compiled, result);
      ask(one, *compiled, needs, result);
    }
    writer.end_object();
    std::cout << writer.view() << '\n';
  }

  Result<Value> evaluated(const VectorCase& one, const formula::Formula& formula,
                          const formula::Needs& needs) {
    const auto paths = support::path_values(one, needs);
    const auto rows = support::row_values(file_, one, needs);
    auto result = formula.evaluate(file_.scope(one, paths, rows));
    ++(result ? values_ : errors_);
    return result;
  }

  // Where there is a value the database has the same; where there is an error it sees it.
  void ask(const VectorCase& one, const formula::Formula& formula, const formula::Needs& needs,
           const Result<Value>& result) {
    if (formula::not_sql(formula)) return;
    ++asked_;
    support::insert(tx_, file_, one);
    if (result) {
      support::AskedFormula asked(file_, one, needs);
      const auto sql = formula::sql_of(formula);
      const Value answer = support::answered(sql, asked.answer(tx_, sql));
      if (!equals(answer, *result)) differs(one.formula, shown(*result), shown(answer));
      ask_in_form(one, formula, asked, *result);
    }
    if (result || result.error().problems.front().rule != "limit") ask_error(one, !result);
  }

  void ask_in_form(const VectorCase& one, const formula::Formula& formula,
                   support::AskedFormula& asked, const Value& result) {
    if (formula.type().kind == Kind::boolean) {
      const Column truth = asked.answer(tx_, formula::sql_condition(formula));
      const bool holds = truth == Column{std::int64_t{1}};
      if (holds != is_true(result)) differs("as condition: " + one.formula, shown(result), "");
    }
    if (formula.type().kind != Kind::number) return;
    constexpr int kScale = 2;
    const auto* number = std::get_if<Decimal>(&result);
    const auto rounded = number != nullptr ? number->rounded(kScale) : Result<Decimal>(Decimal());
    const auto scaled = number != nullptr && rounded ? rounded->scaled(kScale) : std::nullopt;
    const Column answer = asked.answer(tx_, formula::sql_of(formula, kScale));
    if (answer != (scaled ? Column{*scaled} : Column{})) {
      differs("at scale 2: " + one.formula, shown(result), "");
    }
  }

  void ask_error(const VectorCase& one, bool failed) {
    VectorCase wrapped = one;
    wrapped.formula = "ISERROR(" + one.formula + ")";
    formula::Needs needs;
    const auto compiled = support::compile(file_, wrapped, needs);
    if (!compiled) return;
    support::AskedFormula asked(file_, wrapped, needs);
    const bool seen = asked.answer(tx_, formula::sql_of(*compiled)) == Column{std::int64_t{1}};
    if (seen != failed)
      differs(wrapped.formula, failed ? "TRUE" : "FALSE", seen ? "TRUE" : "FALSE");
  }

  void differs(const std::string& formula, const std::string& here, const std::string& there) {
    if (++differences_ > 20) return;
    std::cerr << "SQL differs: " << formula << "\n  C++ " << here << "\n  SQL " << there << '\n';
  }

  Chance chance_;
  VectorFile file_;
  Expressions expressions_;
  storage::Transaction& tx_;
  int values_ = 0;
  int errors_ = 0;
  int refused_ = 0;
  int asked_ = 0;
  int differences_ = 0;
};

int run(std::uint64_t seed, int count) {
  const support::TemporaryFolder folder;
  storage::Database database(support::formula_database(folder.file("fuzz.db")));
  int differences = 0;
  database.writer().run([&](storage::Transaction& tx) {
    Fuzz fuzz(seed, tx);
    fuzz.run(count);
    differences = fuzz.differences();
  });
  return differences == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tenon::fuzz

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("formula_fuzz SEED COUNT\n", stderr);
    return 2;
  }
  return tenon::fuzz::run(std::strtoull(argv[1], nullptr, 10), std::atoi(argv[2]));
}
