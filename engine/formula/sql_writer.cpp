#include "engine/formula/sql_writer.h"

#include <algorithm>

#include "engine/formula/functions.h"
#include "engine/formula/sql_functions.h"

namespace tenon::formula {
namespace {

constexpr SqlNumber kDecimal{false, 0};
constexpr std::string_view kSqlNull =
    "\x01"
    "null"
    "\x01";

std::size_t place(int index) { return static_cast<std::size_t>(index); }

bool same_form(const SqlNumber& a, const SqlNumber& b) {
  return a.scaled == b.scaled && (!a.scaled || a.scale == b.scale);
}

std::string_view sign_of(Op op) {
  switch (op) {
    case Op::less: return " < ";
    case Op::less_equal: return " <= ";
    case Op::greater: return " > ";
    default: return " >= ";
  }
}

Op mirrored(Op op) {
  switch (op) {
    case Op::less: return Op::greater;
    case Op::less_equal: return Op::greater_equal;
    case Op::greater: return Op::less;
    case Op::greater_equal: return Op::less_equal;
    default: return op;
  }
}

bool is_comparison(Op op) { return op >= Op::equal && op <= Op::greater_equal; }

bool is_column(Op op) {
  return op == Op::field || op == Op::path || op == Op::row_field || op == Op::row_path;
}

bool is_branching(Op op) {
  return op == Op::choose || op == Op::choose_first || op == Op::match || op == Op::first_given;
}

// What is never null as it is written.
bool is_exact(Op op) {
  return is_comparison(op) || op == Op::all || op == Op::any || op == Op::negation ||
         op == Op::among || op == Op::is_blank || op == Op::is_error;
}

Column column_of(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return std::int64_t{*truth};
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* date = std::get_if<Date>(&value)) return std::int64_t{date->days};
  if (const auto* time = std::get_if<Time>(&value)) return std::int64_t{time->seconds};
  if (const auto* moment = std::get_if<DateTime>(&value)) return moment->ms;
  if (const auto* id = std::get_if<RecordId>(&value)) return id->value;
  return {};
}

}  // namespace

Sql SqlWriter::natural() {
  const Node& root = tree_.node(tree_.root);
  value(root);
  return take(form(root).value_or(kDecimal));
}

Sql SqlWriter::at_scale(int scale) {
  const SqlNumber wanted{true, scale};
  in_form(tree_.node(tree_.root), wanted);
  return take(wanted);
}

Sql SqlWriter::condition() {
  condition(tree_.node(tree_.root));
  return take(kDecimal);
}

// The nodes of which one becomes the value.
std::vector<int> SqlWriter::branches(const Node& node) const {
  const auto all = tree_.operands(node);
  if (node.op == Op::first_given) return {all.begin(), all.end()};
  std::vector<int> chosen;
  if (node.op == Op::choose) return {all.begin() + 1, all.end()};
  const std::size_t first = node.op == Op::match ? 2 : 1;
  for (std::size_t i = first; i < all.size(); i += 2) chosen.push_back(all[i]);
  if (node.op == Op::match && all.size() % 2 == 0) chosen.push_back(all.back());
  return chosen;
}

SqlWriter::Form SqlWriter::form(const Node& node) const {
  if (is_literal(node)) return std::nullopt;
  if (is_column(node.op)) return SqlNumber{true, node.scale};
  if (node.op == Op::days_between) return SqlNumber{true, 0};
  return is_branching(node.op) ? form_of_branches(node) : Form(kDecimal);
}

SqlWriter::Form SqlWriter::form_of_branches(const Node& node) const {
  Form common;
  const auto places = branches(node);
  for (const int place : places) {
    const Form one = form(tree_.node(place));
    if (!one) continue;
    if (common && !same_form(*common, *one)) return kDecimal;
    common = one;
  }
  if (!common) return kDecimal;
  const bool all_fit = std::all_of(places.begin(), places.end(), [&](int place) {
    return !is_literal(tree_.node(place)) || fits(tree_.node(place), *common);
  });
  return all_fit ? common : kDecimal;
}

bool SqlWriter::fits(const Node& node, const SqlNumber& wanted) const {
  const auto* number = std::get_if<Decimal>(&tree_.literal(node));
  return number == nullptr || !wanted.scaled || number->scaled(wanted.scale).has_value();
}

void SqlWriter::value(const Node& node) {
  if (node.kind == Kind::number && !node.null) return number(node, form(node).value_or(kDecimal));
  if (is_literal(node)) return literal(node);
  if (is_exact(node.op)) return truth(node);
  if (is_branching(node.op)) return choice(node, kDecimal);
  if (node.op != Op::if_error) return operation(node);
  put(sql_call("if_error", false));
  checked(child(node, 0));
  put(", ").value(child(node, 1));
  put(")");
}

