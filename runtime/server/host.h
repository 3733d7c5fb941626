// The process around the engine: database, threads, queues, clocks. Implements api::Engine.
//
// Threads, each with one owner here: the writer (all commands, group commit), the checkpointer, the
// workers (password hashes, files, reads that take long), the watchdog of the writer's time, push
// and the runner of jobs. The I/O thread belongs to
// http::Server. What is visible to others (application, sign-ins, push) changes only after COMMIT.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/storage/database.h"
#include "runtime/api/engine.h"
#include "runtime/jobs/runner.h"
#include "runtime/push/push.h"
#include "runtime/server/data_folder.h"
#include "runtime/server/watchdog.h"
#include "runtime/server/write_queue.h"

namespace tenon::server {

enum class ClockKind { real, virtual_one };

struct HostOptions {
  std::string data;
  std::string public_url;
  bool demo = false;
  ClockKind clock = ClockKind::real;
  std::optional<std::int64_t> clock_from_ms = {};  // Where a virtual one begins in a new folder.
};

class Host final : public api::Engine {
 public:
  // Opens the folder, brings the tables up to date, starts the threads. Throws Fault.
  explicit Host(HostOptions options);
  ~Host() override;  // Writes what was accepted, then ends the threads.

  api::AppPointer application() const override;
  const Clock& clock() const override;
  IdSource& ids() override { return *ids_; }
  std::int64_t process_now_ms() const override;
  void read(const std::function<void(storage::Transaction&)>& work) override;
  bool read_shortly(const std::function<void(storage::Transaction&)>& work) override;
  void write(std::shared_ptr<api::Write> write) override;
  bool work(std::function<void()> job) override;
  auth::SignIns& sign_ins() override { return sign_ins_; }
  void open_stream(std::shared_ptr<api::Call> call) override;
  api::Readiness readiness() const override;
  std::string metrics() const override;
  std::string files_folder() const override;
  bool is_demo() const override { return options_.demo; }
  std::string public_url() const override { return options_.public_url; }

  bool advance_clock(std::int64_t to_ms, std::function<void(bool)> done) override;

  void close_streams();

 private:
  class Item;
  void write_groups();
  void write_group(const WriteQueue::Group& group);
  void run_jobs();
  void checkpoint();
  void start_virtual_clock(storage::Transaction& tx);
  void make_runner();
  bool write_and_wait(const std::function<void(command::Context&)>& work);
  Result<void> remove_bytes(const job::Job& job);

  HostOptions options_;
  DataFolder folder_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<VirtualClock> virtual_clock_;
  std::unique_ptr<IdSource> ids_;
  auth::SignIns sign_ins_;
  std::atomic<std::shared_ptr<const application::Application>> application_;
  std::unique_ptr<push::Push> push_;

  WriteQueue queue_;
  Watchdog watchdog_;  // Of the writer.
  std::mutex jobs_mutex_;
  std::condition_variable jobs_filled_;
  std::deque<std::function<void()>> jobs_;
  std::mutex checkpoint_mutex_;
  std::condition_variable checkpoint_wanted_;
  bool stopping_ = false;

  std::atomic<std::uint64_t> committed_{0};
  std::atomic<std::uint64_t> groups_{0};
  std::atomic<bool> storage_full_{false};
  std::unique_ptr<jobs::Runner> runner_;  // There as long as the writer, which wakes it.
  std::vector<std::thread> threads_;
};

}  // namespace tenon::server
