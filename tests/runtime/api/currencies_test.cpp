// Money in several currencies over HTTP, on a bundle of its own.
#include <catch2/catch.hpp>

#include <stdexcept>

#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/door.h"
#include "runtime/cli/sample.h"
#include "tests/runtime/api/running_application.h"
#include "tests/support/currencies.h"

namespace tenon::api::test {
namespace {

constexpr std::string_view kPassword = "a password of the desk";

// A server of this process with somebody who buys, and a guest who sees no budget.
class Desk {
 public:
  Desk() {
    const std::string files = folder_.file("bundle");
    const std::string data = folder_.file("data");
    cli::write_files(files, support::currencies());
    host_ = std::make_unique<server::Host>(
        server::HostOptions{data, "", false, server::ClockKind::real});
    cli::begin(*cli::door_of(*host_), data, files, false);
    http::Limits limits;
    limits.tick = std::chrono::milliseconds(10);
    listener_ = std::make_unique<Listener>(*host_, limits);
    add("bea", "buyer");
    add("gus", "guest");
  }
  ~Desk() {
    host_->close_streams();
    people_.clear();
    listener_.reset();
  }

  Person& person(const std::string& login) { return *people_.at(login); }

 private:
  void add(const std::string& login, const std::string& role) {
    const auto door = cli::door_of(*host_);
    const auto sent = [&](const std::string& target, const std::string& body) {
      const auto reply = door->call(http::Method::post, "/api/v1" + target, body);
      if (!reply.is_success()) throw std::runtime_error(target + ": " + reply.body);
      return reply.body;
    };
    const auto made = json::Document::parse(
        sent("/records/user", R"({"login": ")" + login + R"(", "name": ")" + login + "\"}"));
    const std::string id(*made->root().at("id").text());
    sent("/records/role_assignment", R"({"user": ")" + id + R"(", "role": ")" + role + "\"}");
    sent("/users/" + id + "/password", R"({"password": ")" + std::string(kPassword) + "\"}");
    people_[login] = std::make_unique<Person>(listener_->port(), names_);
    if (people_[login]->sign_in(login, std::string(kPassword)).status != 200) {
      throw std::runtime_error(login + " cannot sign in");
    }
  }

  Names names_;
  support::TemporaryFolder folder_;
  std::unique_ptr<server::Host> host_;
  std::unique_ptr<Listener> listener_;
  std::map<std::string, std::unique_ptr<Person>> people_;
};

Desk& desk() {
  static Desk one;
  return one;
}

const std::string kDollars = R"({"amount":"12.50","currency":"USD"})";

// An order of bea's; its id.
std::string order(const std::string& title) {
  return desk().person("bea").create(
      "order", R"({"title": ")" + title + R"(", "budget": )" + kDollars + "}");
}

}  // namespace

TEST_CASE("/app tells which currencies a field takes, and of no field beside it") {
  const auto app = desk().person("bea").get("/app");
  for (std::size_t object = 0; object < app.size("objects"); ++object) {
    const std::string at = "objects/" + std::to_string(object);
    if (app.text(at + "/name") != "order") continue;
    for (const std::string& name : app.each(at + "/fields", "name")) {
      CHECK(name.find('.') == std::string::npos);
    }
    for (std::size_t i = 0; i < app.size(at + "/fields"); ++i) {
      const std::string field = at + "/fields/" + std::to_string(i);
      if (app.text(field + "/name") == "fee") CHECK_FALSE(app.has(field + "/currencies"));
      if (app.text(field + "/name") != "budget") continue;
      CHECK(app.text(field + "/type") == "money");
      CHECK(app.text(field + "/currency") == "EUR");
      CHECK(app.text(field + "/currencies") == R"(["USD","EUR","JPY"])");
    }
    return;
  }
  FAIL("there is no order");
}

TEST_CASE("an amount is written and read with its currency") {
  auto& bea = desk().person("bea");
  const std::string id = order("read");
  const auto read = bea.get("/records/order/" + id);
  CHECK(read.text("budget") == kDollars);
  CHECK(read.text("deposit") == R"({"amount":"100.00","currency":"USD"})");
  CHECK_FALSE(read.has("budget.currency"));
  const auto parts = bea.get("/records/order", {{"filter", "title = \"read\""},
                                                {"fields", "budget.currency,budget.amount"}});
  CHECK(parts.text("records/0/budget") == kDollars);
  const auto saved = bea.patch("/records/order/" + id, R"({"budget": "3"})");
  CHECK(saved.text("budget") == R"({"amount":"3.00","currency":"EUR"})");
  const auto refused =
      bea.patch("/records/order/" + id, R"({"budget": {"amount": "3", "currency": "GBP"}})");
  CHECK(refused.status == 422);
  CHECK(refused.problems() == std::vector<std::string>{"budget: currency"});
  CHECK(refused.text("problems/0/message").find("USD, EUR or JPY") != std::string::npos);
}

