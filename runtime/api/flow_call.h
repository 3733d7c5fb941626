// Something that people do to a run, on behalf of a call: written, then answered with the run or
// the task as it is afterwards.
//
// The answer is made when the write is durable, from a snapshot of its own, on a worker: a whole
// run is much to read, and the writer's time is everybody's. Under an Idempotency-Key is kept what
// the answer is about, so a repetition answers the same run as it is by then.
#pragma once

#include <functional>
#include <optional>

#include "engine/command/act_on_run.h"
#include "engine/json/members.h"
#include "runtime/api/call.h"

namespace tenon::api {

// What an answer is about: a run, or a task of it.
struct Subject {
  flow::RunId run;
  int place = -1;  // -1: the run.
};

// `about`: what is acted on; of no run: one that begins here.
void write_act(CallPointer call, int status, const Subject& about,
               std::function<Result<command::Acted>(command::Context&)> act);

// One act, as its body says it. `form`: the body's place of the fields, read with the application
// that carries it out.
struct ActBody {
  flow::Event act;
  std::shared_ptr<const json::Document> document;
  bool has_form = false;
  std::optional<std::int64_t> seen = std::nullopt;
};
// `not_found` where there is no such run or seat, or it may not be known.
Result<command::Acted> carry_out(command::Context& context, const Subject& subject,
                                 const ActBody& body);

// An error as JSON. Where somebody else decided meanwhile it says who and when: "decided_by",
// "decided_at".
std::string problem_with(const Call& call, const Subject& subject, const Error& error);

// The context of a command that only reads: what would be possible, what comes next.
template <class Work>
void read_as_command(const Call& call, Work work) {
  call.engine.read([&](storage::Transaction& tx) {
    command::Changes nothing;
    command::Context context{*call.app,           call.actor(),      tx,
                             call.engine.clock(), call.engine.ids(), nothing};
    work(context);
  });
}

// Reads on a worker: many runs are much to look at.
template <class Read>
void answer_from_worker(const CallPointer& call, Read read) {
  const auto work = [call, read = std::move(read)] {
    Result<std::string> body = std::string();
    read_as_command(*call, [&](command::Context& context) { body = read(context); });
    body ? call->json(200, body.take()) : call->fail(body.error());
  };
  if (!call->engine.work(work)) call->fail(Error{ErrorCode::busy, {}});
}

// Answers with the run or task as it is now; `status` where it is there.
void answer_with(Call& call, int status, const Subject& subject, bool is_asked_for);

// A body that may be left out where nothing needs to be said.
Result<std::shared_ptr<const json::Document>> act_document(const Call& call);

}  // namespace tenon::api
