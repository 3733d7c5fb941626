#include "runtime/jobs/runner.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>

#include "engine/command/migrations.h"
#include "engine/command/publish.h"
#include "engine/query/sql_functions.h"
#include "tests/support/temporary_folder.h"

namespace tenon::jobs {
namespace {

constexpr std::int64_t kStart = 1'800'000'000'000;
constexpr std::int64_t kHourMs = 3'600'000;

storage::Options options_in(const support::TemporaryFolder& folder) {
  storage::Options options;
  options.path = folder.file("test.db");
  options.functions = query::sql_functions();
  options.collations = query::sql_collations();
  return options;
}

// A process with nothing but a database, the system's own objects and a virtual clock.
struct Process {
  Process() : database(options_in(folder)), clock(kStart), ids(clock, 0, 0) {
    database.writer().run([&](storage::Transaction& tx) {
      storage::migrate(tx, command::all_migrations(), kStart);
      app = command::open_application(tx);
    });
  }
  ~Process() {
    if (runner) runner->stop();
  }

  bool write(const std::function<void(command::Context&)>& work) {
    const std::lock_guard lock(writing);
    if (is_full) return false;
    const Actor actor = system_actor(Surface::system, "a test");
    command::Changes changes;
    database.writer().run([&](storage::Transaction& tx) {
      command::Context context{*app, actor, tx, clock, ids, changes};
      work(context);
    });
    return true;
  }

  void add(const std::string& kind, job::Lane lane, std::int64_t in_ms, std::string key = "") {
    write([&](command::Context& context) {
      job::NewJob job;
      job.kind = kind;
      job.lane = lane;
      job.key = std::move(key);
      job.due_ms = kStart + in_ms;
      job::add(context.tx, {context.ids.next()}, job, context.clock.now_ms());
    });
  }

  void start() {
    Source source;
    source.write = [this](const auto& work) { return write(work); };
    source.read = [this](const auto& work) { database.read(work); };
    source.clock = &clock;
    source.virtual_clock = &clock;
    source.process_now_ms = [this] { return process_now_ms.load(); };
    source.effects = effects;
    runner = std::make_unique<Runner>(std::move(source));
    runner->start();
  }

  bool advance(std::int64_t by_ms) {
    std::promise<bool> done;
    runner->advance(clock.now_ms() + by_ms, [&](bool is_done) { done.set_value(is_done); });
    return done.get_future().get();
  }

  std::vector<job::Job> open_of(const std::string& kind) {
    std::vector<job::Job> jobs;
    database.read([&](storage::Transaction& tx) { jobs = job::open_jobs(tx, 100); });
    std::erase_if(jobs, [&](const job::Job& job) { return job.kind != kind; });
    return jobs;
  }

