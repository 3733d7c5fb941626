// What somebody has to decide and has decided, which runs they began or were sent a copy of; and
// runs of a record.
//
// Pages follow a cursor as lists of records do. Titles and facts of the records are read as the
// actor, and what their task gives them beside. Everything of a page is asked in a fixed number of
// statements for each object. The rows are those of engine/run/inbox.h.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/flow/words.h"
#include "engine/query/record_titles.h"
#include "engine/run/inbox.h"

namespace tenon::query {

enum class Box { todo, done, mine, cc };

struct ListTasks {
  Box box = Box::todo;
  std::string search;  // In titles, names of flows and of who began them.
  std::string flow;    // Its name; "": all.
  std::string after;   // A cursor; "" at the start.
  int limit = 50;
};

// Where a run stands: a node, and who is asked there.
struct RunPlace {
  int node = 0;
  std::int64_t since_ms = 0;
  std::vector<flow::UserId> people;
};

struct TaskPage {
  Box box = Box::todo;
  std::vector<run::Task> tasks;   // Of todo and done;
  std::vector<run::Listed> runs;  // of mine and cc.
  std::string next;               // "" at the end.
  run::TodoCounts counts;
};

// Refused as `malformed` where the cursor is none of this box, `not_found` where there is no such
// flow.
Result<TaskPage> list_tasks(const Context& context, const ListTasks& query);

// Rises whenever a seat or a copy of this person changes (engine/run/bell.h).
std::int64_t task_rings(storage::Transaction& tx, RecordId user);

// What rows say beside themselves: asked once for all of them.
struct RunTitles {
  std::map<std::pair<std::string, RecordId>, TitledRecord> records;  // By object's id.
  std::map<RecordId, std::string> people;
  std::map<flow::RunId, std::vector<RunPlace>> places;  // Of runs that are not over.

  const TitledRecord* find(const run::Head& head) const;
};
RunTitles titles(const Context& context, const std::vector<run::Task>& tasks);
RunTitles titles(const Context& context, const std::vector<run::Listed>& runs);

// Runs of a record, the newest first; the head of one.
std::vector<flow::RunId> runs_of_record(const Context& context, const application::Object& object,
                                        RecordId record, int count_max);
std::optional<run::Head> head_of_run(const Context& context, flow::RunId run);

// The flow of a run as it is called now, or was in the run's version; null where it is gone and
// the run is over.
const application::Flow* flow_of(const application::Application& app, const run::Head& head);

}  // namespace tenon::query
