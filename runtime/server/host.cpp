#include "runtime/server/host.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>

#include "engine/base/limits.h"
#include "engine/command/events.h"
#include "engine/command/migrations.h"
#include "engine/command/publish.h"
#include "engine/command/purge.h"
#include "engine/command/run_access.h"
#include "engine/command/stuck_runs.h"
#include "engine/job/job.h"
#include "engine/json/document.h"
#include "engine/query/attachment.h"
#include "engine/query/flow_metrics.h"
#include "engine/query/people.h"
#include "engine/query/sql_functions.h"
#include "engine/storage/migration.h"
#include "runtime/api/call.h"
#include "runtime/api/file_store.h"
#include "runtime/auth/secret.h"
#include "runtime/http/handler.h"
#include "runtime/server/processor_time.h"

namespace tenon::server {
namespace {

constexpr std::size_t kJobsMax = 1'000;
constexpr int kWorkers = 2;
// The I/O thread, the workers, push, the runner: none waits for another one.
constexpr int kReadersMax = 8;
constexpr auto kCheckpointPause = std::chrono::milliseconds(500);
constexpr int kFaultExit = 70;
constexpr int kStuckToldMax = 20;

std::int64_t machine_now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

class MachineClock final : public Clock {
 public:
  std::int64_t now_ms() const override { return machine_now_ms(); }
};

const MachineClock& machine_clock() {
  static const MachineClock clock;
  return clock;
}

// Records may have been removed for good; events never are.
std::int64_t highest_id(storage::Transaction& tx, const application::Application& app) {
  std::int64_t highest = std::max(event::last_id(tx), job::highest_id(tx));
  highest = std::max(highest, command::highest_run_id(tx));
  for (const application::Object& object : app.objects()) {
    highest = std::max(highest, record::highest_id(tx, object.table));
  }
  return highest;
}

// What should never be there is said, and served all the same.
void tell_stuck_runs(storage::Transaction& tx, std::int64_t now_ms) {
  for (const command::StuckRun& one : command::stuck_runs(tx, now_ms, kStuckToldMax)) {
    std::fprintf(stderr, "tenon: run %s of the flow %s stands still: %s\n",
                 text_of(one.run).c_str(), one.flow.c_str(), one.why.c_str());
  }
}

Error error_of(const std::exception& fault) {
  if (dynamic_cast<const StorageFull*>(&fault) != nullptr) {
    return Error::of(ErrorCode::not_done, "", "storage", "the disk is full or cannot be written");
  }
  std::fprintf(stderr, "tenon: fault in a command: %s\n", fault.what());
  return Error::of(ErrorCode::outcome_unknown, "", "fault", "something failed on the server");
}

Error too_long(const api::Write& write, const command::Changes& changes) {
  const auto in_ms = [](std::chrono::microseconds time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
  };
  const std::string what = write.name.empty() ? "a command" : write.name;
  std::string touched = std::to_string(changes.touched()) + " records and lines";
  return Error::of(ErrorCode::limit, "", "writer_time",
                   what + " took more than the " + in_ms(Watchdog::allowance(changes)) +
                       " ms that it may take of the writer for " + touched +
                       "; nothing of it was kept. Write less at once, or look for the formula, "
                       "rule or rollup that takes so long");
}

}  // namespace

// One write inside its group.
class Host::Item final : public storage::Work {
 public:
  Item(Host& host, api::Write& write, api::AppPointer& newest)
      : host_(host), write_(write), newest_(newest) {}

  bool run(storage::Transaction& tx) override {
    command::Changes changes;
    changes.command = CommandId{host_.ids_->next()};
    cancelled_ = false;
    std::optional<Watched> watched;
    if (!write_.takes_its_time) watched.emplace(host_.watchdog_, changes, cancelled_);
    try {
      outcome_ = carry_out(tx, changes);
    } catch (const storage::Interrupted&) {
      refusal_ = too_long(write_, changes);
      throw;
    }
    // What formulas answered when they were told to stop is not to be kept.
    if (cancelled_) outcome_ = too_long(write_, changes);
    return static_cast<bool>(outcome_);
  }