TEST_CASE("in an exported table an amount stands beside its currency, each in a column") {
  auto& bea = desk().person("bea");
  order("exported");
  const auto file = bea.get("/records/order/export",
                            {{"filter", "title = \"exported\""}, {"fields", "title,budget,fee"}});
  CHECK(file.body == "\xEF\xBB\xBFTitle,Budget,Budget: Currency,Fee\r\nexported,12.50,USD,\r\n");
  const auto programs = bea.get(
      "/records/order/export",
      {{"filter", "title = \"exported\""}, {"fields", "title,budget"}, {"for", "programs"}});
  CHECK(programs.body ==
        "\xEF\xBB\xBFtitle,budget.amount,budget.currency\r\nexported,12.50,USD\r\n");
  CHECK(bea.get("/records/order/export").body.find("Deposit,Deposit: Currency") !=
        std::string::npos);
}

TEST_CASE("lines, a check and the history tell the whole") {
  auto& bea = desk().person("bea");
  const std::string id = bea.create(
      "order", R"({"title": "lines", "lines": [{"price": {"amount": "2", "currency": "JPY"}}]})");
  const auto read = bea.get("/records/order/" + id);
  CHECK(read.text("lines/0/price") == R"({"amount":"2.00","currency":"JPY"})");
  CHECK_FALSE(read.has("lines/0/price.currency"));
  const auto checked = bea.post("/records/order/check",
                                R"({"fields": {"title": "x", "budget": {"amount": "2000"}}})");
  CHECK(checked.problems() == std::vector<std::string>{"budget: euros_are_few"});
  CHECK(checked.text("fields/budget") == R"({"amount":"2000.00","currency":"EUR"})");
  REQUIRE(bea.patch("/records/order/" + id, R"({"budget": "1"})").status == 200);
  const auto history = bea.get("/records/order/" + id + "/history");
  CHECK(history.text("entries/0/changes/0/field") == "budget");
  CHECK(history.text("entries/0/changes/0/old") == "null");
  CHECK(history.text("entries/0/changes/0/new") == R"({"amount":"1.00","currency":"EUR"})");
}

TEST_CASE("who may not read an amount knows no currency of it") {
  auto& gus = desk().person("gus");
  const std::string id = order("hidden");
  const auto read = gus.get("/records/order/" + id);
  CHECK_FALSE(read.has("budget"));
  CHECK(read.text("deposit") == R"({"amount":"100.00","currency":"USD"})");
  CHECK(gus.get("/records/order", {{"filter", "budget.currency = \"USD\""}}).status == 422);
  CHECK(gus.get("/records/order", {{"sort", "budget.currency"}}).status == 422);
  CHECK(gus.get("/records/order", {{"fields", "budget.currency"}}).status == 422);
  CHECK(gus.post("/query", R"({"object": "order", "group": ["budget.currency"],
                               "measures": [{"name": "n", "of": "count"}]})")
            .status == 422);
  CHECK(gus.patch("/records/order/" + id, R"({"deposit": {"amount": 1, "currency": "CNY"}})")
            .problems() == std::vector<std::string>{"deposit: denied"});
  CHECK(gus.get("/openapi.json").body.find("budget") == std::string::npos);
}

TEST_CASE("a report converts, or keeps currencies apart") {
  auto& bea = desk().person("bea");
  bea.create(
      "exchange_rate",
      R"({"from_currency": "USD", "to_currency": "CNY", "date": "2020-01-01", "rate": "7"})");
  order("reported");
  const auto apart = bea.get("/reports/by_currency");
  REQUIRE(apart.status == 200);
  CHECK(apart.text("columns/2/currency_group") == "currency");
  CHECK(apart.text("totals/2") == "null");
  const auto mixed = bea.post("/query", R"({"object": "order", "measures": [
      {"name": "m", "of": "sum", "field": "budget"}]})");
  CHECK(mixed.status == 422);
  CHECK(mixed.problems() == std::vector<std::string>{"measures/m/field: mixed_currencies"});
  const auto converted = bea.post("/query", R"({"object": "order", "filter": "title = \"reported\"",
      "measures": [{"name": "m", "of": "sum", "field": "budget", "in": "CNY"}]})");
  CHECK(converted.text("totals/0") == "87.50");
  CHECK(converted.text("columns/0/currency") == "CNY");
  CHECK(bea.get("/reports/in_yuan").status == 200);
}

TEST_CASE("what converts an amount is explained, and a table reads its parts") {
  auto& bea = desk().person("bea");
  const std::string product =
      bea.create("product", R"({"name": "Pump", "price": {"amount": "2", "currency": "CNY"}})");
  const auto part = bea.get("/explain/formula/product/" + product + "/price_in_yuan");
  CHECK(part.text("part/value") == "2");
  const auto signer = bea.get("/explain/table/order/" + order("signed") + "/signer");
  CHECK(signer.text("inputs/0/value") == "USD");
  CHECK(signer.text("decision/results/0/signer") == "a clerk");
}

TEST_CASE("the schema of an object tells what money in several currencies is") {
  const auto schema = desk().person("bea").get("/openapi.json");
  const std::string at = "components/schemas/order/properties/budget/";
  CHECK(schema.text(at + "properties/currency/enum") == R"(["USD","EUR","JPY"])");
  CHECK(schema.text(at + "required") == R"(["amount"])");
}

}  // namespace tenon::api::test
