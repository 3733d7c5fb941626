// What happened to a record, newest first, as far as the actor may know: the audit view of the log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/query/context.h"

namespace tenon::query {

struct HistoryLine;

struct HistoryChange {
  int slot;
  Value before;
  Value after;
  // Of what a reference, or each in a list of them, refers to; "" where the actor may not see it.
  std::vector<std::string> before_titles;
  std::vector<std::string> after_titles;
  std::vector<HistoryLine> lines;  // Of children, in the order in which they were written.
};

struct HistoryLine {
  RecordId id;
  const application::Object* object;
  std::string kind;  // create, update, delete
  std::vector<HistoryChange> changes;
};

struct HistoryEntry {
  std::int64_t seq = 0;
  DateTime at;
  std::string kind;  // create, update, delete
  RecordId actor;    // 0: the system.
  std::string actor_name;
  std::string surface;
  CommandId command;  // For undo.
  std::int64_t version = 0;
  std::vector<HistoryChange> changes;  // Readable fields only.
};

struct History {
  const application::Object* object;
  std::vector<HistoryEntry> entries;
  std::int64_t next = 0;  // Pass as `before`; 0 at the end.
};

// What a body of the log says that a record changed, as far as the actor may read it there, a task
// or a copy of a run included.
std::vector<HistoryChange> changes_in(const Context& context, const application::Object& object,
                                      RecordId id, std::string_view body);

// `not_found` where the actor may not see the record. `before` 0: from the newest.
Result<History> history(const Context& context, std::string_view object, RecordId id,
                        std::int64_t before, int limit);

}  // namespace tenon::query
