#include "engine/command/numbering.h"

#include <catch2/catch.hpp>

#include "engine/command/check_draft.h"
#include "engine/command/create_record.h"
#include "engine/command/import_rows.h"
#include "engine/command/merge_records.h"
#include "engine/command/restore_record.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::told;

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

// Quotes with lines, both numbered; `fields` stand behind the title.
metadata::Files bundle_of(const std::string& fields) {
  return {{"bundle.json", R"({"format": 1, "name": "quotes", "version": "1", "label": "Quotes",
            "time_zone": "Asia/Shanghai"})"},
          {"objects/quote.json",
           R"json({"name": "quote", "label": "Quote", "label_plural": "Quotes",
            "title_field": "title", "fields": [
            {"name": "title", "label": "Title", "type": "text", "required": true})json" +
               fields + R"json(,
            {"name": "lines", "label": "Lines", "type": "children", "to": "quote_line",
             "parent": "quote"}]})json"},
          {"objects/quote_line.json",
           R"json({"name": "quote_line", "label": "Line", "label_plural": "Lines",
            "title_field": "number", "fields": [
            {"name": "number", "label": "Number", "type": "auto_number", "pattern": "L{0}"},
            {"name": "note", "label": "Note", "type": "text"}]})json"},
          {"rules/no_x.json", R"json({"name": "no_x", "object": "quote", "when": "title = \"x\"",
            "effect": "reject", "message": "No."})json"}};
}

std::string numbered(const std::string& pattern) {
  return R"(, {"name": "number", "label": "Number", "type": "auto_number", "gapless": true,
             "pattern": ")" +
         pattern + R"json("}, {"name": "code", "label": "Code", "type": "formula",
             "formula": "LOWER(number)"})json";
}

struct Fixture : support::RunningApplication {
  explicit Fixture(const std::string& pattern = "Q-{yyyy}{mm}-{000}")
      : RunningApplication(bundle_of(numbered(pattern))) {}

  std::string number(RecordId id) { return value("quote", id, "number"); }
  std::string next() { return number(made("quote", R"({"title": "t"})")); }

  // Rows of a title and a number, in one command.
  std::string import(const std::vector<std::vector<std::string>>& rows) {
    const auto document = json::Document::parse(
        R"({"object": "quote", "source": "old", "columns": {
            "title": [{"key": true}, {"field": "title"}], "number": {"field": "number"}}})");
    auto map = metadata::parse(document->root(), json::To<metadata::ImportMap>{});
    const auto resolved = metadata::resolve(map.take(), app().bundle());
    REQUIRE(told(resolved).empty());
    std::string text;
    const auto outcome = carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_TRY(const auto imported, import_rows(context, {&*resolved, {"title", "number"}, rows}));
      for (const ImportedRow& row : imported.rows) {
        text += (text.empty() ? "" : " ") +
                (row.problems.empty() ? number_in(context, row.id) : told(row.problems));
      }
      return done();
    });
    return outcome ? text : told(outcome);
  }

 private:
  std::string number_in(Context& context, RecordId id) const {
    const auto& quote = object("quote");
    const auto record = record::read(context.tx, quote.table, id);
    return std::get<std::string>(
        record->fields[static_cast<std::size_t>(*quote.find_slot("number"))]);
  }
};

}  // namespace

TEST_CASE("numbers follow each other, and begin again with the month of the workspace",
          "[command]") {
  Fixture quotes;
  quotes.clock.now = 1'801'411'199'000;  // 2027-01-31 23:59:59 in Shanghai.
  CHECK(quotes.next() == "\"Q-202701-001\"");
  CHECK(quotes.next() == "\"Q-202701-002\"");
  quotes.clock.now += 1'000;
  CHECK(quotes.next() == "\"Q-202702-001\"");
}

TEST_CASE("what derives from a number is kept with it", "[command]") {
  Fixture quotes("A{00}");
  const auto id = quotes.made("quote", R"({"title": "t"})");
  CHECK(quotes.value("quote", id, "code") == "\"a01\"");
}

TEST_CASE("a command that is refused takes no number, at whichever step", "[command]") {
  Fixture quotes("Q{0}");
  CHECK(quotes.next() == "\"Q1\"");
  CHECK_FALSE(quotes.create("quote", R"({"title": "x"})"));
  CHECK_FALSE(quotes.create("quote", R"({})"));
  // Two in one work, the second refused: both are rolled back.
  const auto both = quotes.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    const auto& quote = quotes.object("quote");
    Input good;
    good.entries.push_back({*quote.find_slot("title"), Value{std::string("good")}});
    TENON_CHECK(create_record(context, {&quote, std::move(good)}));
    return Error::of(ErrorCode::limit, "", "later", "something behind it fails");
  });
  CHECK_FALSE(both);
  CHECK(quotes.next() == "\"Q2\"");
}