void SqlWriter::in_form(const Node& node, SqlNumber wanted) {
  if (node.kind == Kind::number && !node.null) return number(node, wanted);
  value(node);
}

void SqlWriter::number(const Node& node, SqlNumber wanted) {
  if (is_literal(node)) return literal_number(node, wanted);
  const SqlNumber own = form(node).value_or(kDecimal);
  const bool passes_on = is_branching(node.op) && (!wanted.scaled || same_form(own, wanted));
  if (passes_on) return choice(node, wanted);
  if (!same_form(own, wanted)) {
    put(sql_call(wanted.scaled ? "scaled" : "decimal", false));
    number(node, wanted.scaled ? kDecimal : own);
    put(", ").bind(std::int64_t{wanted.scaled ? wanted.scale : own.scale}).put(")");
    return;
  }
  if (node.op != Op::if_error) return operation(node);
  put(sql_call("if_error", false));
  checked(child(node, 0));
  put(", ").number(child(node, 1), kDecimal);
  put(")");
}

void SqlWriter::literal_number(const Node& node, SqlNumber wanted) {
  const auto* number = std::get_if<Decimal>(&tree_.literal(node));
  if (number == nullptr) {
    put("NULL");
  } else if (!wanted.scaled) {
    bind(number->text());
  } else {
    const auto rounded = number->rounded(wanted.scale);
    const auto scaled = rounded ? rounded->scaled(wanted.scale) : std::nullopt;
    scaled ? bind(*scaled) : put("NULL");
  }
}

void SqlWriter::literal(const Node& node) {
  const Value& value = tree_.literal(node);
  if (is_empty(value)) {
    put("NULL");
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    put(*truth ? "1" : "0");
  } else {
    bind(column_of(value));
  }
}

void SqlWriter::leaf(const Node& node) {
  switch (node.op) {
    case Op::field: pieces_.emplace_back(SqlField{node.place}); return;
    case Op::path: pieces_.emplace_back(SqlPath{node.place}); return;
    case Op::row_field: pieces_.emplace_back(SqlRowField{node.place}); return;
    case Op::row_path: pieces_.emplace_back(SqlRowPath{node.place}); return;
    case Op::old_field: throw Fault("what was before a change is not in the database");
    case Op::user: pieces_.emplace_back(SqlContext{SqlContext::Name::user}); return;
    case Op::now: pieces_.emplace_back(SqlContext{SqlContext::Name::now}); return;
    case Op::team: pieces_.emplace_back(SqlContext{SqlContext::Name::team}); return;
    default: pieces_.emplace_back(SqlContext{SqlContext::Name::today}); return;
  }
}

// Leaves, and what a function of the engine's own does.
void SqlWriter::operation(const Node& node) {
  if (node.op == Op::aggregate) return rows(node, false);
  if (node.count == 0 && node.op != Op::call) return leaf(node);
  if (node.op == Op::days_between) {
    put("(").value(child(node, 0));
    put(" - ").value(child(node, 1));
    put(")");
    return;
  }
  if (holds(node)) return;
  if (is_text_already(node)) return in_form(child(node, 0), kDecimal);
  put(sql_call(node, false));
  operands(node, false);
  context_of(node);
  put(")");
}

// HAS over a list of references of the record itself: so that what holds a record is found at once.
bool SqlWriter::holds(const Node& node) {
  if (node.op != Op::call || node.function->name != "HAS") return false;
  const Node& list = child(node, 0);
  if (list.op != Op::field || list.kind != Kind::reference_list || list.null) return false;
  pieces_.emplace_back(SqlHolds{list.place});
  value(child(node, 1));
  put(")");
  return true;
}

// Numbers and JSON are joined as they stand in SQL.
bool SqlWriter::is_text_already(const Node& node) const {
  if (node.op != Op::as_text) return false;
  const Kind kind = child(node, 0).kind;
  return kind == Kind::number || kind == Kind::json;
}

// What an operation takes beyond its operands.
void SqlWriter::context_of(const Node& node) {
  using Name = SqlContext::Name;
  const bool looks_up = node.op == Op::call && node.function->looks_up();
  if (node.op != Op::local_date && node.op != Op::local_time && !looks_up) return;
  put(", ");
  pieces_.emplace_back(SqlContext{looks_up ? Name::looked_up : Name::zone});
}

