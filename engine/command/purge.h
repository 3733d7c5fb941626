// Jobs that clear away, every night: what was deleted, what hangs on nothing, what has had its day.
#pragma once

#include "engine/command/job_kinds.h"

namespace tenon::command {

inline constexpr std::int64_t kErasedMs = 30LL * 24 * 3600 * 1000;   // Until then it may return.
inline constexpr std::int64_t kUnattachedMs = 24LL * 3600 * 1000;    // Of an uploaded file.
inline constexpr std::int64_t kEndedJobMs = 7LL * 24 * 3600 * 1000;  // Its progress may be read.
inline constexpr std::string_view kRemoveBytes = "remove_bytes";     // An outside effect.

// Records that were deleted 30 days ago go for good; of files, their bytes by a further job.
Result<job::Step> purge_records(Context& context, const JobRun& run);
// Files that no record holds a day after they were uploaded are deleted.
Result<job::Step> purge_files(Context& context, const JobRun& run);
// Keys of requests, by which these could be repeated for a day.
Result<job::Step> forget_keys(Context& context, const JobRun& run);
// Events that nobody came to wait for in their time.
Result<job::Step> forget_messages(Context& context, const JobRun& run);
// Jobs that were done or cancelled a week ago.
Result<job::Step> purge_jobs(Context& context, const JobRun& run);

}  // namespace tenon::command
