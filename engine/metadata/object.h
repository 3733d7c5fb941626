// An object of a bundle and its fields. Schemas: object.schema.json, field.schema.json.
//
// `id` never changes; `name` may. References to other definitions and formulas are kept as ids
// here (symbolic text): load (bundle.h) translates a file's names, write renders them with the
// current ones. `bundle` names the bundle that brought the definition: an extension's fields stand
// behind those of the object it extends.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/metadata/label.h"
#include "engine/metadata/pool.h"
#include "engine/value/type.h"

namespace tenon::metadata {

struct Option {
  std::string name;  // The stored value; never changes.
  Label label;
  std::string color;
  friend bool operator==(const Option&, const Option&) = default;
};

enum class OnDelete { restrict, clear, cascade };

// What a rollup makes of many values; empty ones do not count.
enum class Aggregate { count, sum, minimum, maximum, average, first, last };

// The type that a rollup or lookup takes over from what it is made of.
struct Outcome {
  std::string format;
  int scale = 0;
  std::string currency;
  std::vector<Option> options;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

struct Field {
  std::string id;
  std::string name;
  std::string bundle;
  Label label;
  Label help;
  std::string type;  // As in the bundle: "money", "reference", "user", "formula".
  bool required = false;
  bool unique = false;
  bool read_only = false;
  std::string default_json;  // The value as the API writes it; "" where there is none.
  std::string default_formula;
  std::optional<int> scale;
  std::optional<int> length_max;
  std::optional<Decimal> minimum;
  std::optional<Decimal> maximum;
  std::string currency;
  std::vector<std::string> currencies;  // Of money in several, the codes there may be.
  std::vector<Option> options;
  std::string to;  // Of references: the object's id (`user`, `department`, `file` too).
  OnDelete on_delete = OnDelete::restrict;
  std::string back;    // Of references: what the object referred to calls these records.
  std::string parent;  // Of children: what a line calls the record that holds it.
  std::string formula;
  Aggregate function = Aggregate::count;  // Of rollups, from here on.
  std::string of;                         // Ids: "lines" or "lines.amount" (many.h).
  std::string filter;                     // A condition on one row.
  std::string pattern;                    // Of auto numbers: engine/value/number_pattern.h.
  bool gapless = false;                   // The same.
  std::string scope;                      // The same: the field whose values count apart; its id.
  std::string path;                       // Of lookups: ids joined by ".".
  // What a derived field yields, set by load; of a reference, with `to`.
  std::optional<Kind> result;
  // The same of rollups, lookups and of formulas that yield a duration, as a whole.
  std::optional<Outcome> outcome;
  // Of the reference that load adds to a line object: the children field it stands for, as
  // "object.field". Not in files.
  std::string held_by;
  // Of the field that load adds beside money in several currencies (currency.h): the id of that
  // field. Not in files.
  std::string currency_of;
  // The currency that is meant where none is said, set by load: of money in several, and of a
  // formula that yields amounts of one.
  std::string meant;
  friend bool operator==(const Field&, const Field&) = default;

  bool is_formula() const { return type == "formula"; }
  bool is_rollup() const { return type == "rollup"; }
  bool is_lookup() const { return type == "lookup"; }
  bool is_auto_number() const { return type == "auto_number"; }
  bool is_children() const { return type == "children"; }
  bool has_currencies() const { return !currencies.empty(); }
  // Computed, not written: a formula, a rollup or a lookup.
  bool is_derived() const { return is_formula() || is_rollup() || is_lookup(); }
  // What holds no value of its own to write.
  bool is_given() const { return !is_derived() && !is_children() && held_by.empty(); }
};

// What the field may hold; of a derived field the type of its result, with the scale and currency
// given for it. Children hold nothing themselves. `country` is the workspace's, for numbers to
// dial.
Type type_of(const Field& field, std::string_view country = "");

// Who gets a new record, unless it is given to somebody: what a decision table says.
struct AssignBy {
  std::string table;  // Its id; outputs named user, team, strategy.
  std::string field;  // Field id, of type user.
  std::string when;   // A condition; "": always.
  std::string open;   // Which of somebody's records count as load; "": all.
  friend bool operator==(const AssignBy&, const AssignBy&) = default;
};

struct Object {
  std::string id;
  std::string name;
  std::string bundle;
  bool extend = false;  // This bundle adds fields to an object of a required one.
  Label label;
  Label label_plural;
  std::string icon;
  std::string title_field;  // Field ids from here on.
  std::string owner_field;  // Of `ownership`; "" where there is none.
  std::vector<Pool> pools;  // The same; the first that fits counts.
  std::optional<AssignBy> assignment;
  std::vector<Field> fields;
  std::vector<std::vector<std::string>> unique;
  std::vector<std::vector<std::string>> indexes;
  std::vector<std::string> search;  // Paths of ids, joined by ".".
  friend bool operator==(const Object&, const Object&) = default;

  // By the name that people give it: not what load adds beside money.
  const Field* find(std::string_view field_name) const;
  const Field* find_id(std::string_view field_id) const;
};

// Fields that every record has; a bundle cannot name one so. In slot order: -1, -2, …
struct SystemField {
  std::string_view name;
  std::string_view format;
  std::string_view to;  // Of references.
  Label label;
};
// id version created_at created_by updated_at updated_by
std::span<const SystemField> system_fields();

}  // namespace tenon::metadata
