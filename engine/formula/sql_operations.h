// What SQL calls: the operations of the tree and the functions of the table, over columns.
//
// Each works on columns and answers an error with a mark. plain<> makes of the mark null, tried<>
// hands on a mark among the arguments. Internal to this room; the names: sql_functions.cpp.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "engine/formula/functions.h"
#include "engine/formula/sql_functions.h"
#include "engine/value/column.h"

namespace tenon::formula {

using Columns = std::span<const Column>;
using Work = Column (*)(Columns);

inline bool is_mark(const Column& column) {
  const auto* text = std::get_if<std::string>(&column);
  return text != nullptr && *text == kSqlError;
}

template <Work work>
Column plain(Columns columns) {
  Column made = work(columns);
  return is_mark(made) ? Column{} : made;
}

template <Work work>
Column tried(Columns columns) {
  const bool failed = std::any_of(columns.begin(), columns.end(), is_mark);
  return failed ? Column{std::string(kSqlError)} : work(columns);
}

// Without a plain or a checked twin where none is needed.
struct Entry {
  std::string_view name;
  int arity;
  Work plain;
  Work tried;
};

template <Work work>
constexpr Entry entry(std::string_view name, int arity) {
  return {name, arity, plain<work>, tried<work>};
}

std::span<const Entry> sql_operations();
// A function of the table; an error is a mark.
Column call_function(const Function& function, Columns columns);

}  // namespace tenon::formula
