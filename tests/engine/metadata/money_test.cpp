// Money in several currencies: what a field says, what load adds, what may be made of it.
#include "engine/metadata/compare.h"
#include "engine/metadata/currency.h"
#include "engine/metadata/rename.h"
#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing_with;
using support::billing_with_field;
using support::finds;
using support::loaded;
using support::problems_of;

namespace {

const std::string kField = "objects/thing.json: fields/1";
const std::string kPrice =
    R"({"name": "price", "label": "Price", "type": "money", "currencies": ["CNY", "USD"]})";

std::string money(const std::string& members) {
  return R"({"name": "f", "label": "F", "type": "money", )" + members + "}";
}

// A thing with a price, and another field behind it.
Files priced(const std::string& more, const std::string& price = kPrice) {
  return billing_with_field(price + (more.empty() ? "" : ", " + more));
}

std::string formula(const std::string& text) {
  return R"({"name": "made", "label": "Made", "type": "formula", "formula": ")" + text + "\"}";
}

Files reported(const std::string& query) {
  Files files = priced("");
  files["reports/sums.json"] =
      R"({"name": "sums", "label": "Sums", "object": "thing", )" + query + "}";
  return files;
}

std::vector<std::string> words(const std::string& before, const std::string& after) {
  std::vector<std::string> texts;
  for (const Change& change : compare(loaded(priced("", before)), loaded(priced("", after)))) {
    texts.push_back(change.description + (change.loses_data ? " !" : ""));
  }
  return texts;
}

}  // namespace

TEST_CASE("a field says its currencies soundly", "[metadata]") {
  struct Case {
    std::string field;
    std::string at;
    std::string rule;
    std::string message;
  };
  const Case one = GENERATE(values<Case>({
      {money(R"("currencies": ["CNY"])"), "currencies", "currency", "at least two"},
      {money(R"("currencies": ["CNY", "XYZ"])"), "currencies/1", "currency", "ISO 4217"},
      {money(R"("currencies": ["CNY", "USD", "CNY"])"), "currencies/2", "duplicate", "twice"},
      {money(R"("currencies": ["CNY", "USD"], "currency": "EUR")"), "currency", "currency",
       "not among"},
      {money(R"("currencies": ["CNY", "USD"], "default": {"amount": "1", "currency": "EUR"})"),
       "default", "default", "CNY or USD"},
      {money(R"("currencies": ["CNY", "JPY"], "default": {"amount": "1.5", "currency": "JPY"})"),
       "default", "default", "no digits"},
      {R"({"name": "f", "label": "F", "type": "decimal", "currencies": ["CNY", "USD"]})",
       "currencies", "unknown_member", "money"},
  }));
  CAPTURE(one.field);
  CHECK(finds(problems_of(billing_with_field(one.field)), kField + "/" + one.at, one.rule,
              one.message));
}

TEST_CASE("load adds the currency, and no file has it", "[metadata]") {
  const Files files = priced("");
  const Bundle bundle = loaded(files);
  const Object& thing = *bundle.find("thing");
  const Field* price = thing.find("price");
  const Field* currency = currency_beside(thing, *price);
  REQUIRE(currency != nullptr);
  CHECK(type_of(*currency).options == std::vector<std::string>{"CNY", "USD"});
  CHECK(type_of(*price).currency == "CNY");  // The first: the workspace says none.
  CHECK(thing.find("price.currency") == nullptr);
  CHECK(write(bundle).at("objects/thing.json").find("price.currency") == std::string::npos);
  CHECK(loaded(write(bundle)) == bundle);
}

TEST_CASE("the currency meant is the field's, the workspace's, or the first", "[metadata]") {
  const auto meant = [](const std::string& members, const std::string& workspace) {
    Files files = billing_with_field(money(R"("currencies": ["CNY", "USD", "EUR"])" + members));
    files["bundle.json"] =
        R"({"format": 1, "name": "billing", "version": "1", "label": "Billing", "currency": ")" +
        workspace + "\"}";
    return type_of(*loaded(files).find("thing")->find("f")).currency;
  };
  CHECK(meant(R"(, "currency": "EUR")", "USD") == "EUR");
  CHECK(meant("", "USD") == "USD");
  CHECK(meant("", "JPY") == "CNY");
}

