// CreateRecord: the write path for a record that is not there yet.
#pragma once

#include "engine/command/context.h"
#include "engine/command/input.h"

namespace tenon::command {

struct CreateRecord {
  const application::Object* object;  // Of the context's application.
  Input input;
};

Result<Reply> create_record(Context& context, const CreateRecord& command);

}  // namespace tenon::command
