// Runs of one task over HTTP, what they cost the writer, and many timers at once.
//
// TENON_BENCH_TIMERS says how many fall due over a hundred seconds (100,000); a tenth of them fall
// due in one second.
#include <algorithm>
#include <cstdlib>
#include <future>
#include <thread>

#include "engine/command/act_on_run.h"
#include "engine/command/create_record.h"
#include "engine/command/start_flow.h"
#include "engine/json/document.h"
#include "tests/bench/raw_database.h"
#include "tests/bench/served.h"
#include "tests/bench/stage.h"
#include "tests/bench/turns.h"

namespace tenon::bench {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kItems = 1'000;
constexpr int kClaims = 30'000;
constexpr int kMeasured = 500;  // Of the writer's time.
constexpr milliseconds kStartTime{2'000};
constexpr milliseconds kApproveTime{700};  // There are as many tasks as runs were started.
constexpr int kUnderWay = 32;
constexpr std::int64_t kSetUpMs = 20'000;  // Before the first timer, beside what each run takes.
constexpr std::int64_t kSetUpMsPerRun = 1;

std::int64_t timers() {
  const char* text = std::getenv("TENON_BENCH_TIMERS");
  return text == nullptr ? 100'000 : std::atoll(text);
}

double us_since(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun)
      .count();
}

// Writes, so many under way that they share the fsync; a refusal is a fault.
class Writes {
 public:
  explicit Writes(Stage& stage) : stage_(stage) {}
  ~Writes() { wait(); }

  void add(std::function<Result<void>(command::Context&)> run) {
    auto done = std::make_shared<std::promise<void>>();
    under_way_.push_back(done->get_future());
    auto write = std::make_shared<api::Write>();
    write->actor = stage_.actor();
    write->run = std::move(run);
    write->done = [done](const Result<void>& outcome) {
      if (outcome) return done->set_value();
      done->set_exception(std::make_exception_ptr(Fault(describe(outcome.error()))));
    };
    stage_.host().write(std::move(write));
    if (under_way_.size() >= kUnderWay) wait();
  }
  void wait() {
    for (auto& one : std::exchange(under_way_, {})) one.get();
  }

 private:
  Stage& stage_;
  std::vector<std::future<void>> under_way_;
};

RecordId new_claim(command::Context& context) {
  const application::Object& object = *context.app.find("claim");
  const auto document = json::Document::parse(R"({"title": "Taxi", "amount": "12.00"})");
  auto input =
      command::parse_input(document->root(), object, context.app.rights(context.actor)).take();
  const auto reply = command::create_record(context, {&object, std::move(input)});
  if (!reply) throw Fault("a claim was refused: " + describe(reply.error()));
  return reply->id;
}

std::vector<RecordId> new_claims(Stage& stage, int count) {
  std::vector<RecordId> claims(static_cast<std::size_t>(count));
  Writes writes(stage);
  for (RecordId& claim : claims) {
    writes.add([&claim](command::Context& context) -> Result<void> {
      claim = new_claim(context);
      return done();
    });
  }
  writes.wait();
  return claims;
}

command::StartFlow start_of(const command::Context& context, const std::string& flow,
                            RecordId record) {
  return {context.app.find_flow(flow), record, {}, {}, ""};
}

double place_of(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(static_cast<double>(values.size() - 1) * part)];
}

// Rows of all tables of runs, their notices and jobs, and the log.
std::int64_t rows(Stage& stage) {
  RawDatabase raw(stage.database(), 1024);
  const RawStatement names = raw.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'flow_%' OR name IN "
      "('job', 'r_notification', 'event', 'event_log'))");
  std::int64_t all = 0;
  while (raw.step(names)) {
    const RawStatement count =
        raw.prepare("SELECT count(*) FROM \"" + std::string(text_at(names, 0)) + "\"");
    raw.step(count);
    all += sqlite3_column_int64(count.get(), 0);
  }
  return all;
}

// What a run of one task costs the writer, without what it shares with its group.
void add_cost(Report& report, Stage& stage, const std::vector<RecordId>& claims) {
  std::vector<double> starts_us;
  std::vector<double> approvals_us;
  const std::int64_t before = rows(stage);
  Writes writes(stage);
  for (const RecordId claim : claims) {
    writes.add([&, claim](command::Context& context) -> Result<void> {
      auto begun = std::chrono::steady_clock::now();
      TENON_TRY(const auto kept,
                command::start_flow(context, start_of(context, "claim_approval", claim)));
      starts_us.push_back(us_since(begun));
      begun = std::chrono::steady_clock::now();
      TENON_CHECK(command::act_on_run(context, {kept.run.id, flow::Approve{{}, 0}}));
      approvals_us.push_back(us_since(begun));
      return done();
    });
  }
  writes.wait();
  const auto runs = static_cast<double>(claims.size());
  report.add({.name = "flows.start.writer", .value = place_of(starts_us, 0.5), .unit = "us"});
  report.add({.name = "flows.approve.writer", .value = place_of(approvals_us, 0.5), .unit = "us"});
  report.add({.name = "flows.rows",
              .value = static_cast<double>(rows(stage) - before) / runs,
              .unit = "rows/run"});
}

double add_load(Report& report, const std::string& name, const Served& product, milliseconds time,
                const std::function<std::string(std::uint64_t)>& request) {
  const LoadResult result = run(load_of(product.port(), kConnectionsOfTargets, time, request));
  if (result.refused + result.broken > 0) {
    throw Fault("the bench " + name + " met " + std::to_string(result.refused) + " refusals");
  }
  report.add({.name = name, .value = result.replies_per_second(), .unit = "1/s"});
  report.add({.name = name + ".p99", .value = result.p99_ms, .unit = "ms"});
  return result.replies_per_second();
}

