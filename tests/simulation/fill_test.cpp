// Fields of more records than a publish fills itself: worked out by a job, while writers go on.
//
// TENON_SEED says from where; a failure prints the seed.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <random>

#include "engine/base/limits.h"
#include "engine/command/run_job.h"
#include "tests/support/running_application.h"

namespace tenon {
namespace {

using support::RunningApplication;
using support::the_system;
using support::told;

constexpr int kCustomers = limits::kFillRowsMax + 1;

std::string quoted(RecordId id) { return "\"" + text_of(id) + "\""; }

// Regions, customers and orders. `fields`: more of a customer; `of_region`: of a region.
metadata::Files bundle(const std::string& fields, const std::string& of_region = "") {
  return {{"bundle.json",
           R"json({"format": 1, "name": "trade", "version": "1", "label": "Trade"})json"},
          {"objects/region.json", R"json({"name": "region", "label": "Region",
        "label_plural": "Regions", "title_field": "name",
        "fields": [{"name": "name", "label": "Name", "type": "text"})json" +
                                      of_region + "]}"},
          {"objects/customer.json", R"json({"name": "customer", "label": "Customer",
        "label_plural": "Customers", "title_field": "name", "fields": [
        {"name": "name", "label": "Name", "type": "text"},
        {"name": "region", "label": "Region", "type": "reference", "to": "region",
         "back": "customers"})json" + fields +
                                        "]}"},
          {"objects/order.json", R"json({"name": "order", "label": "Order",
        "label_plural": "Orders", "title_field": "name", "fields": [
        {"name": "name", "label": "Name", "type": "text"},
        {"name": "amount", "label": "Amount", "type": "decimal", "scale": 0},
        {"name": "customer", "label": "Customer", "type": "reference", "to": "customer",
         "back": "orders", "on_delete": "clear"}]})json"}};
}

constexpr const char* kRollups = R"json(,
  {"name": "turnover", "label": "Turnover", "type": "rollup", "function": "sum",
   "of": "orders.amount"},
  {"name": "mean", "label": "Mean", "type": "rollup", "function": "average",
   "of": "orders.amount"},
  {"name": "is_large", "label": "Large", "type": "formula", "formula": "turnover >= 100"})json";
constexpr const char* kOfRegion = R"json(,
  {"name": "turnover", "label": "Turnover", "type": "rollup", "function": "sum",
   "of": "customers.turnover"})json";
constexpr const char* kDouble = R"json(,
  {"name": "shout", "label": "Shout", "type": "formula", "formula": "UPPER(name)"})json";

class Trade : public RunningApplication {
 public:
  explicit Trade(const metadata::Files& files) : RunningApplication(files) {}

  // One record is made, the others are its copies.
  std::vector<RecordId> copies(const std::string& of, const std::string& json, int count) {
    const RecordId first = made(of, json);
    std::vector<RecordId> ids{first};
    for (int i = 1; i < count; ++i) ids.push_back({first.value + i});
    copy(of, first, count - 1);
    return ids;
  }

  bool is_building() {
    bool is = false;
    carry(the_system(), [&](command::Context& context) {
      is = record::building_progress(context.tx).has_value();
    });
    return is;
  }

  // One chunk; false where no job is due.
  bool run_chunk(const std::function<bool()>& is_over = {}) {
    bool ran = false;
    carry(the_system(), [&](command::Context& context) {
      ran = command::run_due_job(context, job::Lane::bulk, context.clock.now_ms(), is_over);
    });
    return ran;
  }

  std::vector<job::Job> jobs() {
    std::vector<job::Job> open;
    carry(the_system(), [&](command::Context& context) { open = job::open_jobs(context.tx, 10); });
    return open;
  }

  std::string names(const std::string& filter, const std::string& sort) {
    const auto page =
        list({.object = "customer", .fields = {"name"}, .filter = filter, .sort = {sort}});
    return page ? support::column(*page, "name") : told(page);
  }

 private:
  template <class Work>
  void carry(const Actor& actor, const Work& work) {
    REQUIRE(carry_out(actor, [&](command::Context& context) -> Result<void> {
      work(context);
      return done();
    }));
  }
};

