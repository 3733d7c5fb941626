#include "tests/bench/raw_database.h"

#include "engine/query/sql_functions.h"

namespace tenon::bench {

RawDatabase::RawDatabase(const std::string& path, int cache_kib)
    : collations_(query::sql_collations()) {
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(path.c_str(), &handle_, kFlags, nullptr) != SQLITE_OK) {
    throw Fault("cannot open " + path);
  }
  sqlite3_busy_timeout(handle_, 5000);
  for (const storage::SqlCollation& collation : collations_) {
    const auto compare = [](void* self, int a_size, const void* a, int b_size, const void* b) {
      const std::string_view left(static_cast<const char*>(a), static_cast<std::size_t>(a_size));
      const std::string_view right(static_cast<const char*>(b), static_cast<std::size_t>(b_size));
      return static_cast<const storage::SqlCollation*>(self)->compare(left, right);
    };
    sqlite3_create_collation_v2(handle_, collation.name.c_str(), SQLITE_UTF8,
                                const_cast<storage::SqlCollation*>(&collation), compare, nullptr);
  }
  script("PRAGMA cache_size = -" + std::to_string(cache_kib));
  script("PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA synchronous = FULL");
  script("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0");
}

RawDatabase::~RawDatabase() { sqlite3_close_v2(handle_); }

void RawDatabase::script(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return;
  throw Fault(std::string(sqlite3_errmsg(handle_)) + ": " + sql);
}

RawStatement RawDatabase::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.c_str(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    throw Fault(std::string(sqlite3_errmsg(handle_)) + ": " + sql);
  }
  return RawStatement(statement);
}

bool RawDatabase::step(const RawStatement& statement) {
  const int code = sqlite3_step(statement.get());
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement.get());
  if (code == SQLITE_DONE) return false;
  throw Fault(std::string(sqlite3_errmsg(handle_)) + ": " + sqlite3_sql(statement.get()));
}

void RawDatabase::run(const RawStatement& statement) {
  while (step(statement)) {
  }
}

}  // namespace tenon::bench
