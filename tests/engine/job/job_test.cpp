#include "engine/job/job.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

namespace tenon::job {
namespace {

struct Fixture {
  Fixture() : database({.path = folder.file("test.db"), .functions = {}, .collations = {}}) {
    write([](storage::Transaction& tx) { storage::migrate(tx, migrations(), 0); });
  }

  template <class F>
  void write(F f) {
    database.writer().run([&](storage::Transaction& tx) { f(tx); });
  }
  bool added(std::int64_t id, const NewJob& job) {
    bool is_added = false;
    write([&](storage::Transaction& tx) { is_added = add(tx, {id}, job, 0); });
    return is_added;
  }
  std::optional<Job> claimed(Lane lane, std::int64_t now_ms, std::int64_t leased_until_ms = 0) {
    std::optional<Job> job;
    write([&](storage::Transaction& tx) { job = claim(tx, lane, now_ms, leased_until_ms); });
    return job;
  }
  void settled(const Job& job, const Step& step, std::int64_t now_ms) {
    write([&](storage::Transaction& tx) { settle(tx, job, step, now_ms); });
  }
  Job now(std::int64_t id) {
    std::optional<Job> job;
    database.read([&](storage::Transaction& tx) { job = read(tx, {id}); });
    REQUIRE(job);
    return *job;
  }

