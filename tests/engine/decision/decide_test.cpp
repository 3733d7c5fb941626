#include "engine/decision/decide.h"

#include <random>

#include "tests/engine/decision/vectors.h"

namespace tenon::decision {

using namespace support;

namespace {

std::string written(const Table& table, const Decision& decision) {
  json::Writer writer;
  writer.begin_array();
  for (const Values& values : decision.results) {
    writer.begin_array();
    for (std::size_t i = 0; i < values.size(); ++i) {
      tenon::write(writer, table.outputs[i].type, values[i]);
    }
    writer.end_array();
  }
  writer.end_array();
  return writer.take();
}

}  // namespace

TEST_CASE("a table answers as its hit policy says", "[decision]") {
  const auto document = read_vectors("hit");
  const std::string fields = text_of(document.root().at("fields"));
  for (const json::Reader one : document.root().at("cases")) {
    const Asked asked(files_with(fields, text_of(one.at("table"))));
    for (const json::Reader ask : one.at("asks")) {
      INFO(*one.at("name").text() << " " << text_of(ask));
      const Values values = asked.values(ask.at("given"));
      const auto decision = decide(*asked.table, scope_of(values));
      if (const auto error = ask.member("error")) {
        REQUIRE_FALSE(decision);
        CHECK(decision.error().problems[0].rule == *error->text());
        CHECK(decision.error().problems[0].message.find(*ask.at("says").text()) !=
              std::string::npos);
        continue;
      }
      REQUIRE(decision);
      CHECK(decision->rows == numbers(ask.at("rows")));
      CHECK(written(*asked.table, *decision) == text_of(ask.at("results")));
      CHECK(decision->otherwise == ask.member("otherwise").has_value());
    }
  }
}

namespace {

const std::string kFields = R"([{"name": "title", "label": "T", "type": "text"},
    {"name": "amount", "label": "A", "type": "integer"},
    {"name": "kind", "label": "K", "type": "text"}])";

Values given(const Asked& asked, const std::string& json) {
  const auto document = json::Document::parse(json);
  return asked.values(document->root());
}

}  // namespace

TEST_CASE("an explanation shows each cell with what it was asked and what it said", "[decision]") {
  const Asked asked(files_with(kFields, R"({"name": "t", "object": "thing", "hit": "unique",
      "inputs": [{"name": "amount", "formula": "amount * 2"}, {"name": "kind", "formula": "kind"}],
      "outputs": [{"name": "who", "label": "Who", "type": "text"}],
      "rows": [{"when": {"amount": "< 10", "kind": "\"a\""}, "then": {"who": "\"x\""}},
               {"when": {"amount": "< amount * 3"}, "then": {"who": "\"y\""}}]})"));
  const Values values = given(asked, R"({"amount": 3, "kind": "b"})");
  const auto one = explain(*asked.table, asked.table->rows, scope_of(values));
  REQUIRE(one);
  CHECK(one->inputs == Values{Decimal::of(6), std::string("b")});
  REQUIRE(one->rows.size() == 2);
  REQUIRE(one->rows[0].cells.size() == 2);
  CHECK(one->rows[0].cells[0].passes);
  CHECK_FALSE(one->rows[0].cells[1].passes);
  CHECK_FALSE(one->rows[0].applies);
  CHECK(one->rows[1].applies);
  CHECK(one->decision.value(0) == Value{std::string("y")});

  const Values both = given(asked, R"({"amount": 3, "kind": "a"})");
  const auto refused = explain(*asked.table, asked.table->rows, scope_of(both));
  REQUIRE(refused);
  REQUIRE(refused->problems.size() == 1);
  CHECK(refused->problems[0].rule == "decision.unique");
  CHECK(refused->rows[0].applies);
}

