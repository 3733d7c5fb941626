#include "engine/storage/sql_builder.h"

#include <catch2/catch.hpp>

#include "tests/engine/storage/fixture.h"

namespace tenon::storage {

TEST_CASE("bindings are numbered in the order of the text", "[storage]") {
  SqlBuilder sql;
  sql.text("SELECT ").name("f_amount").text(" FROM ").name("r_invoice");
  sql.text(" WHERE id = ").bind(std::int64_t{7}).text(" AND f_name = ").bind(std::string("a"));
  CHECK(sql.sql() == "SELECT f_amount FROM r_invoice WHERE id = ?1 AND f_name = ?2");
  CHECK(sql.bindings() == std::vector<Column>{std::int64_t{7}, std::string("a")});
}

TEST_CASE("a builder within another is numbered anew", "[storage]") {
  SqlBuilder inner;
  inner.bind(std::int64_t{2}).text(" + ").bind(std::int64_t{3});
  SqlBuilder sql;
  sql.text("SELECT ").bind(std::int64_t{1}).text(" + ").append(inner).text(" + ");
  sql.append(inner).bind(std::int64_t{4});
  CHECK(sql.sql() == "SELECT ?1 + ?2 + ?3 + ?4 + ?5?6");
}

TEST_CASE("a name that the catalogue cannot have made is a fault", "[storage]") {
  const auto name = GENERATE(as<std::string>(), "", "a b", "a;", "A", "1a", "a\"", "中");
  CAPTURE(name);
  SqlBuilder sql;
  CHECK_THROWS_AS(sql.name(name), Fault);
}

TEST_CASE("a name of 64 letters is the longest", "[storage]") {
  SqlBuilder sql;
  CHECK_NOTHROW(sql.name(std::string(64, 'a')));
  CHECK_THROWS_AS(sql.name(std::string(65, 'a')), Fault);
}

TEST_CASE("built SQL runs, with an integer looked for in a list", "[storage]") {
  Fixture fixture;
  for (int i = 1; i <= 5; ++i) fixture.insert(i, "x");
  SqlBuilder sql;
  sql.text("SELECT count(*) FROM thing WHERE id").in_list("[1,3,9]");
  sql.text(" AND name = ").bind(std::string("x"));
  fixture.database.read([&](Transaction& tx) {
    auto statement = tx.statement(sql.sql());
    sql.bind_all(statement);
    CHECK(statement.one([](const Row& row) { return row.integer(0); }) == 2);
  });
}

TEST_CASE("what was left open is asked for at each run, wherever it was put", "[storage]") {
  Fixture fixture;
  for (int i = 1; i <= 5; ++i) fixture.insert(i, i < 4 ? "x" : "y");
  SqlBuilder name;
  name.text("name = ").bind_later(7);
  SqlBuilder sql;
  sql.text("SELECT count(*) FROM thing WHERE id < ").bind(std::int64_t{5}).text(" AND ");
  sql.append(name).text(" AND id").in_list_later(8);
  const auto count = [&](const std::string& wanted, const std::string& ids) {
    std::int64_t answer = 0;
    fixture.database.read([&](Transaction& tx) {
      auto statement = tx.statement(sql.sql());
      sql.bind_all(statement, [&](int what) { return Column{what == 7 ? wanted : ids}; });
      answer = statement.one([](const Row& row) { return row.integer(0); });
    });
    return answer;
  };
  CHECK(count("x", "[1,2,4,5]") == 2);
  CHECK(count("y", "[1,2,4,5]") == 1);
  CHECK(count("y", "[]") == 0);
}

TEST_CASE("SQL that leaves something open cannot be bound without it", "[storage]") {
  Fixture fixture;
  SqlBuilder sql;
  sql.text("SELECT ").bind_later(1);
  fixture.database.read([&](Transaction& tx) {
    auto statement = tx.statement(sql.sql());
    CHECK_THROWS_AS(sql.bind_all(statement), Fault);
  });
}

}  // namespace tenon::storage
