#include "engine/formula/sql_operations.h"

#include "engine/base/limits.h"
#include "engine/calendar/zone.h"
#include "engine/formula/evaluate.h"
#include "engine/value/type.h"

namespace tenon::formula {
namespace {

const std::string* text_in(const Column& column) { return std::get_if<std::string>(&column); }

std::int64_t integer_in(const Column& column) {
  const auto* integer = std::get_if<std::int64_t>(&column);
  return integer == nullptr ? 0 : *integer;
}

bool is_null(const Column& column) { return column.index() == 0; }

Column mark() { return std::string(kSqlError); }
Column truth(bool truth) { return std::int64_t{truth}; }
bool is_true(const Column& column) { return integer_in(column) != 0; }

// Reading: what kind an argument is, the function or operation knows.

Value number_in(const Column& column) {
  if (is_null(column)) return {};
  const std::string* text = text_in(column);
  if (text == nullptr) return Decimal::of(integer_in(column));
  const auto number = Decimal::parse(*text);
  return number ? Value{*number} : Value{};
}

Value list_in(const Column& column) {
  const std::string* text = text_in(column);
  if (text == nullptr) return {};
  return from_column(tenon::Type{.format = &format_of(Kind::text_list)}, *text);
}

Value references_in(const Column& column) {
  const std::string* text = text_in(column);
  if (text == nullptr) return {};
  return from_column(tenon::Type{.format = &format_of(Kind::reference_list)}, *text);
}

// Numbers stand in a list of references, and nothing else in a list of texts.
Value any_list_in(const Column& column) {
  const std::string* text = text_in(column);
  const bool texts = text == nullptr || text->starts_with("[\"") || *text == "[]";
  return texts ? list_in(column) : references_in(column);
}

Value value_in(const Column& column, Kind kind) {
  if (is_null(column)) return {};
  switch (kind) {
    case Kind::number: return number_in(column);
    case Kind::text_list: return list_in(column);
    case Kind::reference_list: return references_in(column);
    case Kind::boolean: return integer_in(column) != 0;
    case Kind::date: return Date{static_cast<std::int32_t>(integer_in(column))};
    case Kind::time: return Time{static_cast<std::int32_t>(integer_in(column))};
    case Kind::datetime: return DateTime{integer_in(column)};
    case Kind::reference: return RecordId{integer_in(column)};
    case Kind::text:
    case Kind::json: break;
  }
  const std::string* text = text_in(column);
  return text == nullptr || text->empty() ? Value{} : Value{*text};
}

Value value_in(const Column& column, Takes takes) {
  switch (takes) {
    case Takes::boolean: return value_in(column, Kind::boolean);
    case Takes::number: return value_in(column, Kind::number);
    case Takes::text_list: return value_in(column, Kind::text_list);
    case Takes::list: return any_list_in(column);
    case Takes::item:
      return value_in(column, text_in(column) != nullptr ? Kind::text : Kind::reference);
    case Takes::formattable: return value_in(column, Kind::number);
    case Takes::day:
    case Takes::holiday: return value_in(column, Kind::date);
    case Takes::clock: return value_in(column, Kind::time);
    case Takes::text:
    case Takes::text_or_moment:
    case Takes::text_or_number: return value_in(column, Kind::text);
    case Takes::any:  // A text, or something that is only counted.
      return value_in(column, text_in(column) != nullptr ? Kind::text : Kind::datetime);
    case Takes::same:
    case Takes::matched:
    case Takes::own_field:
    case Takes::many:
    case Takes::many_booleans:
    case Takes::many_numbers:
    case Takes::many_same: break;
  }
  // MIN and MAX: whole numbers of days, seconds or milliseconds order as they are.
  return value_in(column, text_in(column) != nullptr ? Kind::number : Kind::datetime);
}

// Writing.

Column column_of(const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) return number->text();
  if (const auto* text = std::get_if<std::string>(&value)) {
    return text->empty() ? Column{} : Column{*text};
  }
  if (const auto* flag = std::get_if<bool>(&value)) return truth(*flag);
  if (const auto* date = std::get_if<Date>(&value)) return std::int64_t{date->days};
  if (const auto* time = std::get_if<Time>(&value)) return std::int64_t{time->seconds};
  if (const auto* moment = std::get_if<DateTime>(&value)) return moment->ms;
  if (const auto* id = std::get_if<RecordId>(&value)) return id->value;
  if (std::holds_alternative<TextList>(value)) {
    return to_column(tenon::Type{.format = &format_of(Kind::text_list)}, value);
  }
  if (std::holds_alternative<ReferenceList>(value)) {
    return to_column(tenon::Type{.format = &format_of(Kind::reference_list)}, value);
  }
  return {};
}

Column column_of(const Result<Value>& made) {
  if (!made) return mark();
  const auto* text = std::get_if<std::string>(&*made);
  if (text != nullptr && text->size() > limits::kTextBytesMax) return mark();
  return column_of(*made);
}

// Operations of the tree.

template <Op op>
Column number_operation(Columns columns) {
  const Value left = number_in(columns[0]);
  const Value right = number_in(columns[1]);
  if (is_empty(left) || is_empty(right)) return {};
  return column_of(calculated(op, std::get<Decimal>(left), std::get<Decimal>(right)));
}

template <Op op, Kind left_kind, Kind right_kind>
Column calendar_operation(Columns columns) {
  const Value left = value_in(columns[0], left_kind);
  const Value right = value_in(columns[1], right_kind);
  if (is_empty(left) || is_empty(right)) return {};
  return column_of(moved(op, left, right));
}

Column negate(Columns columns) {
  const Value number = number_in(columns[0]);
  if (is_empty(number)) return {};
  return std::get<Decimal>(number).negated().text();
}

Column percent(Columns columns) {
  const Column hundredth = std::string("0.01");
  const Column operands[] = {columns[0], hundredth};
  return number_operation<Op::multiply>(operands);
}

template <Kind kind>
Column text_of_kind(Columns columns) {
  return column_of(Value{joined_text(value_in(columns[0], kind))});
}

Column join(Columns columns) {
  std::string text;
  for (const Column& column : columns) {
    if (const std::string* piece = text_in(column)) text += *piece;
  }
  return column_of(Result<Value>(Value{std::move(text)}));
}

// The list, the separator, whether to leave out what is empty.
Column joined_list(Columns columns) {
  const Value list = list_in(columns[0]);
  if (is_empty(list)) return {};
  const std::string* separator = text_in(columns[1]);
  const bool skip_empty = is_true(columns[2]);
  std::string text;
  bool first = true;
  for (const std::string& item : std::get<TextList>(list).items) {
    if (skip_empty && item.empty()) continue;
    if (!first && separator != nullptr) text += *separator;
    first = false;
    text += item;
  }
  return column_of(Result<Value>(Value{std::move(text)}));
}

// What stands in the text of rows: of one kind, none is null.
Value row_value(const std::string& text, Kind kind) {
  if (!is_integer_column(kind) || kind == Kind::number) return value_in(Column{text}, kind);
  const auto whole = Decimal::parse(text);
  return whole ? value_in(Column{whole->whole().value_or(0)}, kind) : Value{};
}

// A function over rows: its name, the kind of a value, the values, the other arguments.
Column rows(Columns columns) {
  const Function* function = find_function(*text_in(columns[0]));
  const auto kind = static_cast<Kind>(integer_in(columns[1]));
  std::vector<Value> values;
  for (std::size_t i = 3; i < columns.size(); ++i) {
    values.push_back(value_in(columns[i], function->parameter_beside_rows(i - 3).takes));
  }
  const Value list = list_in(columns[2]);
  if (const auto* texts = std::get_if<TextList>(&list)) {
    for (const std::string& text : texts->items) {
      if (text == kSqlError) return mark();
      values.push_back(row_value(text, kind));
    }
  }
  std::vector<const Value*> arguments;
  for (const Value& value : values) arguments.push_back(&value);
  return column_of(called(*function, arguments));
}

std::optional<calendar::Local> local_in(Columns columns) {
  if (is_null(columns[0])) return std::nullopt;
  const std::string* name = text_in(columns[1]);
  const auto zone = calendar::Zone::find(name == nullptr ? "" : *name);
  if (!zone) return std::nullopt;
  return zone->local(integer_in(columns[0]));
}

Column local_day(Columns columns) {
  const auto local = local_in(columns);
  return local ? Column{std::int64_t{local->days}} : Column{};
}

Column local_clock(Columns columns) {
  const auto local = local_in(columns);
  return local ? Column{std::int64_t{local->seconds}} : Column{};
}

// An integer at a scale as a decimal's text, and back.
Column decimal(Columns columns) {
  if (is_null(columns[0])) return {};
  const auto scale = static_cast<int>(integer_in(columns[1]));
  return Decimal::of_scaled(integer_in(columns[0]), scale).text();
}

Column scaled(Columns columns) {
  const Value number = number_in(columns[0]);
  if (is_empty(number)) return {};
  const auto scale = static_cast<int>(integer_in(columns[1]));
  const auto rounded = std::get<Decimal>(number).rounded(scale);
  const auto integer = rounded ? rounded->scaled(scale) : std::nullopt;
  return integer ? Column{*integer} : Column{};
}

// Negative, zero or positive, of two numbers.
Column compare_numbers(Columns columns) {
  const Value left = number_in(columns[0]);
  const Value right = number_in(columns[1]);
  if (is_empty(left) || is_empty(right)) return {};
  const auto order = std::get<Decimal>(left) <=> std::get<Decimal>(right);
  return std::int64_t{order < 0 ? -1 : order > 0 ? 1 : 0};
}

// Checked only: comparison and logic.

template <Op op>
Column comparison(Columns columns) {
  const bool equality = op == Op::equal || op == Op::not_equal;
  if (equality) return truth((columns[0] == columns[1]) == (op == Op::equal));
  const bool numbers = is_true(columns[2]);
  const auto read = [&](const Column& column) -> Value {
    if (numbers) return number_in(column);
    return value_in(column, text_in(column) != nullptr ? Kind::text : Kind::datetime);
  };
  return truth(holds(op, read(columns[0]), read(columns[1])));
}

Column negation(Columns columns) { return truth(!is_true(columns[0])); }
Column is_blank(Columns columns) { return truth(is_null(columns[0])); }
Column among(Columns columns) {
  return truth(std::find(columns.begin() + 1, columns.end(), columns[0]) != columns.end());
}

// Those look at their arguments one after the other, and at marks themselves.

Column all(Columns columns) {
  for (const Column& column : columns) {
    if (is_mark(column)) return mark();
    if (!is_true(column)) return truth(false);
  }
  return truth(true);
}

Column any(Columns columns) {
  for (const Column& column : columns) {
    if (is_mark(column)) return mark();
    if (is_true(column)) return truth(true);
  }
  return truth(false);
}

// IF is the same as IFS whose last condition holds.
Column choose(Columns columns) {
  std::size_t i = 0;
  for (; i + 1 < columns.size(); i += 2) {
    if (is_mark(columns[i])) return mark();
    if (is_true(columns[i])) return columns[i + 1];
  }
  return i < columns.size() ? columns[i] : Column{};
}

Column match(Columns columns) {
  if (is_mark(columns[0])) return mark();
  std::size_t i = 1;
  for (; i + 1 < columns.size(); i += 2) {
    if (is_mark(columns[i])) return mark();
    if (columns[i] == columns[0]) return columns[i + 1];
  }
  return i < columns.size() ? columns[i] : Column{};
}

Column first_given(Columns columns) {
  const auto given =
      std::find_if_not(columns.begin(), columns.end(), [](const Column& c) { return is_null(c); });
  return given == columns.end() ? Column{} : *given;
}

Column if_error(Columns columns) { return is_mark(columns[0]) ? columns[1] : columns[0]; }

constexpr Entry kOperations[] = {
    entry<number_operation<Op::add>>("add", 2),
    entry<number_operation<Op::subtract>>("subtract", 2),
    entry<number_operation<Op::multiply>>("multiply", 2),
    entry<number_operation<Op::divide>>("divide", 2),
    entry<number_operation<Op::power>>("raise", 2),
    entry<negate>("negate", 1),
    entry<percent>("percent", 1),
    entry<calendar_operation<Op::add_days, Kind::date, Kind::number>>("add_days", 2),
    entry<calendar_operation<Op::subtract_days, Kind::date, Kind::number>>("subtract_days", 2),
    entry<calendar_operation<Op::add_moment, Kind::datetime, Kind::number>>("add_moment", 2),
    entry<calendar_operation<Op::subtract_moment, Kind::datetime, Kind::number>>("subtract_moment",
                                                                                 2),
    entry<calendar_operation<Op::days_between, Kind::date, Kind::date>>("days_between", 2),
    entry<calendar_operation<Op::moments_between, Kind::datetime, Kind::datetime>>(
        "moments_between", 2),
    entry<text_of_kind<Kind::boolean>>("text_of_boolean", 1),
    entry<text_of_kind<Kind::date>>("text_of_date", 1),
    entry<text_of_kind<Kind::time>>("text_of_time", 1),
    entry<text_of_kind<Kind::datetime>>("text_of_datetime", 1),
    entry<text_of_kind<Kind::reference>>("text_of_reference", 1),
    entry<text_of_kind<Kind::text_list>>("text_of_list", 1),
    entry<text_of_kind<Kind::reference_list>>("text_of_references", 1),
    entry<join>("join", -1),
    entry<joined_list>("joined_list", 3),
    entry<rows>("rows", -1),
    entry<local_day>("local_date", 2),
    entry<local_clock>("local_time", 2),
    {"decimal", 2, decimal, nullptr},
    {"scaled", 2, scaled, nullptr},
    {"compare", 2, compare_numbers, nullptr},
    {"if_error", 2, if_error, nullptr},
    {"equal", 3, nullptr, tried<comparison<Op::equal>>},
    {"not_equal", 3, nullptr, tried<comparison<Op::not_equal>>},
    {"less", 3, nullptr, tried<comparison<Op::less>>},
    {"less_equal", 3, nullptr, tried<comparison<Op::less_equal>>},
    {"greater", 3, nullptr, tried<comparison<Op::greater>>},
    {"greater_equal", 3, nullptr, tried<comparison<Op::greater_equal>>},
    {"not", 1, nullptr, tried<negation>},
    {"is_blank", 1, nullptr, tried<is_blank>},
    {"among", -1, nullptr, tried<among>},
    {"all", -1, nullptr, all},
    {"any", -1, nullptr, any},
    {"choose", -1, nullptr, choose},
    {"match", -1, nullptr, match},
    {"first_given", -1, nullptr, first_given},
};

}  // namespace

std::span<const Entry> sql_operations() { return kOperations; }

// What things are looked up in stands behind the arguments.
Column call_function(const Function& function, Columns columns) {
  const LookedUp* port = nullptr;
  if (function.looks_up()) {
    port = LookedUp::find(integer_in(columns.back()));
    if (port == nullptr) throw Fault("SQL looks something up where nothing is");
    columns = columns.first(columns.size() - 1);
  }
  std::vector<Value> values;
  values.reserve(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    values.push_back(value_in(columns[i], function.parameter(i, columns.size()).takes));
  }
  std::vector<const Value*> arguments;
  for (const Value& value : values) arguments.push_back(&value);
  if (port == nullptr) return column_of(called(function, arguments));
  Finding finding;
  return column_of(looked_up(function, arguments, *port, finding));
}

}  // namespace tenon::formula
