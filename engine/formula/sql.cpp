#include "engine/formula/sql.h"

#include "engine/formula/sql_writer.h"
#include "engine/formula/token.h"

namespace tenon::formula {

std::optional<Problem> not_sql(const Formula& formula) {
  for (const Node& node : formula.tree().nodes) {
    if (node.op != Op::old_field) continue;
    return problem_at(node.span, "not_sql", "what was before a change cannot be asked of a table");
  }
  return std::nullopt;
}

Sql sql_of(const Formula& formula) { return SqlWriter(formula.tree()).natural(); }

Sql sql_of(const Formula& formula, int scale) { return SqlWriter(formula.tree()).at_scale(scale); }

Sql sql_condition(const Formula& formula) { return SqlWriter(formula.tree()).condition(); }

}  // namespace tenon::formula
