// A data mapping: how the rows of a CSV file become records. Schema: import.schema.json.
//
// Only a definition: which columns feed which fields, and how. engine/command carries it out, row
// by row; a mapping file of a bundle's data/ and the body of POST /imports are the same thing.
// The meaning of every member is in schemas/README.md, "Data".
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/metadata/bundle.h"
#include "engine/value/decimal.h"

namespace tenon::metadata {

// What a cell's text goes through before it is read, after its aliases.
enum class Transform {
  none,
  lower,
  upper,
  login,  // "Anna O'Neil" → "anna.o.neil": lower case, what is no letter or digit becomes a dot.
};

// The field of a mapping with `users` that takes names of roles instead of a value.
inline constexpr std::string_view kRolesField = "roles";
// The `match` that finds a record by its external key in the mapping's source.
inline constexpr std::string_view kMatchKey = "key";

// What one column gives to one field. A key may feed a field, too.
struct Feed {
  bool key = false;       // Its text is the row's external key, or a part of it.
  bool level = false;     // Of lines: how deep the row lies, 1 directly in the record.
  std::string field;      // Field id, or kRolesField; "" where it is only a key or level.
  std::string match;      // Of references: a field id of the object referred to, or kMatchKey.
  std::string separator;  // Of several references: what stands between them; "" for ";".
  std::string format;     // Of dates: CellFormat::date; "" for the usual one.
  Transform as = Transform::none;
  std::optional<Decimal> times;                              // Numbers are multiplied by it.
  std::vector<std::pair<std::string, std::string>> aliases;  // A cell's text → the text meant.
  friend bool operator==(const Feed&, const Feed&) = default;
};

struct ImportColumn {
  std::string header;
  std::vector<Feed> feeds;  // None: the column is skipped.
  friend bool operator==(const ImportColumn&, const ImportColumn&) = default;
};

// A field made of several columns; blank cells and their separators are left out.
struct Joined {
  std::string field;
  std::vector<std::string> columns;
  std::string separator;
  friend bool operator==(const Joined&, const Joined&) = default;
};

struct Constant {
  std::string field;  // Field id, or kRolesField.
  std::string json;   // As the API writes the value; with `match` the text to find.
  std::string match;
  friend bool operator==(const Constant&, const Constant&) = default;
};

struct ImportMap {
  std::string name;
  int order = 0;
  std::string object;        // Object id.
  std::string file;          // Beside the mapping; "" in a request, which brings its rows.
  std::string source;        // Of external keys; "" where there are none.
  bool users = false;        // Rows of `user`: a sign-in is made for each.
  bool unique_rows = false;  // Of rows with one key only the first counts.
  std::vector<ImportColumn> columns;
  std::vector<Joined> joined;
  std::vector<Constant> constants;
  friend bool operator==(const ImportMap&, const ImportMap&) = default;
};

// Names as they are written; every problem, at the reader's paths. `name` may be absent.
Result<ImportMap> parse(json::Reader reader, json::To<ImportMap>);
void write(json::Writer& writer, const ImportMap& map);

// Names to ids of this bundle, and whether each column can feed what it names. Problems at paths
// of the mapping: "columns/client/field".
Result<ImportMap> resolve(ImportMap map, const Bundle& bundle);

// The mappings of data/, resolved, by order, then by name. The files have passed load().
Result<std::vector<ImportMap>> load_imports(const Files& files, const Bundle& bundle);

}  // namespace tenon::metadata
