// One SQLite connection: how it is opened, its prepared statements, its transactions.
//
// Used by one thread at a time (SQLITE_THREADSAFE=2); who may use it when is the matter of
// database.cpp (readers) and writer.cpp. Room-internal: other rooms see database.h.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/storage/database.h"

namespace tenon::storage {

struct Statement::Cached {
  Cached(Connection& owner, sqlite3_stmt* prepared, bool keep);
  ~Cached() { sqlite3_finalize(handle); }
  Cached(const Cached&) = delete;
  Cached& operator=(const Cached&) = delete;

  int place_of(std::string_view name);
  int step();  // SQLite's code; but for a row, the statement is reset.
  void reset();

  Connection& connection;
  sqlite3_stmt* const handle;
  const bool is_kept;              // Else it dies with its use: the kept one was in use already.
  std::vector<std::string> names;  // Of its bindings, by place from 0; "" where there is none.
  std::size_t next_name = 0;       // Where the name bound next is looked for first.
  std::int64_t changes = 0;
  std::uint64_t used_at = 0;  // The connection's count of uses, to forget the oldest.
  bool in_use = false;
  bool is_active = false;  // Between its first row and its last.
};

class Connection {
 public:
  enum class Role { writer, reader, checkpointer };

  // The options must outlive the connection: SQLite calls their functions.
  Connection(const Options& options, Role role);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Statement statement(std::string_view sql);
  void script(const std::string& sql);

  // Runs a statement that has neither bindings nor rows; answers SQLite's extended code.
  int execute(std::string_view sql);
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  // From now on statements are cut when this turns true; null: never.
  void watch(const std::atomic<bool>* cancelled);
  // The same when this answers true.
  void watch(const std::function<bool()>& is_over);
  const std::atomic<bool>* cancelled() const { return cancelled_; }

  // Moves frames of the write-ahead log. `mode` is SQLite's; answers its code.
  int checkpoint(int mode, int* frames_left);
  void before_checkpoint(std::function<void()> f) { before_checkpoint_ = std::move(f); }
  int log_pages() const { return log_pages_; }  // As of this connection's last commit.
  // How often this connection has committed something. From any thread.
  std::uint64_t commits() const { return commits_; }

  sqlite3* handle() const { return handle_; }

 private:
  friend class Statement;
  using Cached = Statement::Cached;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  void open(const std::string& path);
  void configure(Role role);
  std::unique_ptr<Cached> prepare(std::string_view sql, bool is_kept);
  void release(Cached& cached);
  void forget_oldest();
  bool is_cut() const;
  void set_progress_handler();

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string, std::unique_ptr<Cached>, Hash, std::equal_to<>> statements_;
  std::uint64_t uses_ = 0;
  const std::atomic<bool>* cancelled_ = nullptr;
  const std::function<bool()>* is_over_ = nullptr;
  int log_pages_ = 0;
  std::atomic<std::uint64_t> commits_{0};
  std::function<void()> before_checkpoint_;
};

// Registers the options' functions and collations with the connection (functions.cpp).
void add_functions(sqlite3* handle, const Options& options);

}  // namespace tenon::storage
