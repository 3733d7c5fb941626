// What kinds of jobs there are in the database, and what one chunk of each does.
//
// A closed table: to add a kind, write its function and its line in job_kinds.cpp. A chunk is at
// most 20 ms of the writer; it says how the job goes on (job/job.h). A refusal is tried again, and
// at last an incident. Kinds whose effect is outside the database are in runtime/server.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "engine/command/context.h"
#include "engine/job/job.h"

namespace tenon::command {

struct JobRun {
  const job::Job& job;
  std::int64_t process_now_ms;  // For what follows the process clock.
  // Whether the chunk has had its part of the writer; asked between two records. Null: never.
  std::function<bool()> is_over = {};

  bool has_time() const { return !is_over || !is_over(); }
};

struct JobKind {
  std::string_view name;
  job::Lane lane;
  // In a savepoint of its own, as the system; its changes are noted for it.
  Result<job::Step> (*run)(Context& context, const JobRun& run);
  bool nightly;  // There is always one; it repeats every night.
};

// Every kind there is, sorted by name.
std::span<const JobKind> job_kinds();
const JobKind* find_job_kind(std::string_view name);

// Three o'clock of the next night, in the workspace's zone.
std::int64_t next_night_ms(const Context& context);

}  // namespace tenon::command