TEST_CASE("an amount of unknown currency is no number in a formula", "[metadata]") {
  CHECK(finds(problems_of(priced(formula("price * 2"))), "objects/thing.json: fields/2/formula",
              "formula.type", "EXCHANGE(price, \"CNY\")"));
  CHECK(problems_of(priced(formula("price.amount * 2"))).empty());
  CHECK(problems_of(priced(formula("EXCHANGE(price, \\\"CNY\\\") * 2"))).empty());
  const auto other = problems_of(priced(formula("price.currency = \\\"EUR\\\"")));
  CHECK(finds(other, "objects/thing.json: fields/2/formula", "formula.type", "no option"));
}

TEST_CASE("fields in two currencies do not add up", "[metadata]") {
  const std::string cost =
      R"({"name": "cost", "label": "Cost", "type": "money", "currency": "CNY"})";
  const std::string fee = R"({"name": "fee", "label": "Fee", "type": "money", "currency": "USD"})";
  const auto made = [&](const std::string& text) {
    return problems_of(billing_with_field(cost + ", " + fee + ", " + formula(text)));
  };
  CHECK(finds(made("cost + fee"), "objects/thing.json: fields/3/formula", "formula.type",
              "EXCHANGE(fee, \"CNY\")"));
  CHECK(made("cost * 2 + 1").empty());
  CHECK(made("cost + EXCHANGE(fee, \\\"CNY\\\")").empty());
  // A formula field counts what its formula yields, or what it says itself.
  const std::string twice =
      R"({"name": "twice", "label": "Twice", "type": "formula", "formula": "cost * 2")";
  const auto of_twice = [&](const std::string& rest) {
    const std::string before = cost + ", " + fee + ", " + twice + rest + "}, ";
    return problems_of(billing_with_field(before + formula("twice + fee")));
  };
  CHECK(finds(of_twice(""), "objects/thing.json: fields/4/formula", "formula.type", "CNY"));
  CHECK(of_twice(R"(, "currency": "USD")").empty());
}

TEST_CASE("a default in another currency is refused", "[metadata]") {
  const std::string fee = R"({"name": "fee", "label": "Fee", "type": "money", "currency": "USD"})";
  const auto problems = problems_of(billing_with_field(
      fee + R"(, {"name": "cost", "label": "Cost", "type": "money", "currency": "CNY",
                  "default_formula": "fee * 2"})"));
  CHECK(finds(problems, "objects/thing.json: fields/2/default_formula", "formula.type",
              "must be an amount in CNY"));
}

TEST_CASE("a measure over mixed currencies is refused", "[metadata]") {
  const auto made = [](const std::string& query) { return problems_of(reported(query)); };
  const std::string sum = R"("measures": [{"name": "m", "of": "sum", "field": "price")";
  CHECK(
      finds(made(sum + "}]"), "reports/sums.json: measures/0/field", "mixed_currencies", "\"in\""));
  CHECK(made(R"("group": ["price.currency"], )" + sum + "}]").empty());
  CHECK(made(sum + R"(, "in": "EUR"}])").empty());
  CHECK(made(R"("filter": "price > 5", "measures": [{"name": "m", "of": "count"}])").empty());
  CHECK(finds(made(sum + R"(, "in": "XYZ"}])"), "reports/sums.json: measures/0/in", "currency",
              "ISO 4217"));
  CHECK(finds(made(sum + R"(, "in": "EUR", "on": "name"}])"), "reports/sums.json: measures/0/on",
              "measure", "a date"));
  CHECK(finds(made(R"("measures": [{"name": "m", "of": "count", "on": "created_at"}])"),
              "reports/sums.json: measures/0", "measure", "\"in\""));
  CHECK(finds(made(R"("group": ["price"], "measures": [{"name": "m", "of": "count"}])"),
              "reports/sums.json: group/0", "group", "\"currency\""));
  CHECK(finds(made(R"("group": ["price.code"], "measures": [{"name": "m", "of": "count"}])"),
              "reports/sums.json: group/0", "path", "\"amount\" and its \"currency\""));
}

