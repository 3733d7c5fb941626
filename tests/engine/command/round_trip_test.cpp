// What is exported can be imported: the same values, for people and for programs.
#include <catch2/catch.hpp>

#include "engine/command/import_rows.h"
#include "engine/json/layout.h"
#include "engine/query/export.h"
#include "engine/sheet/csv_reader.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::RunningApplication;
using support::told;

constexpr const char* kSheet = R"json({
  "name": "sheet", "label": "Sheet", "label_plural": "Sheets", "title_field": "title",
  "fields": [
    {"name": "title", "label": "Title", "type": "text", "required": true},
    {"name": "note", "label": "Note", "type": "long_text"},
    {"name": "whole", "label": "Whole", "type": "integer"},
    {"name": "stars", "label": "Stars", "type": "rating"},
    {"name": "exact", "label": "Exact", "type": "decimal", "scale": 6},
    {"name": "price", "label": "Price", "type": "money"},
    {"name": "cost", "label": "Cost", "type": "money", "currencies": ["CNY", "JPY", "USD"]},
    {"name": "part", "label": "Part", "type": "percent"},
    {"name": "spent", "label": "Spent", "type": "duration"},
    {"name": "day", "label": "Day", "type": "date"},
    {"name": "clock", "label": "Clock", "type": "time"},
    {"name": "moment", "label": "Moment", "type": "datetime"},
    {"name": "is_done", "label": "Done", "type": "boolean"},
    {"name": "state", "label": "State", "type": "choice", "options": [
      {"name": "open", "label": {"en": "In work", "zh-CN": "进行中"}},
      {"name": "won", "label": {"en": "Won", "zh-CN": "赢单"}}]},
    {"name": "tags", "label": "Tags", "type": "choices", "options": [
      {"name": "red", "label": {"en": "Bright red", "zh-CN": "红"}},
      {"name": "blue", "label": {"en": "Blue", "zh-CN": "蓝"}}]},
    {"name": "mail", "label": "Mail", "type": "email"},
    {"name": "phone", "label": "Phone", "type": "phone"},
    {"name": "site", "label": "Site", "type": "url"},
    {"name": "tint", "label": "Tint", "type": "color"},
    {"name": "code", "label": "Code", "type": "barcode"},
    {"name": "words", "label": "Words", "type": "rich_text"},
    {"name": "raw", "label": "Raw", "type": "json"},
    {"name": "place", "label": "Place", "type": "location"},
    {"name": "office", "label": "Office", "type": "address"},
    {"name": "above", "label": "Above", "type": "reference", "to": "sheet", "on_delete": "clear"},
    {"name": "others", "label": "Others", "type": "references", "to": "sheet"},
    {"name": "clerk", "label": "Clerk", "type": "user", "on_delete": "clear"},
    {"name": "team", "label": "Team", "type": "users"}]})json";

metadata::Files sheets() {
  return {{"bundle.json",
           R"({"format": 1, "name": "sheets", "version": "1", "label": "Sheets",
               "time_zone": "Asia/Shanghai", "currency": "CNY", "country": "CN"})"},
          {"objects/sheet.json", kSheet}};
}

using Table = std::vector<std::vector<std::string>>;

