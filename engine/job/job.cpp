#include "engine/job/job.h"

#include <algorithm>

namespace tenon::job {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    lane INTEGER NOT NULL,
    key TEXT,
    input TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    leased_until INTEGER,
    attempt INTEGER NOT NULL,
    position TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    problem TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX job_key ON job (kind, key) WHERE key IS NOT NULL
    AND state IN ('waiting', 'running');
  CREATE INDEX job_due ON job (lane, due_at, id) WHERE state = 'waiting';
  CREATE INDEX job_leased ON job (leased_until) WHERE state = 'running';
  CREATE INDEX job_incident ON job (id) WHERE state = 'incident';
  CREATE INDEX job_ended ON job (ended_at) WHERE state IN ('done', 'cancelled');
  CREATE TABLE job_clock (now_ms INTEGER NOT NULL) STRICT;
)sql";

constexpr std::string_view kAdd = R"sql(
  INSERT INTO job (id, kind, lane, key, input, state, due_at, since, attempt, position, done,
                   total, problem, made_at, made_by)
  VALUES (:id, :kind, :lane, :key, :input, 'waiting', :due_at, :due_at, 0, '', 0, 0, '', :now,
          :made_by)
  ON CONFLICT DO NOTHING
)sql";

// The list of states is that of the index job_key, which SQLite else does not see to fit.
constexpr std::string_view kHasten = R"sql(
  UPDATE job SET due_at = :due_at, since = :due_at
  WHERE kind = :kind AND key = :key AND state IN ('waiting', 'running')
    AND state = 'waiting' AND due_at > :due_at
)sql";

constexpr std::string_view kMoveDue = R"sql(
  UPDATE job SET due_at = :due_at, since = :due_at
  WHERE kind = :kind AND key = :key AND state IN ('waiting', 'running')
    AND state = 'waiting' AND (problem = '' OR due_at > :due_at)
)sql";

constexpr std::string_view kWithdraw = R"sql(
  UPDATE job SET state = 'cancelled', ended_at = :now
  WHERE kind = :kind AND key = :key AND state IN ('waiting', 'running') AND state = 'waiting'
)sql";

constexpr std::string_view kClaim = R"sql(
  UPDATE job SET state = 'running', attempt = attempt + 1, leased_until = :leased_until
  WHERE id = (SELECT id FROM job WHERE state = 'waiting' AND lane = :lane AND due_at <= :now
              ORDER BY due_at, id LIMIT 1)
  RETURNING id, kind, lane, key, input, state, due_at, since, attempt, position, done, total,
            problem, made_at, made_by, ended_at
)sql";

constexpr std::string_view kRead = R"sql(
  SELECT id, kind, lane, key, input, state, due_at, since, attempt, position, done, total,
         problem, made_at, made_by, ended_at
  FROM job WHERE id = :id
)sql";

constexpr std::string_view kFind = R"sql(
  SELECT id, kind, lane, key, input, state, due_at, since, attempt, position, done, total,
         problem, made_at, made_by, ended_at
  FROM job WHERE kind = :kind AND key = :key AND state IN ('waiting', 'running')
)sql";

constexpr std::string_view kOpen = R"sql(
  SELECT id, kind, lane, key, input, state, due_at, since, attempt, position, done, total,
         problem, made_at, made_by, ended_at
  FROM job WHERE state IN ('waiting', 'running', 'incident') ORDER BY id LIMIT :count_max
)sql";

constexpr std::string_view kRelease = R"sql(
  UPDATE job SET state = 'waiting', leased_until = NULL
  WHERE state = 'running' AND leased_until <= :process_now
)sql";
constexpr std::string_view kReleaseAll =
    "UPDATE job SET state = 'waiting', leased_until = NULL WHERE state = 'running'";