  void committed() override { host_.storage_full_ = false; }

  void failed(const std::exception& fault) override {
    if (dynamic_cast<const StorageFull*>(&fault) != nullptr) host_.storage_full_ = true;
    const bool is_cut = dynamic_cast<const storage::Interrupted*>(&fault) != nullptr;
    outcome_ = is_cut && refusal_ ? *refusal_ : error_of(fault);
    concerns_people_ = false;
    write_.published = nullptr;
  }

  void tell() const { write_.done(outcome_); }
  bool concerns_people() const { return outcome_ && concerns_people_; }
  bool is_done() const { return static_cast<bool>(outcome_); }
  const std::atomic<bool>* cancelled() const override { return &cancelled_; }

 private:
  Result<void> carry_out(storage::Transaction& tx, command::Changes& changes) {
    // Within a group a publish counts for those behind it.
    const api::AppPointer app = newest_;
    command::Context context{*app, write_.actor, tx, host_.clock(), *host_.ids_, changes};
    TENON_CHECK(write_.run(context));
    command::append_events(context, changes.command);
    if (write_.published) newest_ = write_.published;
    for (const application::Object* object : changes.objects()) {
      concerns_people_ = concerns_people_ || query::concerns_people(*object);
    }
    return done();
  }

  Host& host_;
  api::Write& write_;
  api::AppPointer& newest_;
  Result<void> outcome_;
  std::optional<Error> refusal_;  // Where its time was over.
  std::atomic<bool> cancelled_{false};
  bool concerns_people_ = false;
};

Host::Host(HostOptions options) : options_(std::move(options)), folder_(options_.data) {
  auth::init_secrets();
  storage::Options database;
  database.path = folder_.database();
  database.readers_max = kReadersMax;
  database.functions = query::sql_functions();
  database.collations = query::sql_collations();
  database_ = std::make_unique<storage::Database>(std::move(database));
  std::int64_t highest = 0;
  database_->writer().run([&](storage::Transaction& tx) {
    const auto migrations = command::all_migrations();
    storage::migrate(tx, migrations, machine_now_ms());
    if (options_.clock == ClockKind::virtual_one) start_virtual_clock(tx);
    auto app = command::open_application(tx);
    highest = highest_id(tx, *app);
    tell_stuck_runs(tx, clock().now_ms());
    application_ = std::move(app);
  });
  ids_ = std::make_unique<IdSource>(machine_clock(), 0, highest);
  push_ = std::make_unique<push::Push>(
      push::Source{[this] { return application(); },
                   [this](const std::function<void(storage::Transaction&)>& work) { read(work); },
                   [] { return machine_now_ms(); }});
  make_runner();
  threads_.emplace_back([this] { write_groups(); });
  threads_.emplace_back([this] { checkpoint(); });
  for (int i = 0; i < kWorkers; ++i) threads_.emplace_back([this] { run_jobs(); });
  runner_->start();
}

// Goes on where it stood when this folder was last served so.
void Host::start_virtual_clock(storage::Transaction& tx) {
  const std::int64_t mark = job::clock_mark(tx);
  const std::int64_t first = options_.clock_from_ms.value_or(machine_now_ms());
  virtual_clock_ = std::make_unique<VirtualClock>(mark != 0 ? mark : first);
}

void Host::make_runner() {
  jobs::Source source;
  source.write = [this](const auto& work) { return write_and_wait(work); };
  source.read = [this](const auto& work) { read(work); };
  source.clock = &clock();
  source.virtual_clock = virtual_clock_.get();
  source.process_now_ms = [] { return machine_now_ms(); };
  source.begin_chunk = [] { return has_worked_for(Watchdog::kCommand); };
  source.effects.emplace(command::kRemoveBytes,
                         [this](const job::Job& job) { return remove_bytes(job); });
  runner_ = std::make_unique<jobs::Runner>(std::move(source));
}

bool Host::write_and_wait(const std::function<void(command::Context&)>& work) {
  auto write = std::make_shared<api::Write>();
  std::promise<bool> durable;
  write->actor = system_actor(Surface::system, "jobs");
  write->takes_its_time = true;
  write->run = [&work](command::Context& context) -> Result<void> {
    work(context);
    return done();
  };
  write->done = [&durable](const Result<void>& outcome) {
    durable.set_value(static_cast<bool>(outcome));
  };
  this->write(std::move(write));
  return durable.get_future().get();
}

Result<void> Host::remove_bytes(const job::Job& job) {
  TENON_TRY(const auto input, json::Document::parse(job.input));
  const std::string sha256(*input.root().at("sha256").text());
  return api::remove_file(files_folder(), sha256, machine_now_ms(), [&] {
    bool is_needed = true;
    read([&](storage::Transaction& tx) {
      is_needed = query::are_bytes_needed(*application(), tx, sha256);
    });
    return is_needed;
  });
}

bool Host::advance_clock(std::int64_t to_ms, std::function<void(bool)> done) {
  if (!virtual_clock_) return false;
  runner_->advance(to_ms, std::move(done));
  return true;
}

Host::~Host() {
  runner_->stop();  // While its last writes are still taken.
  {
    const std::scoped_lock lock(jobs_mutex_, checkpoint_mutex_);
    stopping_ = true;
  }
  queue_.end();
  jobs_filled_.notify_all();
  checkpoint_wanted_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  push_.reset();
}

api::AppPointer Host::application() const { return application_.load(); }

const Clock& Host::clock() const {
  if (virtual_clock_) return *virtual_clock_;
  return machine_clock();
}

std::int64_t Host::process_now_ms() const { return machine_now_ms(); }

void Host::read(const std::function<void(storage::Transaction&)>& work) { database_->read(work); }

bool Host::read_shortly(const std::function<void(storage::Transaction&)>& work) {
  try {
    database_->read_until(work, short_read_is_over());
    return true;
  } catch (const storage::Interrupted&) {
    return false;
  }
}

void Host::write(std::shared_ptr<api::Write> write) {
  if (!queue_.push(write)) write->done(Error{ErrorCode::busy, {}});
}

void Host::write_groups() {
  for (auto group = queue_.take(); !group.empty(); group = queue_.take()) write_group(group);
}

void Host::write_group(const WriteQueue::Group& group) {
  const http::CompletionBatch batch;
  api::AppPointer newest = application();
  std::vector<std::unique_ptr<Item>> items;
  std::vector<storage::Work*> works;
  for (const auto& write : group) {
    items.push_back(std::make_unique<Item>(*this, *write, newest));
    works.push_back(items.back().get());
  }
  try {
    database_->writer().run(works);
  } catch (const storage::FsyncFailed& fault) {
    // Whether these are durable nobody can know any more: nothing is answered.
    std::fprintf(stderr, "tenon: %s; leaving, the next start recovers\n", fault.what());
    std::_Exit(kFaultExit);
  }
  queue_.note_durable();
  bool people = false;
  bool published = false;
  for (std::size_t i = 0; i < items.size(); ++i) {
    people = people || items[i]->concerns_people();
    if (!items[i]->is_done() || !group[i]->published) continue;
    application_ = group[i]->published;
    published = true;
  }
  if (people || published) sign_ins_.forget_all();
  ++groups_;
  committed_ += items.size();
  for (const auto& item : items) item->tell();
  push_->wake();
  runner_->wake();
}

bool Host::work(std::function<void()> job) {
  const std::lock_guard lock(jobs_mutex_);
  if (stopping_ || jobs_.size() >= kJobsMax) return false;
  jobs_.push_back(std::move(job));
  jobs_filled_.notify_one();
  return true;
}

void Host::run_jobs() {
  while (true) {
    std::function<void()> job;
    {
      std::unique_lock lock(jobs_mutex_);
      jobs_filled_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    try {
      job();
    } catch (const std::exception& fault) {
      std::fprintf(stderr, "tenon: fault in a job: %s\n", fault.what());
    }
  }
}

void Host::checkpoint() {
  std::unique_lock lock(checkpoint_mutex_);
  while (!stopping_) {
    checkpoint_wanted_.wait_for(lock, kCheckpointPause, [this] { return stopping_; });
    lock.unlock();
    try {
      database_->checkpoint();
    } catch (const storage::FsyncFailed& fault) {
      std::fprintf(stderr, "tenon: %s; leaving, the next start recovers\n", fault.what());
      std::_Exit(kFaultExit);
    } catch (const std::exception& fault) {
      std::fprintf(stderr, "tenon: checkpoint: %s\n", fault.what());
    }
    lock.lock();
  }
}

void Host::open_stream(std::shared_ptr<api::Call> call) {
  const std::string cursor(call->request.header("last-event-id"));
  std::int64_t seen = -1;
  if (!cursor.empty() && cursor.find_first_not_of("0123456789") == std::string::npos &&
      cursor.size() < 19) {
    seen = std::stoll(cursor);
  }
  http::Response response;
  response.on_stream = [this, call, seen](std::shared_ptr<http::Stream> stream) {
    const auto signed_in = call->signed_in;
    const auto still = [this, signed_in] {
      if (signed_in->actor.is_system()) return true;
      // Forgotten when people or versions change: the client comes back and is looked up anew.
      return sign_ins_.find(signed_in->hash, process_now_ms()) == signed_in;
    };
    push_->add(std::move(stream), signed_in->actor, seen, still);
  };
  call->answer(std::move(response));
}

void Host::close_streams() { push_->close_all(); }

api::Readiness Host::readiness() const {
  if (storage_full_) return {false, "the disk is full or cannot be written"};
  return {true, "ready"};
}

namespace {

void gauge(std::string& text, std::string_view name, std::int64_t value) {
  text.append("# TYPE ").append(name).append(" gauge\n");
  text.append(name).append(" ").append(std::to_string(value)).append("\n");
}

// How long the job that is due longest has waited, by lane; what only an admin sets going again.
void job_gauges(std::string& text, storage::Transaction& tx, std::int64_t now_ms) {
  constexpr int kOpenJobsMax = 1'000;
  text += "# TYPE tenon_job_age_milliseconds gauge\n";
  std::int64_t timers = 0;
  for (const job::Lane lane : job::kLanes) {
    const std::int64_t due = job::next_due(tx, lane).value_or(now_ms);
    const std::int64_t age = std::max<std::int64_t>(now_ms - due, 0);
    if (lane == job::Lane::timers) timers = age;
    text.append("tenon_job_age_milliseconds{lane=\"").append(job::name_of(lane));
    text.append("\"} ").append(std::to_string(age)).append("\n");
  }
  gauge(text, "tenon_timer_lag_milliseconds", timers);
  std::int64_t incidents = 0;
  for (const job::Job& job : job::open_jobs(tx, kOpenJobsMax)) {
    incidents += job.state == job::State::incident;
  }
  gauge(text, "tenon_job_incidents", incidents);
}

}  // namespace

std::string Host::metrics() const {
  std::string text = "# TYPE tenon_commands_total counter\ntenon_commands_total " +
                     std::to_string(committed_.load()) +
                     "\n# TYPE tenon_groups_total counter\ntenon_groups_total " +
                     std::to_string(groups_.load()) + "\n";
  gauge(text, "tenon_write_queue", static_cast<std::int64_t>(queue_.size()));
  gauge(text, "tenon_application_version", application()->version());
  database_->read([&](storage::Transaction& tx) {
    const std::int64_t now_ms = clock().now_ms();
    const query::FlowGauges flows = query::flow_gauges(tx, now_ms);
    gauge(text, "tenon_flow_tasks_open", flows.open_tasks);
    gauge(text, "tenon_flow_tasks_overdue", flows.overdue_tasks);
    gauge(text, "tenon_flow_incidents", flows.incidents);
    job_gauges(text, tx, now_ms);
  });
  return text;
}

std::string Host::files_folder() const { return folder_.files(); }

}  // namespace tenon::server
