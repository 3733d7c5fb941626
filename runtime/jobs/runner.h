// The runner of jobs: wakes when one is due and has it carried out.
//
// Jobs of the database run on the writer, one commit for some timers and at most one chunk of long
// work; the next is handed in when that is durable, so whoever waits for the writer meanwhile comes
// first. Outside effects run on a fixed number of workers, under a lease. On a virtual clock it
// stops at every due time on the way, so that each job sees the time at which it was due.
// What a kind does: engine/command/job_kinds.h, and the effects handed in here.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/command/context.h"
#include "engine/job/job.h"

namespace tenon::jobs {

// Something outside the database; may be done again, under the same job's id and key. Refused or
// thrown: tried again later.
using Effect = std::function<Result<void>(const job::Job& job)>;

// What the runner needs of the process.
struct Source {
  // On the writer, in one commit; waits until it is durable. false: it was not carried out. The
  // work may be run again, when its group had to be repeated.
  std::function<bool(const std::function<void(command::Context&)>& work)> write;
  std::function<void(const std::function<void(storage::Transaction&)>&)> read;
  const Clock* clock = nullptr;           // The business clock.
  VirtualClock* virtual_clock = nullptr;  // The same where it is virtual, else null.
  std::function<std::int64_t()> process_now_ms;
  // Answers a question that is answered true once a chunk of long work, from now on, has had its
  // part of the writer; null: never.
  std::function<std::function<bool()>()> begin_chunk = {};
  std::map<std::string, Effect, std::less<>> effects;  // By kind.
};

class Runner {
 public:
  explicit Runner(Source source) : source_(std::move(source)) {}
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void start();
  // Ends what is under way; the process must still write. What comes later is not carried out.
  void stop();

  void wake();  // Something was committed. At any time, also before the start and after the end.
  // Moves the virtual clock on; `done` when everything that fell due has been done (false: it could
  // not be written), on the runner's thread.
  void advance(std::int64_t to_ms, std::function<void(bool is_done)> done);

 private:
  struct Advance {
    std::int64_t to_ms;
    std::function<void(bool)> done;
  };

  void run();
  void work();
  bool serve();  // All that is due now. false: it could not be written.
  bool is_due();
  bool turn();
  void advance(const Advance& wish);
  bool settle_at_present();
  std::optional<std::int64_t> next_due_ms();
  std::chrono::milliseconds pause();
  int idle_workers();
  bool is_stopping();
  void carry_out(const job::Job& job);
  Result<void> affect(const job::Job& job) const;

  Source source_;
  std::mutex mutex_;
  std::condition_variable woken_;    // The dispatcher.
  std::condition_variable handed_;   // The workers.
  std::condition_variable settled_;  // By a worker.
  std::deque<job::Job> effects_;     // Claimed, not yet begun.
  std::deque<Advance> advances_;
  int under_way_ = 0;  // Effects claimed and not yet settled.
  bool is_woken_ = true;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tenon::jobs
