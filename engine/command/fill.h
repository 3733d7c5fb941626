// Derived fields that are new or made of something else get their values.
//
// Of few records inside the publish: a formula over a record's own fields is one UPDATE, the rest
// record by record (filler.h). Of more than kFillRowsMax by the job `fill_fields`: then the fields
// are `building` meanwhile (record/building_table.h), readers work out what can be and are told to
// wait for the rest, and a record that is written gets its values by its write. The job counts anew
// until a pass changes nothing, so what is written meanwhile cannot be lost.
#pragma once

#include "engine/command/job_kinds.h"
#include "engine/command/stale.h"

namespace tenon::command {

// What a publish leaves out of date, and whether that is more than it does itself.
struct Fill {
  Stale stale;
  bool is_long = false;
  application::BuildingFields building() const {
    return is_long ? stale.all() : application::BuildingFields{};
  }
};

// Before the tables change, from `context.app` to what `after` says.
Fill plan_fill(const Context& context, const metadata::Bundle& after);
// In `after`: fills, or schedules the job. Refused where a value cannot be kept (a sum overflows);
// in the job that is an incident.
Result<void> fill_derived(const Context& context, const application::Application& after,
                          const Fill& fill);

// At a start: the job is there where something is left, even if somebody cancelled it.
void resume_fill(Context& context);

// Whether this kept field may not have its value yet.
bool is_being_filled(const Context& context, const application::Object& object, int slot);

Result<job::Step> fill_fields(Context& context, const JobRun& run);

}  // namespace tenon::command