TEST_CASE("only a count is rolled up, a lookup takes the parts", "[metadata]") {
  const auto made = [](const std::string& field) {
    Files files = priced(R"({"name": "customer", "label": "Customer", "type": "reference",
                             "to": "customer", "back": "things"})");
    files["objects/customer.json"] = R"({
      "name": "customer", "label": "Customer", "label_plural": "Customers", "title_field": "name",
      "fields": [{"name": "name", "label": "Name", "type": "text"},
                 {"name": "best", "label": "Best", "type": "reference", "to": "thing"}, )" +
                                     field + "]}";
    return problems_of(files);
  };
  const auto rollup = [&](const std::string& function) {
    return made(R"({"name": "r", "label": "R", "type": "rollup", "of": "things.price",
                    "function": ")" +
                function + "\"}");
  };
  const auto lookup = [&](const std::string& path) {
    return made(R"({"name": "l", "label": "L", "type": "lookup", "path": ")" + path + "\"}");
  };
  CHECK(rollup("count").empty());
  CHECK(finds(rollup("sum"), "objects/customer.json: fields/2/of", "rollup", "EXCHANGE"));
  CHECK(finds(rollup("last"), "objects/customer.json: fields/2/of", "rollup", "EXCHANGE"));
  CHECK(lookup("best.price.amount").empty());
  CHECK(lookup("best.price.currency").empty());
  CHECK(finds(lookup("best.price"), "objects/customer.json: fields/2/path", "lookup",
              "\"amount\" and its \"currency\""));
}

TEST_CASE("what becomes of currencies is told, and that taking them away loses data",
          "[metadata]") {
  const auto with = [](const std::string& rest) {
    return R"({"name": "price", "label": "Price", "type": "money")" + rest + "}";
  };
  CHECK(words(with(""), kPrice) ==
        std::vector<std::string>{
            "Field thing.price: it takes several currencies, the currency CNY is added, the "
            "currency USD is added."});
  CHECK(words(kPrice, with("")) ==
        std::vector<std::string>{
            "Field thing.price: its currencies are taken away: amounts lose theirs. !"});
  CHECK(words(kPrice, with(R"(, "currencies": ["CNY", "EUR"])")) ==
        std::vector<std::string>{
            "Field thing.price: the currency USD is removed, the currency EUR is added."});
  CHECK(words(kPrice, with(R"(, "currencies": ["USD", "CNY"], "currency": "CNY")"))
            .front()
            .find("order of its currencies") != std::string::npos);
}

TEST_CASE("a rename reaches every path to an amount and its currency", "[metadata]") {
  Files files = priced(formula("IF(price.currency = \\\"USD\\\", price.amount, 0)"));
  files["reports/sums.json"] = R"({"name": "sums", "label": "Sums", "object": "thing",
      "filter": "price > 5 AND price.currency <> \"CNY\"", "group": ["price.currency"],
      "measures": [{"name": "m", "of": "sum", "field": "price"}], "sort": ["currency"]})";
  files["views/things.json"] = R"({"name": "things", "label": "Things", "object": "thing",
      "kind": "list", "columns": ["name", "price", "price.currency"],
      "sort": ["-price.currency"]})";
  const auto renamed = rename(files, &system_bundle(), "thing.price", "worth");
  INFO((renamed ? "" : describe(renamed.error())));
  REQUIRE(renamed);
  Files after = files;
  for (const auto& [path, text] : *renamed) after[path] = text;
  CHECK(problems_of(after).empty());
  for (const char* path : {"objects/thing.json", "reports/sums.json", "views/things.json"}) {
    CAPTURE(path, after[path]);
    CHECK(after[path].find("price.") == std::string::npos);
    CHECK(after[path].find("worth.currency") != std::string::npos);
  }
}

}  // namespace tenon::metadata
