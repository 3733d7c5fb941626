#include "runtime/jobs/runner.h"

#include <algorithm>
#include <cstdio>

#include "engine/command/run_job.h"

namespace tenon::jobs {
namespace {

constexpr int kEffectWorkers = 2;
constexpr int kTimersPerTurn = 32;
constexpr std::int64_t kLeaseMs = 120'000;       // Twice what an effect may take.
constexpr std::chrono::milliseconds kBreath{5};  // Between two looks while much is committed.
constexpr std::chrono::milliseconds kPauseMax{60'000};   // The machine's clock may be set.
constexpr std::chrono::milliseconds kRetryPause{1'000};  // After a write that was not carried out.

}  // namespace

Runner::~Runner() { stop(); }

void Runner::start() {
  threads_.emplace_back([this] { run(); });
  for (int i = 0; i < kEffectWorkers; ++i) threads_.emplace_back([this] { work(); });
}

void Runner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  handed_.notify_all();
  settled_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  for (const Advance& wish : advances_) wish.done(false);
  advances_.clear();
}

void Runner::wake() {
  {
    const std::lock_guard lock(mutex_);
    is_woken_ = true;
  }
  woken_.notify_one();
}

void Runner::advance(std::int64_t to_ms, std::function<void(bool)> done) {
  std::unique_lock lock(mutex_);
  if (stopping_) {
    lock.unlock();
    return done(false);
  }
  advances_.push_back({to_ms, std::move(done)});
  woken_.notify_one();
}

void Runner::run() {
  source_.write([](command::Context& context) {
    job::release_all(context.tx);
    command::add_nightly_jobs(context);
  });
  auto patience = kBreath;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    woken_.wait_for(lock, patience,
                    [this] { return stopping_ || is_woken_ || !advances_.empty(); });
    is_woken_ = false;
    std::optional<Advance> wish;
    if (!advances_.empty()) {
      wish = std::move(advances_.front());
      advances_.pop_front();
    }
    if (stopping_) {
      if (wish) advances_.push_front(*std::move(wish));
      break;
    }
    lock.unlock();
    const bool served = serve();
    if (wish) advance(*wish);
    patience = served ? pause() : kRetryPause;
    lock.lock();
    woken_.wait_for(lock, kBreath, [this] { return stopping_ || !advances_.empty(); });
  }
}

bool Runner::serve() {
  while (!is_stopping() && is_due()) {
    if (!turn()) return false;
  }
  return true;
}

bool Runner::is_due() {
  const std::int64_t now_ms = source_.clock->now_ms();
  const bool may_affect = idle_workers() > 0;
  bool due = false;
  source_.read([&](storage::Transaction& tx) {
    const auto release = job::next_release(tx);
    due = release && *release <= source_.process_now_ms();
    for (const job::Lane lane : job::kLanes) {
      if (lane == job::Lane::effects && !may_affect) continue;
      const auto next = job::next_due(tx, lane);
      due = due || (next && *next <= now_ms);
    }
  });
  return due;
}

bool Runner::turn() {
  const int idle = idle_workers();
  const std::int64_t process_now_ms = source_.process_now_ms();
  std::vector<job::Job> claimed;
  const bool written = source_.write([&](command::Context& context) {
    claimed.clear();
    job::release(context.tx, process_now_ms);
    for (const job::Lane lane : {job::Lane::interactive, job::Lane::timers}) {
      for (int i = 0; i < kTimersPerTurn; ++i) {
        if (!command::run_due_job(context, lane, process_now_ms)) break;
      }
    }
    while (static_cast<int>(claimed.size()) < idle) {
      auto job = job::claim(context.tx, job::Lane::effects, context.clock.now_ms(),
                            process_now_ms + kLeaseMs);
      if (!job) break;
      claimed.push_back(*std::move(job));
    }
    // One chunk of long work, and of the least urgent only where there is no other.
    auto is_over = source_.begin_chunk ? source_.begin_chunk() : std::function<bool()>{};
    if (command::run_due_job(context, job::Lane::bulk, process_now_ms, is_over)) return;
    command::run_due_job(context, job::Lane::maintenance, process_now_ms, std::move(is_over));
  });
  if (!written) return false;
  {
    const std::lock_guard lock(mutex_);
    under_way_ += static_cast<int>(claimed.size());
    for (job::Job& job : claimed) effects_.push_back(std::move(job));
  }
  handed_.notify_all();
  return true;
}

void Runner::advance(const Advance& wish) {
  bool is_done = settle_at_present();
  while (is_done) {
    const auto next = next_due_ms();
    if (!next || *next > wish.to_ms) break;
    source_.virtual_clock->advance_to(*next);
    is_done = settle_at_present();
  }
  if (is_done) {
    source_.virtual_clock->advance_to(wish.to_ms);
    is_done = source_.write(
        [&](command::Context& context) { job::mark_clock(context.tx, context.clock.now_ms()); });
  }
  wish.done(is_done);
}

// Effects may make further jobs due, and those others.
bool Runner::settle_at_present() {
  do {
    if (!serve()) return false;
    std::unique_lock lock(mutex_);
    settled_.wait(lock, [this] { return stopping_ || under_way_ == 0; });
    if (stopping_) return false;
  } while (is_due());
  return true;
}

std::optional<std::int64_t> Runner::next_due_ms() {
  std::optional<std::int64_t> earliest;
  source_.read([&](storage::Transaction& tx) {
    for (const job::Lane lane : job::kLanes) {
      const auto next = job::next_due(tx, lane);
      if (next && (!earliest || *next < *earliest)) earliest = next;
    }
  });
  return earliest;
}

std::chrono::milliseconds Runner::pause() {
  std::int64_t wait_ms = kPauseMax.count();
  if (source_.virtual_clock == nullptr) {
    if (const auto next = next_due_ms()) {
      wait_ms = std::min(wait_ms, *next - source_.clock->now_ms());
    }
  }
  source_.read([&](storage::Transaction& tx) {
    const auto release = job::next_release(tx);
    if (release) wait_ms = std::min(wait_ms, *release - source_.process_now_ms());
  });
  return std::chrono::milliseconds(std::max<std::int64_t>(wait_ms, 0));
}

int Runner::idle_workers() {
  const std::lock_guard lock(mutex_);
  return kEffectWorkers - under_way_;
}

bool Runner::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

// What was claimed and not begun at the end is claimed again by the next start.
void Runner::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    handed_.wait(lock, [this] { return stopping_ || !effects_.empty(); });
    if (stopping_) return;
    const job::Job job = std::move(effects_.front());
    effects_.pop_front();
    lock.unlock();
    carry_out(job);
    lock.lock();
    --under_way_;
    is_woken_ = true;
    settled_.notify_all();
    woken_.notify_one();
  }
}

void Runner::carry_out(const job::Job& job) {
  const auto outcome = affect(job);
  // Where this cannot be written the lease ends, and it is done again.
  source_.write([&](command::Context& context) {
    const std::int64_t now_ms = context.clock.now_ms();
    if (outcome) {
      job::settle(context.tx, job, job::Finished{}, now_ms);
    } else {
      job::fail(context.tx, job, describe(outcome.error()), now_ms);
    }
  });
}

Result<void> Runner::affect(const job::Job& job) const {
  const auto effect = source_.effects.find(job.kind);
  if (effect == source_.effects.end()) {
    return Error::invalid("", "job_kind", "there is no kind of effect \"" + job.kind + "\"");
  }
  try {
    return effect->second(job);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "tenon: fault in the job %s: %s\n", job.kind.c_str(), fault.what());
    return Error::of(ErrorCode::outcome_unknown, "", "fault", fault.what());
  }
}

}  // namespace tenon::jobs
