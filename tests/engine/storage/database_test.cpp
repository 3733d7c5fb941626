#include "engine/storage/database.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <thread>

#include "tests/engine/storage/fixture.h"

namespace tenon::storage {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kEndless = R"sql(
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n
)sql";

Column twice(std::span<const Column> arguments) {
  const auto* number = std::get_if<std::int64_t>(&arguments[0]);
  if (number == nullptr) return {};
  if (*number < 0) throw std::runtime_error("below zero");
  return *number * 2;
}

// The opposite of the usual order.
int backwards(std::string_view a, std::string_view b) { return b.compare(a); }

std::vector<std::string> texts(Database& database, std::string_view sql) {
  std::vector<std::string> texts;
  database.read([&](Transaction& tx) {
    texts = tx.statement(sql).all([](const Row& row) { return row.text(0); });
  });
  return texts;
}

}  // namespace

TEST_CASE("what was written is read, also after it was closed and opened again", "[storage]") {
  support::TemporaryFolder folder;
  const Options options{.path = folder.file("a.db"), .functions = {}, .collations = {}};
  {
    Database database(options);
    database.writer().run([](Transaction& tx) {
      tx.script("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT) STRICT");
      tx.statement(kInsert).bind(":id", std::int64_t{7}).bind(":name", "seven"sv).run();
    });
    CHECK(texts(database, "SELECT name FROM thing") == std::vector<std::string>{"seven"});
  }
  CHECK_FALSE(std::filesystem::exists(folder.file("a.db-wal")));
  Database database(options);
  CHECK(texts(database, "SELECT name FROM thing") == std::vector<std::string>{"seven"});
}

TEST_CASE("a folder that is not there is a fault that names the file", "[storage]") {
  CHECK_THROWS_AS(Database({.path = "/nowhere/a.db", .functions = {}, .collations = {}}), Fault);
}

TEST_CASE("the database is set up for durability", "[storage]") {
  Fixture fixture;
  fixture.database.writer().run([](Transaction& tx) {
    const auto pragma = [&](std::string_view sql) {
      return tx.statement(sql).one([](const Row& row) { return row.text(0); });
    };
    CHECK(pragma("PRAGMA journal_mode") == "wal");
    CHECK(pragma("PRAGMA synchronous") == "2");
    CHECK(pragma("PRAGMA foreign_keys") == "0");
    CHECK(pragma("PRAGMA wal_autocheckpoint") == "0");
    CHECK(pragma("PRAGMA trusted_schema") == "0");
  });
}

TEST_CASE("a reader sees one snapshot, whatever is committed meanwhile", "[storage]") {
  Fixture fixture;
  fixture.insert(1, "one");

  fixture.database.read([&](Transaction& tx) {
    const auto count = [&] {
      return tx.statement("SELECT count(*) FROM thing").one([](const Row& row) {
        return row.integer(0);
      });
    };
    CHECK(count() == 1);
    fixture.insert(2, "two");
    CHECK(count() == 1);
  });
  CHECK(fixture.count() == 2);
}

TEST_CASE("a reader cannot write", "[storage]") {
  Fixture fixture;
  CHECK_THROWS_AS(fixture.database.read([](Transaction& tx) { tx.script("DELETE FROM thing"); }),
                  Fault);
}

TEST_CASE("a reader whose work throws is given back in order", "[storage]") {
  Fixture fixture({.path = "", .readers_max = 1, .functions = {}, .collations = {}});
  const auto failing = [](Transaction& tx) {
    auto statement = tx.statement("SELECT 1");
    statement.step();
    throw Fault("no");
  };
  CHECK_THROWS_AS(fixture.database.read(failing), Fault);
  CHECK(fixture.count() == 0);
}

TEST_CASE("readers beyond the bound wait for a free one", "[storage]") {
  Fixture fixture({.path = "", .readers_max = 2, .functions = {}, .collations = {}});
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      fixture.database.read([&](Transaction&) {
        const int now = ++inside;
        if (now > most) most = now;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        --inside;
      });
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(most <= 2);
}

TEST_CASE("a statement that is cancelled is cut", "[storage]") {
  Fixture fixture;
  std::atomic<bool> cancelled = false;
  std::thread watchdog([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    cancelled = true;
  });
  const auto endless = [](Transaction& tx) { tx.statement(kEndless).step(); };
  CHECK_THROWS_AS(fixture.database.read(endless, &cancelled), Interrupted);
  watchdog.join();
  CHECK(fixture.count() == 0);  // The reader is as good as before.
}