TEST_CASE("a cell that cannot be computed refuses only who has to look at it", "[decision]") {
  const auto table_of = [](const std::string& hit) {
    return files_with(kFields, R"({"name": "t", "object": "thing", "hit": ")" + hit + R"(",
      "inputs": [{"name": "kind", "formula": "kind"}, {"name": "amount", "formula": "amount"}],
      "outputs": [{"name": "who", "label": "Who", "type": "text"}],
      "rows": [{"when": {"kind": "\"a\"", "amount": "> 1 / amount"}, "then": {"who": "\"x\""}},
               {"when": {"kind": "\"b\""}, "then": {"who": "\"y\""}},
               {"when": {"amount": "> 1 / amount"}, "then": {"who": "\"z\""}}]})");
  };
  const Asked first(table_of("first"));
  const Values behind = given(first, R"({"amount": 0, "kind": "b"})");
  const auto one = explain(*first.table, first.table->rows, scope_of(behind));
  REQUIRE(one);
  CHECK(one->problems.empty());
  CHECK(one->decision.rows == std::vector<int>{1});
  CHECK_FALSE(one->rows[0].cells[0].passes);
  CHECK(one->rows[0].cells[1].error == "division_by_zero");
  CHECK(one->rows[2].cells[0].passes);
  CHECK(one->rows[2].cells[1].error == "division_by_zero");
  CHECK_FALSE(one->rows[2].applies);

  const Values before = given(first, R"({"amount": 0, "kind": "a"})");
  const auto refused = explain(*first.table, first.table->rows, scope_of(before));
  REQUIRE(refused);
  REQUIRE(refused->problems.size() == 1);
  CHECK(refused->problems[0].at == "rows/0/when/amount");
  CHECK(refused->problems[0].rule == "division_by_zero");

  const Asked listed(table_of("rule_order"));
  const auto all = explain(*listed.table, listed.table->rows, scope_of(behind));
  REQUIRE(all);
  REQUIRE(all->problems.size() == 1);
  CHECK(all->problems[0].at == "rows/2/when/amount");
}

TEST_CASE("a cell that counts records is known only for a record", "[decision]") {
  metadata::Files files = files_with(kFields, R"json({"name": "t", "object": "thing",
      "hit": "unique", "inputs": [{"name": "amount", "formula": "amount"}],
      "outputs": [{"name": "many", "label": "M", "type": "integer"}],
      "rows": [{"when": {"amount": "< COUNT(parts)"}, "then": {"many": "COUNT(parts)"}},
               {"when": {"amount": ">= 2"}}]})json");
  files["objects/part.json"] = R"({"name": "part", "label": "Part", "label_plural": "Parts",
      "title_field": "name", "fields": [{"name": "name", "label": "N", "type": "text"},
      {"name": "thing", "label": "T", "type": "reference", "to": "thing", "back": "parts"}]})";
  const Asked asked(files);
  CHECK_FALSE(asked.table->rows[0].tests[0].is_constant());
  const formula::Row part;
  const std::vector<formula::Row> parts(3, part);
  const std::vector<std::span<const formula::Row>> many{parts};
  const Values values = given(asked, R"({"amount": 1})");
  formula::Scope scope = scope_of(values);
  scope.many = many;
  const auto decision = decide(*asked.table, scope);
  REQUIRE(decision);
  CHECK(decision->rows == std::vector<int>{0});
  CHECK(decision->value(0) == Value{Decimal::of(3)});
}

