#include "runtime/server/host.h"

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
#include "engine/job/job.h"
#include "engine/json/document.h"
#include "engine/query/attachment.h"
#include "engine/query/people.h"
#include "engine/query/sql_functions.h"
#include "engine/storage/migration.h"
#include "runtime/api/call.h"
#include "runtime/api/file_store.h"
#include "runtime/auth/secret.h"
#include "runtime/http/handler.h"

namespace tenon::server {
namespace {

constexpr std::size_t kJobsMax = 1'000;
constexpr int kWorkers = 2;
constexpr auto kCheckpointPause = std::chrono::milliseconds(500);
constexpr int kFaultExit = 70;

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

Error error_of(const std::exception& fault) {
  if (dynamic_cast<const StorageFull*>(&fault) != nullptr) {
    return Error::of(ErrorCode::not_done, "", "storage", "the disk is full or cannot be written");
  }
  std::fprintf(stderr, "tenon: fault in a command: %s\n", fault.what());
  return Error::of(ErrorCode::outcome_unknown, "", "fault", "something failed on the server");
}

}  // namespace

// One write inside its group.
class Host::Item final : public storage::Work {
 public:
  Item(Host& host, api::Write& write, api::AppPointer& newest)
      : host_(host), write_(write), newest_(newest) {}

  bool run(storage::Transaction& tx) override {
    command::Changes changes;
    // Within a group a publish counts for those behind it.
    const api::AppPointer app = newest_;
    command::Context context{*app, write_.actor, tx, host_.clock(), *host_.ids_, changes};
    const CommandId id{host_.ids_->next()};
    changes.command = id;
    outcome_ = write_.run(context);
    if (!outcome_) return false;
    command::append_events(context, id);
    if (write_.published) newest_ = write_.published;
    for (const application::Object* object : changes.objects()) {
      concerns_people_ = concerns_people_ || query::concerns_people(*object);
    }
    return true;
  }

  void committed() override { host_.storage_full_ = false; }

  void failed(const std::exception& fault) override {
    if (dynamic_cast<const StorageFull*>(&fault) != nullptr) host_.storage_full_ = true;
    outcome_ = error_of(fault);
    concerns_people_ = false;
    write_.published = nullptr;
  }

  void tell() const { write_.done(outcome_); }
  bool concerns_people() const { return outcome_ && concerns_people_; }
  bool is_done() const { return static_cast<bool>(outcome_); }

 private:
  Host& host_;
  api::Write& write_;
  api::AppPointer& newest_;
  Result<void> outcome_;
  bool concerns_people_ = false;
};

Host::Host(HostOptions options) : options_(std::move(options)), folder_(options_.data) {
  auth::init_secrets();
  storage::Options database;
  database.path = folder_.database();
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
  source.effects.emplace(command::kRemoveBytes,
                         [this](const job::Job& job) { return remove_bytes(job); });
  runner_ = std::make_unique<jobs::Runner>(std::move(source));
}

bool Host::write_and_wait(const std::function<void(command::Context&)>& work) {
  auto write = std::make_shared<api::Write>();
  std::promise<bool> durable;
  write->actor = system_actor(Surface::system, "jobs");
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

std::string Host::metrics() const {
  return "# TYPE tenon_commands_total counter\ntenon_commands_total " +
         std::to_string(committed_.load()) +
         "\n# TYPE tenon_groups_total counter\ntenon_groups_total " +
         std::to_string(groups_.load()) + "\n# TYPE tenon_write_queue gauge\ntenon_write_queue " +
         std::to_string(queue_.size()) +
         "\n# TYPE tenon_application_version gauge\ntenon_application_version " +
         std::to_string(application()->version()) + "\n";
}

std::string Host::files_folder() const { return folder_.files(); }

}  // namespace tenon::server
