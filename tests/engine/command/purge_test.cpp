#include "engine/command/purge.h"

#include <catch2/catch.hpp>

#include "engine/query/record_titles.h"
#include "engine/run/message.h"
#include "tests/support/billing.h"
#include "tests/support/running_application.h"
#include "tests/support/shop.h"

namespace tenon::command {
namespace {

struct Shop : support::RunningApplication {
  Shop() : RunningApplication(support::shop()) {}

  RecordId order_with_lines() {
    return made("order", R"({"number": "1", "lines": [
      {"price": "1.00", "parts": [{"price": "2.00"}]}, {"price": "3.00"}]})");
  }

  // As the nightly job, until nothing is left to remove for good.
  int purge() {
    int chunks = 0;
    for (bool goes_on = true; goes_on; ++chunks) {
      REQUIRE(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
        const job::Job job;
        TENON_TRY(const auto step, purge_records(context, {job, clock.now_ms()}));
        goes_on = std::holds_alternative<job::GoesOn>(step);
        return done();
      }));
    }
    return chunks;
  }

  // Rows of the table, erased ones too.
  std::int64_t rows(const std::string& table) {
    std::int64_t count = 0;
    ask(support::the_system(), [&](const query::Context& context) {
      count =
          context.tx.statement("SELECT count(*) FROM " + table).one([](const storage::Row& row) {
            return row.integer(0);
          });
    });
    return count;
  }
};

}  // namespace

TEST_CASE("an erased record is removed for good after its time, with the lines of all levels",
          "[command]") {
  Shop shop;
  const RecordId erased = shop.order_with_lines();
  const RecordId kept = shop.order_with_lines();
  REQUIRE(shop.erase("order", erased));

  shop.clock.now += kErasedMs - 1;
  shop.purge();
  CHECK(shop.rows("r_order") == 2);
  CHECK(shop.rows("r_order_line") == 6);

  shop.clock.now += 2;
  shop.purge();
  CHECK(shop.rows("r_order") == 1);
  CHECK(shop.rows("r_order_line") == 3);
  CHECK(shop.value("order", kept, "net") == "\"6.00\"");
}

TEST_CASE("an event that nobody came to wait for goes when its day is over", "[command]") {
  Shop shop;
  const auto kept = [&] { return shop.rows("flow_message"); };
  REQUIRE(shop.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    run::keep_message(context.tx, "paid", "1", shop.clock.now + 1000);
    run::keep_message(context.tx, "paid", "2", shop.clock.now + 2000);
    return done();
  }));
  const auto forget = [&] {
    REQUIRE(shop.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      const job::Job job;
      TENON_TRY(const auto step, forget_messages(context, {job, shop.clock.now}));
      return done();
    }));
  };
  forget();
  CHECK(kept() == 2);
  shop.clock.now += 1000;
  forget();
  CHECK(kept() == 1);
  const JobKind* kind = find_job_kind("forget_messages");
  REQUIRE(kind != nullptr);
  CHECK(kind->nightly);
}

TEST_CASE("who was deleted keeps their name in runs, also when their record is gone", "[command]") {
  Shop shop;
  const RecordId user = shop.made("user", R"({"login": "bob", "name": "Bob"})");
  const auto name = [&] {
    std::string found;
    shop.ask(support::the_system(), [&](const query::Context& context) {
      const RecordId ids[] = {user};
      for (const auto& [id, text] : query::names_of_people(context, ids)) found = text;
    });
    return found;
  };
  REQUIRE(shop.erase("user", user));
  CHECK(name() == "Bob");
  shop.clock.now += kErasedMs + 1;
  shop.purge();
  CHECK(shop.rows("r_user") == 0);
  CHECK(name() == "Bob");
}

}  // namespace tenon::command