constexpr std::string_view kFinish = R"sql(
  UPDATE job SET state = 'done', leased_until = NULL, problem = '', ended_at = :now
  WHERE id = :id AND state = 'running' AND attempt = :attempt
)sql";
constexpr std::string_view kGoOn = R"sql(
  UPDATE job SET state = 'waiting', leased_until = NULL, problem = '', attempt = 0,
    due_at = :now, since = :now, position = :position, done = :done, total = :total
  WHERE id = :id AND state = 'running' AND attempt = :attempt
)sql";
constexpr std::string_view kRepeat = R"sql(
  UPDATE job SET state = 'waiting', leased_until = NULL, problem = '', attempt = 0,
    due_at = :due_at, since = :due_at, position = '', done = 0, total = 0
  WHERE id = :id AND state = 'running' AND attempt = :attempt
)sql";
constexpr std::string_view kTryLater = R"sql(
  UPDATE job SET state = 'waiting', leased_until = NULL, problem = :problem, due_at = :due_at
  WHERE id = :id AND state = 'running' AND attempt = :attempt
)sql";
constexpr std::string_view kGiveUp = R"sql(
  UPDATE job SET state = 'incident', leased_until = NULL, problem = :problem
  WHERE id = :id AND state = 'running' AND attempt = :attempt
)sql";
constexpr std::string_view kCancel = R"sql(
  UPDATE job SET state = 'cancelled', leased_until = NULL, ended_at = :now
  WHERE id = :id AND state IN ('waiting', 'running', 'incident')
)sql";
constexpr std::string_view kRetry = R"sql(
  UPDATE OR IGNORE job SET state = 'waiting', attempt = 0, due_at = :now, since = :now
  WHERE id = :id AND state = 'incident'
)sql";
constexpr std::string_view kNextDue =
    "SELECT min(due_at) FROM job WHERE state = 'waiting' AND lane = :lane";
constexpr std::string_view kNextRelease =
    "SELECT min(leased_until) FROM job WHERE state = 'running'";
constexpr std::string_view kForget = R"sql(
  DELETE FROM job WHERE id IN (
    SELECT id FROM job WHERE state IN ('done', 'cancelled') AND ended_at < :before
    ORDER BY ended_at LIMIT :count_max)
)sql";
constexpr std::string_view kHighest = "SELECT max(id) FROM job";

constexpr std::string_view kClockMark = "SELECT max(now_ms) FROM job_clock";
constexpr std::string_view kForgetClock = "DELETE FROM job_clock";
constexpr std::string_view kMarkClock = "INSERT INTO job_clock (now_ms) VALUES (:now)";

constexpr std::array kStates{State::waiting, State::running, State::done, State::incident,
                             State::cancelled};

State state_of(std::string_view name) {
  const auto found = std::find_if(kStates.begin(), kStates.end(),
                                  [&](State state) { return name_of(state) == name; });
  if (found == kStates.end()) throw Fault("a job has the state " + std::string(name));
  return *found;
}

Job job_of(const storage::Row& row) {
  Job job;
  job.id = {row.integer(0)};
  job.kind = row.text(1);
  job.lane = kLanes.at(static_cast<std::size_t>(row.integer(2)));
  job.key = row.text(3);
  job.input = row.text(4);
  job.state = state_of(row.view(5));
  job.due_ms = row.integer(6);
  job.since_ms = row.integer(7);
  job.attempt = static_cast<int>(row.integer(8));
  job.position = row.text(9);
  job.done = row.integer(10);
  job.total = row.integer(11);
  job.problem = row.text(12);
  job.made_ms = row.integer(13);
  job.made_by = {row.integer(14)};
  job.ended_ms = row.integer(15);
  return job;
}

// The statement with what says that the job is still this claim's.
storage::Statement of_claim(storage::Transaction& tx, std::string_view sql, const Job& job) {
  auto statement = tx.statement(sql);
  statement.bind(":id", job.id.value).bind(":attempt", std::int64_t{job.attempt});
  return statement;
}

std::optional<std::int64_t> smallest(storage::Statement statement) {
  return statement.one([](const storage::Row& row) {
    return row.is_null(0) ? std::nullopt : std::optional(row.integer(0));
  });
}

}  // namespace

std::string_view name_of(State state) {
  switch (state) {
    case State::waiting: return "waiting";
    case State::running: return "running";
    case State::done: return "done";
    case State::incident: return "incident";
    case State::cancelled: return "cancelled";
  }
  return "incident";
}

storage::Migrations migrations() { return {{"job_0001_queue", kCreate}}; }

bool add(storage::Transaction& tx, JobId id, const NewJob& job, std::int64_t now_ms) {
  auto statement = tx.statement(kAdd);
  statement.bind(":id", id.value).bind(":kind", job.kind);
  statement.bind(":lane", static_cast<std::int64_t>(job.lane));
  if (job.key.empty()) {
    statement.bind_null(":key");
  } else {
    statement.bind(":key", job.key);
  }
  statement.bind(":input", job.input).bind(":due_at", job.due_ms).bind(":now", now_ms);
  statement.bind(":made_by", job.made_by.value);
  statement.run();
  return statement.changes() == 1;
}

void hasten(storage::Transaction& tx, std::string_view kind, std::string_view key,
            std::int64_t due_ms) {
  tx.statement(kHasten).bind(":kind", kind).bind(":key", key).bind(":due_at", due_ms).run();
}

