#include "tests/bench/raw_insert.h"

#include <algorithm>

#include "tests/bench/stage.h"

namespace tenon::bench {
namespace {

constexpr int kWriterCacheKib = 8192;  // As the engine's writer has it.
constexpr std::uint64_t kFirstNumber = 500'000'000;

// An INSERT of all columns of the row that the query answers, each bound to what it has there.
RawStatement insert_like(RawDatabase& database, const std::string& table, const RawStatement& row) {
  std::string names;
  std::string places;
  const int count = sqlite3_column_count(row.get());
  for (int i = 0; i < count; ++i) {
    names += (i == 0 ? "" : ", ") + std::string(sqlite3_column_name(row.get(), i));
    places += i == 0 ? "?" : ", ?";
  }
  RawStatement insert =
      database.prepare("INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")");
  if (!database.step(row)) throw Fault("no row of " + table + " to insert again");
  for (int i = 0; i < count; ++i) {
    sqlite3_bind_value(insert.get(), i + 1, sqlite3_column_value(row.get(), i));
  }
  return insert;
}

std::string columns_of(RawDatabase& database, const std::string& table, std::string_view without) {
  std::string columns;
  const RawStatement known = database.prepare("SELECT name FROM pragma_table_info(?1)");
  bind_text(known, 1, table);
  while (database.step(known)) {
    if (text_at(known, 0) == without) continue;
    columns += (columns.empty() ? "" : ", ") + std::string(text_at(known, 0));
  }
  return columns;
}

int place_of(const RawStatement& row, std::string_view column) {
  for (int i = 0; i < sqlite3_column_count(row.get()); ++i) {
    if (sqlite3_column_name(row.get(), i) == column) return i + 1;
  }
  throw Fault("no column " + std::string(column));
}

}  // namespace

RawInsert::RawInsert(const std::string& database, RecordId record, std::string code)
    : database_(database, kWriterCacheKib),
      code_(std::move(code)),
      begin_(database_.prepare("BEGIN IMMEDIATE")),
      commit_(database_.prepare("COMMIT")),
      savepoint_(database_.prepare("SAVEPOINT work")),
      release_(database_.prepare("RELEASE work")),
      next_id_(record.value) {
  const std::string fields = columns_of(database_, "r_item", "deleted_at");
  const RawStatement row = database_.prepare("SELECT " + fields + " FROM r_item WHERE id = ?1");
  sqlite3_bind_int64(row.get(), 1, record.value);
  record_ = insert_like(database_, "r_item", row);
  record_code_ = place_of(row, "f_code");
  const std::string facts = columns_of(database_, "event_log", "seq");
  const RawStatement event =
      database_.prepare("SELECT " + facts + " FROM event_log WHERE record = ?1");
  sqlite3_bind_int64(event.get(), 1, record.value);
  event_ = insert_like(database_, "event_log", event);
  event_id_ = place_of(event, "id");
  event_record_ = place_of(event, "record");
  event_command_ = place_of(event, "command");
  event_body_ = place_of(event, "body");
  body_ = text_at(event, event_body_ - 1);
  code_at_ = body_.find(code_);
  if (code_at_ == std::string::npos) throw Fault("the event does not tell the record's code");
}

void RawInsert::insert_one() {
  code_ = item_code(kFirstNumber + number_++);
  body_.replace(code_at_, code_.size(), code_);
  const std::int64_t record = ++next_id_;
  database_.run(savepoint_);
  sqlite3_bind_int64(record_.get(), 1, record);
  bind_text(record_, record_code_, code_);
  database_.run(record_);
  sqlite3_bind_int64(event_.get(), event_id_, ++next_id_);
  sqlite3_bind_int64(event_.get(), event_record_, record);
  sqlite3_bind_int64(event_.get(), event_command_, ++next_id_);
  bind_text(event_, event_body_, body_);
  database_.run(event_);
  database_.run(release_);
}

LoadResult RawInsert::run(int group, std::chrono::milliseconds time) {
  using Clock = std::chrono::steady_clock;
  // The log begins anew, as it mostly has in a product whose checkpointer keeps up.
  database_.script("PRAGMA wal_checkpoint(TRUNCATE)");
  LoadResult result;
  std::vector<double> times_ms;
  const auto begun = Clock::now();
  auto now = begun;
  while (now < begun + time) {
    const auto since = now;
    database_.run(begin_);
    for (int i = 0; i < group; ++i) insert_one();
    database_.run(commit_);
    now = Clock::now();
    result.replies += static_cast<std::uint64_t>(group);
    times_ms.push_back(std::chrono::duration<double, std::milli>(now - since).count());
  }
  result.seconds = std::chrono::duration<double>(now - begun).count();
  std::sort(times_ms.begin(), times_ms.end());
  result.p50_ms = times_ms[times_ms.size() / 2];
  result.p99_ms = times_ms[times_ms.size() * 99 / 100];
  result.max_ms = times_ms.back();
  return result;
}

}  // namespace tenon::bench