  support::TemporaryFolder folder;
  storage::Database database;
};

NewJob due(std::int64_t due_ms, Lane lane = Lane::timers, std::string key = "") {
  NewJob job;
  job.kind = "ring";
  job.lane = lane;
  job.key = std::move(key);
  job.due_ms = due_ms;
  return job;
}

}  // namespace

TEST_CASE("a waiting job can be due earlier than it was, never later", "[job]") {
  Fixture at;
  REQUIRE(at.added(1, due(5'000, Lane::timers, "bell")));
  at.write([](storage::Transaction& tx) { hasten(tx, "ring", "bell", 7'000); });
  CHECK(at.now(1).due_ms == 5'000);
  at.write([](storage::Transaction& tx) { hasten(tx, "ring", "other", 1'000); });
  CHECK(at.now(1).due_ms == 5'000);
  at.write([](storage::Transaction& tx) { hasten(tx, "ring", "bell", 3'000); });
  CHECK(at.now(1).due_ms == 3'000);
  CHECK_FALSE(at.claimed(Lane::timers, 2'999));
  CHECK(at.claimed(Lane::timers, 3'000));
}

TEST_CASE("a waiting job is moved to a time; one that failed is not put off", "[job]") {
  Fixture at;
  REQUIRE(at.added(1, due(5'000, Lane::timers, "bell")));
  const auto move = [&](std::int64_t due_ms) {
    at.write([&](storage::Transaction& tx) { move_due(tx, "ring", "bell", due_ms); });
    return at.now(1).due_ms;
  };
  CHECK(move(7'000) == 7'000);
  CHECK(move(3'000) == 3'000);
  const auto job = at.claimed(Lane::timers, 3'000);
  REQUIRE(job);
  CHECK(move(9'000) == 3'000);  // It runs: how it goes on is said by its end.
  at.write([&](storage::Transaction& tx) { fail(tx, *job, "no luck", 3'000); });
  const std::int64_t again_ms = at.now(1).due_ms;
  CHECK(move(again_ms + 60'000) == again_ms);
  CHECK(move(again_ms - 1) == again_ms - 1);
}

TEST_CASE("a waiting job that is not wanted any more is not claimed", "[job]") {
  Fixture at;
  REQUIRE(at.added(1, due(5'000, Lane::timers, "bell")));
  at.write([](storage::Transaction& tx) { withdraw(tx, "ring", "other", 1'000); });
  CHECK(at.now(1).state == State::waiting);
  at.write([](storage::Transaction& tx) { withdraw(tx, "ring", "bell", 1'000); });
  CHECK(at.now(1).state == State::cancelled);
  CHECK_FALSE(at.claimed(Lane::timers, 9'000));
  CHECK(at.added(2, due(5'000, Lane::timers, "bell")));
}

TEST_CASE("a job is claimed when it is due, the longest due first, each lane for itself", "[job]") {
  Fixture f;
  f.added(1, due(200));
  f.added(2, due(100));
  f.added(3, due(50, Lane::bulk));
  CHECK(!f.claimed(Lane::timers, 99));
  CHECK(f.claimed(Lane::timers, 100)->id == JobId{2});
  CHECK(!f.claimed(Lane::timers, 199));
  CHECK(f.claimed(Lane::timers, 200)->id == JobId{1});
  CHECK(!f.claimed(Lane::timers, 1'000));
  CHECK(f.claimed(Lane::bulk, 1'000)->id == JobId{3});
}

TEST_CASE("a kind and key wait or run once; when that has ended, they may again", "[job]") {
  Fixture f;
  CHECK(f.added(1, due(100, Lane::timers, "k")));
  CHECK(!f.added(2, due(100, Lane::timers, "k")));
  const auto job = f.claimed(Lane::timers, 100);
  CHECK(!f.added(3, due(100, Lane::timers, "k")));
  f.settled(*job, Finished{}, 100);
  CHECK(f.added(4, due(100, Lane::timers, "k")));
  CHECK(f.added(5, due(100)));
  CHECK(f.added(6, due(100)));
}

TEST_CASE("what waits or runs of a kind and key is found", "[job]") {
  Fixture f;
  const auto found = [&] {
    std::optional<Job> job;
    const NewJob sought = due(100, Lane::timers, "k");
    f.write([&](storage::Transaction& tx) { job = find(tx, sought.kind, "k"); });
    return job;
  };
  CHECK(!found());
  f.added(1, due(100, Lane::timers, "k"));
  CHECK(found()->due_ms == 100);
  const auto job = f.claimed(Lane::timers, 100);
  CHECK(found()->state == State::running);
  f.settled(*job, Finished{}, 100);
  CHECK(!found());
}

TEST_CASE("a job that goes on keeps its place and its progress, and is due at once", "[job]") {
  Fixture f;
  f.added(1, due(100, Lane::bulk));
  f.settled(*f.claimed(Lane::bulk, 100), GoesOn{"row 20", 20, 50}, 130);
  const Job job = f.now(1);
  CHECK((job.state == State::waiting && job.due_ms == 130));
  const auto again = f.claimed(Lane::bulk, 130);
  REQUIRE(again);
  CHECK((again->position == "row 20" && again->done == 20 && again->total == 50));
  CHECK(again->attempt == 1);
}

TEST_CASE("a job that repeats begins anew, and never at once", "[job]") {
  Fixture f;
  f.added(1, due(100));
  f.settled(*f.claimed(Lane::timers, 100), Repeats{100}, 100);
  CHECK(!f.claimed(Lane::timers, 100));
  const auto again = f.claimed(Lane::timers, 101);
  REQUIRE(again);
  CHECK((again->position.empty() && again->attempt == 1));
}

TEST_CASE("a job that fails waits, then is an incident that can be tried again", "[job]") {
  Fixture f;
  f.added(1, due(100));
  std::int64_t now = 100;
  for (int attempt = 1; attempt <= kAttemptsMax; ++attempt) {
    const auto job = f.claimed(Lane::timers, now);
    REQUIRE(job);
    CHECK(job->attempt == attempt);
    bool again = false;
    f.write([&](storage::Transaction& tx) { again = fail(tx, *job, "no luck", now); });
    CHECK(again == (attempt < kAttemptsMax));
    if (again) CHECK(!f.claimed(Lane::timers, now));
    now += kRetryDelayMaxMs;
  }
  CHECK(f.now(1).state == State::incident);
  CHECK(f.now(1).problem == "no luck");
  CHECK(!f.claimed(Lane::timers, now));
  bool is_retried = false;
  f.write([&](storage::Transaction& tx) { is_retried = retry(tx, {1}, now); });
  CHECK(is_retried);
  CHECK(f.claimed(Lane::timers, now)->attempt == 1);
}

TEST_CASE("an incident does not come back beside another with its key", "[job]") {
  Fixture f;
  f.added(1, due(100, Lane::timers, "k"));
  Job job = *f.claimed(Lane::timers, 100);
  job.attempt = 1;
  f.write([&](storage::Transaction& tx) {
    tx.script("UPDATE job SET attempt = 5");
    job.attempt = kAttemptsMax;
    fail(tx, job, "no luck", 100);
  });
  REQUIRE(f.now(1).state == State::incident);
  CHECK(f.added(2, due(100, Lane::timers, "k")));
  bool is_retried = true;
  f.write([&](storage::Transaction& tx) { is_retried = retry(tx, {1}, 100); });
  CHECK(!is_retried);
}

TEST_CASE("a lease that ended is claimed again, and the late answer does nothing", "[job]") {
  Fixture f;
  f.added(1, due(100, Lane::effects));
  const auto first = f.claimed(Lane::effects, 100, 60'000);
  f.write([](storage::Transaction& tx) { release(tx, 59'999); });
  CHECK(!f.claimed(Lane::effects, 100, 120'000));
  f.write([](storage::Transaction& tx) { release(tx, 60'000); });
  const auto second = f.claimed(Lane::effects, 100, 120'000);
  REQUIRE(second);
  f.settled(*first, Finished{}, 100);
  CHECK(f.now(1).state == State::running);
  f.settled(*second, Finished{}, 100);
  CHECK(f.now(1).state == State::done);
}

TEST_CASE("what another process had claimed waits again after a start", "[job]") {
  Fixture f;
  f.added(1, due(100, Lane::effects));
  f.claimed(Lane::effects, 100, 60'000);
  f.write([](storage::Transaction& tx) { release_all(tx); });
  CHECK(f.claimed(Lane::effects, 100, 60'000)->attempt == 2);
}

TEST_CASE("a cancelled job is not carried out, and its answer is passed over", "[job]") {
  Fixture f;
  f.added(1, due(100, Lane::effects));
  const auto job = f.claimed(Lane::effects, 100, 60'000);
  bool first = false;
  bool second = true;
  f.write([&](storage::Transaction& tx) {
    first = cancel(tx, {1}, 100);
    second = cancel(tx, {1}, 100);
  });
  CHECK((first && !second));
  f.settled(*job, GoesOn{}, 100);
  CHECK(f.now(1).state == State::cancelled);
  CHECK(!f.claimed(Lane::effects, 1'000));
}

TEST_CASE("the next due time is told by lane, the next end of a lease for all", "[job]") {
  Fixture f;
  f.added(1, due(300));
  f.added(2, due(200));
  f.added(3, due(100, Lane::effects));
  f.claimed(Lane::effects, 100, 700);
  f.database.read([](storage::Transaction& tx) {
    CHECK(next_due(tx, Lane::timers) == 200);
    CHECK(!next_due(tx, Lane::bulk));
    CHECK(next_release(tx) == 700);
  });
}

TEST_CASE("what ended is forgotten after a while, incidents never", "[job]") {
  Fixture f;
  f.added(1, due(100));
  f.settled(*f.claimed(Lane::timers, 100), Finished{}, 100);
  int forgotten = 0;
  f.write([&](storage::Transaction& tx) { forgotten = forget_ended(tx, 100, 10); });
  CHECK(forgotten == 0);
  f.write([&](storage::Transaction& tx) { forgotten = forget_ended(tx, 101, 10); });
  CHECK(forgotten == 1);
}

TEST_CASE("how far a virtual clock has come is kept", "[job]") {
  Fixture f;
  f.write([](storage::Transaction& tx) {
    CHECK(clock_mark(tx) == 0);
    mark_clock(tx, 5);
    mark_clock(tx, 7);
    CHECK(clock_mark(tx) == 7);
  });
}

}  // namespace tenon::job
