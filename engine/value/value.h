// A field's content. Exactly one of a few kinds, or empty; pure data.
//
// An empty text is never kept: it is Value{}. Choices are the names of their options; references
// are ids without their object, which the field's Type knows. Numbers of every format (integer,
// money, percent) are one Decimal: what a format allows is its Type's matter (type.h).
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/id.h"
#include "engine/value/date.h"
#include "engine/value/decimal.h"

namespace tenon {

struct TextList {
  std::vector<std::string> items;  // In the order of the options, each once.
  friend bool operator==(const TextList&, const TextList&) = default;
};

struct ReferenceList {
  std::vector<RecordId> items;  // In the order they were given, each once.
  friend bool operator==(const ReferenceList&, const ReferenceList&) = default;
};

struct Json {
  std::string text;  // Canonical: compact, members as given.
  friend bool operator==(const Json&, const Json&) = default;
};

using Value = std::variant<std::monostate, bool, Decimal, std::string, Date, Time, DateTime,
                           RecordId, TextList, Json, ReferenceList>;

// The content of a record, by the field's slot in its object.
using Values = std::vector<Value>;

// The storage kinds: what a column, a formula and a comparison see.
enum class Kind {
  boolean,
  number,
  text,
  date,
  time,
  datetime,
  reference,
  text_list,
  json,
  reference_list
};
std::string_view name_of(Kind kind);

// Of a value that is not empty.
Kind kind_of(const Value& value);

inline bool is_referring(Kind kind) {
  return kind == Kind::reference || kind == Kind::reference_list;
}
inline bool is_list(Kind kind) { return kind == Kind::text_list || kind == Kind::reference_list; }

inline bool is_empty(const Value& value) { return value.index() == 0; }
inline bool is_true(const Value& value) {
  const bool* truth = std::get_if<bool>(&value);
  return truth != nullptr && *truth;
}

}  // namespace tenon
