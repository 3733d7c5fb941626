// The lines of records that the actor may read, in their order, with the lines these hold.
//
// One query for each children field and level, whatever the number of records and lines.
#pragma once

#include <map>
#include <vector>

#include "engine/query/context.h"

namespace tenon::query {

struct LineSet;

struct LineRow {
  RecordId id;
  Values fields;  // By slot, those computed on read among them.
  std::vector<LineSet> lines;
};

struct LineSet {
  const application::Children* children = nullptr;
  std::vector<LineRow> rows;

  const application::Object& object() const { return *children->lines; }
};

// By the record that holds them; records without lines are left out. Computed for readers, as a
// page is. The records must be such as the actor may read, the children field too.
std::map<std::int64_t, LineSet> lines_of(const Context& context,
                                         const application::Children& children,
                                         const std::vector<RecordId>& records);

// Of one record, at every children field that the actor may read.
std::vector<LineSet> lines_of(const Context& context, const application::Object& object,
                              RecordId record);

}  // namespace tenon::query
