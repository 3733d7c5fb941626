#include "engine/storage/migration.h"

#include <catch2/catch.hpp>

#include "tests/engine/storage/fixture.h"

namespace tenon::storage {
namespace {

const Migrations kFirst{{"a_0001_one", "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT"}};
const Migrations kBoth{
    {"a_0001_one", "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT"},
    {"a_0002_more", "ALTER TABLE one ADD COLUMN more TEXT; INSERT INTO one VALUES (1, 'x')"}};

int applied(Fixture& fixture, const Migrations& migrations) {
  int count = 0;
  fixture.database.writer().run(
      [&](Transaction& tx) { count = migrate(tx, migrations, 1'800'000'000'000); });
  return count;
}

}  // namespace

TEST_CASE("migrations are applied once, and new ones later", "[storage]") {
  Fixture fixture;
  CHECK(applied(fixture, kFirst) == 1);
  CHECK(applied(fixture, kFirst) == 0);
  CHECK(applied(fixture, kBoth) == 1);
  CHECK(fixture.integer("SELECT count(more) FROM one") == 1);
}

TEST_CASE("a migration that fails leaves nothing behind", "[storage]") {
  Fixture fixture;
  Migrations broken = kBoth;
  broken.push_back({"a_0003_broken", "CREATE TABLE one (id INTEGER)"});
  CHECK_THROWS_AS(applied(fixture, broken), Fault);
  CHECK(fixture.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'one'") == 0);
  CHECK(applied(fixture, kBoth) == 2);
}

TEST_CASE("a database that a newer program wrote is refused by name", "[storage]") {
  Fixture fixture;
  applied(fixture, kBoth);
  CHECK_THROWS_WITH(applied(fixture, kFirst),
                    Catch::Contains("a_0002_more") && Catch::Contains("newer version"));
}

}  // namespace tenon::storage
