// Runs as they are kept: read whole, written where they differ.
//
// Owns flow_run, flow_scope, flow_token, flow_task, flow_timer, flow_subscription and flow_history,
// one file each; the place of a row is the element's place in flow::Run. Nothing is deleted but by
// forget(). Knows no permission and steps nothing: engine/command does, within one transaction.
// Beside it: version.h (definitions), lock.h (what runs hold), message.h (events that came early),
// copy.h (who was sent a copy).
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/flow/facts.h"
#include "engine/flow/run.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::run {

using flow::RunId;

struct Kept {
  flow::Run run;
  std::string object;         // Id: of which the record is.
  bool is_exclusive = false;  // An approval: of a flow and record one at a time.
  RunId parent;               // That called it; 0: none.
  int parent_token = -1;
  int parent_visit = 0;  // Of the parent's token, when it called.
  // By token: when it came to the node where it is. Kept by write().
  std::vector<std::int64_t> since_ms;
};

storage::Migrations migrations();

std::optional<Kept> read(storage::Transaction& tx, RunId id);

// `before`: as it was read; null: a new one. Only rows that differ are written. A clash: there is
// an active one of this flow and record already (only of a new run), and nothing is written.
std::optional<storage::Clash> write(storage::Transaction& tx, const Kept* before, Kept& after,
                                    std::int64_t now_ms);

// Runs that are not over, of a record, the oldest first.
std::vector<RunId> active_of(storage::Transaction& tx, std::string_view object, RecordId record);
// The one of them that is an approval of this flow.
std::optional<RunId> active_of(storage::Transaction& tx, std::string_view flow,
                               std::string_view object, RecordId record);
// The running or suspended run that this token called.
std::optional<RunId> called_by(storage::Transaction& tx, RunId parent, int token);
// What the last run that this token called came to; nothing while it is not over.
std::optional<flow::RunResult> result_of_call(storage::Transaction& tx, RunId parent, int token);
// By token and visit: where people decided in what this run called, however deep; what a return
// made void is none.
std::vector<flow::DecidedInCall> decided_in_calls(storage::Transaction& tx, RunId parent);
// Runs in which somebody has, or is asked for an opinion on, an open or waiting seat.
std::vector<RunId> runs_seating(storage::Transaction& tx, flow::UserId user);
// All runs of a record, the newest first, at most `count_max`.
std::vector<RunId> runs_of(storage::Transaction& tx, std::string_view object, RecordId record,
                           int count_max);

// Of a flow and version, not over, behind this one by id, at most `count_max`.
std::vector<RunId> runs_on(storage::Transaction& tx, std::string_view flow, std::int64_t version,
                           RunId after, int count_max);
// How many of a flow are not over, by version.
std::map<std::int64_t, int> running_versions(storage::Transaction& tx, std::string_view flow);

std::int64_t highest_id(storage::Transaction& tx);

}  // namespace tenon::run
