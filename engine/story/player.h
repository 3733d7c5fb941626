// Goes through one story in a world of its own, step by step, and says what differs.
#pragma once

#include <optional>

#include "engine/command/input.h"
#include "engine/story/runs.h"
#include "engine/story/story.h"
#include "engine/story/world.h"

namespace tenon::story {

class Player {
 public:
  Player(World& world, const metadata::Story& story, const metadata::Files& files)
      : world_(world), story_(story), files_(files), runs_(world, references_) {}

  Played play();

 private:
  // What a step brought about, beside its events.
  struct Outcome {
    std::optional<Error> error;
    std::optional<Known> record;  // That it was about.
    std::optional<command::Checked> checked;
    std::optional<command::Imported> imported;
    Runs::Outcome runs;
  };
  using Command = std::function<Result<void>(command::Context&)>;

  Result<void> set_up();
  Result<RecordId> add_person(const metadata::StoryPerson& person);
  // A department or position of this name; made where there is none.
  Result<RecordId> named(const std::string& object, const std::string& name);
  Result<RecordId> create(const Actor& actor, const std::string& object, const std::string& json);
  Actor actor_of(const std::string& as);

  void step(const metadata::StoryStep& step);
  Outcome carry_out(const metadata::StoryStep& step, const Actor& actor);
  Outcome create_step(const metadata::StoryStep& step, const Actor& actor);
  Outcome update_step(const metadata::StoryStep& step, const Actor& actor);
  Outcome delete_step(const metadata::StoryStep& step, const Actor& actor);
  Outcome action_step(const metadata::StoryStep& step, const Actor& actor);
  Outcome check_step(const metadata::StoryStep& step, const Actor& actor);
  Outcome import_step(const metadata::StoryStep& step, const Actor& actor);
  Outcome clock_step(const metadata::StoryStep& step);
  Outcome restart_step(const metadata::StoryStep& step);
  Outcome publish_step(const metadata::StoryStep& step, const Actor& actor);
  Outcome flow_step(const metadata::StoryStep& step, const Actor& actor);
  void write(Outcome& outcome, const Actor& actor, const Command& command);
  std::string json_of(const metadata::StoryValues& values) const;

  Lines differences(const metadata::StoryExpect& expect, const Outcome& outcome, const Actor& actor,
                    std::int64_t before);
  Lines error_difference(const metadata::StoryExpect& expect, const Outcome& outcome) const;
  Lines look(const std::string& heading, const std::optional<metadata::StoryValues>& values,
             const Known& record, const Actor& actor);
  Lines record_difference(const metadata::StoryExpect& expect, const Outcome& outcome,
                          const Actor& actor);
  Lines count_difference(const metadata::StoryCount& count, const Actor& actor);
  Lines hands_difference(const metadata::StoryExpect& expect, const Actor& actor);
  static Lines check_difference(const metadata::StoryExpect& expect, const Outcome& outcome);

  World& world_;
  const metadata::Story& story_;
  metadata::Files files_;  // As the steps have published them.
  References references_;
  Runs runs_;
  Played played_;
  std::int64_t began_ = 0;  // The last event before the first step.
};

}  // namespace tenon::story