TEST_CASE("rows may be records: what is empty does not limit", "[decision]") {
  metadata::Files files = files_with(kFields, R"({"name": "t", "object": "thing", "hit": "first",
      "inputs": [{"name": "kind", "formula": "kind"}, {"name": "amount", "formula": "amount"}],
      "outputs": [{"name": "share", "label": "Share", "type": "percent"}],
      "rows_from": {"object": "band", "sort": ["least"],
                    "when": {"kind": {"equals": "kind"},
                             "amount": {"from": "least", "below": "most"}},
                    "then": {"share": "share"}}})");
  files["objects/band.json"] = R"({"name": "band", "label": "Band", "label_plural": "Bands",
      "title_field": "kind", "fields": [{"name": "kind", "label": "K", "type": "text"},
      {"name": "least", "label": "L", "type": "integer"},
      {"name": "most", "label": "M", "type": "integer"},
      {"name": "share", "label": "S", "type": "percent"}]})";
  const Asked asked(files);
  CHECK(fields_of(*asked.table->rows_from) ==
        std::vector<std::string>{"kind", "", "", "", "", "least", "", "most", "share"});
  const auto band = [](Value kind, Value least, Value most, Value share) {
    return row_of(RecordId{7}, Values{kind, {}, {}, {}, {}, least, {}, most, share}, 2);
  };
  const auto number = [](std::int64_t value) { return Value{Decimal::of(value)}; };
  const std::vector<Row> rows{band(std::string("a"), number(0), number(10), number(1)),
                              band({}, number(10), {}, number(2)), band({}, {}, {}, number(3))};
  const auto share = [&](const std::string& json) {
    const auto decision = decide(*asked.table, rows, scope_of(given(asked, json)));
    REQUIRE(decision);
    return decision->value(0);
  };
  CHECK(share(R"({"kind": "a", "amount": 9})") == number(1));
  CHECK(share(R"({"kind": "a", "amount": 10})") == number(2));
  CHECK(share(R"({"kind": "b", "amount": 9})") == number(3));
  CHECK(share(R"({})") == number(3));
}

TEST_CASE("each field of a record that is given limits, equals before all others", "[decision]") {
  const Asked asked(files_with(kFields, R"({"name": "t", "object": "thing", "hit": "first",
      "inputs": [{"name": "amount", "formula": "amount"}],
      "outputs": [{"name": "share", "label": "Share", "type": "integer"}],
      "rows_from": {"object": "thing", "when": {"amount": {"from": "amount"}},
                    "then": {"share": "amount"}}})"));
  const auto value_of = [](int number) {
    return number < 0 ? Value{} : Value{Decimal::of(number)};
  };
  constexpr int kEach = 5;  // Nothing, or 0 to 3.
  for (int way = 0; way < kEach * kEach * kEach * kEach * kEach; ++way) {
    const auto part = [&](int divisor) { return way / divisor % kEach - 1; };
    const int equals = part(1);
    const int from = part(5);
    const int to = part(25);
    const int below = part(125);
    const int value = part(625);
    const bool limited = from >= 0 || to >= 0 || below >= 0;
    const bool within = (from < 0 || value >= from) && (to < 0 || value <= to) &&
                        (below < 0 || value < below) && (!limited || value >= 0);
    const std::vector<Row> rows{row_of(
        RecordId{7},
        Values{value_of(equals), value_of(from), value_of(to), value_of(below), value_of(1)}, 1)};
    Values record(asked.thing().fields.size());
    record[1] = value_of(value);
    const auto decision = decide(*asked.table, rows, scope_of(record));
    REQUIRE(decision);
    const bool applies = !decision->rows.empty();
    const bool expected = equals >= 0 ? value == equals : within;
    if (applies == expected) continue;
    INFO("equals " << equals << " from " << from << " to " << to << " below " << below << ": "
                   << value);
    CHECK(applies == expected);
  }
}

TEST_CASE("a table of a thousand rows is asked by its index", "[decision]") {
  std::string rows;
  for (int i = 0; i < 1000; ++i) {
    const std::string number = std::to_string(i);
    rows += std::string(i == 0 ? "" : ",") + R"({"when": {"amount": "[)" + std::to_string(i * 11) +
            ".." + std::to_string(i * 11 + 10) + "]" + R"(", "kind": "\"k)" +
            std::to_string(i % 50) + R"(\""}, "then": {"who": "\"w)" + number + R"(\""}})";
  }
  const Asked asked(files_with(kFields, R"({"name": "t", "object": "thing", "hit": "unique",
      "inputs": [{"name": "amount", "formula": "amount"}, {"name": "kind", "formula": "kind"}],
      "outputs": [{"name": "who", "label": "Who", "type": "text"}], "rows": [)" +
                                            rows + "]}"));
  const Values values = given(asked, R"({"amount": 7960, "kind": "k23"})");
  const auto decision = decide(*asked.table, scope_of(values));
  REQUIRE(decision);
  CHECK(decision->rows == std::vector<int>{723});
  CHECK(decision->value(0) == Value{std::string("w723")});
}

