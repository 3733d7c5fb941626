// What a database column holds, and the way there and back.
//
// Numbers are int64 at the type's scale, booleans 0 or 1, dates days, times seconds, date-times
// milliseconds, references ids; texts, lists (a JSON array; of references of numbers) and JSON are
// text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "engine/value/type.h"
#include "engine/value/value.h"

namespace tenon {

using Column = std::variant<std::monostate, std::int64_t, std::string>;

// The value must be of the type's kind and fit its scale (parse and coerce see to it); if not, it
// is a programmer's fault.
Column to_column(const Type& type, const Value& value);
Value from_column(const Type& type, std::int64_t integer);
Value from_column(const Type& type, std::string text);
bool is_integer_column(Kind kind);  // Else it is text.

}  // namespace tenon
