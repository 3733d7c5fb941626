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

// A pooled reader. Its snapshot stays open between two reads while nothing is committed: most reads
// then neither begin nor end a transaction, nor ask the system for the log's locks.
class Reader {
 public:
  explicit Reader(const Options& options) : connection(options, Connection::Role::reader) {}

  // A snapshot that has all of the first `commits`.
  void begin(std::uint64_t commits) {
    if (connection.in_transaction() && commits == commits_) return;
    end();
    commits_ = commits;
    if (connection.execute(kBegin) != SQLITE_DONE) throw_fault(connection.handle(), kBegin);
  }
  void end() {
    connection.watch(nullptr);
    if (connection.in_transaction()) connection.execute(kEnd);
  }

  Connection connection;

 private:
  std::uint64_t commits_ = 0;  // Before the snapshot was taken.
};

// Readers are opened when they are first needed; the one used last is taken first, its cache warm.
class ReaderPool {
 public:
  explicit ReaderPool(const Options& options) : options_(options) {}

  std::unique_ptr<Reader> take() {
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
      return std::make_unique<Reader>(options_);
    } catch (...) {
      lock.lock();
      --opened_;
      returned_.notify_one();
      throw;
    }
  }

  void give_back(std::unique_ptr<Reader> reader) {
    {
      const std::lock_guard lock(mutex_);
      idle_.push_back(std::move(reader));
    }
    returned_.notify_one();
  }

  // Snapshots that nobody reads in hold the log up.
  void end_snapshots() {
    const std::lock_guard lock(mutex_);
    for (const auto& reader : idle_) reader->end();
  }

 private:
  const Options& options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Reader>> idle_;
  int opened_ = 0;
};

// Holds a pooled reader in a snapshot and returns it; its snapshot ends where the work was not.
class Lease {
 public:
  Lease(ReaderPool& pool, const Connection& writing) : pool_(pool), reader_(pool.take()) {
    try {
      reader_->begin(writing.commits());
    } catch (...) {
      pool_.give_back(std::move(reader_));
      throw;
    }
  }
  ~Lease() {
    is_done_ ? reader_->connection.watch(nullptr) : reader_->end();
    pool_.give_back(std::move(reader_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Connection& operator*() { return reader_->connection; }
  void done() { is_done_ = true; }

 private:
  ReaderPool& pool_;
  std::unique_ptr<Reader> reader_;
  bool is_done_ = false;
};

}  // namespace

struct Database::State {
  explicit State(Options given)
      : options(checked(std::move(given))),
        writing(options, Connection::Role::writer),
        writer(writing),
        readers(options) {
    writing.before_checkpoint([this] { readers.end_snapshots(); });
  }

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
  Lease reader(state_->readers, state_->writing);
  (*reader).watch(cancelled);
  Transaction tx(*reader);
  work(tx);
  reader.done();
}

void Database::read_until(const std::function<void(Transaction&)>& work,
                          const std::function<bool()>& is_over) {
  Lease reader(state_->readers, state_->writing);
  (*reader).watch(is_over);
  Transaction tx(*reader);
  work(tx);
  reader.done();
}

int Database::checkpoint() {
  const std::lock_guard lock(state_->checkpoint_mutex);
  auto& checkpointer = state_->checkpointer;
  if (!checkpointer) {
    checkpointer = std::make_unique<Connection>(state_->options, Connection::Role::checkpointer);
    checkpointer->before_checkpoint([this] { state_->readers.end_snapshots(); });
  }
  int left = 0;
  const int code = checkpointer->checkpoint(SQLITE_CHECKPOINT_PASSIVE, &left);
  // Busy: the writer begins the log again just now.
  if (code != SQLITE_OK && code != SQLITE_BUSY) throw_fault(checkpointer->handle(), "checkpoint");
  return left;
}

}  // namespace tenon::storage
