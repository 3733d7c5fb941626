// The tables of tests/vectors/formula, as schemas/formula/README.md ("Vectors") describes them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/formula/formula.h"
#include "engine/value/column.h"
#include "engine/value/type.h"
#include "tests/support/looked_up_table.h"

namespace tenon::support {

struct VectorField {
  std::string name;
  Type type;
  std::string object;       // Of a reference.
  formula::Unit unit = {};  // Of money in one currency.
  int currency_behind = 0;  // Of money in several: how far behind it its currency stands.
};

// Fields by the names of their objects; those of the record itself under "".
class VectorNames final : public formula::Names {
 public:
  std::map<std::string, std::vector<VectorField>> objects;
  std::map<std::string, std::string> rows;  // Of the record itself: name and object of the rows.
  bool changes = false;

  std::optional<Member> member(const std::string& object, std::string_view name) const override;
  std::vector<std::string> members(const std::string& object) const override;
  std::optional<Many> many(const std::string& object, std::string_view name) const override;
  bool tells_changes() const override { return changes; }
  const VectorField* find(const std::string& object, std::string_view name) const;
};

// A part of an explanation: how deep it stands, what was written, what came out of it.
struct VectorPart {
  int depth;
  std::string text;
  std::string outcome;  // A text as joined; "!rule" for an error, "-" where not looked at.
  std::string found;    // What was looked up: "USD/CNY 2026-01-01 7.1", "China", "nothing"; "".
  bool operator==(const VectorPart&) const = default;
};

using PathValues = std::map<std::string, Value>;  // By "amount", "product.name".

struct VectorCase {
  std::string formula;
  std::optional<Kind> kind;
  Values fields;
  PathValues paths;
  std::map<std::string, std::vector<PathValues>> rows;
  Values old;
  std::vector<VectorPart> explanation;  // None asked for: empty.
  std::string result_kind;              // "" where it is refused or is an error.
  Value result;
  std::vector<std::pair<std::string, std::string>> problems;  // Rule and place.
  bool only_first = false;                                    // Further problems may follow.
  std::string suggests;
  std::string error;             // Of evaluation.
  std::optional<Column> in_sql;  // Where evaluation is an error: not given is null.
};

// What a scope points into.
struct VectorRows {
  std::vector<std::vector<Values>> fields;  // By need, by row.
  std::vector<std::vector<Values>> paths;
  std::vector<std::vector<formula::Row>> rows;
  std::vector<std::span<const formula::Row>> spans;
};

struct VectorFile {
  std::string name;
  VectorNames names;
  Date today;
  DateTime now;
  Value user;
  std::optional<calendar::Zone> zone;
  std::shared_ptr<const LookedUpTable> looked_up;  // Null: no formula of it looks anything up.
  std::vector<VectorCase> cases;

  // Of this case; `paths` and `rows` must outlive it.
  formula::Scope scope(const VectorCase& one, const std::vector<Value>& paths,
                       const VectorRows& rows) const;
};

// All of them, or a Fault that says what is wrong with which.
std::vector<VectorFile> formula_vectors();
VectorFile read_vectors(const std::string& path);
// Of one family, read once.
const VectorFile& formula_vectors(const std::string& family);

Result<formula::Formula> compile(const VectorFile& file, const VectorCase& one,
                                 formula::Needs& needs);
// The values at the paths that a formula needs.
std::vector<Value> path_values(const VectorCase& one, const formula::Needs& needs);
VectorRows row_values(const VectorFile& file, const VectorCase& one, const formula::Needs& needs);
// The type of a path's value, with its scale; from a record of this object.
Type type_of(const VectorNames& names, const formula::Path& path, const std::string& object = "");

}  // namespace tenon::support
