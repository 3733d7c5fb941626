#include "engine/command/run_files.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/command/run_access.h"
#include "engine/run/attachment.h"

namespace tenon::command {
namespace {

constexpr int kRunsMax = 20;  // That are asked for one file.

bool hangs_on_known_run(Context& context, RecordId file) {
  const auto runs = run::runs_with(context.tx, file, kRunsMax);
  return std::any_of(runs.begin(), runs.end(),
                     [&](flow::RunId run) { return bool(read_run(context, run)); });
}

}  // namespace

std::optional<query::Attachment> fetch_file(Context& context, RecordId file) {
  if (auto own = query::attachment(as_query(context), file)) return own;
  if (!hangs_on_known_run(context, file)) return std::nullopt;
  return query::stored_file(context.app, context.tx, file);
}

Result<void> check_attachments(Context& context, std::span<const RecordId> files) {
  if (files.size() > limits::kAttachmentsPerActMax) {
    return Error::of(ErrorCode::limit, "attachments", "attachments", "at most 20 files at once");
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string at = "attachments/" + std::to_string(i);
    if (std::find(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(i), files[i]) !=
        files.begin() + static_cast<std::ptrdiff_t>(i)) {
      return Error::invalid(at, "duplicate", "this file is there already");
    }
    if (!fetch_file(context, files[i])) {
      return Error::invalid(at, "reference", "there is no such file: upload it first");
    }
  }
  return done();
}

}  // namespace tenon::command
