#include "engine/command/purge.h"

#include "engine/command/delete_record.h"
#include "engine/command/idempotency.h"
#include "engine/json/writer.h"
#include "engine/query/attachment.h"
#include "engine/query/named_field.h"
#include "engine/record/rollup_table.h"
#include "engine/run/message.h"
#include "engine/run/person.h"

namespace tenon::command {
namespace {

using application::Object;

constexpr int kChunk = 200;  // Some milliseconds.

job::Step next_night(const Context& context) { return job::Repeats{next_night_ms(context)}; }

job::Step next_chunk(const JobRun& run, std::int64_t count, std::string position = "") {
  return job::GoesOn{std::move(position), run.job.done + count, 0};
}

// After the commit, and only where no other file has them by then.
void forget_bytes(Context& context, const Object& files, const record::Record& file) {
  const Value& sha256 = file.fields[static_cast<std::size_t>(*files.find_slot("sha256"))];
  const auto* text = std::get_if<std::string>(&sha256);
  if (text == nullptr) return;
  json::Writer input;
  input.begin_object().key("sha256").text(*text).end_object();
  job::NewJob job;
  job.kind = kRemoveBytes;
  job.lane = job::Lane::effects;
  job.key = *text;
  job.input = input.take();
  job.due_ms = context.clock.now_ms();
  job::add(context.tx, {context.ids.next()}, job, context.clock.now_ms());
}

// What they did in runs of flows stays, and so does who they were.
void keep_name(Context& context, const Object& users, const record::Record& user) {
  const Value name = query::value_of(users, user, "name");
  if (is_empty(name)) return;
  run::keep_person(context.tx, user.id, std::get<std::string>(name));
}

}  // namespace

Result<job::Step> purge_records(Context& context, const JobRun& run) {
  const DateTime before{context.clock.now_ms() - kErasedMs};
  const Object& files = context.app.system_object("file");
  const Object& users = context.app.system_object("user");
  for (const Object& object : context.app.objects()) {
    const auto erased = record::erased_before(context.tx, object.table, before, kChunk);
    for (const record::Record& record : erased) {
      if (&object == &users) keep_name(context, users, record);
      record::remove(context.tx, object.table, record.id);
      record::forget_rollup_sums(context.tx, record.id);
      if (&object == &files) forget_bytes(context, files, record);
    }
    if (!erased.empty()) return next_chunk(run, static_cast<std::int64_t>(erased.size()));
  }
  return next_night(context);
}

Result<job::Step> purge_files(Context& context, const JobRun& run) {
  const Object& files = context.app.system_object("file");
  RecordId above;
  if (!run.job.position.empty()) {
    TENON_TRY(above.value, parse_id_text(run.job.position));
  }
  const DateTime before{context.clock.now_ms() - kUnattachedMs};
  const auto ids = record::made_before(context.tx, files.table, above, before, kChunk);
  for (const RecordId id : ids) {
    if (query::is_attached(context.app, context.tx, id)) continue;
    TENON_CHECK(delete_record(context, {&files, id, std::nullopt}));
  }
  if (ids.empty()) return next_night(context);
  return next_chunk(run, static_cast<std::int64_t>(ids.size()), text_of(ids.back()));
}

Result<job::Step> forget_keys(Context& context, const JobRun& run) {
  const int count = forget_keys(context.tx, run.process_now_ms, kChunk);
  return count > 0 ? next_chunk(run, count) : next_night(context);
}

Result<job::Step> forget_messages(Context& context, const JobRun& run) {
  const int count = run::forget_messages(context.tx, context.clock.now_ms(), kChunk);
  return count > 0 ? next_chunk(run, count) : next_night(context);
}

Result<job::Step> purge_jobs(Context& context, const JobRun& run) {
  const std::int64_t before_ms = context.clock.now_ms() - kEndedJobMs;
  const int count = job::forget_ended(context.tx, before_ms, kChunk);
  return count > 0 ? next_chunk(run, count) : next_night(context);
}

}  // namespace tenon::command