  support::TemporaryFolder folder;
  storage::Database database;
  VirtualClock clock;
  IdSource ids;
  std::shared_ptr<const application::Application> app;
  std::mutex writing;
  std::atomic<bool> is_full{false};
  std::atomic<std::int64_t> process_now_ms{1};
  std::map<std::string, Effect, std::less<>> effects;
  std::unique_ptr<Runner> runner;
};

}  // namespace

TEST_CASE("on a virtual clock each job is carried out at the time at which it was due", "[jobs]") {
  Process process;
  std::mutex mutex;
  std::vector<std::int64_t> seen;
  process.effects["ring"] = [&](const job::Job&) -> Result<void> {
    const std::lock_guard lock(mutex);
    seen.push_back(process.clock.now_ms() - kStart);
    return done();
  };
  for (const std::int64_t in_ms : {3 * kHourMs, kHourMs, 2 * kHourMs}) {
    process.add("ring", job::Lane::effects, in_ms);
  }
  process.start();
  CHECK(process.advance(kHourMs - 1));
  CHECK(seen.empty());
  CHECK(process.advance(1));
  CHECK(seen == std::vector<std::int64_t>{kHourMs});
  CHECK(process.advance(100 * kHourMs));
  CHECK(seen == std::vector<std::int64_t>{kHourMs, 2 * kHourMs, 3 * kHourMs});
  CHECK(process.clock.now_ms() == kStart + 101 * kHourMs);
}

TEST_CASE("an advance waits for effects under way, and for what they make due", "[jobs]") {
  Process process;
  std::atomic<int> rung{0};
  process.effects["first"] = [&](const job::Job&) -> Result<void> {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    process.add("second", job::Lane::effects, kHourMs);
    ++rung;
    return done();
  };
  process.effects["second"] = [&](const job::Job&) -> Result<void> {
    ++rung;
    return done();
  };
  process.add("first", job::Lane::effects, kHourMs);
  process.start();
  CHECK(process.advance(kHourMs));
  CHECK(rung == 2);
}

TEST_CASE("an effect that fails is tried again later, one without a name for it, too", "[jobs]") {
  Process process;
  std::atomic<int> tries{0};
  process.effects["ring"] = [&](const job::Job& job) -> Result<void> {
    ++tries;
    if (job.attempt == 1) throw std::runtime_error("the line is dead");
    if (job.attempt == 2) return Error::invalid("", "engaged", "engaged");
    return done();
  };
  process.add("ring", job::Lane::effects, 0);
  process.add("unknown", job::Lane::effects, 0);
  process.start();
  CHECK(process.advance(kHourMs));
  CHECK(tries == 3);
  CHECK(process.open_of("ring").empty());
  REQUIRE(process.open_of("unknown").size() == 1);
  CHECK(process.open_of("unknown").front().state == job::State::waiting);
  CHECK(process.advance(80 * kHourMs));
  CHECK(process.open_of("unknown").front().state == job::State::incident);
}

TEST_CASE("a kind that nobody knows in the database is an incident in the end", "[jobs]") {
  Process process;
  process.add("unknown", job::Lane::bulk, 0);
  process.start();
  CHECK(process.advance(kHourMs));
  REQUIRE(process.open_of("unknown").size() == 1);
  const job::Job job = process.open_of("unknown").front();
  CHECK(job.state == job::State::incident);
  CHECK(job.problem.find("no kind of job") != std::string::npos);
}

TEST_CASE("what repeats every night is there once, and still there after many nights", "[jobs]") {
  Process process;
  process.start();
  CHECK(process.advance(24 * kHourMs));
  process.runner->stop();
  process.start();
  CHECK(process.advance(10 * 24 * kHourMs));
  const auto jobs = process.open_of("purge_records");
  REQUIRE(jobs.size() == 1);
  CHECK(jobs.front().due_ms > process.clock.now_ms());
  CHECK(jobs.front().due_ms <= process.clock.now_ms() + 24 * kHourMs);
}

TEST_CASE("a disk that is full makes an advance fail; later it succeeds", "[jobs]") {
  Process process;
  std::atomic<int> rung{0};
  process.effects["ring"] = [&](const job::Job&) -> Result<void> {
    ++rung;
    return done();
  };
  process.add("ring", job::Lane::effects, kHourMs);
  process.start();
  CHECK(process.advance(0));
  process.is_full = true;
  CHECK(!process.advance(kHourMs));
  CHECK(rung == 0);
  process.is_full = false;
  CHECK(process.advance(0));
  CHECK(rung == 1);
}

TEST_CASE("how far the clock has come is kept, and never goes back", "[jobs]") {
  Process process;
  process.start();
  CHECK(process.advance(kHourMs));
  process.database.read(
      [](storage::Transaction& tx) { CHECK(job::clock_mark(tx) == kStart + kHourMs); });
  process.clock.advance_to(kStart);
  CHECK(process.clock.now_ms() == kStart + kHourMs);
}

TEST_CASE("an advance after the end is answered, and not carried out", "[jobs]") {
  Process process;
  process.start();
  process.runner->stop();
  CHECK(!process.advance(kHourMs));
}

}  // namespace tenon::jobs
