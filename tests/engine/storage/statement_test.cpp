#include <catch2/catch.hpp>

#include "tests/engine/storage/fixture.h"

namespace tenon::storage {
namespace {

using namespace std::string_view_literals;

// Runs the work in a transaction of the writer.
template <class F>
void within(Fixture& fixture, F f) {
  fixture.database.writer().run([&](Transaction& tx) { f(tx); });
}

std::optional<Clash> insert_or_clash(Fixture& fixture, std::int64_t id, std::string_view name) {
  std::optional<Clash> clash;
  within(fixture, [&](Transaction& tx) {
    clash = tx.statement(kInsert).bind(":id", id).bind(":name", name).run_or_clash();
  });
  return clash;
}

}  // namespace

TEST_CASE("every kind of column comes back as it was bound", "[storage]") {
  Fixture fixture;
  const auto column = GENERATE(Column{}, Column{std::int64_t{-5}}, Column{std::string("")},
                               Column{std::string("中\0b", 5)});
  within(fixture, [&](Transaction& tx) {
    auto statement = tx.statement("SELECT ?1");
    statement.bind(1, column).one([&](const Row& row) {
      CHECK(row.size() == 1);
      CHECK(row.is_null(0) == std::holds_alternative<std::monostate>(column));
      if (const auto* number = std::get_if<std::int64_t>(&column)) CHECK(row.integer(0) == *number);
      if (const auto* text = std::get_if<std::string>(&column)) CHECK(row.text(0) == *text);
      return true;
    });
  });
}

TEST_CASE("an empty view is an empty text, not null", "[storage]") {
  Fixture fixture;
  within(fixture, [](Transaction& tx) {
    tx.statement("SELECT ?1").bind(1, std::string_view()).one([](const Row& row) {
      CHECK_FALSE(row.is_null(0));
      return true;
    });
  });
}

TEST_CASE("names are bound in any order, and again for the next run", "[storage]") {
  Fixture fixture;
  within(fixture, [](Transaction& tx) {
    auto statement = tx.statement(kInsert);
    statement.bind(":name", "one"sv).bind(":id", std::int64_t{1}).run();
    statement.bind(":id", std::int64_t{2}).bind(":name", "two"sv).run();
    CHECK(statement.changes() == 1);
  });
  CHECK(fixture.count() == 2);
}

TEST_CASE("a name that the statement has not is a fault", "[storage]") {
  Fixture fixture;
  CHECK_THROWS_WITH(
      within(fixture, [](Transaction& tx) { tx.statement(kNameOf).bind(":key", std::int64_t{1}); }),
      Catch::Contains("no binding :key"));
}

TEST_CASE("bindings of an earlier use are not seen by the next", "[storage]") {
  Fixture fixture;
  within(fixture, [](Transaction& tx) {
    tx.statement("SELECT ?1").bind(1, std::int64_t{5}).step();
    CHECK(tx.statement("SELECT ?1").one([](const Row& row) { return row.is_null(0); }));
  });
}

TEST_CASE("the same text can be in use twice at once", "[storage]") {
  Fixture fixture;
  fixture.insert(1, "a");
  fixture.insert(2, "b");
  std::string seen;
  within(fixture, [&](Transaction& tx) {
    constexpr auto kAll = "SELECT name FROM thing ORDER BY id"sv;
    tx.statement(kAll).each([&](const Row& outer) {
      tx.statement(kAll).each(
          [&](const Row& inner) { seen += outer.text(0) + inner.text(0) + " "; });
    });
  });
  CHECK(seen == "aa ab ba bb ");
}

TEST_CASE("many shapes of SQL do not pile up, and all of them work", "[storage]") {
  Fixture fixture;
  within(fixture, [](Transaction& tx) {
    for (std::int64_t i = 0; i < 2000; ++i) {
      const auto sql = "SELECT " + std::to_string(i) + " + ?1";
      REQUIRE(tx.statement(sql).bind(1, i).one([](const Row& row) { return row.integer(0); }) ==
              2 * i);
    }
  });
}

TEST_CASE("a statement prepared before a change of schema goes on", "[storage]") {
  Fixture fixture;
  fixture.insert(1, "one");
  fixture.script("ALTER TABLE thing ADD COLUMN more TEXT");
  fixture.insert(2, "two");
  CHECK(fixture.count() == 2);
}

TEST_CASE("a text of several statements is refused, so none is passed over", "[storage]") {
  Fixture fixture;
  CHECK_THROWS_AS(fixture.integer("SELECT 1; DELETE FROM thing"), Fault);
  CHECK(fixture.integer("SELECT 1;\n ") == 1);
}

TEST_CASE("RETURNING gives the row and keeps the change", "[storage]") {
  Fixture fixture;
  within(fixture, [](Transaction& tx) {
    auto statement = tx.statement("INSERT INTO thing (name) VALUES ('a') RETURNING id");
    CHECK(statement.one([](const Row& row) { return row.integer(0); }) == 1);
  });
  CHECK(fixture.count() == 1);
}

TEST_CASE("a clash names the table and the columns of the unique index", "[storage]") {
  Fixture fixture;
  fixture.insert(1, "one");

  SECTION("a key") {
    const auto clash = insert_or_clash(fixture, 1, "other");
    REQUIRE(clash);
    CHECK(clash->table == "thing");
    CHECK(clash->columns == std::vector<std::string>{"id"});
  }
  SECTION("several columns of a partial index") {
    fixture.script("ALTER TABLE thing ADD COLUMN part INTEGER DEFAULT 0");
    fixture.script("CREATE UNIQUE INDEX x ON thing (name, part) WHERE part = 0");
    const auto clash = insert_or_clash(fixture, 2, "one");
    REQUIRE(clash);
    CHECK(clash->columns == std::vector<std::string>{"name", "part"});
  }
  SECTION("an index on an expression") {
    fixture.script("CREATE UNIQUE INDEX x ON thing (lower(name)) WHERE id > 0");
    const auto clash = insert_or_clash(fixture, 2, "ONE");
    REQUIRE(clash);
    CHECK(clash->table == "thing");
    CHECK(clash->columns == std::vector<std::string>{"name"});
  }
  CHECK(fixture.count() == 1);
}

TEST_CASE("a unique index that rows break is a clash too", "[storage]") {
  Fixture fixture;
  fixture.insert(1, "same");
  fixture.insert(2, "same");
  within(fixture, [](Transaction& tx) {
    const auto clash = tx.statement("CREATE UNIQUE INDEX x ON thing (name)").run_or_clash();
    REQUIRE(clash);
    CHECK(clash->columns == std::vector<std::string>{"name"});
  });
}

TEST_CASE("other broken rules of a table are faults", "[storage]") {
  Fixture fixture;
  fixture.script("CREATE TABLE strict (id INTEGER NOT NULL) STRICT");
  CHECK_THROWS_AS(within(fixture,
                         [](Transaction& tx) {
                           tx.statement("INSERT INTO strict VALUES (NULL)").run_or_clash();
                         }),
                  Fault);
}

}  // namespace tenon::storage
