// Rows of a file that become lines of records: rows of the same record that follow each other are
// one change of it.
//
// The column that feeds the reference to the record, or to the line that holds it, says whose line
// a row is; or its level does (metadata/import.h). Where rows are
// refused together, each is tried alone, so that one bad row does not take its neighbours along.
#pragma once

#include "engine/command/import_rows.h"

namespace tenon::command {

std::vector<ImportedRow> import_lines(Context& context, const ImportRows& command,
                                      const application::Object& lines, CommandId id);

}  // namespace tenon::command
