// What a field may hold: a format, out of a closed table, with the field's own bounds.
//
// The table (type_table.cpp) is the one place that knows the field types of a bundle: the kind each
// is stored as, how it is checked, read from and written to JSON, and read from a cell of a file.
// To add a field type: one line there, one entry in schemas/metadata/field.schema.json, one in
// runtime/web-kit/src/fields, one vector in tests/vectors/value.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/value/value.h"

namespace tenon::calendar {
class Zone;
}

namespace tenon {

struct Type;

// How a number stands in JSON.
enum class Written { text, number, duration };

struct Format {
  std::string_view name;  // As in a bundle: "money".
  Kind kind;
  int scale_default;       // Of numbers: digits behind the point in the column.
  int length_max_default;  // Of texts: code points.
  Written written;         // Of numbers; a duration counts seconds.
  bool ordered;            // Has an order that people mean: it may be sorted by and compared.
  // Further checks and the normal form of this format (an address for mail in lower case …);
  // null where there are none.
  Result<Value> (*normalize)(const Type& type, Value value);
};

// Every format there is, sorted by name. `formula` is not among them: its result is.
std::span<const Format> formats();
const Format* find_format(std::string_view name);
// The plain format of a kind, for results of formulas.
const Format& format_of(Kind kind);

struct Type {
  const Format* format;
  int scale = 0;
  int length_max = 0;
  std::optional<Decimal> minimum;
  std::optional<Decimal> maximum;
  std::vector<std::string> options;  // Names, in order, of `choice` and `choices`.
  std::string country = {};          // Of `phone`: where numbers without a prefix belong.
  // Of money in several currencies (money.h): their codes, and the one meant where none is said.
  std::vector<std::string> currencies = {};
  std::string currency = {};

  bool has_currencies() const { return !currencies.empty(); }
  Kind kind() const { return format->kind; }
};

// Refused (`invalid`) with a problem at reader.path(): wrong kind, too many digits behind the
// point, too long, out of bounds, no such option. null and "" are the empty value. Of money in
// several currencies the amount alone.
Result<Value> parse(json::Reader reader, const Type& type);
void write(json::Writer& writer, const Type& type, const Value& value);

// How a column of a file is read.
struct CellFormat {
  std::string date = "YYYY-MM-DD";  // Out of YYYY M MM D DD and separators.
  char decimal_point = '.';
  // Whose clocks moments without an offset are told by; null: those are refused.
  const calendar::Zone* zone = nullptr;
  std::optional<Decimal> times = {};  // Numbers are multiplied by it, then rounded.
};

// A cell of a file: surrounding blanks go, thousands separators and signs of currency are
// understood, "yes/no/true/false/1/0" are booleans, lists are separated by ";". Numbers are rounded
// to the type's scale. References are not read here (they are matched, engine/command).
Result<Value> parse_cell(std::string_view cell, const Type& type, const CellFormat& format);

// The value in the type's own form, where a formula or default yields another of the same kind:
// numbers are rounded to the scale, texts checked for length. `invalid` at "" when it cannot be.
Result<Value> coerce(const Type& type, Value value);

// Order of two values of one kind; empty comes first, texts by code point, false before true.
// Kinds without an order (lists, JSON) are ordered by their JSON text.
std::strong_ordering compare(const Value& a, const Value& b);
inline bool same(const Value& a, const Value& b) { return compare(a, b) == 0; }

// For messages and file cells: "10.50", "2026-11-23", "yes".
std::string text_of(const Type& type, const Value& value);

}  // namespace tenon