// Orders come, go, change and move to other customers; the last to be read and the first.
class Writers {
 public:
  Writers(Trade& trade, const std::vector<RecordId>& customers, std::uint64_t seed)
      : trade_(trade), customers_(customers), random_(seed) {}

  void write() {
    const int what = orders_.empty() ? 0 : below(4);
    if (what == 0) {
      const std::string body = R"({"name": "o", "amount": )" + amount() + R"(, "customer": )" +
                               quoted(any(customers_)) + "}";
      orders_.push_back(trade_.made("order", body));
    } else if (what == 1) {
      REQUIRE(trade_.update("order", any(orders_), R"({"amount": )" + amount() + "}"));
    } else if (what == 2) {
      REQUIRE(
          trade_.update("order", any(orders_), R"({"customer": )" + quoted(any(customers_)) + "}"));
    } else {
      const auto one = static_cast<std::size_t>(below(static_cast<int>(orders_.size())));
      REQUIRE(trade_.erase("order", orders_[one]));
      orders_.erase(orders_.begin() + static_cast<std::ptrdiff_t>(one));
    }
  }

  // What the orders say, added up here.
  struct Sums {
    std::int64_t sum = 0;
    std::int64_t count = 0;
  };
  std::map<std::string, Sums> sums() {
    std::map<std::string, Sums> all;
    for (const RecordId order : orders_) {
      const std::string amount = trade_.value("order", order, "amount");
      Sums& sums = all[trade_.value("order", order, "customer")];
      sums.sum += std::stoll(amount.substr(1, amount.size() - 2));
      ++sums.count;
    }
    return all;
  }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
  std::string amount() { return "\"" + std::to_string(below(300)) + "\""; }
  // Few of them, at both ends of where the job walks.
  RecordId any(const std::vector<RecordId>& ids) {
    const auto size = ids.size();
    const auto place = static_cast<std::size_t>(below(10));
    return below(2) == 0 ? ids[std::min(place, size - 1)]
                         : ids[size - 1 - std::min(place, size - 1)];
  }

  Trade& trade_;
  const std::vector<RecordId>& customers_;
  std::mt19937_64 random_;
  std::vector<RecordId> orders_;
};

}  // namespace

TEST_CASE("a publish fills as many records as the limit itself, more are a job", "[fill]") {
  for (const int more : {-1, 0, 1}) {
    CAPTURE(more);
    Trade trade(bundle(""));
    trade.copies("customer", R"({"name": "anna"})", limits::kFillRowsMax + more);
    REQUIRE(trade.publish(bundle(kDouble)));
    CHECK(trade.is_building() == (more > 0));
    // A formula over the record alone is worked out as it is read, meanwhile.
    const auto page = trade.list({.object = "customer",
                                  .fields = {"shout"},
                                  .filter = R"(shout = "ANNA")",
                                  .sort = {"-shout"},
                                  .limit = 1,
                                  .count = query::Count::exact});
    REQUIRE(page);
    CHECK(*page->count == limits::kFillRowsMax + more);
    CHECK(support::column(*page, "shout") == "\"ANNA\"");
  }
}