std::vector<std::string> open_tasks(Stage& stage) {
  RawDatabase raw(stage.database(), 1024);
  const RawStatement tasks =
      raw.prepare("SELECT run, place FROM flow_task WHERE state = 'open' ORDER BY run");
  std::vector<std::string> ids;
  while (raw.step(tasks)) {
    ids.push_back(id_text(sqlite3_column_int64(tasks.get(), 0)) + "-" +
                  std::string(text_at(tasks, 1)));
  }
  return ids;
}

void bench_runs(Report& report, Stage& stage, const Served& product) {
  const auto claims = new_claims(stage, kClaims);
  const double starts =
      add_load(report, "flows.start", product, kStartTime, [&](std::uint64_t number) {
        if (number >= claims.size()) throw Fault("there are no more claims to start with");
        return stage.post("/api/v1/flows/claim_approval/start",
                          R"({"record":")" + text_of(claims[number]) + "\"}");
      });
  const auto tasks = open_tasks(stage);
  const double approvals =
      add_load(report, "flows.approve", product, kApproveTime, [&](std::uint64_t number) {
        if (number >= tasks.size()) throw Fault("there are no more tasks to approve");
        return stage.post("/api/v1/tasks/" + tasks[number] + "/approve", "{}");
      });
  report.add({.name = "flows.run", .value = 1 / (1 / starts + 1 / approvals), .unit = "1/s"});
}

// Runs that wait, falling due evenly over this time; the first at `from_ms`.
void set_timers(Stage& stage, RecordId claim, std::int64_t count, std::int64_t from_ms,
                std::int64_t over_ms) {
  Writes writes(stage);
  for (std::int64_t i = 0; i < count; ++i) {
    const DateTime at{from_ms + over_ms * i / count};
    writes.add([claim, at](command::Context& context) -> Result<void> {
      auto start = start_of(context, "claim_alarm", claim);
      start.variables.emplace_back("at", Value{at});
      TENON_CHECK(command::start_flow(context, start));
      return done();
    });
  }
  writes.wait();
  if (stage.host().process_now_ms() > from_ms) throw Fault("the timers were not set in time");
}

struct Fired {
  std::int64_t runs = 0;
  std::int64_t timers = 0;
  std::vector<double> lags_ms;
  std::int64_t last_ms = 0;
};

// Of timers that were to fire from this moment on.
Fired fired_since(Stage& stage, std::int64_t from_ms) {
  RawDatabase raw(stage.database(), 1024);
  const RawStatement found = raw.prepare(
      "SELECT t.at_ms, r.finished_ms FROM flow_timer t JOIN flow_run r ON r.id = t.run "
      "WHERE t.state = 'fired' AND t.at_ms >= " +
      std::to_string(from_ms));
  Fired fired;
  while (raw.step(found)) {
    const std::int64_t finished = sqlite3_column_int64(found.get(), 1);
    ++fired.timers;
    fired.runs += finished != 0;
    fired.lags_ms.push_back(static_cast<double>(finished - sqlite3_column_int64(found.get(), 0)));
    fired.last_ms = std::max(fired.last_ms, finished);
  }
  return fired;
}

void bench_timers(Report& report, Stage& stage, const Served& product, const std::string& name,
                  std::int64_t count, std::int64_t over_ms) {
  const RecordId claim = new_claims(stage, 1).front();
  const std::int64_t from_ms = stage.host().process_now_ms() + kSetUpMs + count * kSetUpMsPerRun;
  set_timers(stage, claim, count, from_ms, over_ms);
  std::this_thread::sleep_for(
      milliseconds(std::max<std::int64_t>(from_ms - stage.host().process_now_ms(), 0)));
  const LoadResult meanwhile =
      run(load_of(product.port(), 4, milliseconds(std::max<std::int64_t>(over_ms, 5'000)),
                  [&](std::uint64_t number) {
                    return stage.get("/api/v1/records/item/" + stage.own_item(number));
                  }));
  Fired fired;
  for (int tries = 0; tries < 600; ++tries) {
    fired = fired_since(stage, from_ms);
    if (fired.timers >= count) break;
    std::this_thread::sleep_for(milliseconds(1'000));
  }
  if (fired.timers != count || fired.runs != count) {
    throw Fault("of " + std::to_string(count) + " timers fired " + std::to_string(fired.timers) +
                " and ended " + std::to_string(fired.runs) + " runs");
  }
  report.add({.name = name + ".lag.p50", .value = place_of(fired.lags_ms, 0.5), .unit = "ms"});
  report.add({.name = name + ".lag.p99", .value = place_of(fired.lags_ms, 0.99), .unit = "ms"});
  report.add({.name = name + ".drained",
              .value = static_cast<double>(fired.last_ms - from_ms) / 1000,
              .unit = "s"});
  report.add({.name = name + ".read.p99", .value = meanwhile.p99_ms, .unit = "ms"});
}

}  // namespace

void bench_flows(Report& report, const config::Loaded&) {
  Stage stage(kItems);
  const Served product(stage.api());
  add_cost(report, stage, new_claims(stage, kMeasured));
  bench_runs(report, stage, product);
  bench_timers(report, stage, product, "flows.timers_at_once", timers() / 10, 1'000);
  bench_timers(report, stage, product, "flows.timers", timers(), 100'000);
}

}  // namespace tenon::bench
