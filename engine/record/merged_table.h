// Which record a merged one lives on in: what still names it is meant for the other.
//
// Owns the table `merged`: one row per record that was ever merged into another. It says something
// only while that record is erased: a merge that is undone leaves its row without effect.
#pragma once

#include "engine/record/table.h"
#include "engine/storage/migration.h"

namespace tenon::record {

storage::Migrations merged_migrations();

// `object`: its id.
void note_merged(storage::Transaction& tx, std::string_view object, RecordId merged,
                 RecordId survivor);
// The living record that is meant by this id: itself, or the one it was merged into, however often.
// Nothing where it was deleted, or the survivor was.
std::optional<RecordId> find_living(storage::Transaction& tx, const Table& table,
                                    std::string_view object, RecordId id);

}  // namespace tenon::record
