#include "tests/runtime/server/books.h"

#include <algorithm>

#include "engine/application/version_table.h"
#include "engine/query/sql_functions.h"
#include "engine/record/catalogue.h"
#include "engine/storage/database.h"
#include "runtime/api/file_store.h"

namespace tenon::server::test {
namespace {

class Reader {
 public:
  Reader(storage::Transaction& tx, std::string data)
      : tx_(tx), data_(std::move(data)), catalogue_(record::read_catalogue(tx)) {}

  Books read() {
    Books books;
    books.version = static_cast<int>(application::read_newest(tx_).version);
    const std::string* table = catalogue_.table("entry");
    if (table == nullptr) return books;
    table_ = *table;
    tx_.statement("SELECT " + column("entry", "marker") + ", count(*), count(deleted_at), max(" +
                  column("entry", "pairs") + "), max(" + column("entry", "value") + ") FROM " +
                  table_ + " GROUP BY 1")
        .each([&](const storage::Row& row) {
          books.by_marker[row.text(0)] = {static_cast<int>(row.integer(1)),
                                          static_cast<int>(row.integer(2)), row.integer(3),
                                          row.integer(4)};
        });
    read_files(books);
    find_faults(std::to_string(books.version));
    books.faults = faults_;
    return books;
  }

 private:
  std::string column(std::string_view object, std::string_view field) {
    return catalogue_.column(object, field)->name;
  }

  // The files that the clerks sent have their name for content.
  void read_files(Books& books) {
    tx_.statement("SELECT " + column("file", "name") + ", " + column("file", "sha256") + " FROM " +
                  *catalogue_.table("file"))
        .each([&](const storage::Row& row) {
          const std::string name = row.text(0);
          ++books.by_marker[name].there;
          if (api::load_file(data_ + "/files", row.text(1)) != name) {
            faults_.push_back("the bytes of file " + name + " are not there");
          }
        });
  }

  void expect_none(const std::string& what, const std::string& sql) {
    const auto count =
        tx_.statement(sql).one([](const storage::Row& row) { return row.integer(0); });
    if (count != 0) faults_.push_back(std::to_string(count) + " " + what);
  }

  void find_faults(const std::string& version) {
    const auto integrity = tx_.statement("PRAGMA integrity_check").one([](const storage::Row& row) {
      return row.text(0);
    });
    if (integrity != "ok") faults_.push_back(integrity);
    expect_none("holes in the event log", "SELECT max(seq) - count(*) FROM event_log");
    expect_none("records whose version is not the number of their events",
                "SELECT count(*) FROM " + table_ +
                    " r WHERE version <> (SELECT count(*) FROM event_log e WHERE e.object = "
                    "'entry' AND e.record = r.id)");
    expect_none("events without a record",
                "SELECT count(*) FROM event_log e WHERE object = 'entry' AND NOT EXISTS (SELECT 1 "
                "FROM " +
                    table_ + " r WHERE r.id = e.record)");
    expect_none("versions without an event, or the other way round",
                "SELECT (SELECT count(*) FROM version) - (SELECT count(*) FROM event_log WHERE "
                "kind = 'publish')");
    expect_none("records computed by another version",
                "SELECT count(*) FROM " + table_ + " WHERE " + column("entry", "scaled") + " <> " +
                    column("entry", "pairs") + " * " + version);
    expect_none("gaps or repetitions in the numbers",
                "SELECT count(*) FROM (SELECT " + column("entry", "number") +
                    " AS given, row_number() OVER (ORDER BY " + column("entry", "number") +
                    ") AS place FROM " + table_ + ") WHERE given IS NOT printf('E%06d', place)");
    find_missing_columns(version);
  }

  // The catalogue speaks of columns that are there, and has the fields of this very version.
  void find_missing_columns(const std::string& version) {
    const auto names = tx_.statement("SELECT name FROM pragma_table_info('" + table_ + "')")
                           .all([](const storage::Row& row) { return row.text(0); });
    for (const record::CatalogueColumn& one : catalogue_.columns) {
      if (one.object != "entry") continue;
      if (std::find(names.begin(), names.end(), one.name) == names.end()) {
        faults_.push_back("no column " + one.name);
      }
    }
    const std::string next = std::to_string(std::stoi(version) + 1);
    if (catalogue_.column("entry", "extra_" + version) == nullptr ||
        catalogue_.column("entry", "extra_" + next) != nullptr) {
      faults_.push_back("the columns are not those of version " + version);
    }
  }

  storage::Transaction& tx_;
  std::string data_;
  record::Catalogue catalogue_;
  std::string table_;
  std::vector<std::string> faults_;
};

}  // namespace

Books read_books(const std::string& data) {
  storage::Database database({.path = data + "/tenon.db",
                              .functions = query::sql_functions(),
                              .collations = query::sql_collations()});
  Books books;
  database.read([&](storage::Transaction& tx) { books = Reader(tx, data).read(); });
  return books;
}

}  // namespace tenon::server::test
