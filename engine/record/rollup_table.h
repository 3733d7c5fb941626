// What an average is made of, kept beside it: so that it moves on by what came and went.
//
// Owns the table `rollup_sum`. A row is there once its record was counted; where there is none, or
// it may be out of date (an erased record, a field that is worked out anew), it is counted again
// and written. Values are exact: the average itself is rounded.
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/id.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"
#include "engine/value/decimal.h"

namespace tenon::record {

storage::Migrations rollup_migrations();

struct RollupSum {
  Decimal sum;
  std::int64_t count = 0;  // Of values that are not empty.
};

// `field`: "object.field", ids.
std::optional<RollupSum> read_rollup_sum(storage::Transaction& tx, std::string_view field,
                                         RecordId record);
void keep_rollup_sum(storage::Transaction& tx, std::string_view field, RecordId record,
                     const RollupSum& sum);
void forget_rollup_sum(storage::Transaction& tx, std::string_view field, RecordId record);
void forget_rollup_sums(storage::Transaction& tx, RecordId record);  // Of a record that is purged.

}  // namespace tenon::record
