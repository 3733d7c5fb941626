#include "engine/storage/connection.h"

#include <algorithm>

#include "engine/storage/fault.h"

namespace tenon::storage {
namespace {

// The write-ahead log is cut to this once it begins again (writer.cpp).
constexpr std::string_view kLogBytesMax = "67108864";
constexpr int kBusyMs = 5000;         // Another program holds the file: a backup, a shell.
constexpr int kProgressSteps = 1000;  // Of SQLite's machine between looks at `cancelled`: 10 µs.
// Built SQL has many shapes; what has not been used for longest is forgotten, some at a time.
constexpr std::size_t kStatementsMax = 512;
constexpr std::size_t kForgottenAtOnce = 64;

std::string_view cache_pages(Connection::Role role) {
  switch (role) {
    case Connection::Role::writer: return "-8192";  // Kibibytes, being negative.
    case Connection::Role::reader: return "-4096";
    case Connection::Role::checkpointer: return "-64";
  }
  return "-64";
}

}  // namespace

Connection::Connection(const Options& options, Role role) {
  try {
    open(options.path);
    configure(role);
    if (options.is_throwaway) script("PRAGMA synchronous = OFF");
    add_functions(handle_, options);
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

Connection::~Connection() {
  statements_.clear();
  sqlite3_close_v2(handle_);
}

void Connection::open(const std::string& path) {
  constexpr int kFlags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(path.c_str(), &handle_, kFlags, nullptr) != SQLITE_OK) {
    throw_fault(handle_, "opening " + path);
  }
  sqlite3_busy_timeout(handle_, kBusyMs);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
  // One plan for a text, whatever is bound. Otherwise a LIMIT that is bound has the statement
  // prepared again at every use.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
}

void Connection::configure(Role role) {
  // Off the statement cache: none of these comes again.
  const auto pragma = [this](std::string_view name, std::string_view value) {
    script("PRAGMA " + std::string(name) + " = " + std::string(value));
  };
  pragma("cache_size", cache_pages(role));
  pragma("temp_store", "MEMORY");
  pragma("mmap_size", "0");
  pragma("synchronous", "FULL");
  if (role == Role::writer) {
    const auto mode =
        statement("PRAGMA journal_mode = WAL").one([](const Row& row) { return row.text(0); });
    if (mode != "wal") throw Fault("no write-ahead log on this file system, but " + mode);
    pragma("journal_size_limit", kLogBytesMax);
  }
  pragma("wal_autocheckpoint", "0");
  if (role == Role::reader) pragma("query_only", "ON");
  script("SELECT 1 FROM sqlite_schema");  // Opens the log: a checkpoint alone would not.
  sqlite3_wal_hook(
      handle_,
      [](void* self, sqlite3*, const char*, int pages) {
        auto& connection = *static_cast<Connection*>(self);
        connection.log_pages_ = pages;
        ++connection.commits_;
        return SQLITE_OK;
      },
      this);
}

Statement Connection::statement(std::string_view sql) {
  // Many short statements never meet the progress handler.
  if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
    throw Interrupted("interrupted before: " + std::string(sql));
  }
  const auto known = statements_.find(sql);
  if (known != statements_.end() && !known->second->in_use) {
    Cached& cached = *known->second;
    cached.in_use = true;
    cached.used_at = ++uses_;
    return Statement(cached);
  }
  const bool is_kept = known == statements_.end();
  auto fresh = prepare(sql, is_kept);
  fresh->in_use = true;
  fresh->used_at = ++uses_;
  Cached& cached = *fresh;
  if (!is_kept) {
    fresh.release();  // release() below deletes it.
    return Statement(cached);
  }
  if (statements_.size() >= kStatementsMax) forget_oldest();
  statements_.emplace(sql, std::move(fresh));
  return Statement(cached);
}

void Connection::script(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw_fault(handle_, sql);
  }
}

int Connection::execute(std::string_view sql) {
  auto prepared = statement(sql);
  return prepared.cached_->step();
}

void Connection::watch(const std::atomic<bool>* cancelled) {
  if (cancelled == cancelled_ && is_over_ == nullptr) return;
  cancelled_ = cancelled;
  is_over_ = nullptr;
  set_progress_handler();
}

void Connection::watch(const std::function<bool()>& is_over) {
  cancelled_ = nullptr;
  is_over_ = &is_over;
  set_progress_handler();
}

bool Connection::is_cut() const {
  if (cancelled_ != nullptr) return cancelled_->load(std::memory_order_relaxed);
  return is_over_ != nullptr && (*is_over_)();
}

void Connection::set_progress_handler() {
  const auto look = [](void* self) {
    return static_cast<int>(static_cast<const Connection*>(self)->is_cut());
  };
  const bool is_watched = cancelled_ != nullptr || is_over_ != nullptr;
  sqlite3_progress_handler(handle_, is_watched ? kProgressSteps : 0,
                           is_watched ? static_cast<int (*)(void*)>(look) : nullptr, this);
}

int Connection::checkpoint(int mode, int* frames_left) {
  int frames = 0;
  int moved = 0;
  if (before_checkpoint_) before_checkpoint_();
  // Nobody is waited for: a reader in the way now will be gone at the next try.
  sqlite3_busy_timeout(handle_, 0);
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, &frames, &moved);
  sqlite3_busy_timeout(handle_, kBusyMs);
  if (frames_left != nullptr) *frames_left = std::max(0, frames - moved);
  return code;
}

std::unique_ptr<Statement::Cached> Connection::prepare(std::string_view sql, bool is_kept) {
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  const unsigned flags = is_kept ? SQLITE_PREPARE_PERSISTENT : 0;
  const int code =
      sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), flags, &handle, &rest);
  if (code != SQLITE_OK) throw_fault(handle_, sql);
  auto cached = std::make_unique<Cached>(*this, handle, is_kept);
  const std::string_view behind = sql.substr(static_cast<std::size_t>(rest - sql.data()));
  const bool is_one = behind.find_first_not_of(" \n;") == behind.npos;
  if (handle == nullptr || !is_one) throw Fault("not one statement: " + std::string(sql));
  return cached;
}

void Connection::release(Cached& cached) {
  cached.reset();
  if (!cached.names.empty()) sqlite3_clear_bindings(cached.handle);
  cached.next_name = 0;
  cached.in_use = false;
  if (!cached.is_kept) delete &cached;
}

void Connection::forget_oldest() {
  std::vector<std::uint64_t> uses;
  for (const auto& [sql, cached] : statements_) uses.push_back(cached->used_at);
  const auto middle = uses.begin() + kForgottenAtOnce;
  std::nth_element(uses.begin(), middle, uses.end());
  std::erase_if(statements_, [oldest = *middle](const auto& entry) {
    return !entry.second->in_use && entry.second->used_at < oldest;
  });
}

}  // namespace tenon::storage
