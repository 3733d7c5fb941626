// flow_history: what happened, gap-free by its key, only ever inserted; flow_attachment: the files
// that came with it.
#include "engine/run/attachment.h"
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
// attachments: how many there are in flow_attachment.
constexpr std::string_view kAddSaid = R"sql(
  ALTER TABLE flow_history ADD COLUMN attachments INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE flow_history ADD COLUMN changed TEXT NOT NULL DEFAULT '';
  CREATE TABLE flow_attachment (
    run INTEGER NOT NULL, place INTEGER NOT NULL, turn INTEGER NOT NULL, file INTEGER NOT NULL,
    PRIMARY KEY (run, place, turn)) STRICT, WITHOUT ROWID;
  CREATE INDEX flow_attachment_file ON flow_attachment (file, run);
)sql";
constexpr std::string_view kRead = R"sql(
  SELECT at_ms, what, node, seat, actor, behalf_of, other, reason, comment, request_id, is_final,
         due_ms, attachments, changed
  FROM flow_history WHERE run = :run ORDER BY place
)sql";
constexpr std::string_view kInsert = R"sql(
  INSERT INTO flow_history (run, place, at_ms, what, node, seat, actor, behalf_of, other, reason,
                            comment, request_id, is_final, due_ms, attachments, changed)
  VALUES (:run, :place, :at_ms, :what, :node, :seat, :actor, :behalf_of, :other, :reason,
          :comment, :request_id, :is_final, :due_ms, :attachments, :changed)
)sql";
constexpr std::string_view kReadFiles = R"sql(
  SELECT place, file FROM flow_attachment WHERE run = :run ORDER BY place, turn
)sql";
constexpr std::string_view kInsertFile = R"sql(
  INSERT INTO flow_attachment (run, place, turn, file) VALUES (:run, :place, :turn, :file)
)sql";
constexpr std::string_view kRunsWith = R"sql(
  SELECT DISTINCT run FROM flow_attachment WHERE file = :file ORDER BY run LIMIT :count_max
)sql";

// The rows have room for them.
void read_files(storage::Transaction& tx, RunId run, std::vector<flow::Entry>& entries) {
  std::vector<std::size_t> turns(entries.size());
  auto statement = tx.statement(kReadFiles);
  statement.bind(":run", run.value);
  statement.each([&](const storage::Row& row) {
    const auto place = static_cast<std::size_t>(row.integer(0));
    entries.at(place).attachments.at(turns.at(place)++) = RecordId{row.integer(1)};
  });
}

}  // namespace

storage::Migrations history_migrations() {
  return {{"run_0007_history", kCreate}, {"run_0014_due", kAddDue}, {"run_0021_said", kAddSaid}};
}

std::vector<flow::Entry> read_history(storage::Transaction& tx, RunId run, std::size_t count) {
  bool has_files = false;
  auto entries = read_rows(tx, kRead, run, count, [&](const storage::Row& row) {
    const auto files = static_cast<std::size_t>(row.integer(12));
    has_files = has_files || files > 0;
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
                       .attachments = std::vector<RecordId>(files),
                       .changed = row.text(13),
                       .request_id = row.text(9),
                       .is_final = row.integer(10) != 0};
  });
  if (has_files) read_files(tx, run, entries);
  return entries;
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
                   .bind(":is_final", std::int64_t{entry.is_final})
                   .bind(":attachments", static_cast<std::int64_t>(entry.attachments.size()))
                   .bind(":changed", entry.changed);
             });
  const std::size_t known = before == nullptr ? 0 : before->history.size();
  for (std::size_t place = known; place < after.history.size(); ++place) {
    const auto& files = after.history[place].attachments;
    for (std::size_t turn = 0; turn < files.size(); ++turn) {
      auto statement = tx.statement(kInsertFile);
      statement.bind(":run", after.id.value)
          .bind(":place", static_cast<std::int64_t>(place))
          .bind(":turn", static_cast<std::int64_t>(turn))
          .bind(":file", files[turn].value);
      statement.run();
    }
  }
}

std::vector<RunId> runs_with(storage::Transaction& tx, RecordId file, int count_max) {
  auto statement = tx.statement(kRunsWith);
  statement.bind(":file", file.value).bind(":count_max", std::int64_t{count_max});
  return statement.all([](const storage::Row& row) { return RunId{row.integer(0)}; });
}

}  // namespace tenon::run