TEST_CASE("a number is not given again after a delete or a start, and comes back with its record",
          "[command]") {
  Fixture quotes("Q{0}");
  const auto first = quotes.made("quote", R"({"title": "t"})");
  REQUIRE(quotes.erase("quote", first));
  CHECK(quotes.next() == "\"Q2\"");
  quotes.open_again();
  CHECK(quotes.next() == "\"Q3\"");
  REQUIRE(quotes.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(restore_record(context, {&quotes.object("quote"), first}));
    return done();
  }));
  CHECK(quotes.number(first) == "\"Q1\"");
}

TEST_CASE("nobody writes a number, and a change leaves it", "[command]") {
  Fixture quotes("Q{0}");
  CHECK(told(quotes.create("quote", R"({"title": "t", "number": "Q9"})")) ==
        "invalid number:read_only");
  const auto id = quotes.made("quote", R"({"title": "t"})");
  CHECK(told(quotes.update("quote", id, R"({"number": "Q9"})")) == "invalid number:read_only");
  CHECK(told(quotes.update("quote", id, R"({"number": null})")) == "invalid number:read_only");
  REQUIRE(quotes.update("quote", id, R"({"title": "u"})"));
  CHECK(quotes.number(id) == "\"Q1\"");
}

TEST_CASE("a draft that is only checked has no number and takes none", "[command]") {
  Fixture quotes("Q{0}");
  REQUIRE(quotes.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    const auto& quote = quotes.object("quote");
    TENON_TRY(const auto checked, check_draft(context, {&quote, std::nullopt, {}}));
    CHECK(is_empty(checked.fields[static_cast<std::size_t>(*quote.find_slot("number"))]));
    return done();
  }));
  CHECK(quotes.next() == "\"Q1\"");
}

TEST_CASE("new lines are numbered, those that are there keep theirs", "[command]") {
  Fixture quotes("Q{0}");
  const auto id =
      quotes.made("quote", R"({"title": "t", "lines": [{"note": "a"}, {"note": "b"}]})");
  REQUIRE(quotes.update("quote", id, R"({"lines": {"put": [{"note": "c"}]}})"));
  std::string numbers;
  quotes.ask(support::the_system(), [&](const query::Context& context) {
    const auto& lines = quotes.object("quote_line");
    const auto slot = *lines.find_slot("number");
    for (const auto& line : record::read_lines(
             context.tx, lines.table, quotes.object("quote").children.front().parent_slot, {id})) {
      numbers += std::get<std::string>(line.fields[static_cast<std::size_t>(slot)]) + " ";
    }
  });
  CHECK(numbers == "L1 L2 L3 ");
  CHECK(told(quotes.create("quote", R"({"title": "t", "lines": [{"number": "L9"}]})")) ==
        "invalid lines/0/number:read_only");
}

TEST_CASE("an import brings numbers, and the counter goes on behind them", "[command]") {
  Fixture quotes("Q{000}");
  CHECK(quotes.import({{"a", "Q007"}, {"b", ""}, {"c", "old 3"}, {"d", "Q002"}, {"e", ""}}) ==
        "Q007 Q008 old 3 Q002 Q009");
  CHECK(quotes.import({{"f", "Q007"}}) == "number:unique");
  // The same file again: nothing changes; another number for the same row is refused.
  CHECK(quotes.import({{"a", "Q007"}, {"b", ""}}) == "Q007 Q008");
  CHECK(quotes.import({{"a", "Q070"}}) == "number:read_only");
  CHECK(quotes.next() == "\"Q010\"");
}

TEST_CASE(
    "records that are there are numbered by the day they were made, with what derives from it",
    "[command]") {
  support::RunningApplication running(bundle_of(""));
  const auto old = running.made("quote", R"({"title": "old"})");
  const auto erased = running.made("quote", R"({"title": "erased"})");
  REQUIRE(running.erase("quote", erased));
  running.clock.now += 365 * kDayMs;
  const auto young = running.made("quote", R"({"title": "young"})");
  REQUIRE(running.publish(bundle_of(numbered("{yyyy}-{0}"))));
  CHECK(running.value("quote", old, "number") == "\"2027-1\"");
  CHECK(running.value("quote", young, "number") == "\"2028-1\"");
  CHECK(running.value("quote", young, "code") == "\"2028-1\"");
  CHECK(running.value("quote", running.made("quote", R"({"title": "t"})"), "number") ==
        "\"2028-2\"");
}

