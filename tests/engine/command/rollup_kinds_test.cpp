// Averages, first and last values, and rollups over lists of references: moved on by each change,
// and the same as all rows read again.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <random>

#include "engine/command/merge_records.h"
#include "engine/command/restore_record.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::told;

// Visits are of several customers. `visit` has more in front of its name.
metadata::Files visits() {
  return {{"bundle.json",
           R"json({"format": 1, "name": "visits", "version": "1", "label": "Visits"})json"},
          {"objects/customer.json", R"json({"name": "customer", "label": "Customer",
            "label_plural": "Customers", "title_field": "name", "fields": [
            {"name": "name", "label": "Name", "type": "text"},
            {"name": "mean", "label": "Mean", "type": "rollup", "function": "average",
             "of": "visits.hours", "filter": "kind <> \"void\""},
            {"name": "first", "label": "First", "type": "rollup", "function": "first",
             "of": "visits.hours"},
            {"name": "last", "label": "Last", "type": "rollup", "function": "last",
             "of": "visits.hours", "filter": "kind <> \"void\""},
            {"name": "count", "label": "Count", "type": "rollup", "function": "count",
             "of": "visits"},
            {"name": "sum", "label": "Sum", "type": "formula", "scale": 1,
             "formula": "SUM(visits.hours)"}
            ]})json"},
          {"objects/visit.json", R"json({"name": "visit", "label": "Visit",
            "label_plural": "Visits", "title_field": "kind", "fields": [
            {"name": "kind", "label": "Kind", "type": "text"},
            {"name": "hours", "label": "Hours", "type": "decimal", "scale": 1},
            {"name": "customers", "label": "Customers", "type": "references", "to": "customer",
             "back": "visits", "on_delete": "clear"}]})json"}};
}

struct Visit {
  RecordId id;
  std::string kind;
  int tenths = -1;  // None.
  std::vector<std::size_t> customers;
};

class World : public support::RunningApplication {
 public:
  explicit World(std::uint64_t seed) : RunningApplication(visits()), random_(seed) {
    for (int i = 0; i < 4; ++i) customers_.push_back(made("customer", R"({"name": "c"})"));
  }

  void step() {
    const int what = all_.empty() ? 0 : below(6);
    if (what < 2) return add();
    Visit& one = all_[static_cast<std::size_t>(below(static_cast<int>(all_.size())))];
    if (what == 2) return change(one, filled());
    if (what == 3) return change(one, Visit{one.id, kind(), one.tenths, one.customers});
    if (what == 4) return remove(one);
    restore();
  }

  void check() {
    for (std::size_t place = 0; place < customers_.size(); ++place) {
      CAPTURE(place);
      std::string first = "null";
      std::string last = "null";
      int sum = 0;
      int counted = 0;
      int all = 0;
      int total = 0;
      for (const Visit& one : sorted()) {
        const auto& of = one.customers;
        if (std::find(of.begin(), of.end(), place) == of.end()) continue;
        ++all;
        if (one.tenths < 0) continue;
        total += one.tenths;
        if (first == "null") first = text(one.tenths);
        if (one.kind == "void") continue;
        last = text(one.tenths);
        sum += one.tenths;
        ++counted;
      }
      const auto is = [&](const char* field) {
        return value("customer", customers_[place], field);
      };
      CHECK(is("first") == first);
      CHECK(is("last") == last);
      CHECK(is("count") == std::to_string(all));
      CHECK(is("sum") == text(total));
      const auto mean = counted == 0 ? Result<Decimal>(Decimal::of(0))
                                     : divide(Decimal::of_scaled(sum, 1), Decimal::of(counted));
      CHECK(is("mean") == (counted == 0 ? "null" : "\"" + mean->text(3) + "\""));
    }
  }

 private:
  static std::string text(int tenths) {
    return "\"" + Decimal::of_scaled(tenths, 1).text(1) + "\"";
  }
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
  std::string kind() { return below(3) == 0 ? "void" : "real"; }

  Visit filled() {
    Visit visit{{}, kind(), below(5) == 0 ? -1 : below(80), {}};
    for (std::size_t place = 0; place < customers_.size(); ++place) {
      if (below(2) == 0) visit.customers.push_back(place);
    }
    return visit;
  }

