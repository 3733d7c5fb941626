#include "engine/command/import_rows.h"

#include <catch2/catch.hpp>

#include "engine/command/merge_records.h"
#include "engine/command/undo.h"
#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing;
using support::told;

using Rows = std::vector<std::vector<std::string>>;

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(billing()) {}

  // "created rejected(at:rule) …"
  std::string import(const std::string& map, const std::vector<std::string>& header,
                     const Rows& rows) {
    const auto document = json::Document::parse(map);
    REQUIRE(document);
    auto parsed = metadata::parse(document->root(), json::To<metadata::ImportMap>{});
    REQUIRE(told(parsed).empty());
    const auto resolved = metadata::resolve(parsed.take(), app().bundle());
    REQUIRE(told(resolved).empty());
    std::string text;
    const auto outcome = carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_TRY(const auto imported, import_rows(context, {&*resolved, header, rows}));
      for (const ImportedRow& row : imported.rows) {
        text += (text.empty() ? "" : " ") + word(row);
        ids.push_back(row.id);
      }
      return done();
    });
    return outcome ? text : told(outcome);
  }

  std::vector<RecordId> ids;

 private:
  static std::string word(const ImportedRow& row) {
    std::string warned;
    for (const Warning& one : row.warnings) warned += "!" + one.at + ":" + one.rule;
    return fate(row) + warned;
  }

  static std::string fate(const ImportedRow& row) {
    switch (row.fate) {
      case ImportedRow::Fate::created: return "created";
      case ImportedRow::Fate::updated: return "updated";
      case ImportedRow::Fate::unchanged: return "unchanged";
      case ImportedRow::Fate::rejected: break;
    }
    return "rejected(" + told(row.problems) + ")";
  }
};

const std::string kInvoices = R"({"object": "invoice", "source": "legacy", "columns": {
  "no": [{"key": true}, {"field": "number"}],
  "who": {"field": "customer", "match": "name", "aliases": {"ACME": "Acme"}},
  "sum": {"field": "total", "times": "1000"},
  "due": {"field": "due_on", "format": "M/D/YYYY"},
  "state": {"field": "state", "as": "lower"},
  "remark": {"skip": true}}})";
const std::vector<std::string> kHeader = {"no", "who", "sum", "due", "state", "remark"};

}  // namespace

TEST_CASE("a row goes through aliases, transforms, formats and factors", "[command]") {
  Fixture at;
  const auto acme = at.made("customer", R"({"name": "Acme"})");
  CHECK(at.import(kInvoices, kHeader, {{" 1 ", "ACME", "1.5", "3/9/2027", "PAID", "?"}}) ==
        "created");
  const auto id = at.ids.at(0);
  CHECK(at.value("invoice", id, "number") == "\"1\"");
  CHECK(at.value("invoice", id, "customer") == "\"" + text_of(acme) + "\"");
  CHECK(at.value("invoice", id, "total") == "\"1500.00\"");
  CHECK(at.value("invoice", id, "due_on") == "\"2027-03-09\"");
  CHECK(at.value("invoice", id, "state") == "\"paid\"");
}

TEST_CASE("a row that is refused leaves nothing, says why, and the others stand", "[command]") {
  Fixture at;
  at.made("customer", R"({"name": "Acme"})");
  at.made("customer", R"({"name": "Twin"})");
  at.made("customer", R"({"name": "Twin"})");
  const auto told = at.import(kInvoices, kHeader,
                              {{"1", "Acme", "1", "", "open", ""},
                               {"2", "Nobody", "x", "2027-03-09", "open", ""},
                               {"3", "Twin", "1", "", "open", ""},
                               {"4", "Acme", "-1", "", "open", ""},
                               {"", "Acme", "1", "", "open", ""},
                               {"5", "Acme"},
                               {"6", "Acme", "1", "", "open", ""}});
  CHECK(told ==
        "created rejected(who:match sum:number due:date) rejected(who:match) "
        "rejected(total:no_debt) rejected(no:key) rejected(:cells) created");
  CHECK(at.list({.object = "invoice", .sort = {"number"}})->rows.size() == 2);
}

TEST_CASE("importing the same rows again updates by key, and changes nothing that is the same",
          "[command]") {
  Fixture at;
  at.made("customer", R"({"name": "Acme"})");
  const Rows rows = {{"1", "Acme", "1", "", "open", ""}, {"2", "Acme", "2", "", "open", ""}};
  CHECK(at.import(kInvoices, kHeader, rows) == "created created");
  const auto events = at.events().size();
  CHECK(at.import(kInvoices, kHeader, rows) == "unchanged unchanged");
  CHECK(at.events().size() == events);
  CHECK(at.import(kInvoices, kHeader, {{"2", "", "3", "", "open", ""}}) == "updated");
  CHECK(at.value("invoice", at.ids.back(), "total") == "\"3000.00\"");
  CHECK(at.value("invoice", at.ids.back(), "customer") == "null");
}

