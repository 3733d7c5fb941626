#include "runtime/api/flow_call.h"

#include <cstdio>

#include "runtime/api/flow_json.h"
#include "runtime/api/problem.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

// As it is kept under a key: "0HB…-3", or "0HB…" of a run.
std::string text_of_subject(const Subject& subject) {
  return subject.place < 0 ? text_of(subject.run) : task_id(subject.run, subject.place);
}

Subject subject_of(const std::string& text) {
  if (const auto task = parse_task_id(text)) return {task->run, task->place};
  const auto run = parse_id_text(text);
  if (!run) throw Fault("no run is kept under the key: " + text);
  return {{*run}, -1};
}

bool has_seat(const run::Kept& kept, int place) {
  return place < static_cast<int>(kept.run.seats.size());
}

// Whose decision made an end of a seat: its own, or of another seat at the same visit.
const flow::Seat* deciding_seat(const flow::Run& run, int place) {
  const flow::Seat& seat = run.seats[static_cast<std::size_t>(place)];
  if (!seat.is_final()) return nullptr;
  if (seat.actor != flow::kNobody) return &seat;
  const flow::Seat* last = nullptr;
  for (const flow::Seat& other : run.seats) {
    const bool decides = other.visit == seat.visit && other.actor != flow::kNobody;
    if (decides && (last == nullptr || other.decision > last->decision)) last = &other;
  }
  return last;
}

// The problem says who decided, by name, and when; and the members that say it to programs. "":
// nobody did.
std::string name_decider(command::Context& context, const run::Kept& kept, int place,
                         Error& error) {
  const flow::Seat* seat = deciding_seat(kept.run, place);
  if (seat == nullptr) return "";
  const RecordId ids[] = {seat->actor};
  const auto names = query::names_of_people(command::as_query(context), ids);
  const auto name = names.find(seat->actor);
  if (!error.problems.empty()) {
    error.problems.front().message = std::string(flow::name_of(seat->state)) + " by " +
                                     (name == names.end() ? "somebody who left" : name->second) +
                                     " at " + text_of(DateTime{seat->decided_ms});
  }
  json::Writer writer;
  writer.begin_object();
  PeopleWriter(writer, names).write("decided_by", seat->actor);
  write_moment(writer, "decided_at", seat->decided_ms);
  writer.end_object();
  const std::string members = writer.take();
  return members.substr(1, members.size() - 2);
}

void refuse(Call& call, const Subject& subject, const Error& error) {
  http::Response response = problem_response(error, call.request.request_id);
  response.body = problem_with(call, subject, error);
  call.answer(std::move(response));
}

// On a worker, else here: it is done, so it is answered in any case.
void answer_later(const CallPointer& call, int status, const Subject& subject) {
  const auto answer = [call, status, subject] {
    call->app = call->engine.application();
    try {
      answer_with(*call, status, subject, false);
    } catch (const std::exception& fault) {
      std::fprintf(stderr, "tenon: fault in an answer: %s\n", fault.what());
      call->empty(500);
    }
  };
  if (!call->engine.work(answer)) answer();
}

}  // namespace

void write_act(CallPointer call, int status, const Subject& about,
               std::function<Result<command::Acted>(command::Context&)> act) {
  auto key = repeat_key(*call);
  if (!key) return call->fail(key.error());
  auto subject = std::make_shared<Subject>(about);
  auto answer = std::make_shared<command::Answer>();
  auto write = std::make_shared<Write>();
  write->actor = call->actor();
  write->run = [key = key.take(), act = std::move(act), answer, status, about,
                subject](command::Context& context) -> Result<void> {
    TENON_TRY(*answer, command::once(context, key, [&]() -> Result<command::Answer> {
      TENON_TRY(const auto acted, act(context));
      const Subject of{acted.kept.run.id, about.place};
      return command::Answer{status, text_of_subject(of), "", ""};
    }));
    *subject = subject_of(answer->body);
    return done();
  };
  write->done = [call, status, subject](const Result<void>& outcome) {
    if (outcome) return answer_later(call, status, *subject);
    refuse(*call, *subject, outcome.error());
  };
  call->engine.write(std::move(write));
}

Result<command::Acted> carry_out(command::Context& context, const Subject& subject,
                                 const ActBody& body) {
  TENON_TRY(const auto kept, command::read_run(context, subject.run));
  if (!has_seat(kept, subject.place)) return Error::not_found();
  if (context.app.find_flow(kept.run.flow, kept.run.version) == nullptr) {
    return Error::of(ErrorCode::conflict, "", "finished", "this run is over");
  }
  command::ActOnRun command{subject.run, body.act};
  command.seen = body.seen;
  if (body.has_form) {
    const application::Object* object = context.app.find_id(kept.object);
    if (object == nullptr) return Error::not_found();
    TENON_TRY(command.form, command::parse_input(body.document->root().at("form"), *object,
                                                 context.app.all_rights()));
  }
  return command::act_on_run(context, command);
}

std::string problem_with(const Call& call, const Subject& subject, const Error& error) {
  Error named = error;
  std::string members;
  if (error.code == ErrorCode::conflict && subject.place >= 0) {
    read_as_command(call, [&](command::Context& context) {
      const auto kept = command::read_run(context, subject.run);
      if (kept && has_seat(*kept, subject.place)) {
        members = name_decider(context, *kept, subject.place, named);
      }
    });
  }
  std::string body = problem_json(named, call.request.request_id);
  if (members.empty()) return body;
  body.pop_back();
  return body + "," + members + "}";
}

void answer_with(Call& call, int status, const Subject& subject, bool is_asked_for) {
  Result<std::string> body = Error::not_found();
  read_as_command(call, [&](command::Context& context) {
    auto kept = command::read_run(context, subject.run);
    if (!kept || !has_seat(*kept, subject.place)) return;
    body = subject.place < 0 ? run_json(context, *kept) : task_json(context, *kept, subject.place);
  });
  if (body) return call.json(status, body.take());
  // Done, but no longer to be seen by who did it: nothing to show.
  is_asked_for ? call.fail(body.error()) : call.empty(204);
}

Result<std::shared_ptr<const json::Document>> act_document(const Call& call) {
  if (call.request.body.empty()) {
    TENON_TRY(auto nothing, json::Document::parse("{}"));
    return std::make_shared<const json::Document>(std::move(nothing));
  }
  TENON_TRY(auto document, body_of(call));
  return std::make_shared<const json::Document>(std::move(document));
}

}  // namespace tenon::api
