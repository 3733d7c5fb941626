#include "engine/record/assignment_table.h"

#include "tests/engine/record/fixture.h"

namespace tenon::record {
namespace {

struct Ledger : Fixture {
  Ledger() {
    auto all = migrations();
    const auto ledger = assignment_migrations();
    all.insert(all.end(), ledger.begin(), ledger.end());
    write([&](storage::Transaction& tx) { storage::migrate(tx, all, 0); });
  }
};

std::int64_t give(storage::Transaction& tx, std::int64_t team, std::int64_t user,
                  const std::string& object = "thing") {
  return append(tx, {.object = object,
                     .record = {1},
                     .at = {10},
                     .kind = "assign",
                     .rule = "table",
                     .chosen = {user},
                     .team = {team}});
}

std::string chosen(storage::Transaction& tx, std::int64_t team, std::int64_t count_max) {
  std::string text;
  for (const RecordId user : newest_chosen(tx, "thing", {team}, count_max)) {
    text += (text.empty() ? "" : " ") + std::to_string(user.value);
  }
  return text;
}

std::string turns(storage::Transaction& tx, std::int64_t team) {
  std::string text;
  for (const Turn& turn : last_turns(tx, "thing", {team})) {
    text += (text.empty() ? "" : " ") + std::to_string(turn.user.value) + ":" +
            std::to_string(turn.entry);
  }
  return text;
}

}  // namespace

TEST_CASE("the last turn of each is that of the team and the object", "[record]") {
  Ledger at;
  at.write([](storage::Transaction& tx) {
    CHECK(turns(tx, 5).empty());
    give(tx, 5, 7);
    give(tx, 6, 7);           // Of another team.
    give(tx, 5, 7, "other");  // Of another object.
    const auto second = give(tx, 5, 8);
    const auto nobody = give(tx, 5, 0);
    const auto again = give(tx, 5, 7);
    CHECK(turns(tx, 5) == "0:" + std::to_string(nobody) + " 7:" + std::to_string(again) +
                              " 8:" + std::to_string(second));
  });
}

TEST_CASE("the newest turns of a team are found from entry to entry", "[record]") {
  Ledger at;
  at.write([](storage::Transaction& tx) {
    CHECK(chosen(tx, 5, 3).empty());
    for (const std::int64_t user : {7, 8, 0, 9, 7}) {
      give(tx, 5, user);
      give(tx, 6, 11);
      give(tx, 0, 12);  // Without a team.
      give(tx, 5, 13, "other");
    }
    CHECK(chosen(tx, 5, 0).empty());
    CHECK(chosen(tx, 5, 1) == "7");
    CHECK(chosen(tx, 5, 3) == "7 9 0");
    CHECK(chosen(tx, 5, 99) == "7 9 0 8 7");
    CHECK(chosen(tx, 6, 2) == "11 11");
    CHECK(chosen(tx, 0, 2).empty());
  });
}

TEST_CASE("a ledger from before turns were kept beside it goes on where it stood", "[record]") {
  support::TemporaryFolder folder;
  storage::Database database({.path = folder.file("old.db")});
  const auto all = assignment_migrations();
  database.writer().run([&](storage::Transaction& tx) {
    storage::migrate(tx, {all.data(), 2}, 0);
    for (const char* row : {"5, 7", "5, 8", "6, 7", "5, 7", "0, 9"}) {
      tx.script(std::string("INSERT INTO assignment (object, record, at_ms, kind, rule, row, ") +
                "row_record, previous, team, chosen, strategy, skipped, actor) VALUES ('thing', " +
                "1, 10, 'assign', 'table', 0, 0, 0, " + row + ", 'weighted', '[]', 0)");
    }
    storage::migrate(tx, all, 0);
    CHECK(turns(tx, 5) == "7:4 8:2");
    CHECK(turns(tx, 6) == "7:3");
    CHECK(chosen(tx, 5, 9) == "7 8 7");
    give(tx, 5, 8);
    CHECK(chosen(tx, 5, 9) == "8 7 8 7");
    CHECK(turns(tx, 5) == "7:4 8:6");
  });
}

}  // namespace tenon::record
