// Keys by which duplicate rules find records (record/match_key_table.h), of the records that were
// there before the rule, or before it compared something else.
//
// Of few records inside the publish, of more than kFillRowsMax by the job `fill_keys`. A rule whose
// keys are being made has no form noted; meanwhile it finds the records whose turn has come, and
// those that were written since.
#pragma once

#include "engine/command/job_kinds.h"

namespace tenon::command {

// At publish, in `after`.
void fill_keys(Context& context, const application::Application& after);
// At a start: the job is there where something is left, even if somebody cancelled it.
void resume_keys(Context& context);

Result<job::Step> fill_some_keys(Context& context, const JobRun& run);

}  // namespace tenon::command
