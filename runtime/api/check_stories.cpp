#include "runtime/api/check_stories.h"

#include "engine/story/story.h"
#include "runtime/api/scratch_folder.h"

namespace tenon::api {

Result<int> check_stories(const metadata::Files& files) {
  TENON_TRY(const auto all, metadata::read_stories(files));
  if (all.empty()) return 0;
  const ScratchFolder scratch;
  TENON_TRY(auto stories, story::Stories::open(files, scratch.path()));
  std::vector<Problem> problems;
  for (const metadata::Story& one : all) {
    const story::Played played = stories.play(one);
    if (played.is_green()) continue;
    std::string told = "does not go as expected:";
    for (const std::string& line : played.differences) told += "\n" + line;
    problems.push_back({"stories/" + one.name + ".json", "story", std::move(told)});
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return static_cast<int>(all.size());
}

}  // namespace tenon::api
