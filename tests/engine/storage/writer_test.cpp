#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "tests/engine/storage/fixture.h"
#include "tests/support/faulty_disk.h"

namespace tenon::storage {
namespace {

using namespace std::string_view_literals;
using support::FaultyDisk;

constexpr std::string_view kEndlessWrite = R"sql(
  INSERT INTO thing (name)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'x' FROM n
)sql";

struct TestWork final : Work {
  using Body = std::function<bool(Transaction&)>;
  explicit TestWork(Body given) : body(std::move(given)) {}

  bool run(Transaction& tx) override {
    ++runs;
    return body(tx);
  }
  void committed() override { outcome += "committed"; }
  void failed(const std::exception& fault) override { outcome += fault.what(); }
  const std::atomic<bool>* cancelled() const override { return flag; }

  Body body;
  const std::atomic<bool>* flag = nullptr;
  int runs = 0;
  std::string outcome;
};

TestWork::Body inserting(std::int64_t id, bool keeps = true) {
  return [=](Transaction& tx) {
    tx.statement(kInsert).bind(":id", id).bind(":name", "x"sv).run();
    return keeps;
  };
}

TestWork::Body failing(std::int64_t id, const char* words) {
  return [=](Transaction& tx) -> bool {
    inserting(id)(tx);
    throw Fault(words);
  };
}

void run(Fixture& fixture, std::vector<TestWork*> works) {
  const std::vector<Work*> group(works.begin(), works.end());
  fixture.database.writer().run(group);
}

// The disk is whole again at the end of a test, however it ends.
struct Repair {
  ~Repair() { FaultyDisk::is_full = FaultyDisk::cannot_sync = false; }
};

}  // namespace

TEST_CASE("a group is one commit: its works share one fsync", "[storage]") {
  Fixture fixture;
  fixture.insert(100, "the log's header");
  TestWork one(inserting(1));
  TestWork two(inserting(2));
  const int before = FaultyDisk::syncs;

  run(fixture, {&one, &two});

  CHECK(FaultyDisk::syncs - before == 1);
  CHECK(one.outcome == "committed");
  CHECK(two.outcome == "committed");
  CHECK(fixture.count() == 3);
}

TEST_CASE("a work that refuses or fails is undone alone", "[storage]") {
  Fixture fixture;
  TestWork kept(inserting(1));
  TestWork refused(inserting(2, false));
  TestWork faulty(failing(3, "broken"));
  TestWork last(inserting(3));

  run(fixture, {&kept, &refused, &faulty, &last});

  CHECK(kept.outcome == "committed");
  CHECK(refused.outcome == "committed");
  CHECK(faulty.outcome == "broken");
  CHECK(last.outcome == "committed");
  CHECK(fixture.integer("SELECT sum(id) FROM thing") == 4);
}

TEST_CASE("an exception that is no fault is undone and told alike", "[storage]") {
  Fixture fixture;
  TestWork work([](Transaction& tx) -> bool {
    inserting(1)(tx);
    throw std::out_of_range("beyond");
  });
  run(fixture, {&work});
  CHECK(work.outcome == "beyond");
  CHECK(fixture.count() == 0);
}