namespace {

// Tables and records by chance, the same in every run.
class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  std::string whole() { return std::to_string(below(12)); }
  std::string kind() { return "\"" + std::string(1, static_cast<char>('a' + below(4))) + "\""; }

  std::string cell_of_amount() {
    const std::string low = whole();
    switch (below(9)) {
      case 0: return "-";
      case 1: return "null";
      case 2: return "< " + low;
      case 3: return ">= " + low;
      case 4: return "[" + low + ".." + std::to_string(std::stoi(low) + below(5)) + ")";
      case 5: return "not(" + low + ", " + whole() + ")";
      case 6: return "> limit";  // Only known for a record.
      case 7: return low + ", " + whole();
      default: return "(" + low + ".." + std::to_string(std::stoi(low) + 1 + below(5)) + "]";
    }
  }
  std::string cell_of_kind() {
    switch (below(5)) {
      case 0: return "-";
      case 1: return "not(" + kind() + ")";
      case 2: return kind() + ", " + kind();
      case 3: return "null";
      default: return kind();
    }
  }
  std::string row() {
    json::Writer writer;
    writer.begin_object().key("when").begin_object();
    writer.key("amount").text(cell_of_amount()).key("kind").text(cell_of_kind()).end_object();
    writer.key("then").begin_object().key("who").text("\"w" + whole() + "\"").end_object();
    return writer.end_object().take();
  }
  std::string table(std::string_view hit, int count) {
    std::string rows;
    for (int i = 0; i < count; ++i) rows += (i == 0 ? "" : ",") + row();
    return R"({"name": "t", "object": "thing", "hit": ")" + std::string(hit) + R"(",
        "inputs": [{"name": "amount", "formula": "amount"}, {"name": "kind", "formula": "kind"}],
        "outputs": [{"name": "who", "label": "Who", "type": "text"}], "rows": [)" +
           rows + "]}";
  }
  Values values(const Asked& asked) {
    const auto or_null = [&](const std::string& text) { return below(6) == 0 ? "null" : text; };
    return given(asked, R"({"amount": )" + or_null(whole()) + R"(, "kind": )" + or_null(kind()) +
                            R"(, "limit": )" + or_null(whole()) + "}");
  }

 private:
  std::mt19937 random_;
};

std::string told(const Table& table, const Result<Decision>& decision) {
  if (!decision) return describe(decision.error());
  std::string text = written(table, *decision);
  for (const int row : decision->rows) text += " " + std::to_string(row);
  return text;
}

}  // namespace

TEST_CASE("the index finds the rows that a walk over all of them finds", "[decision]") {
  const std::string fields = kFields.substr(0, kFields.size() - 1) +
                             R"(, {"name": "limit", "label": "L", "type": "integer"}])";
  Chance chance(20'261'126);
  for (int round = 0; round < 60; ++round) {
    constexpr std::string_view kHits[] = {"first", "unique", "any", "rule_order"};
    // Around the 64 rows of one word of the index, too.
    const int count = 1 + chance.below(round % 4 == 0 ? 140 : 20);
    const Asked asked(
        files_with(fields, chance.table(kHits[static_cast<std::size_t>(round % 4)], count)));
    const std::vector<Row> rows = asked.table->rows;  // Elsewhere: no index is over them.
    for (int ask = 0; ask < 40; ++ask) {
      const Values values = chance.values(asked);
      INFO("round " << round << ", ask " << ask);
      CHECK(told(*asked.table, decide(*asked.table, scope_of(values))) ==
            told(*asked.table, decide(*asked.table, rows, scope_of(values))));
    }
  }
}

}  // namespace tenon::decision
