// The table of functions, one file per family (functions_<family>.cpp).
//
// The registry is schemas/formula/functions.json; tests/engine/formula/functions_test.cpp holds the
// two together. A function is pure: what depends on the moment or the zone is an operation of the
// tree; what depends on records of system objects asks the port LookedUp. To add one: an entry
// there, a line here, vectors in tests/vectors/formula.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "engine/formula/looked_up.h"
#include "engine/formula/tree.h"

namespace tenon::formula {

// What a parameter takes. `same` and `matched` are the type variables T and S.
enum class Takes : std::uint8_t {
  boolean,
  number,
  text,
  text_list,
  list,  // Of texts, or of references.
  item,  // What such a list may hold.
  day,
  holiday,  // Such a day; or, alone in its place, the name of a calendar.
  clock,
  text_or_moment,
  text_or_number,  // A number counts as its text.
  formattable,     // A number, date, time or datetime.
  any,
  same,
  matched,
  own_field,  // A name of the record's own.
  // Rows, and of what kind a value of each must be.
  many,
  many_booleans,
  many_numbers,
  many_same,
};

struct Parameter {
  std::string_view name;
  Takes takes;
  bool optional = false;
};

// What null as an argument does: schemas/formula/README.md, "Null".
enum class Nulls : std::uint8_t { own, propagate, text, skip };

using Arguments = std::span<const Value* const>;
using Call = Result<Value> (*)(Arguments arguments);
using LookUp = Result<Value> (*)(Arguments arguments, const LookedUp& looked_up, Finding& finding);

struct Function {
  std::string_view name;
  std::span<const Parameter> parameters;
  int repeat = 0;  // So many parameters come once or more, as a group; any times where optional.
  std::optional<Kind> result;  // Nothing: that of T.
  Nulls nulls = Nulls::own;
  Op op = Op::call;  // Else the operation of the tree that does it.
  Call call = nullptr;
  bool aggregates = false;   // Takes rows in place of its repeated values, and a condition.
  LookUp look_up = nullptr;  // In place of `call`.

  bool takes_only_rows() const { return !parameters.empty() && parameters[0].takes >= Takes::many; }
  std::size_t place_of_rows() const;      // Among the arguments.
  std::size_t count_beside_rows() const;  // Of further arguments; the condition is none.
  const Parameter& parameter_beside_rows(std::size_t place) const;
  bool is_native() const { return op != Op::call && op != Op::join; }  // In SQL.
  bool is_of_changes() const {
    return !parameters.empty() && parameters[0].takes == Takes::own_field;
  }
  bool looks_up() const { return look_up != nullptr; }
  bool is_live() const { return op == Op::today || op == Op::now || looks_up(); }
  bool takes_count(std::size_t count) const;
  const Parameter& parameter(std::size_t place,
                             std::size_t count) const;  // Of this many arguments.
  // Days that are none of work, or a calendar by its name.
  bool takes_holidays() const {
    return !parameters.empty() && parameters.back().takes == Takes::holiday;
  }
  bool takes_ordered() const;  // T must have an order: MIN, MAX.
};

// A function of numbers that has no value where one of them has none.
constexpr Function number_function(std::string_view name, std::span<const Parameter> parameters,
                                   Call call) {
  return {name, parameters, 0, Kind::number, Nulls::propagate, Op::call, call};
}

std::span<const Function> logic_functions();
std::span<const Function> text_functions();
std::span<const Function> text_part_functions();
std::span<const Function> number_functions();
std::span<const Function> whole_functions();
std::span<const Function> statistics_functions();
std::span<const Function> payment_functions();
std::span<const Function> date_functions();
std::span<const Function> working_day_functions();
std::span<const Function> looked_up_functions();
std::span<const Function> list_functions();
std::span<const Function> row_functions();
std::span<const Function> change_functions();
// TEXT of what is no plain number, and a duration as text; not to be called by name.
std::span<const Function> format_functions();
const Function& duration_as_text();
// WORKDAY and NETWORKDAYS with a calendar by name; the same.
std::span<const Function> calendar_functions();

// Every function, family by family.
std::span<const Function* const> functions();
// With those that the compiler puts in.
std::span<const Function* const> every_function();
// In any case.
const Function* find_function(std::string_view name);

// For literals: whether TEXT and DATEDIF take it.
bool is_number_format(std::string_view format);
bool is_date_format(std::string_view format, Kind kind);
bool is_duration_format(std::string_view format);
bool is_date_unit(std::string_view unit);

// How functions look at their arguments; those that are not given are behind the span's end.
inline const Decimal& number_at(Arguments arguments, std::size_t place) {
  return std::get<Decimal>(*arguments[place]);
}
inline std::string_view text_at(Arguments arguments, std::size_t place) {
  return std::get<std::string>(*arguments[place]);
}
inline Date date_at(Arguments arguments, std::size_t place) {
  return std::get<Date>(*arguments[place]);
}
// A whole number: cut off behind the point, within ±2,147,483,647; `otherwise` where not given.
std::int64_t whole_at(Arguments arguments, std::size_t place, std::int64_t otherwise = 0);

// The errors of evaluation.
Error bad_argument(std::string message);
Error out_of_range(std::string message);  // "overflow"
Error too_much(std::string message);      // "limit"
Result<Value> value_of(Result<Decimal> number);

// Texts as they are joined.
std::string joined_text(const Value& value);
// The day so many days later; `overflow` outside of the calendar.
Result<Value> day_after(Date date, std::int64_t days);

// ^ and POWER: the refusals of decimals as errors of evaluation.
Result<Value> raised(const Decimal& base, const Decimal& exponent);

}  // namespace tenon::formula