struct Fixture : RunningApplication {
  Fixture() : RunningApplication(sheets()) {
    clerk = made("user", R"({"login": "ann", "name": "Ann"})");
    other = made("sheet", R"({"title": "Other"})");
    whole =
        made("sheet", R"({"title": "Whole", "note": "one, \"two\"\nthree; four", "whole": -12345,
      "stars": 4, "exact": "1234567.000001", "price": "1234.50",
      "cost": {"amount": "99.95", "currency": "USD"}, "part": "0.1250", "spent": "PT26H3M4S",
      "day": "2026-02-28", "clock": "09:30:05", "moment": "2026-11-22T16:00:00Z", "is_done": false,
      "state": "open", "tags": ["red", "blue"], "mail": "ann@example.com",
      "phone": "+8613800138000", "site": "https://example.com/a?b=c;d", "tint": "#2449c8",
      "code": "4006381333931", "words": "<p>one &amp; two</p><p>three</p>",
      "raw": {"a": [1, "x;y", null]}, "place": {"latitude": "-30.25", "longitude": "120.1600001"},
      "office": {"country": "CN", "province": "浙江省", "city": "杭州市", "district": "西湖区",
                 "region": "330106", "street": "文一路 1 号", "postcode": "310012"},
      "above": ")" + text_of(other) +
                          R"(", "others": [")" + text_of(other) + R"("], "clerk": ")" +
                          text_of(clerk) + R"(", "team": [")" + text_of(clerk) + R"("]})");
    empty = made("sheet", R"({"title": "Empty"})");
  }

  // All columns of all sheets, as a CSV file has them.
  Table exported(query::ExportFor purpose, const std::string& locale = "en") {
    Table rows;
    Actor actor = support::the_system();
    actor.locale = locale;
    ask(actor, [&](const query::Context& context) {
      const auto file = sheet::csv_table();
      query::ExportRecords query{
          .object = "sheet", .fields = fields(), .filter = "title <> \"Other\"", .sort = {"id"}};
      query.purpose = purpose;
      const auto count = query::export_records(context, query, *file);
      INFO(told(count));
      REQUIRE(count);
      const std::string bytes = file->finish();
      sheet::CsvReader reader(sheet::source_of(bytes));
      sheet::CsvRow row;
      while (*reader.next(row)) rows.push_back(row.cells);
    });
    return rows;
  }

  // The rows of the file as new records; the columns in the order of the fields.
  void import(const Table& table, bool is_whole) {
    const std::string mapping = mapping_of(table.front(), is_whole);
    INFO(mapping);
    const auto document = json::Document::parse(mapping);
    REQUIRE(document);
    auto parsed = metadata::parse(document->root(), json::To<metadata::ImportMap>{});
    INFO(told(parsed));
    REQUIRE(parsed);
    const auto resolved = metadata::resolve(parsed.take(), app().bundle());
    INFO(told(resolved));
    REQUIRE(resolved);
    const Table rows(table.begin() + 1, table.end());
    made_ids.clear();
    REQUIRE(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_TRY(const auto imported, import_rows(context, {&*resolved, table.front(), rows}));
      for (const ImportedRow& row : imported.rows) {
        INFO(describe(Error::invalid(row.problems)));
        CHECK(row.fate == ImportedRow::Fate::created);
        made_ids.push_back(row.id);
      }
      return done();
    }));
  }

  void check_same(const std::vector<std::string>& but = {}) {
    REQUIRE(made_ids.size() == 2);
    const std::pair<RecordId, RecordId> pairs[] = {{whole, made_ids[0]}, {empty, made_ids[1]}};
    for (const auto& [before, after] : pairs) {
      for (const metadata::Field& field : object("sheet").definition->fields) {
        if (std::find(but.begin(), but.end(), field.name) != but.end()) continue;
        if (!field.currency_of.empty()) continue;
        INFO(field.name);
        CHECK(value("sheet", after, field.name) == value("sheet", before, field.name));
      }
    }
  }

  RecordId clerk;
  RecordId other;
  RecordId whole;
  RecordId empty;
  std::vector<RecordId> made_ids;

 private:
  std::vector<std::string> fields() const {
    std::vector<std::string> names;
    for (const metadata::Field& field : object("sheet").definition->fields) {
      if (field.currency_of.empty()) names.push_back(field.name);
    }
    return names;
  }

  // People's addresses are one text: they are left out there.
  std::string mapping_of(const std::vector<std::string>& header, bool is_whole) const {
    std::string columns;
    std::size_t at = 0;
    const auto add = [&](const std::string& feed) {
      json::Writer name;
      name.text(header.at(at++));
      columns += (columns.empty() ? "" : ", ") + name.take() + ": {" + feed + "}";
    };
    for (const std::string& name : fields()) {
      const std::string field = "\"field\": \"" + name + "\"";
      if (name == "office" && !is_whole) {
        add(R"("skip": true)");
      } else if (name == "clerk" || name == "team") {
        add(field + (is_whole ? R"(, "match": "login")" : R"(, "match": "name")"));
      } else if (name == "above" || name == "others") {
        add(field + R"(, "match": "title")");
      } else if (name == "cost") {
        add(field);
        add(R"("field": "cost.currency")");
      } else {
        add(field);
      }
    }
    return R"({"object": "sheet", "columns": {)" + columns + "}}";
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "what is exported for people is imported again", "[command]") {
  for (const char* locale : {"en", "zh-CN"}) {
    CAPTURE(locale);
    import(exported(query::ExportFor::people, locale), false);
    check_same({"office"});
    REQUIRE(erase("sheet", made_ids[0]));
    REQUIRE(erase("sheet", made_ids[1]));
  }
}

TEST_CASE_METHOD(Fixture, "what is exported for programs is imported again, addresses too",
                 "[command]") {
  Table table = exported(query::ExportFor::programs);
  // References are ids there: programs look them up by what they like.
  for (std::size_t row = 1; row < table.size(); ++row) {
    for (std::string& cell : table[row]) {
      if (cell == text_of(other)) cell = "Other";
      if (cell == text_of(clerk)) cell = "ann";
    }
  }
  import(table, true);
  check_same();
}

TEST_CASE_METHOD(Fixture, "for people an address is a line, a place two numbers, marks are gone",
                 "[command]") {
  const Table table = exported(query::ExportFor::people, "en");
  const auto cell = [&](const std::string& heading) {
    const auto& header = table.front();
    const auto at = std::find(header.begin(), header.end(), heading);
    REQUIRE(at != header.end());
    return table.at(1).at(static_cast<std::size_t>(at - header.begin()));
  };
  CHECK(cell("Office") == "浙江省杭州市西湖区文一路 1 号");
  CHECK(cell("Place") == "-30.25, 120.1600001");
  CHECK(cell("Words") == "one & two\nthree");
  CHECK(cell("Moment") == "2026-11-23 00:00:00");
}

}  // namespace tenon::command
