#include "engine/decision/decide.h"

#include <algorithm>

#include "engine/decision/grid.h"
#include "engine/decision/tests.h"

namespace tenon::decision {
namespace {

Error at(std::string place, Error error) {
  for (Problem& problem : error.problems) problem.at = place;
  return error;
}

class Asking {
 public:
  Asking(const Table& table, std::span<const Row> rows, const formula::Scope& scope)
      : table_(table), rows_(rows), scope_(scope) {}

  Result<bool> applies(std::size_t row, const Values& inputs) const {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      auto holds = passes(rows_[row].tests[i], inputs[i], scope_);
      if (!holds) {
        return at("rows/" + std::to_string(row) + "/when/" + table_.inputs[i].name,
                  std::move(holds.error()));
      }
      if (!*holds) return false;
    }
    return true;
  }

  // `first`: no more than the first one is wanted.
  Result<std::vector<int>> hits(const Values& inputs, bool first) const {
    std::vector<int> hits;
    const bool indexed = table_.grid != nullptr && rows_.data() == table_.rows.data();
    const Bits candidates =
        indexed ? table_.grid->candidates(inputs) : Bits(rows_.size(), !rows_.empty());
    for (std::size_t row = candidates.next(0); row < rows_.size(); row = candidates.next(row + 1)) {
      if (!indexed || !table_.grid->constant_rows().has(row)) {
        TENON_TRY(const bool hit, applies(row, inputs));
        if (!hit) continue;
      }
      hits.push_back(static_cast<int>(row));
      if (first) break;
    }
    return hits;
  }

  Result<Values> results(int row) const {
    Values values;
    for (std::size_t i = 0; i < table_.outputs.size(); ++i) {
      const Operand& operand = rows_[static_cast<std::size_t>(row)].results[i];
      auto value = value_of(operand, scope_);
      if (value) value = coerce(table_.outputs[i].type, value.take());
      if (!value) {
        return at("rows/" + std::to_string(row) + "/then/" + table_.outputs[i].name,
                  std::move(value.error()));
      }
      values.push_back(value.take());
    }
    return values;
  }

  Result<Decision> decide(const std::vector<int>& hits) const {
    if (table_.hit == Hit::collect && table_.collect == Collect::count) return counted(hits);
    if (hits.empty()) return otherwise();
    if (table_.hit == Hit::unique && hits.size() > 1) return not_unique(hits);
    Decision decision;
    for (const int row : hits) {
      TENON_TRY(auto values, results(row));
      decision.rows.push_back(row);
      decision.results.push_back(std::move(values));
    }
    switch (table_.hit) {
      case Hit::unique:
      case Hit::first:
      case Hit::rule_order: return decision;
      case Hit::any: return any(std::move(decision));
      case Hit::priority: {
        TENON_TRY(auto ranked, by_priority(std::move(decision)));
        ranked.rows.resize(1);
        ranked.results.resize(1);
        return ranked;
      }
      case Hit::output_order: return by_priority(std::move(decision));
      case Hit::collect: return collected(std::move(decision));
    }
    return decision;
  }

 private:
  Result<Decision> otherwise() const {
    Decision decision;
    Values values;
    for (const Output& output : table_.outputs) {
      decision.otherwise = decision.otherwise || output.otherwise.has_value();
      auto value = output.otherwise ? value_of(*output.otherwise, scope_) : Result<Value>(Value{});
      if (value) value = coerce(output.type, value.take());
      if (!value) return at("outputs/" + output.name, std::move(value.error()));
      values.push_back(value.take());
    }
    if (decision.otherwise) decision.results.push_back(std::move(values));
    return decision;
  }

  std::string named(const std::vector<int>& rows) const {
    std::string text;
    for (const int row : rows) text += (text.empty() ? "" : ", ") + std::to_string(row + 1);
    return text;
  }

  Error not_unique(const std::vector<int>& hits) const {
    return Error::invalid(
        "", "decision.unique",
        "the rows " + named(hits) + " of " + table_.name + " apply together, and only one may");
  }

