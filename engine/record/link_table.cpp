#include "engine/record/link_table.h"

#include "engine/value/references.h"

namespace tenon::record {
namespace {

constexpr std::string_view kPut =
    "INSERT OR IGNORE INTO record_link (place, target, holder) VALUES (?1, ?2, ?3)";
constexpr std::string_view kTake =
    "DELETE FROM record_link WHERE place = ?1 AND target = ?2 AND holder = ?3";

void run(storage::Transaction& tx, std::string_view sql, const std::string& place, RecordId target,
         RecordId holder) {
  tx.statement(sql).bind(1, place).bind(2, target.value).bind(3, holder.value).run();
}

}  // namespace

std::string link_place(const Table& table, const StoredColumn& column) {
  return table.name + "." + column.name;
}

void keep_links(storage::Transaction& tx, const std::string& place, RecordId holder,
                const Value& before, const Value& after) {
  for (const RecordId target : targets_of(before)) {
    if (!refers_to(after, target)) run(tx, kTake, place, target, holder);
  }
  for (const RecordId target : targets_of(after)) {
    if (!refers_to(before, target)) run(tx, kPut, place, target, holder);
  }
}

}  // namespace tenon::record
