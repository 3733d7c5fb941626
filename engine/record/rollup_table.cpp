#include "engine/record/rollup_table.h"

namespace tenon::record {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE rollup_sum (
    record INTEGER NOT NULL,
    field TEXT NOT NULL,
    sum TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (record, field)
  ) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kKeep = R"sql(
  INSERT INTO rollup_sum (record, field, sum, count) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (record, field) DO UPDATE SET sum = excluded.sum, count = excluded.count
)sql";

}  // namespace

storage::Migrations rollup_migrations() { return {{"record_0009_rollup_sum", kCreate}}; }

std::optional<RollupSum> read_rollup_sum(storage::Transaction& tx, std::string_view field,
                                         RecordId record) {
  auto statement =
      tx.statement("SELECT sum, count FROM rollup_sum WHERE record = ?1 AND field = ?2");
  statement.bind(1, record.value).bind(2, field);
  const auto row = statement.step();
  if (!row) return std::nullopt;
  const auto sum = Decimal::parse(row->text(0));
  if (!sum) throw Fault("a kept sum is no number");
  return RollupSum{*sum, row->integer(1)};
}

void keep_rollup_sum(storage::Transaction& tx, std::string_view field, RecordId record,
                     const RollupSum& sum) {
  auto statement = tx.statement(kKeep);
  statement.bind(1, record.value).bind(2, field).bind(3, sum.sum.text()).bind(4, sum.count).run();
}

void forget_rollup_sum(storage::Transaction& tx, std::string_view field, RecordId record) {
  auto statement = tx.statement("DELETE FROM rollup_sum WHERE record = ?1 AND field = ?2");
  statement.bind(1, record.value).bind(2, field).run();
}

void forget_rollup_sums(storage::Transaction& tx, RecordId record) {
  auto statement = tx.statement("DELETE FROM rollup_sum WHERE record = ?1");
  statement.bind(1, record.value).run();
}

}  // namespace tenon::record
