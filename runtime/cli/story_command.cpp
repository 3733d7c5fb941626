#include <cstdio>
#include <filesystem>

#include "engine/json/writer.h"
#include "engine/story/story.h"
#include "runtime/api/scratch_folder.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/commands.h"
#include "runtime/cli/problem_text.h"

namespace tenon::cli {
namespace {

namespace fs = std::filesystem;

// A bundle's folder, and the one story of it that is wanted; "": all.
struct Wanted {
  std::string bundle;
  std::string story;
};

Wanted wanted_of(const std::string& argument) {
  const fs::path path(argument);
  if (fs::is_directory(path)) return {argument, ""};
  return {path.parent_path().parent_path().string(), path.stem().string()};
}

struct Told {
  std::vector<story::Played> stories;
  std::vector<story::RuleUse> rules;
  std::vector<story::WayUse> ways;
};

Result<void> play(const Wanted& wanted, Told& told) {
  const metadata::Files files = read_bundle(wanted.bundle);
  const api::ScratchFolder scratch;
  TENON_TRY(auto stories, story::Stories::open(files, scratch.path()));
  TENON_TRY(const auto all, metadata::read_stories(files));
  bool any = false;
  for (const metadata::Story& one : all) {
    if (!wanted.story.empty() && one.name != wanted.story) continue;
    any = true;
    told.stories.push_back(stories.play(one));
  }
  if (!any && !wanted.story.empty()) {
    return Error::invalid("", "story", "there is no story " + wanted.story);
  }
  for (story::RuleUse& rule : stories.rules()) told.rules.push_back(std::move(rule));
  for (story::WayUse& way : stories.ways()) told.ways.push_back(std::move(way));
  return done();
}

std::size_t red_of(const Told& told) {
  std::size_t red = 0;
  for (const story::Played& one : told.stories) red += one.is_green() ? 0 : 1;
  return red;
}

// What no story came to, a flow a line.
void print_ways(const Told& told) {
  if (told.ways.empty()) return;
  std::string never;
  std::string flow;
  std::size_t taken = 0;
  for (const story::WayUse& way : told.ways) {
    taken += way.taken ? 1 : 0;
    if (way.taken) continue;
    never += way.flow == flow ? ", " : (never.empty() ? "    " : "\n    ") + way.flow + ": ";
    never += way.way;
    flow = way.flow;
  }
  std::printf("%zu of %zu ways of flows taken\n", taken, told.ways.size());
  if (!never.empty()) std::printf("never:\n%s\n", never.c_str());
}

void print(const Told& told, bool with_rules) {
  for (const story::Played& one : told.stories) {
    std::printf("%s %s (%d steps)\n", one.is_green() ? "ok " : "RED", one.name.c_str(), one.steps);
    for (const std::string& line : one.differences) std::printf("    %s\n", line.c_str());
  }
  std::printf("%zu stories, %zu red\n", told.stories.size(), red_of(told));
  if (!with_rules) return;
  std::string never;
  std::size_t decided = 0;
  for (const story::RuleUse& rule : told.rules) {
    decided += rule.decided ? 1 : 0;
    if (!rule.decided) never += "    " + rule.rule + "\n";
  }
  std::printf("%zu of %zu rules decided\n", decided, told.rules.size());
  if (!never.empty()) std::printf("never:\n%s", never.c_str());
  print_ways(told);
}

void print_json(const Told& told) {
  json::Writer writer;
  writer.begin_object().key("stories").begin_array();
  for (const story::Played& one : told.stories) {
    writer.begin_object().key("name").text(one.name).key("green").boolean(one.is_green());
    writer.key("steps").integer(one.steps).key("differences").begin_array();
    for (const std::string& line : one.differences) writer.text(line);
    writer.end_array().end_object();
  }
  writer.end_array().key("rules").begin_array();
  for (const story::RuleUse& rule : told.rules) {
    writer.begin_object().key("object").text(rule.object).key("rule").text(rule.rule);
    writer.key("decided").boolean(rule.decided).end_object();
  }
  writer.end_array().key("ways").begin_array();
  for (const story::WayUse& way : told.ways) {
    writer.begin_object().key("flow").text(way.flow).key("way").text(way.way);
    writer.key("taken").boolean(way.taken).end_object();
  }
  writer.end_array().end_object();
  std::printf("%s\n", writer.take().c_str());
}

}  // namespace

int tell_stories(const std::vector<std::string>& arguments, bool json) {
  Told told;
  bool is_whole = true;  // One story alone leaves most rules alone, too.
  for (const std::string& argument : arguments) {
    const Wanted wanted = wanted_of(argument);
    is_whole = is_whole && wanted.story.empty();
    if (const auto played = play(wanted, told); !played) {
      std::fputs(lines_of(played.error()).c_str(), stderr);
      return 1;
    }
  }
  json ? print_json(told) : print(told, is_whole);
  return red_of(told) == 0 ? 0 : 1;
}

}  // namespace tenon::cli
