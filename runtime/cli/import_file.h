// Imports one CSV file through a door, in chunks, with progress and the rows that were refused.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/metadata/import.h"
#include "runtime/cli/door.h"

namespace tenon::cli {

struct ImportTotals {
  std::int64_t created = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t rejected = 0;
  std::string rejects;  // CSV: the row's line, its reasons, its cells; "" where none was refused.
  std::int64_t warned = 0;  // Of those that were written.
  std::string warnings;     // The same of what was told about them.
  std::int64_t rows() const { return created + updated + unchanged + rejected; }
};

// `mapping` is the JSON of the mapping. `progress` gets the rows so far. Refused as a whole where
// the file or the mapping cannot be read.
Result<ImportTotals> import_file(Door& door, const std::string& mapping, const std::string& path,
                                 const std::function<void(std::int64_t)>& progress);

}  // namespace tenon::cli