TEST_CASE("a new pattern goes on with the counter of its scope", "[command]") {
  Fixture quotes("Q{yyyy}-{0}");
  CHECK(quotes.next() == "\"Q2027-1\"");
  REQUIRE(quotes.publish(bundle_of(numbered("R{yyyy}/{000}"))));
  CHECK(quotes.next() == "\"R2027/002\"");
  // Another scope begins, but never with a number that is there: "Q2027-1" was read as such.
  REQUIRE(quotes.publish(bundle_of(numbered("Q2027-{0}"))));
  CHECK(quotes.next() == "\"Q2027-2\"");
}

TEST_CASE("a pattern that is none, and members that a number cannot have, are problems",
          "[command]") {
  const auto problems = [](const std::string& members) {
    support::RunningApplication running(bundle_of(""));
    return told(running.publish(bundle_of(
        R"(, {"name": "number", "label": "Number", "type": "auto_number")" + members + "}")));
  };
  const std::string at = "invalid objects/quote.json: fields/1/";
  CHECK(problems(R"(, "pattern": "Q")") == at + "pattern:pattern");
  CHECK(problems(R"(, "pattern": "Q{0}", "required": true)") == at + "required:contradiction");
  CHECK(problems(R"(, "pattern": "Q{0}", "default": "Q1")") == at + "default:contradiction");
  CHECK(problems("") == "invalid objects/quote.json: fields/1:required");
}

namespace {

// Contracts of customers, counted apart by customer; the lines of a contract within it.
metadata::Files contracts(const std::string& scope = "customer", const std::string& more = "",
                          const std::string& customer = "customer") {
  return {{"bundle.json", R"({"format": 1, "name": "contracts", "version": "1", "label": "C",
            "time_zone": "Asia/Shanghai"})"},
          {"objects/customer.json",
           R"json({"name": "customer", "label": "Customer", "label_plural": "Customers",
            "title_field": "name", "fields": [
            {"name": "name", "label": "Name", "type": "text", "required": true}]})json"},
          {"objects/contract.json",
           R"json({"name": "contract", "label": "Contract", "label_plural": "Contracts",
            "title_field": "number", "fields": [
            {"id": "customer", "name": ")json" +
               customer + R"json(", "label": "Customer", "type": "reference", "to": "customer",
             "required": true},
            {"name": "kind", "label": "Kind", "type": "text"},
            {"name": "number", "label": "Number", "type": "auto_number", "gapless": true,
             "pattern": "C{yyyy}-{00}", "scope": ")json" +
               scope + R"json("})json" + more + R"json(,
            {"name": "items", "label": "Items", "type": "children", "to": "item",
             "parent": "contract"}]})json"},
          {"objects/item.json",
           R"json({"name": "item", "label": "Item", "label_plural": "Items",
            "title_field": "place", "fields": [
            {"name": "place", "label": "Place", "type": "auto_number", "pattern": "{00}",
             "scope": "contract"},
            {"name": "note", "label": "Note", "type": "text"}]})json"}};
}

struct Contracts : support::RunningApplication {
  Contracts() : RunningApplication(contracts()) {}

  RecordId a = made("customer", R"({"name": "A"})");
  RecordId b = made("customer", R"({"name": "B"})");
  RecordId contract(RecordId of) {
    return made("contract", R"({"customer": ")" + text_of(of) + R"("})");
  }
  std::string number(RecordId id) { return value("contract", id, "number"); }
  std::string next(RecordId of) { return number(contract(of)); }
};

}  // namespace

TEST_CASE("each value of the scope has a counter of its own, and each year in it", "[command]") {
  Contracts at;
  CHECK(at.next(at.a) == "\"C2027-01\"");
  CHECK(at.next(at.b) == "\"C2027-01\"");
  CHECK(at.next(at.a) == "\"C2027-02\"");
  at.clock.now += 365 * kDayMs;
  CHECK(at.next(at.a) == "\"C2028-01\"");
  at.open_again();
  CHECK(at.next(at.b) == "\"C2028-01\"");
  CHECK(at.next(at.b) == "\"C2028-02\"");
}

