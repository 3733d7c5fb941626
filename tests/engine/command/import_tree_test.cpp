// Lines within lines from a file: a bill of materials by the key of what is above, or by levels.
#include <catch2/catch.hpp>

#include "engine/command/import_rows.h"
#include "engine/command/lines.h"
#include "engine/json/document.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::told;

using Rows = std::vector<std::vector<std::string>>;

metadata::Files assemblies() {
  return {
      {"bundle.json", R"json({"format": 1, "name": "bom", "version": "1", "label": "Bill"})json"},
      {"objects/assembly.json", R"json({"name": "assembly", "label": "Assembly",
            "label_plural": "Assemblies", "title_field": "name", "fields": [
            {"name": "name", "label": "Name", "type": "text", "unique": true},
            {"name": "parts", "label": "Parts", "type": "children", "to": "part",
             "parent": "assembly"},
            {"name": "weight", "label": "Weight", "type": "rollup", "function": "sum",
             "of": "parts.weight"}]})json"},
      {"objects/part.json", R"json({"name": "part", "label": "Part",
            "label_plural": "Parts", "title_field": "name", "fields": [
            {"name": "name", "label": "Name", "type": "text", "required": true},
            {"name": "own", "label": "Own", "type": "decimal", "scale": 0, "default": "0"},
            {"name": "parts", "label": "Parts", "type": "children", "to": "part",
             "parent": "above"},
            {"name": "below", "label": "Below", "type": "rollup", "function": "sum",
             "of": "parts.weight", "scale": 0},
            {"name": "weight", "label": "Weight", "type": "formula", "scale": 0,
             "formula": "own + below"}]})json"}};
}

const std::string kByKey = R"json({"object": "part", "source": "plm", "columns": {
  "no": [{"key": true}], "above": {"field": "above", "match": "key"},
  "of": {"field": "assembly", "match": "name"}, "name": {"field": "name"},
  "own": {"field": "own"}}})json";
const std::vector<std::string> kKeyHeader = {"no", "above", "of", "name", "own"};
const std::string kByLevel = R"json({"object": "part", "columns": {
  "level": {"level": true}, "of": {"field": "assembly", "match": "name"},
  "name": {"field": "name"}, "own": {"field": "own"}}})json";
const std::vector<std::string> kLevelHeader = {"level", "of", "name", "own"};

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(assemblies()) {}

  std::string import(const std::string& map, const std::vector<std::string>& header,
                     const Rows& rows) {
    const auto document = json::Document::parse(map);
    auto parsed = metadata::parse(document->root(), json::To<metadata::ImportMap>{});
    REQUIRE(told(parsed).empty());
    const auto resolved = metadata::resolve(parsed.take(), app().bundle());
    REQUIRE(told(resolved).empty());
    std::string text;
    const auto outcome = carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_TRY(const auto imported, import_rows(context, {&*resolved, header, rows}));
      for (const ImportedRow& row : imported.rows) {
        const bool is_in = row.fate != ImportedRow::Fate::rejected;
        const char* fates = "cuxr";
        text += is_in ? std::string(1, fates[static_cast<int>(row.fate)]) + " "
                      : "(" + told(row.problems) + ") ";
      }
      return done();
    });
    return outcome ? text : told(outcome);
  }

  // "Frame(Tube(Cap) Bolt) Motor"
  std::string tree(RecordId assembly) {
    std::string text;
    REQUIRE(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      auto groups = read_lines(context, object("assembly"), assembly);
      text = tree_of(groups);
      return done();
    }));
    return text;
  }

 private:
  std::string tree_of(const std::vector<LinesDraft>& groups) const {
    const auto name = static_cast<std::size_t>(*object("part").find_slot("name"));
    std::string text;
    for (const LinesDraft& group : groups) {
      for (const LineDraft& line : group.lines) {
        text += (text.empty() ? "" : " ") + std::get<std::string>(line.record.fields[name]);
        const std::string below = tree_of(line.lines);
        if (!below.empty()) text += "(" + below + ")";
      }
    }
    return text;
  }
};

}  // namespace

