// Records as a table for a file: the columns of a list, all its rows, in one snapshot.
//
// The same compiler as a list, page by page, so the same permissions: what the actor may not read
// is no column, and is refused where it is asked for by name. A reference is the title of its
// record, several are those titles joined by "; ". Money in several currencies is two
// columns. Lines are not in it: they are many rows of their own.
#pragma once

#include <string>
#include <vector>

#include "engine/base/limits.h"
#include "engine/query/list.h"
#include "engine/sheet/table_writer.h"

namespace tenon::query {

// Whom the file is for: its headings and choices as people see them in the actor's language, or the
// names of the definition with values as an import takes them (moments in UTC).
enum class ExportFor { people, programs };

struct ExportRecords {
  std::string object;
  std::vector<std::string> fields;  // Paths, in the order of the columns; empty: all but lines.
  std::string filter;
  std::vector<std::string> sort;
  std::string search;
  ExportFor purpose = ExportFor::people;
  std::int64_t records_max = limits::kExportRecordsMax;
};

// Writes heading and rows; how many records there were. `limit` where there are more than an export
// takes (base/limits.h): nothing is cut off silently.
Result<std::int64_t> export_records(const Context& context, const ExportRecords& query,
                                    sheet::TableWriter& table);

}  // namespace tenon::query
