// DeleteRecord: soft, with what refers to the record restricted, cleared or deleted along.
#pragma once

#include <optional>

#include "engine/command/context.h"
#include "engine/command/record_hold.h"

namespace tenon::command {

struct DeleteRecord {
  const application::Object* object;  // Of the context's application.
  RecordId id;
  std::optional<std::int64_t> seen;  // Another version now: a conflict.
  const RunPass* pass = nullptr;     // Of a run, which its lock does not hinder.
};

Result<Reply> delete_record(Context& context, const DeleteRecord& command);

}  // namespace tenon::command