TEST_CASE("a row whose record was deleted since is made anew", "[command]") {
  Fixture at;
  const Rows rows = {{"1", "", "1", "", "open", ""}};
  CHECK(at.import(kInvoices, kHeader, rows) == "created");
  REQUIRE(at.erase("invoice", at.ids.back()));
  CHECK(at.import(kInvoices, kHeader, rows) == "created");
  CHECK(at.import(kInvoices, kHeader, rows) == "unchanged");
}

TEST_CASE("a row that is written with warnings tells them", "[command]") {
  Fixture at;
  CHECK(at.import(kInvoices, kHeader, {{"1", "", "2", "", "open", ""}}) == "created");
  REQUIRE(at.publish(support::billing_with("rules/small.json", R"json({"name": "small",
    "object": "invoice", "when": "total > 1500", "effect": "reject", "field": "total",
    "message": "That is too much."})json")));
  const Rows rows = {{"1", "", "2", "", "paid", ""},
                     {"2", "", "1", "", "open", ""},
                     {"3", "", "2", "", "open", ""}};
  CHECK(at.import(kInvoices, kHeader, rows) == "updated!total:small created rejected(total:small)");
}

TEST_CASE("the events of an import have one command", "[command]") {
  Fixture at;
  CHECK(at.import(kInvoices, kHeader,
                  {{"1", "", "1", "", "open", ""}, {"2", "", "1", "", "open", ""}}) ==
        "created created");
  const auto one = at.events_of(at.ids[0]).at(0);
  const auto two = at.events_of(at.ids[1]).at(0);
  CHECK(one.command == two.command);
  CHECK(one.id != two.id);
}

TEST_CASE("of rows with one key only the first counts, where the mapping says so", "[command]") {
  Fixture at;
  const std::string map = R"({"object": "customer", "source": "legacy", "unique_rows": true,
      "columns": {"office": [{"key": true}, {"field": "name"}], "x": {"skip": true}}})";
  CHECK(at.import(map, {"office", "x"}, {{"A", "1"}, {"B", "2"}, {"A", "3"}}) ==
        "created created unchanged");
}

TEST_CASE("a reference may be found by the key of its row", "[command]") {
  Fixture at;
  const std::string customers = R"({"object": "customer", "source": "legacy",
      "columns": {"key": {"key": true}, "name": {"field": "name"},
                  "above": {"field": "parent", "match": "key"}}})";
  CHECK(at.import(customers, {"key", "name", "above"},
                  {{"a", "A", ""}, {"b", "B", "a"}, {"c", "C", "z"}}) ==
        "created created rejected(above:match)");
  CHECK(at.value("customer", at.ids[1], "parent.name") == "\"A\"");
}

TEST_CASE("texts are joined without blank parts, constants are set on every row", "[command]") {
  Fixture at;
  at.made("customer", R"({"name": "Acme"})");
  const std::string map = R"({"object": "invoice", "columns": {"a": {"skip": true},
        "b": {"skip": true}, "c": {"skip": true}},
      "joined": {"number": {"columns": ["a", "b", "c"], "separator": "-"}},
      "constants": {"state": "paid", "customer": {"match": "name", "value": "Acme"}}})";
  CHECK(at.import(map, {"a", "b", "c"}, {{"1", "", "3"}}) == "created");
  CHECK(at.value("invoice", at.ids[0], "number") == "\"1-3\"");
  CHECK(at.value("invoice", at.ids[0], "state") == "\"paid\"");
  CHECK(at.value("invoice", at.ids[0], "customer.name") == "\"Acme\"");
}

TEST_CASE("a mapping and a header that do not fit refuse the whole", "[command]") {
  Fixture at;
  CHECK(at.import(kInvoices, {"no", "who", "sum", "due", "state", "extra"}, {}) ==
        "invalid columns/remark:unknown_column columns/extra:unmapped_column");
  CHECK(at.import(R"({"object": "note", "columns": {"w": {"field": "words"}}})", {"w"},
                  Rows(201, {"x"})) == "limit rows:rows");
}

