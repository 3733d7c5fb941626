// What derives in records that change along with others, and cannot be worked out.
#include <catch2/catch.hpp>

#include "engine/query/explain.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::RunningApplication;
using support::told;

const std::string kAccount = R"json({
  "name": "account", "label": "Account", "label_plural": "Accounts", "title_field": "name",
  "fields": [
    {"name": "name", "label": "Name", "type": "text"},
    {"name": "weight", "label": "Weight", "type": "decimal", "scale": 0},
    {"name": "sm", "label": "Sum", "type": "rollup", "function": "sum", "of": "items.amount"},
    {"name": "cnt", "label": "Count", "type": "rollup", "function": "count", "of": "items"},
    {"name": "mean", "label": "Mean", "type": "formula", "scale": 2, "formula": "sm / (cnt - 1)"},
    {"name": "twice", "label": "Twice", "type": "formula", "scale": 2, "formula": "mean * 2"},
    {"name": "share", "label": "Share", "type": "formula", "scale": 2, "formula": "100 / weight"},
    {"name": "entries", "label": "Entries", "type": "children", "to": "entry",
     "parent": "account"},
    {"name": "paid", "label": "Paid", "type": "rollup", "function": "sum", "of": "entries.paid"},
    {"name": "part", "label": "Part", "type": "formula", "scale": 2, "formula": "10 / (paid - 7)"}
  ]})json";

const std::string kItem = R"json({
  "name": "item", "label": "Item", "label_plural": "Items", "title_field": "name",
  "fields": [
    {"name": "name", "label": "Name", "type": "text"},
    {"name": "amount", "label": "Amount", "type": "decimal", "scale": 2},
    {"name": "account", "label": "Account", "type": "reference", "to": "account",
     "on_delete": "clear", "back": "items"},
    {"name": "mean", "label": "Mean", "type": "lookup", "path": "account.mean"},
    {"name": "of_weight", "label": "Of weight", "type": "lookup", "path": "account.weight"},
    {"name": "rest", "label": "Rest", "type": "formula", "scale": 2,
     "formula": "amount / (of_weight - 2)"}]})json";

const std::string kEntry = R"json({
  "name": "entry", "label": "Entry", "label_plural": "Entries", "title_field": "note",
  "fields": [
    {"name": "note", "label": "Note", "type": "text"},
    {"name": "paid", "label": "Paid", "type": "decimal", "scale": 0},
    {"name": "split", "label": "Split", "type": "formula", "scale": 2,
     "formula": "paid / (account.weight - 3)"}]})json";

metadata::Files accounts(const std::string& account = kAccount) {
  return {{"bundle.json", R"({"format": 1, "name": "books", "version": "1", "label": "Books",
            "time_zone": "UTC", "currency": "EUR"})"},
          {"objects/account.json", account},
          {"objects/item.json", kItem},
          {"objects/entry.json", kEntry}};
}

struct Books : RunningApplication {
  Books() : RunningApplication(accounts()) {}

  RecordId item(RecordId account, const std::string& amount) {
    return made("item",
                R"({"amount": ")" + amount + R"(", "account": ")" + text_of(account) + "\"}");
  }
};

}  // namespace

TEST_CASE("a record is saved whatever follows from it elsewhere has no answer", "[command]") {
  Books books;
  const auto account = books.made("account", R"({"name": "a"})");
  CHECK(books.value("account", account, "mean") == "\"0.00\"");
  books.item(account, "5");  // The first: cnt - 1 is 0.
  CHECK(books.value("account", account, "sm") == "\"5.00\"");
  CHECK(books.value("account", account, "mean") == "null");
  CHECK(books.value("account", account, "twice") == "null");
  const auto second = books.item(account, "7");
  CHECK(books.value("account", account, "mean") == "\"12.00\"");
  CHECK(books.value("item", second, "mean") == "\"12.00\"");
  CHECK(told(books.erase("item", second)) == "");
  CHECK(books.value("account", account, "mean") == "null");
}

TEST_CASE("it is told why a field has no answer", "[command]") {
  Books books;
  const auto account = books.made("account", R"({"name": "a"})");
  books.item(account, "5");
  books.ask(support::the_system(), [&](const query::Context& context) {
    const auto explained = query::explain_field(context, "account", account, "mean");
    REQUIRE(explained);
    CHECK(explained->part.state == query::ExplainedPart::State::error);
    CHECK(explained->part.rule == "division_by_zero");
  });
}

TEST_CASE("what a person writes and could mend is refused at its field", "[command]") {
  Books books;
  CHECK(told(books.create("account", R"({"weight": "0"})")) == "invalid share:division_by_zero");
  const auto account = books.made("account", R"({"weight": "1"})");
  CHECK(told(books.update("account", account, R"({"weight": "0"})")) ==
        "invalid share:division_by_zero");
  CHECK(told(books.update("account", account, R"({"entries": {"put": [{"paid": "7"}]}})")) ==
        "invalid part:division_by_zero");
  CHECK(told(books.create("account", R"({"weight": "3", "entries": [{"paid": "1"}]})")) ==
        "invalid entries/0/split:division_by_zero");
}

TEST_CASE("what comes of other records has no answer and refuses nobody", "[command]") {
  Books books;
  const auto account = books.made("account", R"({"weight": "2"})");
  const auto item = books.item(account, "8");
  CHECK(books.value("item", item, "rest") == "null");
  REQUIRE(books.update("account", account, R"({"weight": "4"})"));
  CHECK(books.value("item", item, "rest") == "\"4.00\"");
  CHECK(told(books.update("account", account, R"({"weight": "2"})")) == "");
  CHECK(books.value("item", item, "rest") == "null");
}

TEST_CASE("a record whose own formula had no answer before can be edited elsewhere", "[command]") {
  Books books;
  const auto account = books.made("account", R"({"weight": "1"})");
  std::string newer = kAccount;
  const std::string was = "100 / weight";
  newer.replace(newer.find(was), was.size(), "100 / (weight - 1)");
  REQUIRE(books.publish(accounts(newer)));
  CHECK(books.value("account", account, "share") == "null");
  CHECK(told(books.update("account", account, R"({"name": "b"})")) == "");
  books.item(account, "5");
  CHECK(books.value("account", account, "sm") == "\"5.00\"");
  CHECK(told(books.create("account", R"({"weight": "1"})")) == "invalid share:division_by_zero");
}

}  // namespace tenon::command
