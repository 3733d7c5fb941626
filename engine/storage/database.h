// The database behind a port: one writer, many readers, prepared statements, group commit.
//
// Guarantees: what Writer::run reports as committed survives kill -9 and power loss (SQLite: WAL
// with synchronous=FULL); a reader sees one snapshot; a statement is prepared once per connection
// and SQL text. Refusals that a user can cause (a unique clash) are values; everything else is a
// Fault (StorageFull where the disk is full or read-only).
// The only room that knows SQLite; what differs for PostgreSQL is in dialect.h.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/value/column.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tenon::storage {

// The current row of a statement. Views are valid until the next row.
class Row {
 public:
  bool is_null(int column) const;
  std::int64_t integer(int column) const;   // 0 where null.
  std::string_view view(int column) const;  // "" where null.
  std::string text(int column) const { return std::string(view(column)); }
  int size() const;

 private:
  friend class Statement;
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  sqlite3_stmt* statement_;
};

// A unique index refused a row.
struct Clash {
  std::string table;
  std::vector<std::string> columns;
};

// A prepared statement in use; goes back to its connection's cache, reset, at the end of its life.
// Bindings by name (":id") or by place from 1. Texts are copied only where said.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(std::string_view name, std::int64_t value);
  Statement& bind(std::string_view name, std::string_view value);  // Must live until run.
  Statement& bind(std::string_view name, const Column& value);     // Must live until run.
  Statement& bind(std::string_view name, const std::string& value) {
    return bind(name, std::string_view(value));
  }
  Statement& bind_null(std::string_view name);
  Statement& bind(int place, std::int64_t value);
  Statement& bind(int place, std::string_view value);
  Statement& bind(int place, const std::string& value) {
    return bind(place, std::string_view(value));
  }
  Statement& bind(int place, const Column& value);
  Statement& bind_copy(int place, std::string_view value);  // May go before the run.

  void run();                           // Rows are passed over; a clash is a Fault.
  std::optional<Clash> run_or_clash();  // The same where a user can cause a clash.
  std::int64_t changes() const;         // Rows changed by the last run.
  // The next row, nothing at the end. Binding begins anew.
  std::optional<Row> step();

  // The same with a function of the row; one() faults without a row.
  template <class F>
  auto one(F f) {
    auto row = step();
    if (!row) throw Fault("a row was expected: " + sql());
    return f(*row);
  }
  template <class F>
  auto maybe(F f) -> std::optional<decltype(f(std::declval<const Row&>()))> {
    auto row = step();
    if (!row) return std::nullopt;
    return f(*row);
  }
  template <class F>
  auto all(F f) {
    std::vector<decltype(f(std::declval<const Row&>()))> rows;
    while (auto row = step()) rows.push_back(f(*row));
    return rows;
  }
  template <class F>
  void each(F f) {
    while (auto row = step()) f(*row);
  }

 private:
  friend class Connection;
  struct Cached;
  explicit Statement(Cached& cached);
  Statement& bound(int code);
  std::string sql() const;
  Cached* cached_;
};

// One connection inside a transaction: a snapshot of a reader, or the writer's group.
class Transaction {
 public:
  // The text must not be built from input; built SQL comes from SqlBuilder.
  Statement statement(std::string_view sql);
  // Several statements at once, without bindings: DDL.
  void script(const std::string& sql);
  // What cuts its statements when it turns true, for work between them to look at; null: nothing.
  const std::atomic<bool>* cancelled() const;

 private:
  friend class Database;
  friend class Writer;
  explicit Transaction(class Connection& connection) : connection_(connection) {}
  class Connection& connection_;
};

// A function of the engine's own that SQL may call; deterministic, and the same everywhere.
struct SqlFunction {
  std::string name;
  int arity;  // -1: any number.
  std::function<Column(std::span<const Column>)> call;
};
// An order of texts that SQL may name in COLLATE; negative, zero, positive.
struct SqlCollation {
  std::string name;
  std::function<int(std::string_view, std::string_view)> compare;
};

struct Options {
  std::string path;  // A file, made where there is none; its folder must exist.
  int readers_max = 4;
  bool is_throwaway = false;  // Not synced to disk: for databases that end with the program.
  std::vector<SqlFunction> functions;
  std::vector<SqlCollation> collations;
};

// Something to be written, as one whole or not at all.
class Work {
 public:
  virtual ~Work() = default;
  // Inside its own savepoint. true: keep. false: undo what it wrote (a refusal). A thrown Fault
  // undoes it too and reaches `failed`. May be called again when the group had to be repeated.
  virtual bool run(Transaction& tx) = 0;
  // Called once, after COMMIT made the group durable, also where run answered false. Neither this
  // nor failed() may throw.
  virtual void committed() = 0;
  // Called once instead, when it was not carried out: the work's own fault or its group's.
  virtual void failed(const std::exception& fault) = 0;
  // When this turns true, the statement under way is cut and Interrupted is thrown in run().
  virtual const std::atomic<bool>* cancelled() const { return nullptr; }
};

// The one writer. Not thread-safe: one thread drives it (runtime/server).
class Writer {
 public:
  // One transaction for all works, in their order, each in a savepoint; then COMMIT with fsync.
  // A work whose fault took the whole transaction along (disk full) fails the group: every work
  // not yet undone is told `failed`. A failed fsync throws FsyncFailed: the process must leave.
  void run(std::span<Work* const> works);
  // For the start and tests: one work, run and committed at once.
  void run(const std::function<void(Transaction&)>& work);

 private:
  friend class Database;
  explicit Writer(class Connection& connection) : connection_(connection) {}
  template <class F>
  void guarded(F f);
  class Connection& connection_;
  bool is_broken_ = false;
  int log_tried_at_ = 0;  // Pages of the log when it was last asked to begin again.
};

class FsyncFailed : public Fault {
 public:
  using Fault::Fault;
};

class Database {
 public:
  explicit Database(Options options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Writer& writer();
  // Runs `work` on a pooled reader inside one snapshot. Thread-safe; waits for a free reader.
  // When `cancelled` turns true, the statement under way is cut and Interrupted is thrown.
  void read(const std::function<void(Transaction&)>& work,
            const std::atomic<bool>* cancelled = nullptr);
  // The same where time is up when `is_over` answers true: it is asked every few microseconds of a
  // statement's work, on this thread.
  void read_until(const std::function<void(Transaction&)>& work,
                  const std::function<bool()>& is_over);
  // Moves what is new in the write-ahead log into the database file; off the commit path, from a
  // thread of its own, every second or so: the more often, the smaller the step. Answers how many
  // pages are left (readers still need them). A failed fsync throws FsyncFailed.
  int checkpoint();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class Interrupted : public Fault {
 public:
  using Fault::Fault;
};

}  // namespace tenon::storage
