#include "engine/record/tenure_table.h"

#include <catch2/catch.hpp>

#include "engine/record/assignment_table.h"
#include "tests/support/temporary_folder.h"

namespace tenon::record {
namespace {

struct Fixture {
  Fixture() : database({.path = folder.file("test.db"), .functions = {}, .collations = {}}) {
    write([](storage::Transaction& tx) {
      auto all = assignment_migrations();
      for (const auto& one : tenure_migrations()) all.push_back(one);
      storage::migrate(tx, all, 0);
    });
  }
  template <class F>
  void write(F f) {
    database.writer().run([&](storage::Transaction& tx) { f(tx); });
  }
  void keep(std::int64_t id, std::optional<DateTime> due) {
    write([&](storage::Transaction& tx) {
      keep_tenure(tx, "thing", {id}, {.owner = {7}, .since = {1}, .due = due, .due_rule = "idle"});
    });
  }

  support::TemporaryFolder folder;
  storage::Database database;
};

}  // namespace

TEST_CASE("a tenure is read as it was kept, and goes", "[record]") {
  Fixture at;
  const Tenure tenure{.owner = {7},
                      .since = {1'000},
                      .extensions = 2,
                      .extended_days = 14,
                      .changed = R"({"state":900})",
                      .due = DateTime{5'000},
                      .due_rule = "idle"};
  at.write([&](storage::Transaction& tx) {
    keep_tenure(tx, "thing", {3}, tenure);
    CHECK(read_tenure(tx, "thing", {3}) == tenure);
    CHECK_FALSE(read_tenure(tx, "other", {3}));
    Tenure freed = tenure;
    freed.due.reset();
    keep_tenure(tx, "thing", {3}, freed);
    CHECK(read_tenure(tx, "thing", {3}) == freed);
    remove_tenure(tx, "thing", {3});
    CHECK_FALSE(read_tenure(tx, "thing", {3}));
  });
}

TEST_CASE("what is due comes in the order of its time; what is not due, not at all", "[record]") {
  Fixture at;
  at.keep(1, DateTime{300});
  at.keep(2, DateTime{100});
  at.keep(3, std::nullopt);
  at.keep(4, DateTime{200});
  at.write([](storage::Transaction& tx) {
    const auto ids = [&](DateTime by, int count_max) {
      std::string text;
      for (const DueRecord& one : due_records(tx, by, count_max)) {
        text += std::to_string(one.record.value);
      }
      return text;
    };
    CHECK(ids({99}, 10).empty());
    CHECK(ids({100}, 10) == "2");
    CHECK(ids({300}, 10) == "241");
    CHECK(ids({300}, 2) == "24");
    CHECK(next_due(tx) == DateTime{100});
  });
}

TEST_CASE("the ledger knows how often somebody claimed, and when they last lost a record",
          "[record]") {
  Fixture at;
  const auto note = [](storage::Transaction& tx, std::int64_t ms, const std::string& kind,
                       const std::string& rule, std::int64_t from, std::int64_t to) {
    append(tx, {.object = "thing",
                .record = {1},
                .at = {ms},
                .kind = kind,
                .rule = rule,
                .previous = {from},
                .chosen = {to},
                .reason = "said"});
  };
  at.write([&](storage::Transaction& tx) {
    note(tx, 10, "claim", "thing.a", 0, 7);
    note(tx, 20, "release", "thing.a", 7, 0);
    note(tx, 30, "claim", "thing.a", 0, 7);
    note(tx, 40, "extend", "thing.a", 7, 7);
    note(tx, 50, "claim", "thing.b", 0, 7);
    CHECK(count_claims(tx, "thing", {7}, "thing.a", {10}) == 2);
    CHECK(count_claims(tx, "thing", {7}, "thing.a", {11}) == 1);
    CHECK(count_claims(tx, "thing", {8}, "thing.a", {0}) == 0);
    CHECK(left_at(tx, "thing", {1}, {7}) == DateTime{20});  // An extension is no loss.
    CHECK_FALSE(left_at(tx, "thing", {1}, {8}));
    CHECK(assignments_of(tx, "thing", {1}, 10).front().reason == "said");
  });
}

}  // namespace tenon::record
