// Lists of seats and runs, page by page: what somebody has to do, did, began, was sent a copy of.
//
// Owns no table: reads flow_task, flow_run, flow_copy and flow_token by their indices, in a handful
// of statements however long a page is. Knows no permission and no titles: engine/query/tasks.h
// does. Beside it: metrics.h (what is counted of flows).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/flow/run.h"
#include "engine/storage/database.h"

namespace tenon::run {

// The head of a run, as lists show it.
struct Head {
  flow::RunId id;
  std::string flow;  // Its id.
  std::int64_t version = 0;
  std::string object;  // Id.
  RecordId record;
  flow::UserId initiator;
  flow::RunState state = flow::RunState::running;
  flow::RunResult result = flow::RunResult::none;
  std::int64_t started_ms = 0;
  std::int64_t finished_ms = 0;
  std::vector<flow::GoneNode> gone;  // Of tasks: for what is over at nodes that are there no more.
};

struct Task {
  Head run;
  int place = 0;  // Of the seat in its run.
  flow::Seat seat;
};

struct Listed {
  Head run;
  bool is_read = true;     // Of a copy.
  std::int64_t at_ms = 0;  // When the copy came.
};

// Behind which row a page begins: the values of the list's order. Nothing: at its start.
struct Mark {
  std::int64_t first = 0;
  std::int64_t second = 0;
  flow::RunId run;
  int place = 0;
};

struct Page {
  flow::UserId user;
  std::string flow;  // Its id; "": all.
  std::optional<Mark> after;
  int count_max = 0;
};

// Open seats of runs that are not suspended: the earliest due first, those without a time last,
// then by when they were opened.
std::vector<Task> todo(storage::Transaction& tx, const Page& page);
// Seats that somebody decided, the latest first.
std::vector<Task> decided(storage::Transaction& tx, const Page& page);
// Runs that somebody began, the newest first; those that they were sent a copy of.
std::vector<Listed> begun(storage::Transaction& tx, const Page& page);
std::vector<Listed> copied(storage::Transaction& tx, const Page& page);

// Behind this row in its list.
Mark mark_of_todo(const Task& task);
Mark mark_of_decided(const Task& task);
Mark mark_of_begun(const Listed& listed);
Mark mark_of_copied(const Listed& listed);

std::optional<Head> head(storage::Transaction& tx, flow::RunId id);

// Why somebody may read the record of a run: a task that they have or decided, or a copy.
struct Reason {
  std::string flow;  // Its id.
  std::int64_t version = 0;
  int node = 0;
  bool is_copy = false;
  std::vector<flow::GoneNode> gone;
};
// Out of all runs of the record.
std::vector<Reason> reasons_to_read(storage::Transaction& tx, std::string_view object,
                                    RecordId record, flow::UserId user);

struct TodoCounts {
  std::int64_t todo = 0;
  std::int64_t overdue = 0;
};
TodoCounts count_todo(storage::Transaction& tx, flow::UserId user, std::int64_t now_ms);

// Where runs that are not over stand: a row per live token that waits, and one per open seat.
struct Standing {
  flow::RunId run;
  int node = 0;
  std::int64_t since_ms = 0;
  flow::UserId person;  // Nobody: of a token.
};
std::vector<Standing> standing(storage::Transaction& tx, const std::vector<flow::RunId>& runs);

}  // namespace tenon::run