void move_due(storage::Transaction& tx, std::string_view kind, std::string_view key,
              std::int64_t due_ms) {
  tx.statement(kMoveDue).bind(":kind", kind).bind(":key", key).bind(":due_at", due_ms).run();
}

void withdraw(storage::Transaction& tx, std::string_view kind, std::string_view key,
              std::int64_t now_ms) {
  auto statement = tx.statement(kWithdraw);
  statement.bind(":now", now_ms).bind(":kind", kind).bind(":key", key);
  statement.run();
}

std::optional<Job> claim(storage::Transaction& tx, Lane lane, std::int64_t now_ms,
                         std::int64_t leased_until_ms) {
  auto statement = tx.statement(kClaim);
  statement.bind(":lane", static_cast<std::int64_t>(lane)).bind(":now", now_ms);
  statement.bind(":leased_until", leased_until_ms);
  return statement.maybe(job_of);
}

void release(storage::Transaction& tx, std::int64_t process_now_ms) {
  tx.statement(kRelease).bind(":process_now", process_now_ms).run();
}

void release_all(storage::Transaction& tx) { tx.statement(kReleaseAll).run(); }

void settle(storage::Transaction& tx, const Job& job, const Step& step, std::int64_t now_ms) {
  if (const auto* on = std::get_if<GoesOn>(&step)) {
    of_claim(tx, kGoOn, job)
        .bind(":now", now_ms)
        .bind(":position", on->position)
        .bind(":done", on->done)
        .bind(":total", on->total)
        .run();
  } else if (const auto* again = std::get_if<Repeats>(&step)) {
    // Never at once: it would be due for ever.
    of_claim(tx, kRepeat, job).bind(":due_at", std::max(again->due_ms, now_ms + 1)).run();
  } else {
    of_claim(tx, kFinish, job).bind(":now", now_ms).run();
  }
}

bool fail(storage::Transaction& tx, const Job& job, std::string_view problem, std::int64_t now_ms) {
  const auto delay = retry_delay_ms(job.lane, job.attempt, now_ms - job.since_ms, job.id.value);
  if (!delay) {
    of_claim(tx, kGiveUp, job).bind(":problem", problem).run();
    return false;
  }
  of_claim(tx, kTryLater, job).bind(":problem", problem).bind(":due_at", now_ms + *delay).run();
  return true;
}

bool cancel(storage::Transaction& tx, JobId id, std::int64_t now_ms) {
  auto statement = tx.statement(kCancel);
  statement.bind(":id", id.value).bind(":now", now_ms).run();
  return statement.changes() == 1;
}

bool retry(storage::Transaction& tx, JobId id, std::int64_t now_ms) {
  auto statement = tx.statement(kRetry);
  statement.bind(":id", id.value).bind(":now", now_ms).run();
  return statement.changes() == 1;
}

std::optional<Job> read(storage::Transaction& tx, JobId id) {
  return tx.statement(kRead).bind(":id", id.value).maybe(job_of);
}

std::optional<Job> find(storage::Transaction& tx, std::string_view kind, std::string_view key) {
  auto statement = tx.statement(kFind);
  statement.bind(":kind", kind).bind(":key", key);
  return statement.maybe(job_of);
}

std::vector<Job> open_jobs(storage::Transaction& tx, int count_max) {
  return tx.statement(kOpen).bind(":count_max", std::int64_t{count_max}).all(job_of);
}

std::optional<std::int64_t> next_due(storage::Transaction& tx, Lane lane) {
  auto statement = tx.statement(kNextDue);
  statement.bind(":lane", static_cast<std::int64_t>(lane));
  return smallest(std::move(statement));
}

std::optional<std::int64_t> next_release(storage::Transaction& tx) {
  return smallest(tx.statement(kNextRelease));
}

int forget_ended(storage::Transaction& tx, std::int64_t before_ms, int count_max) {
  auto statement = tx.statement(kForget);
  statement.bind(":before", before_ms).bind(":count_max", std::int64_t{count_max}).run();
  return static_cast<int>(statement.changes());
}

std::int64_t highest_id(storage::Transaction& tx) {
  return tx.statement(kHighest).one([](const storage::Row& row) { return row.integer(0); });
}

std::int64_t clock_mark(storage::Transaction& tx) {
  return tx.statement(kClockMark).one([](const storage::Row& row) { return row.integer(0); });
}

void mark_clock(storage::Transaction& tx, std::int64_t now_ms) {
  tx.statement(kForgetClock).run();
  tx.statement(kMarkClock).bind(":now", now_ms).run();
}

}  // namespace tenon::job