TEST_CASE("a work that is cut while it reads is undone alone", "[storage]") {
  Fixture fixture;
  std::atomic<bool> cancelled = false;
  TestWork one(inserting(1));
  TestWork cut([&](Transaction& tx) {
    inserting(2)(tx);
    auto endless = tx.statement(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT count(*) FROM n");
    cancelled = true;
    endless.step();
    return true;
  });
  cut.flag = &cancelled;

  run(fixture, {&one, &cut});

  CHECK(one.runs == 1);
  CHECK(cut.outcome.find("interrupted") != std::string::npos);
  CHECK(fixture.integer("SELECT sum(id) FROM thing") == 1);
}

TEST_CASE("a work that is cut between two statements is undone alone", "[storage]") {
  Fixture fixture;
  std::atomic<bool> cancelled = false;
  TestWork one(inserting(1));
  TestWork cut([&](Transaction& tx) {
    inserting(2)(tx);
    cancelled = true;
    return inserting(3)(tx);
  });
  cut.flag = &cancelled;
  TestWork last(inserting(4));

  run(fixture, {&one, &cut, &last});

  CHECK(cut.outcome.find("interrupted") != std::string::npos);
  CHECK(fixture.integer("SELECT sum(id) FROM thing") == 5);
}

TEST_CASE("a work that is cut while it writes does not take the others along", "[storage]") {
  Fixture fixture;
  std::atomic<bool> cancelled = false;
  TestWork one(inserting(1));
  TestWork faulty(failing(2, "broken"));
  TestWork cut([&](Transaction& tx) {
    auto endless = tx.statement(kEndlessWrite);
    cancelled = true;
    endless.run();
    return true;
  });
  cut.flag = &cancelled;
  TestWork last(inserting(3));

  run(fixture, {&one, &faulty, &cut, &last});

  CHECK(one.runs == 2);
  CHECK(one.outcome == "committed");
  CHECK(faulty.outcome == "broken");
  CHECK(cut.runs == 1);
  CHECK(cut.outcome.find("interrupted") != std::string::npos);
  CHECK(last.outcome == "committed");
  CHECK(fixture.integer("SELECT sum(id) FROM thing") == 4);
}

TEST_CASE("a full disk fails the whole group, reads go on, and it recovers", "[storage]") {
  const Repair repair;
  Fixture fixture;
  fixture.insert(1, "before");
  TestWork one(inserting(2));
  TestWork faulty(failing(3, "broken"));

  FaultyDisk::is_full = true;
  run(fixture, {&one, &faulty});
  CHECK(one.outcome.find("full") != std::string::npos);
  CHECK(faulty.outcome == "broken");
  CHECK(fixture.count() == 1);
  CHECK_THROWS_AS(fixture.insert(2, "still full"), StorageFull);

  FaultyDisk::is_full = false;
  fixture.insert(2, "after");
  CHECK(fixture.count() == 2);
}

TEST_CASE("a table that cannot grow in the middle of a work fails the group", "[storage]") {
  Fixture fixture;
  fixture.script("PRAGMA max_page_count = 3");
  TestWork one(inserting(1));
  TestWork big([](Transaction& tx) {
    tx.statement(kInsert)
        .bind(":id", std::int64_t{2})
        .bind(":name", std::string(100'000, 'x'))
        .run();
    return true;
  });
  run(fixture, {&one, &big});
  CHECK(big.outcome.find("full") != std::string::npos);
  const bool both = one.outcome.find("full") != std::string::npos;
  CHECK(fixture.count() == (both ? 0 : 1));
}

TEST_CASE("after a failed fsync nothing is answered, and nothing is written again", "[storage]") {
  const Repair repair;
  Fixture fixture;
  fixture.insert(1, "before");
  TestWork work(inserting(2));

  FaultyDisk::cannot_sync = true;
  CHECK_THROWS_AS(run(fixture, {&work}), FsyncFailed);
  CHECK(work.outcome.empty());
  FaultyDisk::cannot_sync = false;
  CHECK_THROWS_AS(fixture.insert(3, "later"), FsyncFailed);
  CHECK(fixture.count() == 1);
}

TEST_CASE("a checkpoint whose fsync fails says so", "[storage]") {
  const Repair repair;
  Fixture fixture;
  fixture.insert(1, "one");
  FaultyDisk::cannot_sync = true;
  CHECK_THROWS_AS(fixture.database.checkpoint(), FsyncFailed);
}

TEST_CASE("a single work is committed, or undone and its fault handed on", "[storage]") {
  Fixture fixture;
  CHECK_THROWS_WITH(fixture.database.writer().run([](Transaction& tx) {
    inserting(1)(tx);
    throw Fault("no");
  }),
                    "no");
  CHECK(fixture.count() == 0);
  fixture.insert(1, "one");
  CHECK(fixture.count() == 1);
}

TEST_CASE("an empty group is nothing", "[storage]") {
  Fixture fixture;
  run(fixture, {});
  CHECK(fixture.count() == 0);
}

}  // namespace tenon::storage
