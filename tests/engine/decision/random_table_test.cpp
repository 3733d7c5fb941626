// Everything a table says is compared with what trying every combination of values says.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "engine/decision/analyse.h"
#include "tests/engine/decision/random_table.h"
#include "tests/engine/decision/vectors.h"

namespace tenon::decision {

using namespace support;

namespace {

using Row = std::vector<Code>;

Value value_of(const Type& type, const Column& column, Code code) {
  if (!code) return {};
  const auto document = json::Document::parse("[" + column.json.at(*code) + "]");
  const auto value = parse(*document->root().begin(), type);
  REQUIRE(value);
  return *value;
}

std::string described(const RandomTable& table, const Row& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += table.columns[i].formula + " = ";
    text += (values[i] ? table.columns[i].json.at(*values[i]) : "null") + "; ";
  }
  return text;
}

// One table, tried with everything.
class Trial {
 public:
  explicit Trial(const RandomTable& table)
      : table_(table),
        asked_(files_of(table)),
        analysis_(analyse(*asked_.table)),
        everything_(table.everything()) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const Column& column = table.columns[i];
      const metadata::Object& object = *asked_.bundle.find(column.object());
      const metadata::Field* field = object.find(column.field());
      const bool is_own = column.object() == "thing";
      slots_.push_back(is_own ? static_cast<std::size_t>(field - object.fields.data())
                              : static_cast<std::size_t>(path_of(i)));
      auto& values = values_.emplace_back();
      for (const Code code : column.values) {
        values[code] = value_of(metadata::type_of(*field), column, code);
      }
    }
  }

  void run() {
    CHECK(analysis_.whole);
    decisions(Code{20});
    decisions(Code{});
    gaps();
    impossible();
    if (table_.hit == "unique" || table_.hit == "any") overlaps();
    if (table_.hit == "first" || table_.hit == "priority") shadows();
    if (table_.hit != "unique" && table_.hit != "any") CHECK(analysis_.overlaps.empty());
    if (table_.hit != "first" && table_.hit != "priority") CHECK(analysis_.shadowed.empty());
  }

 private:
  std::size_t rows() const { return table_.rows.size(); }

  bool is_constant(std::size_t row) const {
    const auto& cells = table_.rows[row].cells;
    return std::none_of(cells.begin(), cells.end(), [](const Cell& c) { return c.is_formula; });
  }

  int path_of(std::size_t input) const {
    return asked_.table->inputs[input].formula.paths().front();
  }

  // A cell with a formula passes what is at least `limit`; without one, all it may ever pass.
  bool passes(std::size_t row, const Row& values, const std::optional<Code>& limit) const {
    const auto& cells = table_.rows[row].cells;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].is_formula) {
        if (limit && !(*limit && values[i] && **limit <= *values[i])) return false;
      } else if (!cells[i].passes(values[i])) {
        return false;
      }
    }
    return true;
  }

  struct Record {
    Values fields;
    Values paths;

    formula::Scope scope() const {
      formula::Scope scope = scope_of(fields);
      scope.paths = paths;
      return scope;
    }
  };

  Record record(const Row& values, Code limit) const {
    Record record{Values(asked_.thing().fields.size()), Values(asked_.needs.paths.size())};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool is_own = table_.columns[i].object() == "thing";
      (is_own ? record.fields : record.paths)[slots_[i]] = values_[i].at(values[i]);
    }
    if (limit) {
      const metadata::Field* field = asked_.thing().find("limit");
      record.fields[static_cast<std::size_t>(field - asked_.thing().fields.data())] =
          Decimal::of(*limit / 10);
    }
    return record;
  }

  // The places of a choice's empty value and of the others, the first highest.
  static std::vector<int> rank(const Row& results) {
    return {results[0].value_or(9), results[1].value_or(9)};
  }

  std::string written(const std::vector<int>& rows, const std::vector<Row>& results,
                      bool otherwise) const {
    std::string text = otherwise ? "default" : "";
    for (const int row : rows) text += " " + std::to_string(row);
    for (const Row& result : results) {
      text += " |";
      for (const Code code : result) text += " " + (code ? std::to_string(*code) : "null");
    }
    return text;
  }

  std::string written(const Decision& decision) const {
    std::vector<Row> results;
    for (const Values& values : decision.results) {
      Row& row = results.emplace_back();
      for (const Value& value : values) row.push_back(code_of(value));
    }
    return written(decision.rows, results, decision.otherwise);
  }

  static Code code_of(const Value& value) {
    if (is_empty(value)) return {};
    if (const auto* number = std::get_if<Decimal>(&value)) {
      return static_cast<int>(*number->whole());
    }
    const std::string& text = std::get<std::string>(value);
    return text == "one" ? 0 : text == "two" ? 1 : 2;
  }

  // What the hit policy makes of the rows that apply.
  std::string expected(std::vector<int> hits) const {
    const auto results_of = [&](int row) {
      return table_.rows[static_cast<std::size_t>(row)].results;
    };
    if (table_.collect == "count") {
      return written(hits, {{static_cast<int>(hits.size())}}, false);
    }
    if (hits.empty()) {
      if (!table_.has_default) return written({}, {}, false);
      return written({}, {table_.outputs == 1 ? Row{7} : Row{{}, {}, 7}}, true);
    }
    if (table_.hit == "unique" && hits.size() > 1) return "decision.unique";
    if (table_.hit == "any") {
      for (const int row : hits) {
        if (results_of(row) != results_of(hits[0])) return "decision.any";
      }
      return written(hits, {results_of(hits[0])}, false);
    }
    if (table_.hit == "priority" || table_.hit == "output_order") {
      std::stable_sort(hits.begin(), hits.end(),
                       [&](int a, int b) { return rank(results_of(a)) < rank(results_of(b)); });
    }
    if (table_.hit == "first" || table_.hit == "priority") hits.resize(1);
    std::vector<Row> results;
    for (const int row : hits) results.push_back(results_of(row));
    if (!table_.collect.empty() && table_.collect != "list") results = {{aggregated(results)}};
    return written(hits, results, false);
  }

  Code aggregated(const std::vector<Row>& results) const {
    Code made;
    for (const Row& result : results) {
      if (!result[0]) continue;
      const int next = *result[0];
      if (!made)
        made = next;
      else if (table_.collect == "sum")
        made = *made + next;
      else if (table_.collect == "min")
        made = std::min(*made, next);
      else
        made = std::max(*made, next);
    }
    return made;
  }

  // By the index, by a walk over the rows, and as explained.
  void decisions(Code limit) {
    for (const Row& values : everything_) {
      std::vector<int> hits;
      for (std::size_t row = 0; row < rows(); ++row) {
        if (passes(row, values, limit)) hits.push_back(static_cast<int>(row));
      }
      const Record record = this->record(values, limit);
      const auto scope = record.scope();
      const std::vector<decision::Row> elsewhere = asked_.table->rows;
      const auto told = [&](const Result<Decision>& decision) {
        return decision ? written(*decision) : decision.error().problems[0].rule;
      };
      const std::string wanted = expected(hits);
      const std::string indexed = told(decide(*asked_.table, scope));
      const std::string walked = told(decide(*asked_.table, elsewhere, scope));
      const auto explanation = explain(*asked_.table, asked_.table->rows, scope);
      REQUIRE(explanation);
      std::vector<int> applying;
      for (std::size_t row = 0; row < rows(); ++row) {
        if (explanation->rows[row].applies) applying.push_back(static_cast<int>(row));
      }
      if (indexed == wanted && walked == wanted && applying == hits) continue;
      INFO(described(table_, values) << "limit " << limit.value_or(-1));
      CHECK(indexed == wanted);
      CHECK(walked == wanted);
      CHECK(applying == hits);
      return;
    }
  }

  // What was found, read back as the cells of a table of its own.
  Asked read_back(const std::vector<std::vector<std::string>>& found) const {
    RandomTable table = table_;
    table.hit = "rule_order";
    table.collect.clear();
    table.has_default = false;
    table.rows.clear();
    for (const auto& cells : found) {
      RandomRow& row = table.rows.emplace_back();
      for (const std::string& cell : cells) row.cells.push_back({.text = cell});
    }
    return Asked(files_of(table));
  }

  std::vector<int> holding(const Asked& back, const Row& values) const {
    const Record record = this->record(values, {});
    const auto decision = decide(*back.table, record.scope());
    REQUIRE(decision);
    return decision->rows;
  }

  void gaps() {
    std::vector<std::vector<std::string>> cells;
    for (const Gap& gap : analysis_.gaps) cells.push_back(gap.cells);
    std::optional<Asked> back;
    if (!cells.empty()) back.emplace(read_back(cells));
    std::set<int> met;
    for (const Row& values : everything_) {
      bool is_open = true;
      for (std::size_t row = 0; row < rows(); ++row) {
        is_open = is_open && !passes(row, values, {});
      }
      const auto found = back ? holding(*back, values) : std::vector<int>{};
      met.insert(found.begin(), found.end());
      const bool said =
          is_open ? found.size() == 1 || (found.empty() && analysis_.more_gaps) : found.empty();
      if (said) continue;
      INFO(described(table_, values) << (is_open ? "is open" : "is none"));
      CHECK(said);
      return;
    }
    CHECK(met.size() == analysis_.gaps.size());  // None is of nothing.
  }

  void impossible() {
    std::vector<int> expected;
    for (std::size_t row = 0; row < rows(); ++row) {
      if (!is_possible(row)) expected.push_back(static_cast<int>(row));
    }
    CHECK(analysis_.impossible == expected);
  }

  bool is_possible(std::size_t row) const {
    return std::any_of(everything_.begin(), everything_.end(),
                       [&](const Row& values) { return passes(row, values, {}); });
  }

  void overlaps() {
    std::vector<std::vector<std::string>> cells;
    for (const Overlap& overlap : analysis_.overlaps) {
      cells.push_back(overlap.cells);
      const auto results = [&](int row) {
        return table_.rows[static_cast<std::size_t>(row)].results;
      };
      CHECK(overlap.agrees == (results(overlap.first) == results(overlap.second)));
      CHECK(overlap.differs != overlap.agrees);
    }
    std::optional<Asked> back;
    if (!cells.empty()) back.emplace(read_back(cells));
    std::set<std::pair<int, int>> expected;
    for (const Row& values : everything_) {
      std::vector<int> meeting;
      const auto constant = constant_hits(values);
      for (std::size_t i = 0; i < analysis_.overlaps.size(); ++i) {
        const Overlap& overlap = analysis_.overlaps[i];
        if (constant.contains(overlap.first) && constant.contains(overlap.second)) {
          meeting.push_back(static_cast<int>(i));
        }
      }
      for (const int a : constant) {
        for (const int b : constant) {
          if (a < b) expected.emplace(a, b);
        }
      }
      if (!back || holding(*back, values) == meeting) continue;
      INFO(described(table_, values));
      CHECK(holding(*back, values) == meeting);
      return;
    }
    std::set<std::pair<int, int>> found;
    for (const Overlap& overlap : analysis_.overlaps) found.emplace(overlap.first, overlap.second);
    CHECK(std::includes(expected.begin(), expected.end(), found.begin(), found.end()));
    // Those that agree are named up to a bound of their own where the policy lets them meet.
    std::size_t harmless = 0;
    std::size_t harmless_left_out = 0;
    std::size_t left_out = 0;
    for (const auto& pair : expected) {
      const bool agrees = table_.rows[static_cast<std::size_t>(pair.first)].results ==
                          table_.rows[static_cast<std::size_t>(pair.second)].results;
      const bool is_harmless = table_.hit == "any" && agrees;
      harmless += is_harmless ? 1 : 0;
      if (!found.contains(pair)) ++(is_harmless ? harmless_left_out : left_out);
    }
    const bool whole = harmless - harmless_left_out == std::min(harmless, kReportedMax);
    CHECK((whole || analysis_.more_overlaps));
    CHECK(analysis_.more_overlaps == (left_out > 0));
    CHECK((left_out == 0 || found.size() >= kReportedMax));
  }

  std::set<int> constant_hits(const Row& values) const {
    std::set<int> hits;
    for (std::size_t row = 0; row < rows(); ++row) {
      if (is_constant(row) && passes(row, values, {})) hits.insert(static_cast<int>(row));
    }
    return hits;
  }

  void shadows() {
    std::vector<int> expected;
    for (std::size_t row = 0; row < rows(); ++row) {
      if (is_possible(row) && is_shadowed(row)) expected.push_back(static_cast<int>(row));
    }
    CHECK(analysis_.shadowed == expected);
  }

  bool is_shadowed(std::size_t row) const {
    return std::all_of(everything_.begin(), everything_.end(), [&](const Row& values) {
      if (!passes(row, values, {})) return true;
      const auto hits = constant_hits(values);
      return std::any_of(hits.begin(), hits.end(),
                         [&](int other) { return wins(static_cast<std::size_t>(other), row); });
    });
  }

  bool wins(std::size_t a, std::size_t b) const {
    if (a == b) return false;
    if (table_.hit == "first") return a < b;
    const auto left = rank(table_.rows[a].results);
    const auto right = rank(table_.rows[b].results);
    return left == right ? a < b : left < right;
  }

  const RandomTable& table_;
  Asked asked_;
  Analysis analysis_;
  std::vector<Row> everything_;
  std::vector<std::size_t> slots_;
  std::vector<std::map<Code, Value>> values_;
};

int from_environment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

}  // namespace

TEST_CASE("what is said of a table is what trying everything says", "[decision][random]") {
  const int first = from_environment("TENON_SEED", 1);
  const int count = from_environment("TENON_TABLES", 300);
  for (int seed = first; seed < first + count; ++seed) {
    const RandomTable table = random_table(static_cast<unsigned>(seed));
    INFO("seed " << seed << ": " << table.json());
    Trial(table).run();
  }
}

}  // namespace tenon::decision
