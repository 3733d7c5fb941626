// ImportRows: rows of a file become records, each through the same path as a form.
//
// A row is created, or updated where its external key is known, inside a savepoint of its own: one
// that is refused leaves nothing behind and says why, the others stand. One event per row, linked
// by the command. What a row means is its mapping's matter (metadata/import.h).
#pragma once

#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/metadata/import.h"

namespace tenon::command {

// Names of the mapping to ids, as the actor sees the application: what may not be read is unknown.
Result<metadata::ImportMap> resolve_for(const Context& context, metadata::ImportMap map);

struct ImportRows {
  const metadata::ImportMap* map;  // Of resolve_for().
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // At most kBatchRecordsMax.
};

struct ImportedRow {
  enum class Fate { created, updated, unchanged, rejected };
  Fate fate = Fate::rejected;
  RecordId id;
  std::vector<Problem> problems;  // At the column's header, or at a field.
  std::vector<Warning> warnings;  // Of a row that was written all the same: at a field.
};

struct Imported {
  std::vector<ImportedRow> rows;  // In the order of the input.
};

// Refused as a whole where the mapping and the header do not fit.
Result<Imported> import_rows(Context& context, const ImportRows& command);

}  // namespace tenon::command
