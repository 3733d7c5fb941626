// A flow as somebody drafts it, compiled into the application around it: for simulations of what is
// not published. Nothing is written.
//
// Checked as a publish checks it. It goes where the bundle has the flow of this name, else beside
// its object; what it names is that of the newest version.
#pragma once

#include <memory>
#include <string>

#include "engine/application/application.h"
#include "engine/storage/database.h"

namespace tenon::command {

struct DraftFlow {
  std::shared_ptr<const application::Application> application;  // Of the newest version's number.
  metadata::Files files;  // Of the flow's bundle, the draft among them.
};

// `definition`: the text of flows/<name>.json. All problems at file and path.
Result<DraftFlow> draft_flow(storage::Transaction& tx, const std::string& name,
                             const std::string& definition);

// The files of the bundle that has this flow, as published; none where none has.
metadata::Files files_with_flow(storage::Transaction& tx, const std::string& name);

}  // namespace tenon::command
