// UpdateRecord: the write path, in the order that docs and tests call it.
#pragma once

#include <optional>

#include "engine/command/context.h"
#include "engine/command/input.h"
#include "engine/command/record_hold.h"

namespace tenon::command {

struct UpdateRecord {
  const application::Object* object;  // Of the context's application.
  RecordId id;
  Input input;
  // The version the caller saw: fields changed since by others are a conflict, all others merge.
  // Nothing: the fields are written as they are.
  std::optional<std::int64_t> seen;
  // Of a run, which its lock does not hinder; and what a seat of it gives beyond the actor's
  // rights.
  const RunPass* pass = nullptr;
};

Result<Reply> update_record(Context& context, const UpdateRecord& command);

}  // namespace tenon::command
