// The tables of tests/vectors/formula, as schemas/formula/README.md ("Vectors") describes them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/formula/formula.h"
#include "engine/value/column.h"
#include "engine/value/type.h"

namespace tenon::support {

struct VectorField {
  std::string name;
  Type type;
  std::string object;  // Of a reference.
};

// Fields by the names of their objects; those of the record itself under "".
class VectorNames final : public formula::Names {
 public:
  std::map<std::string, std::vector<VectorField>> objects;

  std::optional<Member> member(const std::string& object, std::string_view name) const override;
  std::vector<std::string> members(const std::string& object) const override;
  const VectorField* find(const std::string& object, std::string_view name) const;
};

struct VectorCase {
  std::string formula;
  std::optional<Kind> kind;
  Values fields;
  std::map<std::string, Value> paths;
  std::string result_kind;  // "" where it is refused or is an error.
  Value result;
  std::vector<std::pair<std::string, std::string>> problems;  // Rule and place.
  bool only_first = false;                                    // Further problems may follow.
  std::string suggests;
  std::string error;             // Of evaluation.
  std::optional<Column> in_sql;  // Where evaluation is an error: not given is null.
};

struct VectorFile {
  std::string name;
  VectorNames names;
  Date today;
  DateTime now;
  Value user;
  std::optional<calendar::Zone> zone;
  std::vector<VectorCase> cases;

  // Of this case; `paths` must outlive it.
  formula::Scope scope(const VectorCase& one, const std::vector<Value>& paths) const;
};

// All of them, or a Fault that says what is wrong with which.
std::vector<VectorFile> formula_vectors();

Result<formula::Formula> compile(const VectorFile& file, const VectorCase& one,
                                 formula::Needs& needs);
// The values at the paths that a formula needs.
std::vector<Value> path_values(const VectorCase& one, const formula::Needs& needs);
// The type of a path's value, with its scale.
Type type_of(const VectorNames& names, const formula::Path& path);

}  // namespace tenon::support
