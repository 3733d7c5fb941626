// The stories of approvals, each rule of them, on the pure engine.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "engine/json/layout.h"
#include "engine/metadata/import.h"
#include "engine/metadata/resolve.h"
#include "tests/engine/story/pure_story.h"
#include "tests/support/bundle_files.h"

namespace tenon::story {
namespace {

namespace fs = std::filesystem;

fs::path approvals_folder() { return fs::path(TENON_SOURCE_DIR) / "tests/stories/approvals"; }
metadata::Files approvals() { return support::bundle_files(approvals_folder()); }

// Whether a node is about other runs, other records, tables or a calendar: the commands' matter.
bool needs_commands(const metadata::FlowNode& node) {
  using metadata::NodeKind;
  const bool is_own_update = node.verb == metadata::RecordVerb::update && node.record.empty();
  return node.kind == NodeKind::subflow || node.kind == NodeKind::decide || node.due.working ||
         (node.kind == NodeKind::record && !is_own_update);
}

bool needs_commands(const metadata::Bundle& bundle, const metadata::Story& story) {
  return std::any_of(story.steps.begin(), story.steps.end(), [&](const auto& step) {
    using metadata::StoryVerb;
    const bool is_theirs = step.verb == StoryVerb::import || step.verb == StoryVerb::publish;
    // What becomes of seats when a delegation goes is found by the command.
    const bool is_lent =
        step.verb == StoryVerb::erase &&
        std::any_of(story.records.begin(), story.records.end(), [&](const auto& record) {
          return record.object == "delegation" && record.ref == step.ref;
        });
    if (is_theirs || is_lent) return true;
    return std::any_of(bundle.flows.begin(), bundle.flows.end(), [&](const metadata::Flow& flow) {
      return flow.name == step.act.flow &&
             std::any_of(flow.nodes.begin(), flow.nodes.end(),
                         [](const metadata::FlowNode& node) { return needs_commands(node); });
    });
  });
}

metadata::ImportMap import_of(json::Reader reader) {
  return metadata::parse(reader, json::To<metadata::ImportMap>{}).take();
}

std::string folded(json::Writer& writer) {
  return json::folded(json::Document::parse(writer.take())->root());
}

}  // namespace

TEST_CASE("every rule of approvals holds on the pure engine", "[story]") {
  const metadata::Files files = approvals();
  const auto bundle = metadata::load(files, &metadata::system_bundle());
  if (!bundle) FAIL(describe(bundle.error()));
  const auto stories = metadata::read_stories(files);
  REQUIRE(stories);
  CHECK(stories->size() >= 90);
  std::size_t played = 0;
  for (const metadata::Story& story : *stories) {
    if (needs_commands(*bundle, story)) continue;
    ++played;
    std::string text;
    for (const std::string& line : PureStory(*bundle, story).play()) text += line + "\n";
    INFO(story.name << "\n" << text);
    CHECK(text.empty());
  }
  CHECK(played * 10 > stories->size() * 8);
}

// The third cell of each row of the table: names of stories, "who_*" for any ending.
std::vector<std::string> told_in_the_table() {
  std::vector<std::string> names;
  std::ifstream file(fs::path(TENON_SOURCE_DIR) / "tests/stories/README.md");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| ")) continue;
    std::size_t at = line.find("| ", 2);
    while ((at = line.find('`', at)) != std::string::npos) {
      const std::size_t end = line.find('`', at + 1);
      names.push_back(line.substr(at + 1, end - at - 1));
      at = end + 1;
    }
  }
  return names;
}

bool is_meant(const std::string& told, const std::string& name) {
  return told.ends_with('*') ? name.starts_with(told.substr(0, told.size() - 1)) : name == told;
}

TEST_CASE("the table of rules names every story, and none that is not there", "[story]") {
  const auto stories = metadata::read_stories(approvals());
  REQUIRE(stories);
  const auto table = told_in_the_table();
  CHECK(table.size() > 100);
  for (const metadata::Story& story : *stories) {
    if (story.name.starts_with("ways_of_")) continue;
    INFO(story.name);
    CHECK(std::any_of(table.begin(), table.end(),
                      [&](const std::string& told) { return is_meant(told, story.name); }));
  }
  for (const std::string& told : table) {
    INFO(told);
    CHECK(std::any_of(stories->begin(), stories->end(),
                      [&](const metadata::Story& story) { return is_meant(told, story.name); }));
  }
}

TEST_CASE("the bundle of approvals and its stories are written in canonical form", "[story]") {
  const metadata::Files files = approvals();
  const auto bundle = metadata::load(files, &metadata::system_bundle());
  REQUIRE(bundle);
  metadata::Files written = metadata::write(*bundle);
  const auto stories = metadata::read_stories(files);
  REQUIRE(stories);
  for (const metadata::Story& story : *stories) {
    json::Writer writer;
    write(writer, story);
    written["stories/" + story.name + ".json"] = folded(writer);
  }
  for (const auto& [path, text] : files) {
    if (!path.starts_with("data/")) continue;
    json::Writer writer;
    write(writer, import_of(json::Document::parse(text)->root()));
    written[path] = folded(writer);
  }
  // TENON_GOLDEN_WRITE=1 puts the files into canonical form instead of comparing.
  if (std::getenv("TENON_GOLDEN_WRITE") != nullptr) {
    for (const auto& [path, text] : files)
      std::ofstream(approvals_folder() / path) << written[path];
    return;
  }
  for (const auto& [path, text] : files) {
    CAPTURE(path);
    CHECK(written[path] == text);
  }
}

}  // namespace tenon::story
