#include "engine/record/match_key_table.h"

#include <algorithm>
#include <map>

namespace tenon::record {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE match_key (
    rule TEXT NOT NULL,
    key TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (rule, key, record)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX match_key_record ON match_key (record, rule);
  CREATE TABLE match_form (rule TEXT PRIMARY KEY, form TEXT NOT NULL) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kForget =
    "DELETE FROM match_key WHERE record = :record AND rule = :rule";
constexpr std::string_view kKeep =
    "INSERT OR IGNORE INTO match_key (rule, key, record) VALUES (:rule, :key, :record)";
constexpr std::string_view kSharing = R"sql(
  SELECT record FROM match_key WHERE rule = :rule AND key = :key ORDER BY record DESC
  LIMIT :count_max
)sql";
constexpr std::string_view kForm = "SELECT form FROM match_form WHERE rule = :rule";
constexpr std::string_view kSetForm = R"sql(
  INSERT INTO match_form (rule, form) VALUES (:rule, :form)
  ON CONFLICT (rule) DO UPDATE SET form = excluded.form
)sql";
constexpr std::string_view kForgetRule = "DELETE FROM match_key WHERE rule = :rule";

}  // namespace

storage::Migrations match_key_migrations() { return {{"record_0003_match_key", kCreate}}; }

void set_match_keys(storage::Transaction& tx, std::string_view rule, RecordId record,
                    const std::vector<std::string>& keys) {
  tx.statement(kForget).bind(":record", record.value).bind(":rule", rule).run();
  for (const std::string& key : keys) {
    tx.statement(kKeep).bind(":rule", rule).bind(":key", key).bind(":record", record.value).run();
  }
}

std::vector<RecordId> sharing(storage::Transaction& tx, std::string_view rule,
                              const std::vector<std::string>& keys, int count_max) {
  std::map<std::int64_t, int> counts;
  for (const std::string& key : keys) {
    auto statement = tx.statement(kSharing);
    statement.bind(":rule", rule).bind(":key", key).bind(":count_max", std::int64_t{count_max});
    statement.each([&](const storage::Row& row) { ++counts[row.integer(0)]; });
  }
  std::vector<std::pair<int, std::int64_t>> order;
  for (const auto& [record, count] : counts) order.emplace_back(-count, record);
  std::sort(order.begin(), order.end());
  if (order.size() > static_cast<std::size_t>(count_max)) {
    order.resize(static_cast<std::size_t>(count_max));
  }
  std::vector<RecordId> records;
  for (const auto& [count, record] : order) records.push_back(RecordId{record});
  return records;
}

std::string match_form(storage::Transaction& tx, std::string_view rule) {
  auto statement = tx.statement(kForm);
  statement.bind(":rule", rule);
  return statement.maybe([](const storage::Row& row) { return row.text(0); }).value_or("");
}

void set_match_form(storage::Transaction& tx, std::string_view rule, std::string_view form) {
  tx.statement(kForgetRule).bind(":rule", rule).run();
  tx.statement(kSetForm).bind(":rule", rule).bind(":form", form).run();
}

}  // namespace tenon::record