// A date stands before the number of days; a list among the values of TEXTJOIN comes joined.
void SqlWriter::operands(const Node& node, bool checks) {
  const auto write = [&](const Node& operand) {
    checks ? checked(operand) : in_form(operand, kDecimal);
  };
  const bool swapped =
      (node.op == Op::add_days || node.op == Op::add_moment) && child(node, 0).kind == Kind::number;
  for (int i = 0; i < node.count; ++i) {
    if (i > 0) put(", ");
    const Node& operand = child(node, swapped ? 1 - i : i);
    if (!is_list_to_join(node, i)) {
      write(operand);
      continue;
    }
    put(sql_call("joined_list", checks));
    write(operand);
    put(", ");
    write(child(node, 0));
    put(", ");
    write(child(node, 1));
    put(")");
  }
}

void SqlWriter::condition(const Node& node) {
  if (node.null) {
    put("0");
  } else if (is_comparison(node.op)) {
    comparison(node, false);
  } else if (node.op == Op::all || node.op == Op::any) {
    logic(node, false);
  } else if (node.op == Op::among) {
    membership(node, false);
  } else {
    value(node);
  }
}

void SqlWriter::truth(const Node& node) {
  if (is_comparison(node.op)) return comparison(node, true);
  switch (node.op) {
    case Op::all:
    case Op::any: return logic(node, true);
    case Op::among: return membership(node, true);
    case Op::negation: put("(NOT ").truth(child(node, 0)); break;
    case Op::is_blank: put("(").value(child(node, 0)), put(" IS NULL"); break;
    case Op::is_error:
      put("(").checked(child(node, 0));
      put(" IS ").bind(std::string(kSqlError));
      break;
    case Op::literal: return put(is_true(tree_.literal(node)) ? "1" : "0"), void();
    default: put("COALESCE(").value(node), put(", 0"); break;
  }
  put(")");
}

void SqlWriter::logic(const Node& node, bool exact) {
  put("(");
  for (int i = 0; i < node.count; ++i) {
    if (i > 0) put(node.op == Op::all ? " AND " : " OR ");
    exact ? truth(child(node, i)) : condition(child(node, i));
  }
  put(")");
}

void SqlWriter::comparison(const Node& node, bool exact) {
  const Node& left = child(node, 0);
  const Node& right = child(node, 1);
  const bool none = (is_literal(left) && is_empty(tree_.literal(left))) ||
                    (is_literal(right) && is_empty(tree_.literal(right)));
  const bool equality_asked = node.op == Op::equal || node.op == Op::not_equal;
  if (none && !equality_asked) return put("0"), void();
  if (!none && against_literal(node, exact)) return;
  if (equality_asked) return equality(left, right, node.op == Op::equal);
  order(sign_of(node.op), left, right, exact);
}

// A number at a scale beside a literal that this scale cannot hold: the whole next to it decides.
bool SqlWriter::against_literal(const Node& node, bool exact) {
  const bool mirror = is_literal(child(node, 0));
  const Node& field = child(node, mirror ? 1 : 0);
  const Node& literal = child(node, mirror ? 0 : 1);
  if (!is_literal(literal) || literal.kind != Kind::number) return false;
  const Form own = form(field);
  if (!own || !own->scaled || fits(literal, *own)) return false;
  const Op op = mirror ? mirrored(node.op) : node.op;
  if (op == Op::equal || op == Op::not_equal) {
    put(op == Op::equal ? "0" : "1");
    return true;
  }
  const auto& number = std::get<Decimal>(tree_.literal(literal));
  const auto shifted = multiply(number, Decimal::parse("1e" + std::to_string(own->scale)).take());
  if (!shifted) return false;
  const bool upwards = op == Op::less || op == Op::greater_equal;
  const auto bound = (upwards ? shifted->ceiling() : shifted->floor()).whole();
  if (!bound) return false;
  put(exact ? "COALESCE(" : "(").number(field, *own);
  put(sign_of(op)).bind(*bound).put(exact ? ", 0)" : ")");
  return true;
}

void SqlWriter::equality(const Node& left, const Node& right, bool equal) {
  SqlNumber common = kDecimal;
  if (left.kind == Kind::number && right.kind == Kind::number) {
    const Form a = form(left);
    const Form b = form(right);
    if (a && (b ? same_form(*a, *b) : fits(right, *a))) common = *a;
    if (b && !a && fits(left, *b)) common = *b;
  } else {
    common = form(left.null ? right : left).value_or(kDecimal);  // Beside NULL: as it comes.
  }
  put("(").in_form(left, common);
  put(equal ? " IS " : " IS NOT ").in_form(right, common);
  put(")");
}