  std::string body(const Visit& visit) const {
    std::string list;
    for (const std::size_t place : visit.customers) {
      list += (list.empty() ? "\"" : ", \"") + text_of(customers_[place]) + "\"";
    }
    return R"({"kind": ")" + visit.kind + R"(", "hours": )" +
           (visit.tenths < 0 ? "null" : text(visit.tenths)) + R"(, "customers": [)" + list + "]}";
  }

  void add() {
    Visit visit = filled();
    visit.id = made("visit", body(visit));
    all_.push_back(std::move(visit));
  }
  void change(Visit& one, Visit to) {
    to.id = one.id;
    REQUIRE(told(update("visit", one.id, body(to))).empty());
    one = std::move(to);
  }
  void remove(Visit& one) {
    REQUIRE(erase("visit", one.id));
    gone_.push_back(one);
    all_.erase(all_.begin() + (&one - all_.data()));
  }
  void restore() {
    if (gone_.empty()) return;
    REQUIRE(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_CHECK(restore_record(context, {&object("visit"), gone_.back().id}));
      return done();
    }));
    all_.push_back(gone_.back());
    gone_.pop_back();
  }
  std::vector<Visit> sorted() const {
    auto visits = all_;
    std::sort(visits.begin(), visits.end(),
              [](const Visit& a, const Visit& b) { return a.id.value < b.id.value; });
    return visits;
  }

  std::mt19937_64 random_;
  std::vector<RecordId> customers_;
  std::vector<Visit> all_;
  std::vector<Visit> gone_;
};

std::string ids(const std::vector<RecordId>& records) {
  std::string list;
  for (const RecordId id : records) list += (list.empty() ? "\"" : ", \"") + text_of(id) + "\"";
  return "[" + list + "]";
}

}  // namespace

TEST_CASE("averages, first and last values over lists are what a recount finds", "[command]") {
  const char* given = std::getenv("TENON_SEED");
  const std::uint64_t seed = given == nullptr ? 11 : std::strtoull(given, nullptr, 10);
  CAPTURE(seed);
  World world(seed);
  for (int i = 0; i < 300; ++i) {
    world.step();
    if (i % 20 == 0) world.check();
  }
  world.check();
}

TEST_CASE("a record that comes back, and one that takes over, are counted with their rows",
          "[command]") {
  support::RunningApplication running(visits());
  const auto anna = running.made("customer", R"({"name": "Anna"})");
  const auto bert = running.made("customer", R"({"name": "Bert"})");
  const auto visit = [&](const std::string& hours, const std::vector<RecordId>& of) {
    return running.made(
        "visit", R"({"kind": "real", "hours": ")" + hours + R"(", "customers": )" + ids(of) + "}");
  };
  visit("1.0", {anna, bert});
  visit("2.0", {anna});
  CHECK(running.value("customer", anna, "mean") == "\"1.500\"");
  CHECK(running.value("customer", bert, "mean") == "\"1.000\"");
  const auto merged =
      running.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
        TENON_CHECK(merge_records(context, {&running.object("customer"), bert, {anna}, {}}));
        return done();
      });
  REQUIRE(told(merged).empty());
  CHECK(running.value("customer", bert, "mean") == "\"1.500\"");
  CHECK(running.value("customer", bert, "count") == "2");
  visit("6.0", {bert});
  CHECK(running.value("customer", bert, "mean") == "\"3.000\"");
  CHECK(running.value("customer", bert, "last") == "\"6.0\"");
}

TEST_CASE("lists are filtered by the lists that hold their records", "[query]") {
  support::RunningApplication running(visits());
  const auto anna = running.made("customer", R"({"name": "Anna"})");
  running.made("customer", R"({"name": "Bert"})");
  running.made("visit", R"({"kind": "real", "hours": "3.5", "customers": )" + ids({anna}) + "}");
  const auto names = [&](const std::string& filter) {
    const auto page = running.list({.object = "customer", .fields = {"name"}, .filter = filter});
    return page ? support::column(*page, "name") : told(page);
  };
  CHECK(names("COUNT(visits) = 1") == "\"Anna\"");
  CHECK(names("SUM(visits.hours, kind = \"real\") > 3") == "\"Anna\"");
  CHECK(names("COUNT(visits) = 0") == "\"Bert\"");
  CHECK(names("sum > 3") == "\"Anna\"");
}

}  // namespace tenon::command