TEST_CASE("what is refused leaves no gap in its scope", "[command]") {
  Contracts at;
  CHECK(at.next(at.a) == "\"C2027-01\"");
  CHECK_FALSE(at.create("contract", R"({"customer": ")" + text_of(at.a) + R"(", "gone": 1})"));
  const auto both = at.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    const auto& contract = at.object("contract");
    Input good;
    good.entries.push_back({*contract.find_slot("customer"), Value{at.a}});
    TENON_CHECK(create_record(context, {&contract, std::move(good)}));
    return Error::of(ErrorCode::limit, "", "later", "something behind it fails");
  });
  CHECK_FALSE(both);
  CHECK(at.next(at.a) == "\"C2027-02\"");
}

TEST_CASE("a record that moves to another scope gets the next number there", "[command]") {
  Contracts at;
  const auto first = at.contract(at.a);
  const auto other = at.contract(at.b);
  REQUIRE(at.update("contract", first, R"({"customer": ")" + text_of(at.b) + R"("})"));
  CHECK(at.number(first) == "\"C2027-02\"");
  CHECK(at.number(other) == "\"C2027-01\"");
  REQUIRE(at.update("contract", first, R"({"kind": "x"})"));
  CHECK(at.number(first) == "\"C2027-02\"");
  CHECK(at.next(at.a) == "\"C2027-02\"");
}

TEST_CASE("records of a customer that is merged go on counting with the one that stays",
          "[command]") {
  Contracts at;
  const auto kept = at.contract(at.a);
  const auto one = at.contract(at.b);
  const auto two = at.contract(at.b);
  const auto merged = at.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(merge_records(context, {&at.object("customer"), at.a, {at.b}, {}}));
    return done();
  });
  CHECK(told(merged).empty());
  CHECK(at.number(kept) == "\"C2027-01\"");
  CHECK(at.number(one) == "\"C2027-02\"");
  CHECK(at.number(two) == "\"C2027-03\"");
  CHECK(at.next(at.a) == "\"C2027-04\"");
}

TEST_CASE("a rename of the scope's field leaves its counters", "[command]") {
  Contracts at;
  CHECK(at.next(at.a) == "\"C2027-01\"");
  REQUIRE(at.publish(contracts("client", "", "client")));
  CHECK(at.value("contract", at.made("contract", R"({"client": ")" + text_of(at.a) + R"("})"),
                 "number") == "\"C2027-02\"");
}

TEST_CASE("lines count within the record that holds them", "[command]") {
  Contracts at;
  const auto places = [&](RecordId id) {
    std::string text;
    at.ask(support::the_system(), [&](const query::Context& context) {
      const auto& items = at.object("item");
      const int parent = at.object("contract").children.front().parent_slot;
      for (const auto& line : record::read_lines(context.tx, items.table, parent, {id})) {
        text += std::get<std::string>(
                    line.fields[static_cast<std::size_t>(*items.find_slot("place"))]) +
                " ";
      }
    });
    return text;
  };
  const auto made_with = [&](RecordId of) {
    return at.made("contract", R"({"customer": ")" + text_of(of) +
                                   R"(", "items": [{"note": "x"}, {"note": "y"}]})");
  };
  const auto first = made_with(at.a);
  const auto second = made_with(at.a);
  CHECK(places(first) == "01 02 ");
  CHECK(places(second) == "01 02 ");
  REQUIRE(at.update("contract", first, R"({"items": {"put": [{"note": "z"}]}})"));
  CHECK(places(first) == "01 02 03 ");
}

TEST_CASE("a scope that comes later counts on behind what is there", "[command]") {
  support::RunningApplication running(contracts("customer"));
  const auto a = running.made("customer", R"({"name": "A"})");
  const auto with = [&](const std::string& kind) {
    return running.made("contract",
                        R"({"customer": ")" + text_of(a) + R"(", "kind": ")" + kind + R"("})");
  };
  with("x");
  with("y");
  auto files = contracts("kind");
  auto& text = files.find("objects/contract.json")->second;
  const std::string optional = R"("type": "text"})";
  text.replace(text.find(optional), optional.size(), R"("type": "text", "required": true})");
  REQUIRE(running.publish(files));
  CHECK(running.value("contract", with("x"), "number") == "\"C2027-02\"");
  CHECK(running.value("contract", with("y"), "number") == "\"C2027-03\"");
  CHECK(running.value("contract", with("z"), "number") == "\"C2027-01\"");
}

TEST_CASE("numbers count apart by a required field that people write", "[command]") {
  const auto problems = [](const std::string& scope) {
    Contracts at;
    return told(at.publish(contracts(scope)));
  };
  const std::string at = "invalid objects/contract.json: fields/2/scope:";
  CHECK(problems("kind") == at + "scope");
  CHECK(problems("number") == at + "scope");
  CHECK(problems("nothing").starts_with(at));
}

}  // namespace tenon::command
