// What is still to do after a commit: the one queue of timers, long work and outside effects.
//
// Owns the tables job and job_clock. A job is added in the transaction that wants it done and is
// carried out at least once: one of the database in the transaction that claims it, so exactly
// once; one outside under a lease, after which it is claimed again. Due times follow the business
// clock, leases the process clock. What fails is tried again ever later, then it is an incident:
// nothing is dropped silently.
// What the kinds do: engine/command (job_kinds.h). Who carries them out, and when: runtime/jobs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/id.h"
#include "engine/job/retry.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::job {

using JobId = Id<struct JobTag>;

inline constexpr std::array kLanes{Lane::interactive, Lane::timers, Lane::effects, Lane::bulk,
                                   Lane::maintenance};

enum class State { waiting, running, done, incident, cancelled };
std::string_view name_of(State state);

struct NewJob {
  std::string kind;
  Lane lane = Lane::maintenance;
  std::string key;           // Of a kind and key only one waits or runs. "": any number.
  std::string input = "{}";  // JSON; what it means is its kind's matter.
  std::int64_t due_ms = 0;   // Business clock.
  RecordId made_by;          // Whose progress it is to see; 0: the system's.
};

struct Job {
  JobId id;
  std::string kind;
  Lane lane = Lane::maintenance;
  std::string key;
  std::string input;
  State state = State::waiting;
  std::int64_t due_ms = 0;
  std::int64_t since_ms = 0;  // When what is tried now was first due.
  int attempt = 0;            // Tries of it, this one included.
  std::string position;       // Where the next chunk goes on, as its kind wrote it; "" at first.
  std::int64_t done = 0;
  std::int64_t total = 0;  // 0: not known.
  std::string problem;     // Of the last try that failed.
  std::int64_t made_ms = 0;
  RecordId made_by;
  std::int64_t ended_ms = 0;
};

// How one chunk of a job ends.
struct Finished {};
struct GoesOn {  // With the next chunk.
  std::string position;
  std::int64_t done = 0;
  std::int64_t total = 0;
};
struct Repeats {  // From the beginning, then.
  std::int64_t due_ms = 0;
};
using Step = std::variant<Finished, GoesOn, Repeats>;

storage::Migrations migrations();

// false where one of this kind and key waits or runs already: nothing is scheduled twice.
bool add(storage::Transaction& tx, JobId id, const NewJob& job, std::int64_t now_ms);

// The waiting job of this kind and key is due at this time, where it was due later.
void hasten(storage::Transaction& tx, std::string_view kind, std::string_view key,
            std::int64_t due_ms);

// The same, sooner or later than it was. One that failed is not put off: it is tried again when it
// would have been.
void move_due(storage::Transaction& tx, std::string_view kind, std::string_view key,
              std::int64_t due_ms);

// The waiting job of this kind and key is not wanted any more.
void withdraw(storage::Transaction& tx, std::string_view kind, std::string_view key,
              std::int64_t now_ms);

// The job of this lane that has been due longest, now running. `leased_until_ms` is of the process
// clock; a lease matters only where the claim is committed before the job is done.
std::optional<Job> claim(storage::Transaction& tx, Lane lane, std::int64_t now_ms,
                         std::int64_t leased_until_ms);
// Claimed so long ago (process clock) that its worker must be gone: waits again.
void release(storage::Transaction& tx, std::int64_t process_now_ms);
// At a start: what another process had claimed waits again.
void release_all(storage::Transaction& tx);

// Of a job that was claimed. Nothing happens where it was cancelled or claimed again meanwhile.
void settle(storage::Transaction& tx, const Job& job, const Step& step, std::int64_t now_ms);
// Waits for the next try, or is an incident now. Whether it will be tried again.
bool fail(storage::Transaction& tx, const Job& job, std::string_view problem, std::int64_t now_ms);

// false where it has ended. One that runs outside may have had its effect already.
bool cancel(storage::Transaction& tx, JobId id, std::int64_t now_ms);
// Of an incident: tried again at once, from where it stood. false where it is none, or where
// another with its key waits.
bool retry(storage::Transaction& tx, JobId id, std::int64_t now_ms);

std::optional<Job> read(storage::Transaction& tx, JobId id);
// The one of this kind and key that waits or runs.
std::optional<Job> find(storage::Transaction& tx, std::string_view kind, std::string_view key);
// Incidents and what has not ended, the oldest first.
std::vector<Job> open_jobs(storage::Transaction& tx, int count_max);
// When the lane's next job is due; nothing where none waits.
std::optional<std::int64_t> next_due(storage::Transaction& tx, Lane lane);
// When the first lease ends (process clock).
std::optional<std::int64_t> next_release(storage::Transaction& tx);
// Removes some that were done or cancelled before this; answers how many.
int forget_ended(storage::Transaction& tx, std::int64_t before_ms, int count_max);
std::int64_t highest_id(storage::Transaction& tx);

// Up to when a virtual business clock has come: the next start goes on from there. 0: never set.
std::int64_t clock_mark(storage::Transaction& tx);
void mark_clock(storage::Transaction& tx, std::int64_t now_ms);

}  // namespace tenon::job
