#include "engine/record/match_key_table.h"

#include <limits>

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
  SELECT record FROM match_key WHERE rule = :rule AND key = :key AND record < :before
  ORDER BY record DESC LIMIT :count_max
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

std::vector<RecordId> sharing(storage::Transaction& tx, std::string_view rule, std::string_view key,
                              RecordId before, int count_max) {
  const std::int64_t end =
      before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value;
  auto statement = tx.statement(kSharing);
  statement.bind(":rule", rule).bind(":key", key).bind(":before", end);
  statement.bind(":count_max", std::int64_t{count_max});
  return statement.all([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

std::string match_form(storage::Transaction& tx, std::string_view rule) {
  auto statement = tx.statement(kForm);
  statement.bind(":rule", rule);
  return statement.maybe([](const storage::Row& row) { return row.text(0); }).value_or("");
}

void forget_match_keys(storage::Transaction& tx, std::string_view rule) {
  tx.statement(kForgetRule).bind(":rule", rule).run();
  set_match_form(tx, rule, "");
}

void set_match_form(storage::Transaction& tx, std::string_view rule, std::string_view form) {
  tx.statement(kSetForm).bind(":rule", rule).bind(":form", form).run();
}

}  // namespace tenon::record
