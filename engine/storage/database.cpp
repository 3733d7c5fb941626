#include "engine/storage/database.h"

#include <sqlite3.h>

#include <condition_variable>
#include <mutex>

#include "engine/storage/connection.h"
#include "engine/storage/fault.h"

namespace tenon::storage {
namespace {

// Older ones can corrupt their write-ahead log when a checkpoint meets a commit.
constexpr int kSqliteVersionMin = 3'051'003;

constexpr std::string_view kBegin = "BEGIN";
constexpr std::string_view kEnd = "ROLLBACK";

Options checked(Options options) {
  if (sqlite3_libversion_number() < kSqliteVersionMin) {
    throw Fault("SQLite " + std::string(sqlite3_libversion()) + " is too old: 3.51.3 or newer");
  }
  return options;
}

// A reader's transaction, ended however the work ends.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) {
    if (connection_.execute(kBegin) != SQLITE_DONE) throw_fault(connection_.handle(), kBegin);
  }
  ~Snapshot() {
    connection_.watch(nullptr);
    if (connection_.in_transaction()) connection_.execute(kEnd);
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& connection_;
};

// Readers are opened when they are first needed; the one used last is taken first, its cache warm.
class ReaderPool {
 public:
  explicit ReaderPool(const Options& options) : options_(options) {}

  std::unique_ptr<Connection> take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty() || opened_ < options_.readers_max; });
    if (!idle_.empty()) {
      auto reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
    ++opened_;
    lock.unlock();
    try {
      return std::make_unique<Connection>(options_, Connection::Role::reader);
    } catch (...) {
      lock.lock();
      --opened_;
      returned_.notify_one();
      throw;
    }
  }

  void give_back(std::unique_ptr<Connection> reader) {
    {
      const std::lock_guard lock(mutex_);
      idle_.push_back(std::move(reader));
    }
    returned_.notify_one();
  }

 private:
  const Options& options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int opened_ = 0;
};

// Holds a pooled reader and returns it.
class Lease {
 public:
  explicit Lease(ReaderPool& pool) : pool_(pool), reader_(pool.take()) {}
  ~Lease() { pool_.give_back(std::move(reader_)); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Connection& operator*() { return *reader_; }

 private:
  ReaderPool& pool_;
  std::unique_ptr<Connection> reader_;
};

}  // namespace

struct Database::State {
  explicit State(Options given)
      : options(checked(std::move(given))),
        writing(options, Connection::Role::writer),
        writer(writing),
        readers(options) {}

  const Options options;
  // First, so that it is closed last: the last connection moves the rest of the log.
  Connection writing;
  Writer writer;
  ReaderPool readers;
  std::mutex checkpoint_mutex;
  std::unique_ptr<Connection> checkpointer;
};

Database::Database(Options options) : state_(std::make_unique<State>(std::move(options))) {}

Database::~Database() = default;

Writer& Database::writer() { return state_->writer; }

void Database::read(const std::function<void(Transaction&)>& work,
                    const std::atomic<bool>* cancelled) {
  Lease reader(state_->readers);
  const Snapshot snapshot(*reader);
  (*reader).watch(cancelled);
  Transaction tx(*reader);
  work(tx);
}

void Database::read_until(const std::function<void(Transaction&)>& work,
                          const std::function<bool()>& is_over) {
  Lease reader(state_->readers);
  const Snapshot snapshot(*reader);
  (*reader).watch(is_over);
  Transaction tx(*reader);
  work(tx);
}

int Database::checkpoint() {
  const std::lock_guard lock(state_->checkpoint_mutex);
  auto& checkpointer = state_->checkpointer;
  if (!checkpointer) {
    checkpointer = std::make_unique<Connection>(state_->options, Connection::Role::checkpointer);
  }
  int left = 0;
  const int code = checkpointer->checkpoint(SQLITE_CHECKPOINT_PASSIVE, &left);
  // Busy: the writer begins the log again just now.
  if (code != SQLITE_OK && code != SQLITE_BUSY) throw_fault(checkpointer->handle(), "checkpoint");
  return left;
}

}  // namespace tenon::storage
