// A database with a catalogue, and bundles of one object, `thing`, that are planned and applied.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "engine/query/sql_functions.h"
#include "engine/record/catalogue.h"
#include "tests/support/temporary_folder.h"

namespace tenon::record {

inline bool is_stored(const metadata::Object&, const metadata::Field& field) {
  return !field.is_formula();
}
inline Type type_of_field(const metadata::Object&, const metadata::Field& field) {
  return metadata::type_of(field);
}

// `fields` and further members of the object's file.
inline metadata::Bundle thing(const std::string& fields, const std::string& more = "") {
  const metadata::Files files = {
      {"bundle.json", R"({"format": 1, "name": "things", "version": "1", "label": "Things"})"},
      {"objects/thing.json",
       R"({"name": "thing", "label": "Thing", "label_plural": "Things", "title_field": "name",
           "fields": [{"name": "name", "label": "Name", "type": "text"})" +
           fields + "]" + more + "}"}};
  auto bundle = metadata::load(files, &metadata::system_bundle());
  if (!bundle) throw Fault(describe(bundle.error()));
  return bundle.take();
}

struct Fixture {
  Fixture()
      : database({.path = folder.file("test.db"),
                  .functions = query::sql_functions(),
                  .collations = query::sql_collations()}) {
    write([](storage::Transaction& tx) { storage::migrate(tx, migrations(), 0); });
  }

  template <class F>
  void write(F f) {
    database.writer().run([&](storage::Transaction& tx) { f(tx); });
  }

  Result<Ddl> planned(const metadata::Bundle& bundle) {
    Result<Ddl> ddl = Ddl{};
    write([&](storage::Transaction& tx) {
      ddl = plan(read_catalogue(tx), bundle, is_stored, type_of_field);
    });
    return ddl;
  }

  // The words of what was done, joined; the problem's rule where it was refused.
  std::string publish(const metadata::Bundle& bundle) {
    const auto ddl = planned(bundle);
    if (!ddl) return ddl.error().problems.front().rule;
    std::string words;
    for (const std::string& word : ddl->words) {
      if (word.find("thing") != std::string::npos) words += (words.empty() ? "" : "; ") + word;
    }
    bool clash = false;
    write([&](storage::Transaction& tx) { clash = apply(tx, *ddl).has_value(); });
    table = table_of(ddl->after, *bundle.find("thing"), is_stored, type_of_field);
    return clash ? "clash" : words;
  }

  std::int64_t integer(const std::string& sql) {
    std::int64_t answer = 0;
    write([&](storage::Transaction& tx) {
      answer = tx.statement(sql).one([](const storage::Row& row) { return row.integer(0); });
    });
    return answer;
  }

  // By slot; answers whether it was taken.
  bool insert_thing(std::int64_t id, Values fields) {
    bool taken = false;
    write([&](storage::Transaction& tx) {
      taken = !insert(tx, table, record_of(id, std::move(fields)));
    });
    return taken;
  }
  static Record record_of(std::int64_t id, Values fields) {
    Record record;
    record.id = {id};
    record.version = 1;
    record.created_at = record.updated_at = {1'800'000'000'000};
    record.created_by = record.updated_by = {5};
    record.fields = std::move(fields);
    return record;
  }
  std::optional<Record> record(std::int64_t id) {
    std::optional<Record> found;
    write([&](storage::Transaction& tx) { found = read(tx, table, RecordId{id}); });
    return found;
  }

  support::TemporaryFolder folder;
  storage::Database database;
  Table table;  // Of the last publish.
};

}  // namespace tenon::record