TEST_CASE("rows of people bring their roles, each once", "[command]") {
  Fixture at;
  const std::string map = R"({"object": "user", "source": "legacy", "users": true, "columns": {
      "name": [{"key": true}, {"field": "name"}, {"field": "login", "as": "login"}]},
      "constants": {"roles": ["clerk"]}})";
  CHECK(at.import(map, {"name"}, {{"Anna O'Neil"}}) == "created");
  CHECK(at.import(map, {"name"}, {{"Anna O'Neil"}}) == "unchanged");
  CHECK(at.value("user", at.ids[0], "login") == "\"anna.o.neil\"");
  const auto page = at.list({.object = "role_assignment", .fields = {"role", "user.login"}});
  REQUIRE(page);
  CHECK(support::column(*page, "role") == "\"clerk\"");
}

TEST_CASE("several references stand in one cell, each found as one is", "[command]") {
  Fixture at;
  auto files = billing();
  files["objects/meeting.json"] = R"({"name": "meeting", "label": "M", "label_plural": "M",
    "title_field": "topic", "fields": [{"name": "topic", "label": "T", "type": "text"},
    {"name": "customers", "label": "C", "type": "references", "to": "customer"},
    {"name": "guests", "label": "G", "type": "references", "to": "customer"}]})";
  REQUIRE(at.publish(files));
  const auto a = at.made("customer", R"({"name": "A; B"})");
  const auto b = at.made("customer", R"({"name": "B", "code": "b"})");
  const auto c = at.made("customer", R"({"name": "C", "code": "c"})");
  const std::string map = R"({"object": "meeting", "columns": {
    "who": {"field": "customers", "match": "code", "aliases": {"see": "c"}},
    "guests": {"field": "guests", "match": "name", "separator": "|"}}})";
  CHECK(at.import(map, {"who", "guests"},
                  {{" c ; b;;c", "A; B | C"}, {"see", ""}, {"b;x", ""}, {"", "A; B|B|"}}) ==
        "created created rejected(who:match) created");
  const auto list = [](std::vector<RecordId> ids) {
    std::string text;
    for (const RecordId id : ids) text += (text.empty() ? "\"" : ",\"") + text_of(id) + "\"";
    return "[" + text + "]";
  };
  CHECK(at.value("meeting", at.ids[0], "customers") == list({c, b}));
  CHECK(at.value("meeting", at.ids[0], "guests") == list({a, c}));
  CHECK(at.value("meeting", at.ids[1], "customers") == list({c}));
  CHECK(at.value("meeting", at.ids[3], "customers") == "null");
  CHECK(at.value("meeting", at.ids[3], "guests") == list({a, b}));
}

TEST_CASE("a key follows a merge, and comes back when that is undone", "[command]") {
  Fixture at;
  const std::string map = R"({"object": "customer", "source": "legacy", "columns": {
    "id": {"key": true}, "name": {"field": "name"}}})";
  const std::vector<std::string> header = {"id", "name"};
  REQUIRE(at.import(map, header, {{"1", "Acme"}, {"2", "ACME Ltd"}}) == "created created");
  const RecordId kept = at.ids[0];
  const RecordId gone = at.ids[1];
  CommandId merged;
  REQUIRE(at.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    merged = context.changes.command;
    TENON_CHECK(merge_records(context, {&at.object("customer"), kept, {gone}, {}}));
    return done();
  }));
  CHECK(at.import(map, header, {{"2", "Acme Limited"}}) == "updated");
  CHECK(at.ids.back() == kept);
  // Rows that refer by the key find it too.
  const std::string invoices = R"({"object": "invoice", "source": "legacy", "columns": {
    "no": {"field": "number"}, "who": {"field": "customer", "match": "key"}}})";
  CHECK(at.import(invoices, {"no", "who"}, {{"7", "2"}}) == "created");
  CHECK(at.value("invoice", at.ids.back(), "customer.name") == "\"Acme Limited\"");

  REQUIRE(at.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(undo_command(context, {merged}));
    return done();
  }));
  CHECK(at.import(map, header, {{"2", "ACME again"}}) == "updated");
  CHECK(at.ids.back() == gone);
}

TEST_CASE("a key whose survivor is deleted is free again", "[command]") {
  Fixture at;
  const std::string map = R"({"object": "customer", "source": "legacy", "columns": {
    "id": {"key": true}, "name": {"field": "name"}}})";
  const std::vector<std::string> header = {"id", "name"};
  REQUIRE(at.import(map, header, {{"1", "Acme"}, {"2", "ACME Ltd"}}) == "created created");
  const RecordId kept = at.ids[0];
  REQUIRE(at.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(merge_records(context, {&at.object("customer"), kept, {at.ids[1]}, {}}));
    return done();
  }));
  REQUIRE(at.erase("customer", kept));
  CHECK(at.import(map, header, {{"2", "Acme"}}) == "created");
}

}  // namespace tenon::command
