// The stories of approvals, each rule of them, on the pure engine.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/json/layout.h"
#include "engine/metadata/resolve.h"
#include "tests/engine/story/pure_story.h"

namespace tenon::story {
namespace {

namespace fs = std::filesystem;

metadata::Files approvals() {
  const fs::path folder = fs::path(TENON_SOURCE_DIR) / "tests/stories/approvals";
  metadata::Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files[fs::relative(entry.path(), folder).generic_string()] = text.str();
  }
  return files;
}

}  // namespace

TEST_CASE("every rule of approvals holds on the pure engine", "[story]") {
  const metadata::Files files = approvals();
  const auto bundle = metadata::load(files, &metadata::system_bundle());
  if (!bundle) FAIL(describe(bundle.error()));
  const auto stories = metadata::read_stories(files);
  REQUIRE(stories);
  CHECK(stories->size() >= 90);
  for (const metadata::Story& story : *stories) {
    // What is published anew is the commands' matter.
    const bool publishes =
        std::any_of(story.steps.begin(), story.steps.end(),
                    [](const auto& step) { return step.verb == metadata::StoryVerb::publish; });
    if (publishes) continue;
    std::string text;
    for (const std::string& line : PureStory(*bundle, story).play()) text += line + "\n";
    INFO(story.name << "\n" << text);
    CHECK(text.empty());
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
    const auto document = json::Document::parse(writer.take());
    written["stories/" + story.name + ".json"] = json::folded(document->root());
  }
  for (const auto& [path, text] : files) {
    CAPTURE(path);
    CHECK(written[path] == text);
  }
}

}  // namespace tenon::story
