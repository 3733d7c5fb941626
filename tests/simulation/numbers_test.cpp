// Auto numbers that count apart: after many threads created, moved and were refused at once, each
// company's numbers are there once, and where nothing moved without a gap.
#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "engine/command/create_record.h"
#include "engine/command/update_record.h"
#include "engine/record/number_table.h"
#include "tests/simulation/writers/shop_floor.h"

namespace tenon::simulation {
namespace {

constexpr int kThreads = 8;
constexpr int kCompanies = 5;
constexpr int kCommandsEach = 60;

metadata::Files companies() {
  return {{"bundle.json", R"({"format": 1, "name": "invoices", "version": "1", "label": "I"})"},
          {"objects/company.json",
           R"json({"name": "company", "label": "Company", "label_plural": "Companies",
            "title_field": "name", "fields": [
            {"name": "name", "label": "Name", "type": "text", "required": true}]})json"},
          {"objects/invoice.json",
           R"json({"name": "invoice", "label": "Invoice", "label_plural": "Invoices",
            "title_field": "number", "fields": [
            {"name": "company", "label": "Company", "type": "reference", "to": "company",
             "required": true},
            {"name": "note", "label": "Note", "type": "text"},
            {"name": "number", "label": "Number", "type": "auto_number", "gapless": true,
             "pattern": "{0}", "scope": "company"}]})json"},
          {"rules/no_x.json", R"json({"name": "no_x", "object": "invoice",
            "when": "note = \"x\"", "effect": "reject", "message": "No."})json"}};
}

class Office {
 public:
  Office() {
    REQUIRE(floor_.publish(companies()));
    for (int i = 0; i < kCompanies; ++i) {
      REQUIRE(create("company", {{"name", Value{std::string("C")}}}));
    }
  }

  using Given = std::map<std::string, Value>;
  Result<void> create(const std::string& object, const Given& given) {
    RecordId made;
    auto outcome = floor_.write([&](command::Context& context) -> Result<void> {
      const auto* of = context.app.find(object);
      command::Input input;
      for (const auto& [name, value] : given) {
        input.entries.push_back({*of->find_slot(name), value});
      }
      TENON_TRY(const auto reply, command::create_record(context, {of, std::move(input)}));
      made = reply.id;
      return done();
    });
    if (outcome) floor_.known().add(object, made);
    return outcome;
  }

  Result<void> move(RecordId invoice, RecordId company) {
    return floor_.write([&](command::Context& context) -> Result<void> {
      const auto* of = context.app.find("invoice");
      command::Input input;
      input.entries.push_back({*of->find_slot("company"), Value{company}});
      TENON_CHECK(command::update_record(context, {of, invoice, std::move(input)}));
      return done();
    });
  }

  // By company.
  std::map<std::string, std::multiset<std::int64_t>> numbers() {
    std::map<std::string, std::multiset<std::int64_t>> found;
    const auto read = floor_.write([&](command::Context& context) -> Result<void> {
      const auto* of = context.app.find("invoice");
      record::each_number(context.tx, of->table, of->auto_numbers.front(), [&](const auto& row) {
        found[row.scope].insert(std::stoll(row.number));
      });
      return done();
    });
    REQUIRE(read);
    return found;
  }

  Known& known() { return floor_.known(); }

 private:
  ShopFloor floor_;
};

template <class Step>
void at_once(const Step& step) {
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&step, thread] {
      std::mt19937_64 random(static_cast<std::uint64_t>(thread) + 1126);
      for (int i = 0; i < kCommandsEach; ++i) step(random);
    });
  }
}

}  // namespace

TEST_CASE("numbers within a scope are there once and without a gap after many wrote at once",
          "[writers]") {
  Office office;
  std::atomic<int> made{0};
  std::atomic<int> refused{0};
  at_once([&](std::mt19937_64& random) {
    const bool bad = random() % 4 == 0;
    const auto outcome =
        office.create("invoice", {{"company", Value{office.known().any("company", random)}},
                                  {"note", Value{std::string(bad ? "x" : "y")}}});
    (outcome ? made : refused) += 1;
  });
  CHECK(made + refused == kThreads * kCommandsEach);
  CHECK(refused > 0);
  const auto before = office.numbers();
  CHECK(before.size() == kCompanies);
  std::size_t count = 0;
  for (const auto& [company, numbers] : before) {
    INFO(company);
    count += numbers.size();
    CHECK(*numbers.begin() == 1);
    CHECK(*numbers.rbegin() == static_cast<std::int64_t>(numbers.size()));
    CHECK(std::set(numbers.begin(), numbers.end()).size() == numbers.size());
  }
  CHECK(count == static_cast<std::size_t>(made.load()));

  std::atomic<int> failed{0};
  at_once([&](std::mt19937_64& random) {
    const auto moved =
        office.move(office.known().any("invoice", random), office.known().any("company", random));
    if (!moved) ++failed;
  });
  CHECK(failed == 0);
  count = 0;
  for (const auto& [company, numbers] : office.numbers()) {
    INFO(company);
    count += numbers.size();
    CHECK(std::set(numbers.begin(), numbers.end()).size() == numbers.size());
  }
  CHECK(count == static_cast<std::size_t>(made.load()));
}

}  // namespace tenon::simulation
