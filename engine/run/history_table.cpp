// flow_history: what happened, gap-free by its key, only ever inserted.
#include "engine/run/rows.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_history (
    run INTEGER NOT NULL, place INTEGER NOT NULL, at_ms INTEGER NOT NULL, what TEXT NOT NULL,
    node INTEGER NOT NULL, seat INTEGER NOT NULL, actor INTEGER NOT NULL,
    behalf_of INTEGER NOT NULL, other INTEGER NOT NULL, reason TEXT NOT NULL,
    comment TEXT NOT NULL, request_id TEXT NOT NULL, is_final INTEGER NOT NULL,
    PRIMARY KEY (run, place)) STRICT, WITHOUT ROWID;
)sql";
constexpr std::string_view kAddDue =
    "ALTER TABLE flow_history ADD COLUMN due_ms INTEGER NOT NULL DEFAULT 0;";
constexpr std::string_view kRead = R"sql(
  SELECT at_ms, what, node, seat, actor, behalf_of, other, reason, comment, request_id, is_final,
         due_ms
  FROM flow_history WHERE run = :run ORDER BY place
)sql";
constexpr std::string_view kInsert = R"sql(
  INSERT INTO flow_history (run, place, at_ms, what, node, seat, actor, behalf_of, other, reason,
                            comment, request_id, is_final, due_ms)
  VALUES (:run, :place, :at_ms, :what, :node, :seat, :actor, :behalf_of, :other, :reason,
          :comment, :request_id, :is_final, :due_ms)
)sql";

}  // namespace

storage::Migrations history_migrations() {
  return {{"run_0007_history", kCreate}, {"run_0014_due", kAddDue}};
}

std::vector<flow::Entry> read_history(storage::Transaction& tx, RunId run, std::size_t count) {
  return read_rows(tx, kRead, run, count, [](const storage::Row& row) {
    return flow::Entry{.at_ms = row.integer(0),
                       .what = word_at<flow::What>(row, 1),
                       .node = int_at(row, 2),
                       .seat = int_at(row, 3),
                       .actor = {row.integer(4)},
                       .behalf_of = {row.integer(5)},
                       .other = {row.integer(6)},
                       .due_ms = row.integer(11),
                       .reason = row.text(7),
                       .comment = row.text(8),
                       .request_id = row.text(9),
                       .is_final = row.integer(10) != 0};
  });
}

void write_history(storage::Transaction& tx, const flow::Run* before, const flow::Run& after) {
  write_rows(tx, kInsert, after.id, before == nullptr ? nullptr : &before->history, after.history,
             [](storage::Statement& statement, const flow::Entry& entry, std::size_t) {
               statement.bind(":at_ms", entry.at_ms)
                   .bind(":what", flow::name_of(entry.what))
                   .bind(":node", std::int64_t{entry.node})
                   .bind(":seat", std::int64_t{entry.seat})
                   .bind(":actor", entry.actor.value)
                   .bind(":behalf_of", entry.behalf_of.value)
                   .bind(":other", entry.other.value)
                   .bind(":due_ms", entry.due_ms)
                   .bind(":reason", entry.reason)
                   .bind(":comment", entry.comment)
                   .bind(":request_id", entry.request_id)
                   .bind(":is_final", std::int64_t{entry.is_final});
             });
}

}  // namespace tenon::run