void SqlWriter::order(std::string_view sign, const Node& left, const Node& right, bool exact) {
  put(exact ? "COALESCE(" : "(");
  const bool numbers = left.kind == Kind::number && !left.null && !right.null;
  const Form a = numbers ? form(left) : Form(kDecimal);
  const Form b = numbers ? form(right) : Form(kDecimal);
  Form common;
  if (a && a->scaled && (b ? same_form(*a, *b) : fits(right, *a))) common = a;
  if (b && b->scaled && !a && fits(left, *b)) common = b;
  if (!numbers || common) {
    in_form(left, common.value_or(kDecimal));
    put(sign).in_form(right, common.value_or(kDecimal));
  } else {
    put(sql_call("compare", false)).number(left, kDecimal);
    put(", ").number(right, kDecimal);
    put(")").put(sign).put("0");
  }
  put(exact ? ", 0)" : ")");
}

// The form in which the first operand and those it is matched with can all stand.
SqlNumber SqlWriter::form_of_matched(const Node& node, std::span<const int> others) const {
  const SqlNumber own = form(child(node, 0)).value_or(kDecimal);
  const bool common = std::all_of(others.begin(), others.end(), [&](int place) {
    const Node& other = tree_.node(place);
    const Form form_there = form(other);
    return form_there ? same_form(*form_there, own) : fits(other, own);
  });
  return common ? own : kDecimal;
}

// `=` and IN do not find null; where null may stand on both sides it is a mark of its own.
bool SqlWriter::may_match_null(std::span<const int> others) const {
  return std::any_of(others.begin(), others.end(), [&](int place) {
    const Node& other = tree_.node(place);
    return !is_literal(other) || is_empty(tree_.literal(other));
  });
}

void SqlWriter::match_operand(const Node& node, SqlNumber wanted, bool with_null) {
  if (!with_null) return in_form(node, wanted);
  put("COALESCE(").in_form(node, wanted);
  put(", ").bind(std::string(kSqlNull)).put(")");
}

void SqlWriter::membership(const Node& node, bool exact) {
  const auto items = tree_.operands(node).subspan(1);
  const SqlNumber common = form_of_matched(node, items);
  const bool with_null = may_match_null(items);
  put(exact ? "COALESCE(" : "(").match_operand(child(node, 0), common, with_null);
  put(" IN (");
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) put(", ");
    match_operand(tree_.node(items[i]), common, with_null);
  }
  put(exact ? "), 0)" : "))");
}

void SqlWriter::choice(const Node& node, SqlNumber wanted) {
  if (node.op == Op::match) return switched(node, wanted);
  if (node.op == Op::first_given) {
    if (node.count == 1) return in_form(child(node, 0), wanted);
    put("COALESCE(");
    for (int i = 0; i < node.count; ++i) {
      if (i > 0) put(", ");
      in_form(child(node, i), wanted);
    }
    put(")");
    return;
  }
  put("CASE");
  int i = 0;
  for (; i + 1 < node.count; i += 2) {
    put(" WHEN ").condition(child(node, i));
    put(" THEN ").in_form(child(node, i + 1), wanted);
  }
  if (i < node.count) put(" ELSE ").in_form(child(node, i), wanted);
  put(" END");
}

void SqlWriter::switched(const Node& node, SqlNumber wanted) {
  std::vector<int> cases;
  for (int i = 1; i + 1 < node.count; i += 2) cases.push_back(tree_.operands(node)[place(i)]);
  const SqlNumber common = form_of_matched(node, cases);
  const bool with_null = may_match_null(cases);
  put("CASE ").match_operand(child(node, 0), common, with_null);
  int i = 1;
  for (; i + 1 < node.count; i += 2) {
    put(" WHEN ").match_operand(child(node, i), common, with_null);
    put(" THEN ").in_form(child(node, i + 1), wanted);
  }
  if (i < node.count) put(" ELSE ").in_form(child(node, i), wanted);
  put(" END");
}

// Every operation is a function here, which hands marks on; conditions are not cut short, for
// nothing can go wrong in SQL.
void SqlWriter::checked(const Node& node) {
  if (node.op == Op::aggregate) return rows(node, true);
  if (is_literal(node) || node.count == 0) return in_form(node, kDecimal);
  if (node.op == Op::is_error) return truth(node);
  if (is_text_already(node)) return checked(child(node, 0));
  put(sql_call(node, node.op != Op::if_error));
  operands(node, true);
  if (is_comparison(node.op)) {
    const Node& given = child(node, child(node, 0).null ? 1 : 0);
    put(given.kind == Kind::number ? ", 1" : ", 0");
  }
  context_of(node);
  put(")");
}

SqlWriter& SqlWriter::put(std::string_view literal) {
  pieces_.emplace_back(literal);
  return *this;
}

SqlWriter& SqlWriter::bind(Column value) {
  pieces_.emplace_back(std::move(value));
  return *this;
}

Sql SqlWriter::take(SqlNumber number) { return {std::move(pieces_), tree_.type, number}; }

}  // namespace tenon::formula
