#include "engine/formula/sql.h"

#include "engine/formula/sql_writer.h"

namespace tenon::formula {

Sql sql_of(const Formula& formula) { return SqlWriter(formula.tree()).natural(); }

Sql sql_of(const Formula& formula, int scale) { return SqlWriter(formula.tree()).at_scale(scale); }

Sql sql_condition(const Formula& formula) { return SqlWriter(formula.tree()).condition(); }

}  // namespace tenon::formula
