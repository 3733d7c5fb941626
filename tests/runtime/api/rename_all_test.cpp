// That the renamed bundle keeps nothing of the shipped one; or else it would prove nothing.
#include "tests/runtime/api/rename_all.h"

#include <set>

#include "engine/story/story.h"
#include "runtime/cli/bundle_folder.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

namespace tenon::api::test {
namespace {

using Words = std::set<std::string>;

template <class List>
void add(const List& list, const std::string& bundle, Words& words) {
  for (const auto& one : list) {
    if (one.bundle == bundle) words.insert({one.name, one.id});
  }
}

// Names and ids of everything the bundle brings.
Words words_of(const metadata::Files& files) {
  const auto bundle = metadata::load(files, &metadata::system_bundle());
  if (!bundle) FAIL(describe(bundle.error()));
  Words words{bundle->name};
  add(bundle->objects, bundle->name, words);
  for (const metadata::Object& object : bundle->objects) {
    if (object.bundle != bundle->name) continue;
    add(object.fields, bundle->name, words);
    for (const metadata::Field& field : object.fields) {
      for (const metadata::Option& option : field.options) words.insert(option.name);
    }
  }
  add(bundle->rules, bundle->name, words);
  add(bundle->roles, bundle->name, words);
  add(bundle->views, bundle->name, words);
  add(bundle->pages, bundle->name, words);
  add(bundle->forms, bundle->name, words);
  add(bundle->menus, bundle->name, words);
  add(bundle->reports, bundle->name, words);
  for (const metadata::Report& report : bundle->reports) {
    for (const auto& key : report.query.group) words.insert(key.name);
    for (const auto& measure : report.query.measures) words.insert(measure.name);
  }
  return words;
}

}  // namespace

TEST_CASE("The renamed bundle has as many names as the shipped one, and none of them") {
  const metadata::Files shipped =
      cli::read_bundle(std::string(TENON_SOURCE_DIR) + "/schemas/sales_crm");
  for (const std::uint32_t seed : {1u, 2u, 3u}) {
    Names names;
    const metadata::Files renamed = rename_all(shipped, seed, names);
    CHECK(renamed.size() == shipped.size());
    const Words before = words_of(shipped);
    const Words after = words_of(renamed);
    CHECK(before.size() > 150);
    CHECK(after.size() >= before.size());
    for (const std::string& word : after) {
      INFO(word);
      CHECK_FALSE(before.contains(word));
    }
  }
}

TEST_CASE("The stories of the renamed bundle go as those of the shipped one") {
  const metadata::Files shipped =
      cli::read_bundle(std::string(TENON_SOURCE_DIR) + "/schemas/sales_crm");
  Names names;
  const metadata::Files renamed = rename_all(shipped, 1, names);
  const support::TemporaryFolder folder;
  auto stories = story::Stories::open(renamed, folder.path());
  if (!stories) FAIL(describe(stories.error()));
  const auto all = metadata::read_stories(renamed);
  REQUIRE(all);
  CHECK(all->size() >= 20);
  for (const metadata::Story& one : *all) {
    const story::Played played = stories->play(one);
    INFO(metadata::text_in(one.label, "en"));
    for (const std::string& line : played.differences) UNSCOPED_INFO(line);
    CHECK(played.is_green());
  }
  for (const story::RuleUse& rule : stories->rules()) CHECK(rule.decided);
}

}  // namespace tenon::api::test