  static Decision counted(const std::vector<int>& hits) {
    const auto count = static_cast<std::int64_t>(hits.size());
    return {.rows = hits, .results = {{Value{Decimal::of(count)}}}};
  }

  Result<Decision> any(Decision decision) const {
    for (const Values& values : decision.results) {
      if (std::equal(values.begin(), values.end(), decision.results[0].begin(), same)) continue;
      return Error::invalid("", "decision.any",
                            "the rows " + named(decision.rows) + " of " + table_.name +
                                " apply together and do not say the same");
    }
    decision.results.resize(1);
    return decision;
  }

  // A choice's place among its options: the first stands highest; what is empty comes last.
  std::vector<std::size_t> rank(const Values& values) const {
    std::vector<std::size_t> rank;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto& options = table_.outputs[i].type.options;
      if (options.empty()) continue;
      const auto* text = std::get_if<std::string>(&values[i]);
      const auto found =
          text == nullptr ? options.end() : std::find(options.begin(), options.end(), *text);
      rank.push_back(static_cast<std::size_t>(found - options.begin()));
    }
    return rank;
  }

  Result<Decision> by_priority(Decision decision) const {
    std::vector<std::size_t> order(decision.rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return rank(decision.results[a]) < rank(decision.results[b]);
    });
    Decision ranked;
    for (const std::size_t place : order) {
      ranked.rows.push_back(decision.rows[place]);
      ranked.results.push_back(std::move(decision.results[place]));
    }
    return ranked;
  }

  Result<Decision> collected(Decision decision) const {
    if (table_.collect == Collect::list) return decision;
    Value value;
    for (const Values& values : decision.results) {
      const Value& next = values[0];
      if (is_empty(next)) continue;
      if (is_empty(value)) {
        value = next;
      } else if (table_.collect == Collect::sum) {
        TENON_TRY(const auto sum, add(std::get<Decimal>(value), std::get<Decimal>(next)));
        value = sum;
      } else if ((compare(next, value) < 0) == (table_.collect == Collect::min)) {
        value = next;
      }
    }
    decision.results = {{std::move(value)}};
    return decision;
  }

  const Table& table_;
  std::span<const Row> rows_;
  const formula::Scope& scope_;
};

ExplainedCell explained_cell(const Test& test, const Value& value, const formula::Scope& scope) {
  const auto holds = passes(test, value, scope);
  if (holds) return {.passes = *holds, .error = {}};
  return {.passes = false, .error = holds.error().problems.front().rule};
}

}  // namespace

Result<Values> inputs_of(const Table& table, const formula::Scope& scope) {
  Values values;
  for (const Input& input : table.inputs) {
    auto value = input.formula.evaluate(scope);
    if (!value) return at("inputs/" + input.name, std::move(value.error()));
    values.push_back(value.take());
  }
  return values;
}

Value Decision::value(std::size_t output) const {
  return results.empty() ? Value{} : results.front()[output];
}

Result<Decision> decide(const Table& table, std::span<const Row> rows,
                        const formula::Scope& scope) {
  TENON_TRY(const auto inputs, inputs_of(table, scope));
  const Asking asking(table, rows, scope);
  TENON_TRY(const auto hits, asking.hits(inputs, table.hit == Hit::first));
  return asking.decide(hits);
}

Result<Decision> decide(const Table& table, const formula::Scope& scope) {
  return decide(table, table.rows, scope);
}

Result<Explanation> explain(const Table& table, std::span<const Row> rows,
                            const formula::Scope& scope) {
  Explanation explanation;
  TENON_TRY(explanation.inputs, inputs_of(table, scope));
  for (const Row& row : rows) {
    ExplainedRow explained{.cells = {}, .applies = true};
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      explained.cells.push_back(explained_cell(row.tests[i], explanation.inputs[i], scope));
      explained.applies = explained.applies && explained.cells.back().passes;
    }
    explanation.rows.push_back(std::move(explained));
  }
  auto decision = decide(table, rows, scope);
  if (decision) {
    explanation.decision = decision.take();
  } else {
    explanation.problems = std::move(decision.error().problems);
  }
  return explanation;
}

}  // namespace tenon::decision