TEST_CASE("a read goes on until its time is over, and is asked between", "[storage]") {
  Fixture fixture;
  int asked = 0;
  const std::function<bool()> is_over = [&] { return ++asked > 5; };
  const auto endless = [](Transaction& tx) { tx.statement(kEndless).step(); };
  CHECK_THROWS_AS(fixture.database.read_until(endless, is_over), Interrupted);
  CHECK(asked == 6);
  fixture.insert(1, "a");
  std::int64_t count = 0;
  const auto brief = [&](Transaction& tx) {
    count = tx.statement("SELECT count(*) FROM thing").one([](const Row& row) {
      return row.integer(0);
    });
  };
  fixture.database.read_until(brief, is_over);  // Too brief to be asked at all.
  CHECK(count == 1);
  CHECK(asked == 6);
}

TEST_CASE("many short statements are cut between, and whoever works may look", "[storage]") {
  Fixture fixture;
  fixture.insert(1, "a");
  std::atomic<bool> cancelled = false;
  int done = 0;
  const auto many = [&](Transaction& tx) {
    REQUIRE(tx.cancelled() == &cancelled);
    while (true) {
      tx.statement(kNameOf).bind(":id", std::int64_t{1}).step();
      if (++done == 3) cancelled = true;
    }
  };
  CHECK_THROWS_AS(fixture.database.read(many, &cancelled), Interrupted);
  CHECK(done == 3);
  fixture.database.read([](Transaction& tx) { CHECK(tx.cancelled() == nullptr); });
}

TEST_CASE("functions and orders of the engine's own can be called in SQL", "[storage]") {
  Fixture fixture(
      {.path = "", .functions = {{"twice", 1, twice}}, .collations = {{"backwards", backwards}}});
  CHECK(fixture.integer("SELECT twice(21)") == 42);
  CHECK(fixture.integer("SELECT twice(NULL) IS NULL") == 1);
  CHECK_THROWS_WITH(fixture.integer("SELECT twice(-1)"), Catch::Contains("below zero"));
  fixture.script("CREATE INDEX thing_twice ON thing (twice(id))");
  fixture.insert(1, "a");
  fixture.insert(2, "b");
  CHECK(texts(fixture.database, "SELECT name FROM thing ORDER BY name COLLATE backwards") ==
        std::vector<std::string>{"b", "a"});
}

TEST_CASE("a checkpoint moves the log into the file, but for what a reader needs", "[storage]") {
  Fixture fixture;
  for (int i = 0; i < 20; ++i) fixture.insert(i, "x");
  fixture.database.read([&](Transaction& tx) {
    CHECK(tx.statement("SELECT count(*) FROM thing").one([](const Row& row) {
      return row.integer(0);
    }) == 20);
    fixture.insert(20, "x");
    CHECK(fixture.database.checkpoint() > 0);
  });
  CHECK(fixture.database.checkpoint() == 0);
}

TEST_CASE("a snapshot that nobody reads in any more does not hold the log up", "[storage]") {
  Fixture fixture;
  fixture.insert(1, "one");
  CHECK(fixture.count() == 1);
  fixture.insert(2, "two");  // The idle reader is still where it was.
  CHECK(fixture.database.checkpoint() == 0);
  CHECK(fixture.count() == 2);
}

TEST_CASE("each read sees what was committed before it, on whichever reader", "[storage]") {
  Fixture fixture;
  for (std::int64_t id = 1; id <= 20; ++id) {
    fixture.insert(id, "a");
    fixture.database.read([&](Transaction&) { CHECK(fixture.count() == id); });
    CHECK(fixture.count() == id);
  }
}

TEST_CASE("what a read that was undone prepared does not outlive it", "[storage]") {
  Fixture fixture({.path = "", .readers_max = 1, .functions = {}, .collations = {}});
  fixture.insert(1, "one");
  CHECK(fixture.count() == 1);
  const auto failing = [](Transaction& tx) {
    auto statement = tx.statement("SELECT id FROM thing");
    statement.step();
    throw Fault("no");
  };
  CHECK_THROWS_AS(fixture.database.read(failing), Fault);
  fixture.insert(2, "two");
  CHECK(fixture.count() == 2);
  CHECK(fixture.database.checkpoint() == 0);
}

TEST_CASE("a log that has grown long begins again", "[storage]") {
  Fixture fixture;
  const std::string megabyte(1 << 20, 'x');
  for (int i = 0; i < 100; ++i) fixture.insert(i, megabyte);
  CHECK(std::filesystem::file_size(fixture.folder.file("test.db-wal")) < (70u << 20));
  CHECK(fixture.count() == 100);
}

}  // namespace tenon::storage
