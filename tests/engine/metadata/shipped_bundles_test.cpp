// The bundles that come with Tenon have nothing to mend and are in canonical form.
#include "engine/json/layout.h"
#include "engine/metadata/import.h"
#include "engine/metadata/resolve.h"
#include "engine/metadata/story.h"
#include "tests/engine/metadata/small_bundle.h"
#include "tests/support/bundle_files.h"

namespace tenon::metadata {
namespace {

namespace fs = std::filesystem;
using tenon::support::bundle_files;

fs::path shipped(const std::string& name) { return fs::path(TENON_SOURCE_DIR) / "schemas" / name; }

Files without_data(Files files) {
  std::erase_if(files, [](const auto& file) {
    return file.first.starts_with("data/") || file.first.starts_with("stories/");
  });
  return files;
}

// TENON_GOLDEN_WRITE=1 puts the files into canonical form instead of comparing.
void compare_with_golden(const Files& written, const Files& on_disk, const fs::path& folder) {
  if (std::getenv("TENON_GOLDEN_WRITE") != nullptr) {
    for (const auto& [path, text] : written) std::ofstream(folder / path) << text;
    return;
  }
  for (const auto& [path, text] : written) {
    CAPTURE(path);
    const auto found = on_disk.find(path);
    CHECK((found != on_disk.end() && found->second == text));
  }
  CHECK(written.size() == on_disk.size());
}

void check_nothing_to_mend(const Findings& findings) {
  for (const auto* list : {&findings.problems, &findings.warnings}) {
    for (const Problem& problem : *list) {
      UNSCOPED_INFO(problem.at << " [" << problem.rule << "] " << problem.message);
    }
  }
  CHECK((findings.problems.empty() && findings.warnings.empty()));
}

}  // namespace

TEST_CASE("the system bundle is sound, canonical and embedded", "[metadata]") {
  const fs::path folder = shipped("system");
  const Files files = bundle_files(folder);
  check_nothing_to_mend(check(files, nullptr));
  const auto bundle = load(files, nullptr);
  REQUIRE(bundle);
  CHECK(*bundle == system_bundle());
  compare_with_golden(write(*bundle), files, folder);
}

TEST_CASE("the sales CRM is sound and canonical", "[metadata]") {
  const fs::path folder = shipped("sales_crm");
  const Files files = bundle_files(folder);
  check_nothing_to_mend(check(files, &system_bundle()));
  const auto bundle = load(files, &system_bundle());
  REQUIRE(bundle);
  compare_with_golden(write(*bundle), without_data(files), folder);
}

TEST_CASE("the examples and their mappings are sound and canonical", "[metadata]") {
  const std::string name =
      GENERATE("examples/northwind", "examples/bill_of_materials", "tests/stories/currencies");
  const fs::path folder = fs::path(TENON_SOURCE_DIR) / name;
  const Files files = bundle_files(folder);
  check_nothing_to_mend(check(files, &system_bundle()));
  const auto bundle = load(files, &system_bundle());
  REQUIRE(bundle);
  compare_with_golden(write(*bundle), without_data(files), folder);
  const auto maps = load_imports(files, *bundle);
  REQUIRE(maps);
  for (const ImportMap& map : *maps) {
    ImportMap named = map;
    ToNames to_names(*bundle);
    translate(named, to_names, {});
    json::Writer writer;
    write(writer, named);
    const std::string text = json::folded(json::Document::parse(writer.take())->root());
    compare_with_golden({{"data/" + map.name + ".json", text}},
                        {{"data/" + map.name + ".json", files.at("data/" + map.name + ".json")}},
                        folder);
  }
}

TEST_CASE("the mappings of the sales CRM's sample data are sound and canonical", "[metadata]") {
  const fs::path folder = shipped("sales_crm");
  const Files files = bundle_files(folder);
  const auto bundle = load(files, &system_bundle());
  REQUIRE(bundle);
  const auto maps = load_imports(files, *bundle);
  REQUIRE(maps);
  CHECK(maps->front().name == "departments");
  CHECK(maps->back().name == "activities");
  for (const ImportMap& map : *maps) {
    CAPTURE(map.name);
    CHECK(fs::exists(folder / "data" / map.file));
    json::Writer writer;
    write(writer, map);
    const auto document = json::Document::parse(writer.take());
    REQUIRE(document);
    // No name of this bundle differs from its id, so ids are what the file says.
    CHECK(json::folded(document->root()) == files.at("data/" + map.name + ".json"));
  }
}

TEST_CASE("the stories of the sales CRM are sound and canonical", "[metadata]") {
  const fs::path folder = shipped("sales_crm");
  const Files files = bundle_files(folder);
  const auto bundle = load(files, &system_bundle());
  REQUIRE(bundle);
  const auto stories = load_stories(files, *bundle);
  REQUIRE(stories);
  CHECK(stories->size() >= 20);
  Files written;
  for (const Story& story : *stories) {
    json::Writer writer;
    write(writer, story);
    const auto document = json::Document::parse(writer.take());
    REQUIRE(document);
    // No name of this bundle differs from its id, so ids are what the file says.
    written["stories/" + story.name + ".json"] = json::folded(document->root());
  }
  Files on_disk = files;
  std::erase_if(on_disk, [](const auto& file) { return !file.first.starts_with("stories/"); });
  compare_with_golden(written, on_disk, folder);
}

}  // namespace tenon::metadata
