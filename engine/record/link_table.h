// Links: which records are in whose lists of references (`references`, `users`, `files`).
//
// A list itself stands in its record's column, in order. Here is one row for each of its items, so
// that what refers to a record is found without reading every list; kept by insert(), update() and
// remove() of table.h in the same transaction. Those of erased records stay until they are removed.
#pragma once

#include "engine/record/table.h"

namespace tenon::record {

// What tells the lists of one column from all others.
std::string link_place(const Table& table, const StoredColumn& column);

// Makes the links of this record what its list now is.
void keep_links(storage::Transaction& tx, const std::string& place, RecordId holder,
                const Value& before, const Value& after);

}  // namespace tenon::record
