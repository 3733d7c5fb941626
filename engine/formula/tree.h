// A compiled formula: a typed tree in one array, names resolved to slots. Immutable, shared.
//
// Made by the compiler, walked by evaluate() and sql_of(). Operations on dates are told apart from
// those on numbers here, so that neither walker looks at types. Children of a node stand together
// in `children`, in the order of the text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/formula/formula.h"
#include "engine/formula/token.h"

namespace tenon::formula {

struct Function;  // functions.h

enum class Op : std::uint8_t {
  // Leaves.
  literal,
  field,
  path,
  user,
  now,
  today,
  team,
  row_field,  // Of the line or record that an aggregate looks at.
  row_path,
  old_field,
  // Conversions the compiler puts in.
  local_date,
  local_time,
  as_text,
  // Numbers.
  negate,
  percent,
  add,
  subtract,
  multiply,
  divide,
  power,
  // Dates (days) and moments (milliseconds); one operand of the first four is a number.
  add_days,
  subtract_days,
  add_moment,
  subtract_moment,
  days_between,
  moments_between,
  // Comparison: of two of a kind.
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  // Texts.
  join,
  // What evaluates its operands as it needs them, or looks at them in its own way.
  all,
  any,
  negation,
  choose,
  choose_first,
  match,
  among,
  is_blank,
  is_error,
  first_given,
  if_error,
  // A function over rows: the value and the condition of a row, then the other arguments.
  aggregate,
  // Everything else.
  call,
};

struct Node {
  Op op;
  Kind kind;
  bool null = false;     // The type of NULL: goes with every kind.
  bool written = false;  // Stands in the text; else the compiler put it in.
  int first = 0;         // Children: first place and count in Tree::children.
  int count = 0;
  int place = 0;  // Slot of a field, place of a path or literal, Kind of what becomes text.
  int scale = 0;  // Of a field or path that is a number: as its column keeps it.
  int many = -1;  // Of what is read from a row, and of an aggregate: place in Needs::many.
  const Function* function = nullptr;
  Span span;  // In the text.
};

class Tree {
 public:
  std::string text;
  std::vector<Node> nodes;
  std::vector<int> children;
  std::vector<Value> literals;
  int root = 0;
  Type type;
  bool live = false;
  bool looks_up = false;
  std::vector<int> slots;
  std::vector<int> paths;
  std::vector<ManyUse> many;
  std::vector<int> old_slots;

  const Node& node(int place) const { return nodes[static_cast<std::size_t>(place)]; }
  std::span<const int> operands(const Node& node) const {
    return {children.data() + node.first, static_cast<std::size_t>(node.count)};
  }
  const Value& literal(const Node& node) const {
    return literals[static_cast<std::size_t>(node.place)];
  }
};

}  // namespace tenon::formula
