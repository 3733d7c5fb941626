// Kept fields whose values are still being worked out for the records that were there before them.
//
// Owns the table `building_field`. A publish writes it where there are too many records to do it at
// once (engine/command/fill.h); the job that does it removes all rows together when it is done. So
// each transaction sees by its own snapshot whether a column can be taken for the field.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::record {

storage::Migrations building_migrations();

struct FieldId {
  std::string object;  // Both ids.
  std::string field;
  auto operator<=>(const FieldId&) const = default;
};

struct BuildingProgress {
  std::int64_t done = 0;
  std::int64_t total = 0;  // Records to look at.
};

std::vector<FieldId> building_fields(storage::Transaction& tx);
// Nothing where no field is being worked out.
std::optional<BuildingProgress> building_progress(storage::Transaction& tx);
// In place of those that were there before; none: all is worked out.
void set_building_fields(storage::Transaction& tx, const std::vector<FieldId>& fields,
                         std::int64_t total);
void set_building_progress(storage::Transaction& tx, const BuildingProgress& progress);

}  // namespace tenon::record
