#include "engine/story/story.h"

#include <filesystem>

#include "engine/command/publish.h"
#include "engine/story/player.h"

namespace tenon::story {
namespace {

constexpr std::string_view kUsualBegin = "2027-03-01T01:00:00Z";  // A Monday morning.

std::int64_t begin_of(const metadata::Story& story) {
  const auto given = parse_datetime(story.clock.empty() ? kUsualBegin : story.clock);
  if (!given) throw Fault("a story begins at no moment: " + story.clock);
  return given->ms;
}

std::string published_in(const std::string& folder) { return folder + "/published.db"; }

}  // namespace

Result<Stories> Stories::open(metadata::Files files, std::string folder) {
  World world(published_in(folder), begin_of({}));
  const Actor actor = system_actor(Surface::system, "a story");
  auto published = world.write(actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(const auto done_so, command::publish(context, files, false));
    return done();
  });
  if (!published) return std::move(published.error());
  return Stories(std::move(files), std::move(folder));
}

Played Stories::play(const metadata::Story& story) {
  const std::string path = folder_ + "/story.db";
  std::filesystem::copy_file(published_in(folder_), path,
                             std::filesystem::copy_options::overwrite_existing);
  World world(path, begin_of(story));
  Played played = Player(world, story, files_).play();
  for (const auto& [rule, count] : world.rule_counts()) {
    bool& decided = rules_[rule];
    decided = decided || count > 0;
  }
  for (const auto& [way, count] : world.way_counts()) {
    bool& taken = ways_[way];
    taken = taken || count > 0;
  }
  return played;
}

std::vector<RuleUse> Stories::rules() const {
  std::vector<RuleUse> uses;
  for (const auto& [rule, decided] : rules_) uses.push_back({rule.first, rule.second, decided});
  return uses;
}

std::vector<WayUse> Stories::ways() const {
  std::vector<WayUse> uses;
  for (const auto& [way, taken] : ways_) uses.push_back({way.first, way.second, taken});
  return uses;
}

}  // namespace tenon::story