TEST_CASE("rows find the line above them by its key, also one of the same file", "[command]") {
  Fixture at;
  const auto bench = at.made("assembly", R"({"name": "Bench"})");
  CHECK(at.import(kByKey, kKeyHeader,
                  {{"1", "", "Bench", "Frame", "5"},
                   {"1.1", "1", "", "Tube", "3"},
                   {"1.1.1", "1.1", "", "Cap", "1"},
                   {"1.2", "1", "", "Bolt", "2"},
                   {"2", "", "Bench", "Motor", "40"}}) == "c c c c c ");
  CHECK(at.tree(bench) == "Frame(Tube(Cap) Bolt) Motor");
  CHECK(at.value("assembly", bench, "weight") == "\"51\"");
  // Again: known rows stay where they are; a new one goes below an old one.
  CHECK(at.import(kByKey, kKeyHeader,
                  {{"1.1.1", "1.1", "", "Cap", "2"},
                   {"1.2", "1", "", "Bolt", "2"},
                   {"2.1", "2", "", "Fan", "4"}}) == "u x c ");
  CHECK(at.tree(bench) == "Frame(Tube(Cap) Bolt) Motor(Fan)");
  CHECK(at.value("assembly", bench, "weight") == "\"56\"");
}

TEST_CASE("a row whose line above is refused or missing is refused, the others stand",
          "[command]") {
  Fixture at;
  const auto bench = at.made("assembly", R"({"name": "Bench"})");
  CHECK(at.import(kByKey, kKeyHeader,
                  {{"1", "", "Bench", "", "5"},
                   {"1.1", "1", "", "Tube", "3"},
                   {"2", "", "Bench", "Motor", "40"},
                   {"3", "", "", "Nothing", "1"}}) == "(name:required) (above:match) c (:lines) ");
  CHECK(at.tree(bench) == "Motor");
}

TEST_CASE("rows are placed by their levels, over the ends of chunks, too", "[command]") {
  Fixture at;
  const auto bench = at.made("assembly", R"({"name": "Bench"})");
  const auto table = at.made("assembly", R"({"name": "Table"})");
  CHECK(at.import(kByLevel, kLevelHeader,
                  {{"1", "Bench", "Frame", "5"},
                   {"2", "Bench", "Tube", "3"},
                   {"3", "Bench", "Cap", "1"},
                   {"2", "Bench", "Bolt", "2"},
                   {"1", "Bench", "Motor", "40"},
                   {"2", "Bench", "Fan", "4"}}) == "c c c c c c ");
  CHECK(at.tree(bench) == "Frame(Tube(Cap) Bolt) Motor(Fan)");
  CHECK(at.import(kByLevel, kLevelHeader,
                  {{"3", "Bench", "Blade", "1"},
                   {"2", "Bench", "Coil", "2"},
                   {"1", "Table", "Top", "9"}}) == "c c c ");
  CHECK(at.tree(bench) == "Frame(Tube(Cap) Bolt) Motor(Fan(Blade) Coil)");
  CHECK(at.tree(table) == "Top");
}

TEST_CASE("levels that jump, are none, or hang on what was refused are told", "[command]") {
  Fixture at;
  const auto bench = at.made("assembly", R"({"name": "Bench"})");
  at.made("assembly", R"({"name": "Table"})");
  CHECK(at.import(kByLevel, kLevelHeader,
                  {{"1", "Bench", "Frame", "5"},
                   {"3", "Bench", "Cap", "1"},
                   {"2", "Bench", "", "2"},
                   {"3", "Bench", "Nut", "2"},
                   {"0", "Bench", "Zero", "1"},
                   {"17", "Bench", "Deep", "1"},
                   {"x", "Bench", "Word", "1"},
                   {"2", "Table", "Other", "1"}}) ==
        "c (:above) (name:required) (:above) (level:level) (level:level) (level:level) (:above) ");
  CHECK(at.tree(bench) == "Frame");
}

}  // namespace tenon::command
