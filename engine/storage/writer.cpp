// Group commit: one transaction for many works, each in its savepoint.
#include <exception>

#include "engine/storage/connection.h"
#include "engine/storage/fault.h"

namespace tenon::storage {
namespace {

constexpr std::string_view kBegin = "BEGIN IMMEDIATE";
constexpr std::string_view kCommit = "COMMIT";
constexpr std::string_view kRollback = "ROLLBACK";
constexpr std::string_view kSavepoint = "SAVEPOINT work";
constexpr std::string_view kRelease = "RELEASE work";
constexpr std::string_view kRollbackToSavepoint = "ROLLBACK TO work";

// 64 MB. The checkpointer keeps what is left to move small, but under steady load the log begins
// again only when the writer itself asks for it.
constexpr int kLogPagesMax = 16'384;
constexpr int kLogPagesBetweenTries = 4'096;  // After a reader was in the way.

void execute(Connection& connection, std::string_view sql) {
  if (connection.execute(sql) != SQLITE_DONE) throw_fault(connection.handle(), sql);
}

void undo(Connection& connection) {
  connection.watch(nullptr);
  if (connection.in_transaction()) connection.execute(kRollback);
}

// Once the commit frame may be in the log, nobody can say whether the transaction will be there
// after a crash: only a write that was refused is known not to be.
void commit(Connection& connection) {
  connection.watch(nullptr);
  if (!connection.in_transaction()) throw Fault("a work lost the transaction and went on");
  const int code = connection.execute(kCommit);
  if (code == SQLITE_DONE) return;
  const std::string message = sqlite3_errmsg(connection.handle());
  undo(connection);
  if (is_refused_write(code)) throw StorageFull("commit: " + message);
  throw FsyncFailed("the outcome of a commit is unknown: " + message);
}

class Group {
 public:
  Group(Connection& connection, Transaction& tx, std::span<Work* const> works)
      : connection_(connection), tx_(tx), works_(works), outcomes_(works.size()) {}

  void run() {
    try {
      while (!attempt()) {
      }
    } catch (const FsyncFailed&) {
      undo(connection_);
      throw;
    } catch (...) {
      undo(connection_);
      fail_all(std::current_exception());
      return;
    }
    answer();
  }

 private:
  struct Outcome {
    std::exception_ptr fault;
    bool is_cut = false;  // Its fault took the transaction along; it is not tried again.
  };

  // false: a work that was cut took the transaction along, the others must be repeated without it.
  bool attempt() {
    execute(connection_, kBegin);
    for (std::size_t i = 0; i < works_.size(); ++i) {
      if (outcomes_[i].is_cut) continue;
      outcomes_[i].fault = nullptr;
      carry_out(*works_[i], outcomes_[i]);
      if (outcomes_[i].is_cut) return false;
    }
    commit(connection_);
    return true;
  }

  void carry_out(Work& work, Outcome& outcome) {
    execute(connection_, kSavepoint);
    bool keeps = false;
    try {
      connection_.watch(work.cancelled());
      keeps = work.run(tx_);
    } catch (const FsyncFailed&) {
      throw;
    } catch (const Interrupted&) {
      // SQLite rolls everything back when it is cut while writing.
      outcome.fault = std::current_exception();
      outcome.is_cut = !connection_.in_transaction();
    } catch (const std::exception&) {
      outcome.fault = std::current_exception();
      if (!connection_.in_transaction()) throw;
    }
    connection_.watch(nullptr);
    if (outcome.is_cut) return;
    if (!connection_.in_transaction()) throw Fault("a work lost the transaction and went on");
    if (!keeps) execute(connection_, kRollbackToSavepoint);
    execute(connection_, kRelease);
  }

  void answer() {
    for (std::size_t i = 0; i < works_.size(); ++i) {
      if (outcomes_[i].fault) {
        fail(*works_[i], outcomes_[i].fault);
      } else {
        works_[i]->committed();
      }
    }
  }

  void fail_all(const std::exception_ptr& fault) {
    for (std::size_t i = 0; i < works_.size(); ++i) {
      fail(*works_[i], outcomes_[i].fault ? outcomes_[i].fault : fault);
    }
  }

  static void fail(Work& work, const std::exception_ptr& fault) {
    try {
      std::rethrow_exception(fault);
    } catch (const std::exception& known) {
      work.failed(known);
    } catch (...) {
      work.failed(Fault("something was thrown that is no exception"));
    }
  }

  Connection& connection_;
  Transaction& tx_;
  std::span<Work* const> works_;
  std::vector<Outcome> outcomes_;
};

// Moves the rest of a long log, so that the next commit begins it again from its start.
void restart_long_log(Connection& connection, int& tried_at) {
  const int pages = connection.log_pages();
  if (pages < tried_at) tried_at = 0;  // It has begun again.
  if (pages < kLogPagesMax || pages < tried_at + kLogPagesBetweenTries) return;
  tried_at = pages;
  const int code = connection.checkpoint(SQLITE_CHECKPOINT_RESTART, nullptr);
  if (is_fsync_failure(code)) throw_fault(connection.handle(), "moving the log");
}

}  // namespace

void Writer::run(std::span<Work* const> works) {
  Transaction tx(connection_);
  guarded([&] { Group(connection_, tx, works).run(); });
}

void Writer::run(const std::function<void(Transaction&)>& work) {
  guarded([&] {
    execute(connection_, kBegin);
    try {
      Transaction tx(connection_);
      work(tx);
      commit(connection_);
    } catch (...) {
      undo(connection_);
      throw;
    }
  });
}

// After a failed fsync the kernel may have dropped pages and say "done" next time: never again.
template <class F>
void Writer::guarded(F f) {
  if (is_broken_) throw FsyncFailed("an fsync has failed before; the process must leave");
  try {
    f();
    restart_long_log(connection_, log_tried_at_);
  } catch (const FsyncFailed&) {
    is_broken_ = true;
    throw;
  }
}

}  // namespace tenon::storage
