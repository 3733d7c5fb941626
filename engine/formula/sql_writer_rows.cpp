#include "engine/formula/functions.h"
#include "engine/formula/sql_functions.h"
#include "engine/formula/sql_writer.h"

namespace tenon::formula {

// formula_rows(function, kind, rows, the other arguments). In checked SQL the value carries the
// mark of an error in the condition.
void SqlWriter::rows(const Node& node, bool checks) {
  const Node& value = child(node, 0);
  SqlRows made{node.many, {}, {}};
  std::swap(pieces_, made.value);
  if (checks) put(sql_call("choose", true)).checked(child(node, 1));
  if (checks) put(", ");
  value.kind == Kind::boolean && !value.null && value.op == Op::all
      ? truth(value)
      : in_form(value, SqlNumber{false, 0});
  if (checks) put(")");
  std::swap(pieces_, made.value);
  std::swap(pieces_, made.condition);
  if (checks) {
    put("1");
  } else {
    condition(child(node, 1));
  }
  std::swap(pieces_, made.condition);
  put(sql_call("rows", checks)).bind(std::string(node.function->name));
  put(", ").bind(std::int64_t{static_cast<int>(value.kind)}).put(", ");
  pieces_.emplace_back(std::make_shared<const SqlRows>(std::move(made)));
  for (int i = 2; i < node.count; ++i) {
    put(", ");
    checks ? checked(child(node, i)) : in_form(child(node, i), SqlNumber{false, 0});
  }
  put(")");
}

// Of TEXTJOIN.
bool SqlWriter::is_list_to_join(const Node& node, int place) const {
  if (node.op != Op::call || node.kind != Kind::text || node.function->repeat == 0) return false;
  const Node& operand = child(node, place);
  return operand.kind == Kind::text_list && !operand.null;
}

}  // namespace tenon::formula
