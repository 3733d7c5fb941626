// The catalogue: which physical table and column each object and field has, for ever.
//
// Owns the tables catalogue_table, catalogue_column, catalogue_index, catalogue_alias and
// external_key. plan() compares a bundle with the catalogue and says what DDL it takes, without
// doing anything; apply() does it, inside the publish. A removed field's column is retired, not
// dropped: a rollback finds its data again.
#pragma once

#include <string>
#include <vector>

#include "engine/metadata/bundle.h"
#include "engine/record/table.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::record {

struct CatalogueColumn {
  std::string object;  // Ids.
  std::string field;
  std::string name;  // Physical.
  Kind kind;
  int scale;
  bool retired;
};

struct CatalogueIndex {
  std::string name;  // Physical.
  std::string table;
  std::string definition;  // The columns, and whether it is unique: "unique f_a, f_b".
};

// A name that a field had before: still accepted from clients.
struct Alias {
  std::string object;
  std::string alias;
  std::string field;
};

struct Catalogue {
  std::vector<std::pair<std::string, std::string>> tables;  // Object id → physical name.
  std::vector<CatalogueColumn> columns;
  std::vector<CatalogueIndex> indexes;
  std::vector<Alias> aliases;

  const std::string* table(std::string_view object) const;
  const CatalogueColumn* column(std::string_view object, std::string_view field) const;
};

storage::Migrations migrations();
Catalogue read_catalogue(storage::Transaction& tx);

// Whether the field has a column: all but formulas that are computed on read.
using IsStored = std::function<bool(const metadata::Object&, const metadata::Field&)>;

// The type of a field, of formula fields that of their result.
using TypeOf = std::function<Type(const metadata::Object&, const metadata::Field&)>;

struct Ddl {
  std::vector<std::string> statements;  // In order.
  std::vector<std::string> words;       // The same for people: "adds the column …".
  Catalogue after;
};

// Refused: a field whose kind changed, or whose scale would fall, at the object's file.
Result<Ddl> plan(const Catalogue& catalogue, const metadata::Bundle& bundle,
                 const IsStored& is_stored, const TypeOf& type_of);

// Runs the statements and keeps the catalogue. A unique index that existing rows break is a clash.
std::optional<storage::Clash> apply(storage::Transaction& tx, const Ddl& ddl);

// The object's table as the catalogue knows it.
Table table_of(const Catalogue& catalogue, const metadata::Object& object,
               const IsStored& is_stored, const TypeOf& type_of);

// Keys of imported rows: (source, object, key) → record.
std::optional<RecordId> find_external(storage::Transaction& tx, std::string_view source,
                                      std::string_view object, std::string_view key);
void keep_external(storage::Transaction& tx, std::string_view source, std::string_view object,
                   std::string_view key, RecordId record);

}  // namespace tenon::record
