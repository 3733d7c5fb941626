// A story: what a bundle is expected to do, told in steps that are carried out on a virtual clock.
//
// Stories are not part of the loaded bundle, like the mappings of data/; their names are checked
// with it, and a rename rewrites them. Values are kept as JSON; a text "@ann" stands for what the
// story calls so. Who runs them: engine/story. Schema: story.schema.json.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/json/writer.h"
#include "engine/metadata/bundle.h"
#include "engine/metadata/story_flow.h"

namespace tenon::metadata {

struct StoryPerson {
  std::string login;  // By which the story calls them, too.
  std::string name;
  std::vector<std::string> roles;
  std::string manager;     // A login before.
  std::string department;  // Its name; made where it is not there.
  std::string position;    // The same.
};

struct StoryRecord {
  std::string as;  // "": the system.
  std::string object;
  std::string ref;  // What the story calls it; "" where it does not.
  StoryValues set;
};

struct StoryProblem {
  std::string at;  // Field id, or "".
  std::string rule;
};

struct StoryError {
  std::string code;
  std::optional<std::vector<StoryProblem>> problems;  // Exactly these.
};

struct StoryLook {
  std::string ref;
  std::optional<StoryValues> values;  // Nothing: may not be seen.
};

struct StoryCount {
  std::string object;
  std::string filter;
  std::int64_t is = 0;
};

// What is told of a record in lines: its ledger, or what the actor may do with it.
struct StoryLines {
  std::string ref;
  std::vector<std::string> lines;
};

struct StoryChange {
  std::string field;
  std::string from;  // JSON.
  std::string to;
};

struct StoryEvent {
  std::string kind;
  std::string ref;                                  // Exactly one of these two in the file.
  std::string object;                               // Known of both once it is read.
  std::optional<std::vector<StoryChange>> changes;  // Exactly these fields.
};

struct StoryExpect {
  std::optional<StoryError> error;
  StoryValues record;  // Of the step's own record, as it is then.
  std::vector<StoryLook> records;
  std::vector<StoryCount> counts;
  std::vector<StoryLines> ledgers;  // "claim: nobody → @ann, by @ann"; the oldest first.
  std::vector<StoryLines> actions;  // "claim", "claim: daily_limit 2/2 until <moment>".
  std::optional<std::vector<StoryEvent>> events;     // Exactly these, in this order.
  std::optional<std::vector<std::string>> required;  // Of a check.
  std::optional<std::vector<std::string>> hidden;
  std::optional<std::vector<std::string>> cleared;
  std::optional<std::vector<std::string>> rows;  // Of an import: "created", "rejected: name: rule".
  StoryRuns runs;  // Of the step's record; else of the one that a flow was last about.
};

enum class StoryVerb {
  look,
  create,
  update,
  erase,
  action,
  check,
  import,
  clock,
  restart,
  submit,
  button,
  approve,
  reject,
  complete,
  send_back,
  transfer,
  delegate,
  answer,
  add_sign,
  remove_sign,
  take_back,
  urge,
  withdraw,
  suspend,
  resume,
  make_void,
  comment,
  cc,
  jump,
  retry,
  skip,
  variables,
  reassign,
  approvers,
  disable_user,
  preview,
  event,
  migrate,
  publish
};
std::string_view name_of(StoryVerb verb);  // As in a file: "delete", "return".

struct StoryStep {
  StoryVerb verb = StoryVerb::look;
  std::string as;
  std::string object;  // Of what is created, imported, or checked anew.
  std::string ref;
  StoryValues set;
  std::string action;
  StoryValues with;  // What the action is told.
  std::string mapping;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> refs;  // Of an import: what the story calls the rows; "" of some.
  std::string clock;  // "+49h", "+PT5M" or a moment; of a restart how long it stands still.
  std::string about;  // The record whose runs it is about: "record" in the file.
  StoryAct act;
  StoryValues files;  // Of publish: by path what changes in it, as merged; null: it goes.
  StoryExpect expect;
};

struct Story {
  std::string name;
  Label label;
  std::string clock;  // The moment at which it begins; "": a Monday morning in 2027.
  std::vector<StoryPerson> people;
  std::vector<StoryRecord> records;
  std::vector<StoryStep> steps;
};

void write(json::Writer& writer, const Story& story);

// What a step of the clock says: where it goes from there.
Result<std::int64_t> parse_clock_step(std::string_view text, std::int64_t now_ms);

// The stories of stories/, by name. With the names as written: what people run; or as ids of the
// bundle. The files have passed load().
Result<std::vector<Story>> read_stories(const Files& files);
Result<std::vector<Story>> load_stories(const Files& files, const Bundle& bundle);

}  // namespace tenon::metadata
