// A database in a temporary folder with one table, and the short ways to use it.
#pragma once

#include "engine/storage/database.h"
#include "tests/support/temporary_folder.h"

namespace tenon::storage {

inline constexpr std::string_view kInsert = "INSERT INTO thing (id, name) VALUES (:id, :name)";
inline constexpr std::string_view kNameOf = "SELECT name FROM thing WHERE id = :id";

struct Fixture {
  explicit Fixture(Options given = {}) : database(with_path(std::move(given))) {
    script("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT) STRICT");
  }

  Options with_path(Options given) {
    given.path = folder.file("test.db");
    return given;
  }
  void script(const std::string& sql) {
    database.writer().run([&](Transaction& tx) { tx.script(sql); });
  }
  void insert(std::int64_t id, std::string_view name) {
    database.writer().run(
        [&](Transaction& tx) { tx.statement(kInsert).bind(":id", id).bind(":name", name).run(); });
  }
  std::int64_t integer(std::string_view sql) {
    std::int64_t answer = 0;
    database.read([&](Transaction& tx) {
      answer = tx.statement(sql).one([](const Row& row) { return row.integer(0); });
    });
    return answer;
  }
  std::int64_t count() { return integer("SELECT count(*) FROM thing"); }

  support::TemporaryFolder folder;
  Database database;
};

}  // namespace tenon::storage
