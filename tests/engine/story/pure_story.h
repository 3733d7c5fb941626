// Plays a story of flows on the pure engine: no database, no commands, people as the story has
// them.
//
// What belongs to commands is passed over: rights, locks, events, what a refused submit says of the
// record. So what is red here is the flow engine's matter alone; the same stories are played
// through the commands by `tenon story`.
#pragma once

#include <algorithm>
#include <map>

#include "engine/flow/preview.h"
#include "engine/flow/view.h"
#include "engine/metadata/story_verbs.h"
#include "engine/story/run_lines.h"
#include "engine/story/seat_choice.h"

namespace tenon::story {

class PureStory {
 public:
  PureStory(const metadata::Bundle& bundle, const metadata::Story& story);

  Lines play();  // What differs.

 private:
  struct Going {
    std::string record;
    std::shared_ptr<const flow::Program> program;
    flow::Run run;
    std::int64_t record_version = 0;
  };
  struct Record {
    RecordId id;
    Values fields;
    std::int64_t version = 1;
  };

  void people();
  bool administers(const std::string& role) const {
    return std::any_of(bundle_.roles.begin(), bundle_.roles.end(), [&](const metadata::Role& it) {
      return it.name == role && it.administers_flows;
    });
  }
  void records(const std::vector<metadata::StoryRecord>& records);
  void set(const std::string& ref, const metadata::StoryValues& values);

  void step(const metadata::StoryStep& step);
  bool carry_out(const metadata::StoryStep& step);  // false: not this engine's matter.
  bool start(const metadata::StoryStep& step);
  void act(const metadata::StoryStep& step);
  void reassign(const metadata::StoryStep& step);
  void leave(const std::string& person);
  void pass(std::int64_t until_ms);
  std::optional<flow::Event> event_of(const metadata::StoryStep& step, const Going& going);
  void send(Going& going, const flow::Event& event);
  void hear(Going& going);
  flow::Answer answer(Going& going, const flow::Request& request);
  flow::Facts facts_of(const Going& going);

  Going* newest(const std::string& record, const std::string& flow);
  flow::By by(const metadata::StoryStep& step);
  flow::UserId user(const std::string& ref) const { return references_.at(ref).id; }
  std::vector<flow::UserId> users(const std::vector<std::string>& refs) const;
  Lines differences(const metadata::StoryStep& step);

  const metadata::Bundle& bundle_;
  const metadata::Story& story_;
  References references_;
  flow::Directory directory_;
  std::map<std::string, Record> records_;
  std::vector<std::unique_ptr<Going>> runs_;
  std::string record_;  // A flow was last about.
  std::int64_t now_ms_ = 0;
  std::int64_t next_id_ = 1;
  std::optional<Error> error_;
  std::optional<flow::Preview> preview_;
  std::shared_ptr<const flow::Program> previewed_;
  std::vector<std::pair<std::string, std::string>> messages_;  // Events that nobody has met yet.
  Lines told_;
  Lines differences_;
};

}  // namespace tenon::story