TEST_CASE("rollups worked out by a job while writers go on are what a recount finds", "[fill]") {
  const char* given = std::getenv("TENON_SEED");
  const std::uint64_t seed = given == nullptr ? 7 : std::strtoull(given, nullptr, 10);
  CAPTURE(seed);
  Trade trade(bundle(""));
  const RecordId region = trade.made("region", R"({"name": "r"})");
  const auto customers =
      trade.copies("customer", R"({"name": "anna", "region": )" + quoted(region) + "}", kCustomers);
  Writers writers(trade, customers, seed);
  for (int i = 0; i < 30; ++i) writers.write();
  REQUIRE(trade.publish(bundle(kRollups, kOfRegion)));
  REQUIRE(trade.is_building());
  CHECK(trade.names("turnover > 0", "name") == "conflict filter:building");
  CHECK(trade.names("is_large", "name") == "conflict filter:building");
  CHECK(trade.names("name = \"x\"", "turnover") == "conflict sort:building");

  int chunks = 0;
  std::int64_t progress = 0;
  while (trade.is_building()) {
    REQUIRE(trade.run_chunk());
    if (++chunks % 8 == 0) writers.write();
    const auto jobs = trade.jobs();
    if (jobs.empty()) continue;
    CHECK(jobs[0].kind == "fill_fields");
    CHECK(jobs[0].done >= progress);
    CHECK(jobs[0].done <= jobs[0].total);
    progress = jobs[0].done;
    if (chunks == 40) trade.open_again();  // The program stops and starts.
  }
  CHECK(progress > kCustomers);
  for (int i = 0; i < 20; ++i) writers.write();

  std::int64_t all = 0;
  for (const auto& [customer, sums] : writers.sums()) {
    const RecordId id{*parse_id_text(customer.substr(1, customer.size() - 2))};
    CHECK(trade.value("customer", id, "turnover") == "\"" + std::to_string(sums.sum) + "\"");
    const auto mean = divide(Decimal::of(sums.sum), Decimal::of(sums.count));
    CHECK(trade.value("customer", id, "mean") == "\"" + mean->text(2) + "\"");
    CHECK(trade.value("customer", id, "is_large") == (sums.sum >= 100 ? "true" : "false"));
    all += sums.sum;
  }
  CHECK(trade.value("region", region, "turnover") == "\"" + std::to_string(all) + "\"");
  CHECK(trade.names("turnover < 0", "turnover").empty());
}

TEST_CASE("records get their numbers by a job, and those written meanwhile by their write",
          "[fill]") {
  constexpr const char* kNumber = R"json(,
    {"name": "number", "label": "Number", "type": "auto_number", "pattern": "C{00000}"})json";
  Trade trade(bundle(""));
  const auto customers = trade.copies("customer", R"({"name": "anna"})", kCustomers);
  REQUIRE(trade.publish(bundle(kNumber)));
  REQUIRE(trade.is_building());
  REQUIRE(trade.run_chunk());
  CHECK(trade.value("customer", customers.front(), "number") == "\"C00001\"");
  REQUIRE(trade.update("customer", customers.back(), R"({"name": "bert"})"));
  CHECK(trade.value("customer", customers.back(), "number") == "\"C00101\"");
  const RecordId late = trade.made("customer", R"({"name": "carl"})");
  CHECK(trade.value("customer", late, "number") == "\"C00102\"");
  while (trade.is_building()) REQUIRE(trade.run_chunk());
  const auto page = trade.list({.object = "customer",
                                .fields = {"number"},
                                .filter = "number = null",
                                .limit = 1,
                                .count = query::Count::exact});
  REQUIRE(page);
  CHECK(*page->count == 0);
  const auto last =
      trade.list({.object = "customer", .fields = {"number"}, .sort = {"-number"}, .limit = 1});
  REQUIRE(last);
  CHECK(support::column(*last, "number") == "\"C" + std::to_string(kCustomers + 1) + "\"");
}

TEST_CASE("a chunk ends when it has had its part of the writer, and the next goes on", "[fill]") {
  constexpr const char* kNumber = R"json(,
    {"name": "number", "label": "Number", "type": "auto_number", "pattern": "C{00000}"})json";
  Trade trade(bundle(""));
  const auto customers = trade.copies("customer", R"({"name": "anna"})", kCustomers);
  REQUIRE(trade.publish(bundle(std::string(kNumber) + kRollups)));
  const auto at_once = [] { return true; };
  const auto number_of = [&](std::size_t place) {
    return trade.value("customer", customers[place], "number");
  };
  REQUIRE(trade.run_chunk(at_once));
  CHECK(number_of(19) == "\"C00020\"");
  CHECK(number_of(20) == "null");
  while (number_of(customers.size() - 1) == "null") REQUIRE(trade.run_chunk());
  while (trade.jobs()[0].done == 0) REQUIRE(trade.run_chunk(at_once));
  CHECK(trade.jobs()[0].done == 1);
  REQUIRE(trade.run_chunk(at_once));
  CHECK(trade.jobs()[0].done == 2);
  int asked = 0;
  REQUIRE(trade.run_chunk([&] { return ++asked > 4; }));
  CHECK(trade.jobs()[0].done == 7);
  REQUIRE(trade.run_chunk());
  CHECK(trade.jobs()[0].done == 107);
}

}  // namespace tenon
