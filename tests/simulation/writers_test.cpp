// Rollups over three objects are what a recount finds, after eight clerks wrote at the same time
// through the writer's queue, and the bundle changed under them.
//
// TENON_COMMANDS says how many (2,000), TENON_SEED from where; a failure prints the seed. Which
// command comes before which is the machine's matter, so a seed gives the commands, not their
// order.
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <thread>

#include "tests/simulation/writers/clerk.h"
#include "tests/simulation/writers/recount.h"
#include "tests/support/billing.h"
#include "tests/support/shop.h"

namespace tenon::simulation {
namespace {

constexpr int kClerks = 8;
constexpr int kVersions = 4;  // The definition changes between them: three times, in the middle.

std::int64_t setting(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoll(text);
}

metadata::Files shop_that_counts(Counted counted) {
  auto files = support::shop();
  if (counted == Counted::only_void) {
    files["objects/customer.json"] =
        support::replaced(files["objects/customer.json"], R"("filter": "state <> \"void\"")",
                          R"("filter": "state = \"void\"")");
  }
  return files;
}

// The clerks' work, and how far it is.
class Shift {
 public:
  Shift(ShopFloor& shop, std::uint64_t seed, std::int64_t commands) : commands_(commands) {
    std::mt19937_64 random(seed);
    for (int i = 0; i < kClerks; ++i) clerks_.emplace_back(shop, random());
    for (Clerk& clerk : clerks_) threads_.emplace_back([this, &clerk] { work(clerk); });
  }

  void wait_until(std::int64_t begun) const {
    for (auto now = begun_.load(); now < begun; now = begun_.load()) begun_.wait(now);
  }
  void end() { threads_.clear(); }
  const std::vector<Clerk>& clerks() const { return clerks_; }

 private:
  void work(Clerk& clerk) {
    while (begun_.fetch_add(1) < commands_) {
      begun_.notify_all();
      clerk.step();
    }
    begun_.notify_all();
  }

  const std::int64_t commands_;
  std::atomic<std::int64_t> begun_{0};
  std::vector<Clerk> clerks_;
  std::vector<std::jthread> threads_;
};

std::int64_t rows_in(ShopFloor& shop) {
  std::int64_t rows = 0;
  shop.host().read([&](storage::Transaction& tx) { rows = counted_rows(tx); });
  return rows;
}

std::vector<std::string> wrong_in(ShopFloor& shop, Counted counted) {
  std::vector<std::string> wrong;
  shop.host().read([&](storage::Transaction& tx) { wrong = wrong_values(tx, counted); });
  return wrong;
}

}  // namespace

TEST_CASE("rollups are what a recount finds after eight threads wrote at once", "[writers]") {
  const std::int64_t seed = setting("TENON_SEED", 20'271'126);
  const std::int64_t commands = setting("TENON_COMMANDS", 2'000);
  INFO("TENON_SEED=" << seed << " TENON_COMMANDS=" << commands);
  ShopFloor shop;
  Counted counted = Counted::all_but_void;
  REQUIRE(shop.publish(shop_that_counts(counted)));
  Clerk first(shop, static_cast<std::uint64_t>(seed));
  first.open_the_shop();
  REQUIRE(first.faults() == std::vector<std::string>{});

  Shift shift(shop, static_cast<std::uint64_t>(seed) + 1, commands);
  std::vector<std::string> seen;  // By readers, while everybody writes.
  for (int version = 1; version < kVersions; ++version) {
    shift.wait_until(commands * version / kVersions);
    for (auto& one : wrong_in(shop, counted)) seen.push_back(std::move(one));
    counted = counted == Counted::only_void ? Counted::all_but_void : Counted::only_void;
    if (const auto outcome = shop.publish(shop_that_counts(counted)); !outcome) {
      seen.push_back("publish: " + describe(outcome.error()));
    }
  }
  shift.end();
  CHECK(seen == std::vector<std::string>{});
  CHECK(wrong_in(shop, counted) == std::vector<std::string>{});
  int carried_out = 0;
  for (const Clerk& clerk : shift.clerks()) {
    CHECK(clerk.faults() == std::vector<std::string>{});
    carried_out += clerk.carried_out();
  }
  CHECK(carried_out > commands / 2);
  CHECK(rows_in(shop) > commands / 10);
}

}  // namespace tenon::simulation
