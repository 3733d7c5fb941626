#include "engine/record/catalogue.h"

namespace tenon::record {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE catalogue_table (object TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE catalogue_column (
    object TEXT NOT NULL, name TEXT NOT NULL, field TEXT NOT NULL, kind TEXT NOT NULL,
    scale INTEGER NOT NULL, retired INTEGER NOT NULL, PRIMARY KEY (object, name)) STRICT;
  CREATE TABLE catalogue_index (
    name TEXT PRIMARY KEY, tbl TEXT NOT NULL, definition TEXT NOT NULL) STRICT;
  CREATE TABLE catalogue_alias (
    object TEXT NOT NULL, alias TEXT NOT NULL, field TEXT NOT NULL,
    PRIMARY KEY (object, alias)) STRICT;
  CREATE TABLE external_key (
    source TEXT NOT NULL, object TEXT NOT NULL, key TEXT NOT NULL, record INTEGER NOT NULL,
    PRIMARY KEY (source, object, key)) STRICT, WITHOUT ROWID;
)sql";

// link_table.h.
constexpr std::string_view kCreateLinks = R"sql(
  CREATE TABLE record_link (
    place TEXT NOT NULL, target INTEGER NOT NULL, holder INTEGER NOT NULL,
    PRIMARY KEY (place, target, holder)) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kTables = "SELECT object, name FROM catalogue_table ORDER BY object";
constexpr std::string_view kColumns =
    "SELECT object, field, name, kind, scale, retired FROM catalogue_column ORDER BY object, name";
constexpr std::string_view kIndexes = "SELECT name, tbl, definition FROM catalogue_index";
constexpr std::string_view kAliases =
    "SELECT object, alias, field FROM catalogue_alias ORDER BY object, alias";

constexpr std::string_view kEmpty = R"sql(
  DELETE FROM catalogue_table;
  DELETE FROM catalogue_column;
  DELETE FROM catalogue_index;
  DELETE FROM catalogue_alias;
)sql";

constexpr std::string_view kFindExternal =
    "SELECT record FROM external_key WHERE source = :source AND object = :object AND key = :key";
constexpr std::string_view kKeepExternal = R"sql(
  INSERT INTO external_key (source, object, key, record) VALUES (:source, :object, :key, :record)
  ON CONFLICT (source, object, key) DO UPDATE SET record = excluded.record
)sql";

Kind kind_named(std::string_view name) {
  constexpr Kind kAll[] = {Kind::boolean, Kind::number,        Kind::text,      Kind::date,
                           Kind::time,    Kind::datetime,      Kind::reference, Kind::text_list,
                           Kind::json,    Kind::reference_list};
  for (const Kind kind : kAll) {
    if (name_of(kind) == name) return kind;
  }
  throw Fault("the catalogue names an unknown kind: " + std::string(name));
}

void keep(storage::Transaction& tx, const Catalogue& catalogue) {
  tx.script(std::string(kEmpty));
  for (const auto& [object, name] : catalogue.tables) {
    tx.statement("INSERT INTO catalogue_table (object, name) VALUES (?1, ?2)")
        .bind(1, object)
        .bind(2, name)
        .run();
  }
  for (const CatalogueColumn& column : catalogue.columns) {
    tx.statement(
          "INSERT INTO catalogue_column (object, field, name, kind, scale, retired) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .bind(1, column.object)
        .bind(2, column.field)
        .bind(3, column.name)
        .bind(4, name_of(column.kind))
        .bind(5, std::int64_t{column.scale})
        .bind(6, std::int64_t{column.retired})
        .run();
  }
  for (const CatalogueIndex& index : catalogue.indexes) {
    tx.statement("INSERT INTO catalogue_index (name, tbl, definition) VALUES (?1, ?2, ?3)")
        .bind(1, index.name)
        .bind(2, index.table)
        .bind(3, index.definition)
        .run();
  }
  for (const Alias& alias : catalogue.aliases) {
    tx.statement("INSERT INTO catalogue_alias (object, alias, field) VALUES (?1, ?2, ?3)")
        .bind(1, alias.object)
        .bind(2, alias.alias)
        .bind(3, alias.field)
        .run();
  }
}

}  // namespace

storage::Migrations migrations() {
  return {{"record_0001_catalogue", kCreate}, {"record_0002_links", kCreateLinks}};
}

Catalogue read_catalogue(storage::Transaction& tx) {
  Catalogue catalogue;
  catalogue.tables = tx.statement(kTables).all([](const storage::Row& row) {
    return std::pair{row.text(0), row.text(1)};
  });
  catalogue.columns = tx.statement(kColumns).all([](const storage::Row& row) {
    return CatalogueColumn{row.text(0),
                           row.text(1),
                           row.text(2),
                           kind_named(row.view(3)),
                           static_cast<int>(row.integer(4)),
                           row.integer(5) != 0};
  });
  catalogue.indexes = tx.statement(kIndexes).all([](const storage::Row& row) {
    return CatalogueIndex{row.text(0), row.text(1), row.text(2)};
  });
  catalogue.aliases = tx.statement(kAliases).all([](const storage::Row& row) {
    return Alias{row.text(0), row.text(1), row.text(2)};
  });
  return catalogue;
}

std::optional<storage::Clash> apply(storage::Transaction& tx, const Ddl& ddl) {
  for (const std::string& sql : ddl.statements) {
    if (auto clash = tx.statement(sql).run_or_clash()) return clash;
  }
  keep(tx, ddl.after);
  return std::nullopt;
}

std::optional<RecordId> find_external(storage::Transaction& tx, std::string_view source,
                                      std::string_view object, std::string_view key) {
  return tx.statement(kFindExternal)
      .bind(":source", source)
      .bind(":object", object)
      .bind(":key", key)
      .maybe([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

void keep_external(storage::Transaction& tx, std::string_view source, std::string_view object,
                   std::string_view key, RecordId record) {
  tx.statement(kKeepExternal)
      .bind(":source", source)
      .bind(":object", object)
      .bind(":key", key)
      .bind(":record", record.value)
      .run();
}

}  // namespace tenon::record
