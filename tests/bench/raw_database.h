// SQLite with nothing in between, set up as the engine's own connections are: for baselines only.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

#include "engine/storage/database.h"

namespace tenon::bench {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using RawStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

// Every call throws Fault where SQLite refuses.
class RawDatabase {
 public:
  RawDatabase(const std::string& path, int cache_kib);
  ~RawDatabase();
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;

  void script(const std::string& sql);
  RawStatement prepare(const std::string& sql);
  bool step(const RawStatement& statement);  // Whether there is a row.
  void run(const RawStatement& statement);   // To its end, and ready to run again.

 private:
  sqlite3* handle_ = nullptr;
  std::vector<storage::SqlCollation> collations_;
};

inline std::string_view text_at(const RawStatement& row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row.get(), column));
  return text == nullptr
             ? std::string_view()
             : std::string_view(text,
                                static_cast<std::size_t>(sqlite3_column_bytes(row.get(), column)));
}

inline void bind_text(const RawStatement& statement, int place, std::string_view text) {
  sqlite3_bind_text(statement.get(), place, text.data(), static_cast<int>(text.size()),
                    SQLITE_STATIC);
}

}  // namespace tenon::bench
