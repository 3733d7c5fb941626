#include "engine/base/limits.h"
#include "engine/job/job.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/job_json.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

void moment_or_null(json::Writer& writer, std::string_view name, std::int64_t ms) {
  writer.key(name);
  ms == 0 ? writer.null() : writer.text(text_of(DateTime{ms}));
}

// Whoever made it, and admins. For all others there is none.
bool may_see(const Actor& actor, const permission::Rights& rights, const job::Job& job) {
  return rights.everything || (job.made_by != RecordId{} && job.made_by == actor.user);
}

Result<job::Job> seen_job(storage::Transaction& tx, const Actor& actor,
                          const permission::Rights& rights, job::JobId id) {
  auto job = job::read(tx, id);
  if (!job || !may_see(actor, rights, *job)) return Error::not_found();
  return *std::move(job);
}

using Change = bool (*)(storage::Transaction& tx, job::JobId id, std::int64_t now_ms);

void change_job(CallPointer call, const std::string& text, Change change,
                const std::string& refusal) {
  const auto id = id_of(text);
  if (!id) return call->fail(id.error());
  auto body = std::make_shared<std::string>();
  write_for(
      call,
      [id = job::JobId{id->value}, change, refusal,
       body](command::Context& context) -> Result<void> {
        const auto& rights = context.app.rights(context.actor);
        TENON_CHECK(seen_job(context.tx, context.actor, rights, id));
        if (!change(context.tx, id, context.clock.now_ms())) {
          return Error::of(ErrorCode::conflict, "", "state", refusal);
        }
        json::Writer writer;
        write_job(writer, *job::read(context.tx, id));
        *body = writer.take();
        return done();
      },
      [body](Call& done_call) { done_call.json(200, std::move(*body)); });
}

}  // namespace

void write_job(json::Writer& writer, const job::Job& job) {
  writer.begin_object().key("id").text(text_of(job.id)).key("kind").text(job.kind);
  writer.key("lane").text(job::name_of(job.lane)).key("state").text(job::name_of(job.state));
  moment_or_null(writer, "due_at", job.due_ms);
  writer.key("attempt").integer(job.attempt).key("done").integer(job.done).key("total");
  job.total == 0 ? writer.null() : writer.integer(job.total);
  writer.key("problem");
  job.problem.empty() ? writer.null() : writer.text(job.problem);
  moment_or_null(writer, "made_at", job.made_ms);
  moment_or_null(writer, "ended_at", job.ended_ms);
  writer.end_object();
}

void list_jobs(CallPointer call) {
  std::vector<job::Job> jobs;
  call->engine.read(
      [&](storage::Transaction& tx) { jobs = job::open_jobs(tx, limits::kPageRecordsMax); });
  json::Writer writer;
  writer.begin_object().key("jobs").begin_array();
  for (const job::Job& job : jobs) {
    if (may_see(call->actor(), call->rights(), job)) write_job(writer, job);
  }
  writer.end_array().end_object();
  call->json(200, writer.take());
}

void read_job(CallPointer call, std::string text) {
  const auto id = id_of(text);
  if (!id) return call->fail(id.error());
  Result<job::Job> job = Error::not_found();
  call->engine.read([&](storage::Transaction& tx) {
    job = seen_job(tx, call->actor(), call->rights(), {id->value});
  });
  if (!job) return call->fail(job.error());
  json::Writer writer;
  write_job(writer, *job);
  call->json(200, writer.take());
}

void cancel_job(CallPointer call, std::string id) {
  change_job(std::move(call), id, job::cancel, "it has ended already");
}

void retry_job(CallPointer call, std::string id) {
  change_job(std::move(call), id, job::retry,
             "it is no incident, or another of its kind and key waits");
}

}  // namespace tenon::api
