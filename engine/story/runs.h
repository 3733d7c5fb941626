// What the steps of a story do to runs of flows: through the commands that people use.
//
// Keeps which record a flow was last about, and what its newest run had come to before a step.
#pragma once

#include <optional>

#include "engine/command/act_on_run.h"
#include "engine/command/start_flow.h"
#include "engine/run/run.h"
#include "engine/story/run_lines.h"
#include "engine/story/world.h"

namespace tenon::story {

class Runs {
 public:
  Runs(World& world, References& references) : world_(world), references_(references) {}

  struct Outcome {
    std::optional<Error> error;
    std::optional<flow::Preview> preview;
  };

  // Before a step: what is new afterwards is of this step.
  void begin(const metadata::StoryStep& step);
  Outcome carry_out(const metadata::StoryStep& step, const Actor& actor);
  Lines differences(const metadata::StoryStep& step, const Outcome& outcome);
  // The record that the step, or one before, is about.
  std::optional<Known> record() const { return record_; }

 private:
  // The newest first; of the flow where it is named.
  std::vector<run::Kept> runs_of(const std::string& flow, bool only_running);
  std::optional<run::Kept> newest(const std::string& flow);
  const application::Flow& flow_of(const run::Kept& kept) const;
  Earlier earlier_of(const run::Kept& kept);

  Result<void> start(const metadata::StoryStep& step, const Actor& actor, Outcome& outcome);
  Result<void> act(const metadata::StoryStep& step, const Actor& actor);
  Result<void> send(const Actor& actor, const run::Kept& kept, flow::Event event,
                    const metadata::StoryStep& step);
  Result<void> decide(const metadata::StoryStep& step, const Actor& actor, const run::Kept& kept);
  Result<void> move(const metadata::StoryStep& step, const Actor& actor, const run::Kept& kept);
  Result<void> migrate(const metadata::StoryStep& step, const Actor& actor, const run::Kept& kept);
  Result<void> reassign(const metadata::StoryStep& step, const Actor& actor);
  Result<void> disable(const metadata::StoryStep& step, const Actor& actor);
  Result<void> happen(const metadata::StoryStep& step);

  flow::UserId user(const std::string& ref) const { return references_.at(ref).id; }
  std::vector<flow::UserId> users(const std::vector<std::string>& refs) const;
  std::string json_of(const metadata::StoryValues& values) const;

  Lines run_difference(const metadata::StoryStep& step);
  Lines open_difference(const metadata::StoryStep& step);
  Lines notices_after(std::int64_t id);
  std::int64_t last_notice();

  World& world_;
  References& references_;
  std::optional<Known> record_;
  flow::RunId newest_before_;
  std::size_t entries_before_ = 0;
  std::int64_t notices_before_ = 0;
};

}  // namespace tenon::story
