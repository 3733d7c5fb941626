// flow_timer: what a run waits for in time. When the next of a run comes, a job says.
#include "engine/run/rows.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_timer (
    run INTEGER NOT NULL, place INTEGER NOT NULL, token INTEGER NOT NULL, epoch INTEGER NOT NULL,
    seat INTEGER NOT NULL, action INTEGER NOT NULL, count INTEGER NOT NULL,
    at_ms INTEGER NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (run, place)) STRICT, WITHOUT ROWID;
)sql";
constexpr std::string_view kRead = R"sql(
  SELECT token, epoch, seat, action, count, at_ms, state FROM flow_timer
  WHERE run = :run ORDER BY place
)sql";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO flow_timer (run, place, token, epoch, seat, action, count, at_ms, state)
  VALUES (:run, :place, :token, :epoch, :seat, :action, :count, :at_ms, :state)
  ON CONFLICT (run, place) DO UPDATE SET
    token = excluded.token, epoch = excluded.epoch, seat = excluded.seat,
    action = excluded.action, count = excluded.count, at_ms = excluded.at_ms,
    state = excluded.state
)sql";

}  // namespace

storage::Migrations timer_migrations() { return {{"run_0005_timer", kCreate}}; }

std::vector<flow::Timer> read_timers(storage::Transaction& tx, RunId run, std::size_t count) {
  return read_rows(tx, kRead, run, count, [](const storage::Row& row) {
    return flow::Timer{.token = int_at(row, 0),
                       .epoch = int_at(row, 1),
                       .seat = int_at(row, 2),
                       .action = int_at(row, 3),
                       .count = int_at(row, 4),
                       .at_ms = row.integer(5),
                       .state = word_at<flow::Timer::State>(row, 6)};
  });
}

void write_timers(storage::Transaction& tx, const flow::Run* before, const flow::Run& after) {
  write_rows(tx, kKeep, after.id, before == nullptr ? nullptr : &before->timers, after.timers,
             [](storage::Statement& statement, const flow::Timer& timer, std::size_t) {
               statement.bind(":token", std::int64_t{timer.token})
                   .bind(":epoch", std::int64_t{timer.epoch})
                   .bind(":seat", std::int64_t{timer.seat})
                   .bind(":action", std::int64_t{timer.action})
                   .bind(":count", std::int64_t{timer.count})
                   .bind(":at_ms", timer.at_ms)
                   .bind(":state", flow::name_of(timer.state));
             });
}

}  // namespace tenon::run
