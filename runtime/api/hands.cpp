// Records change hands by their pool's rules: one, or many, each on its own.
#include <atomic>

#include "engine/base/limits.h"
#include "engine/command/ownership.h"
#include "engine/json/members.h"
#include "engine/query/sight.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/ownership_json.h"
#include "runtime/api/page_json.h"
#include "runtime/api/problem.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

struct Hand {
  std::string object;
  RecordId id;
  command::HandAction action;
  command::HandDetails details;
};

Result<command::Answer> carry_out(command::Context& context, const Hand& hand) {
  const auto& rights = context.app.rights(context.actor);
  TENON_TRY(const auto* object, query::visible_object(context.app, rights, hand.object));
  TENON_TRY(const auto reply,
            command::change_hands(context, {object, hand.id, hand.action, hand.details}));
  json::Writer writer;
  writer.begin_object().key("record");
  // Given back to a pool of others, it is out of sight.
  const bool is_seen = query::sees(command::as_query(context), *object, reply.record->fields);
  is_seen ? writer.raw(record_json(context, reply)) : writer.null();
  writer.key("command").text(text_of(context.changes.command)).end_object();
  return command::Answer{200, writer.take(), "", ""};
}

// With how it stands: who has it, what is possible from when on.
void refuse(Call& call, const std::string& object, RecordId id, const Error& error) {
  http::Response response = problem_response(error, call.request.request_id);
  call.engine.read([&](storage::Transaction& tx) {
    const auto context = query::context(*call.app, call.actor(), tx, call.now());
    const auto of = query::ownership(context, object, id);
    if (!of || !*of) return;
    json::Writer writer;
    writer.begin_object();
    write_ownership(writer, "ownership", context, *of);
    writer.end_object();
    response.body.pop_back();
    response.body += "," + writer.take().substr(1);
  });
  call.answer(std::move(response));
}

// A body may be left out where there is nothing to say.
Result<command::HandDetails> details_of(const Call& call) {
  if (call.request.body.empty()) return command::HandDetails{};
  TENON_TRY(const auto document, body_of(call));
  return command::parse_hand_details(document.root());
}

struct Outcome {
  int status = 0;
  std::string body;
  bool is_refused = false;
};

struct Many {
  std::vector<Hand> hands;
  std::optional<command::RepeatKey> key;
  std::vector<Outcome> outcomes;
  std::atomic<std::size_t> waiting{0};
};

Result<std::shared_ptr<Many>> parse_many(const Call& call, const std::string& object,
                                         command::HandAction action) {
  TENON_CHECK(query::visible_object(*call.app, call.rights(), object));
  TENON_TRY(const auto document, body_of(call));
  auto many = std::make_shared<Many>();
  TENON_TRY(many->key, repeat_key(call));
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  const auto records = members.required("records");
  const auto details = members.optional("with");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  TENON_CHECK(records->expect(json::Kind::array));
  if (records->size() > static_cast<std::size_t>(limits::kBatchRecordsMax)) {
    return Error::of(ErrorCode::limit, "records", "records", "at most 200 at once");
  }
  command::HandDetails with;
  if (details) {
    TENON_TRY(with, command::parse_hand_details(*details));
  }
  for (const json::Reader record : *records) {
    TENON_TRY(const auto text, record.text());
    const auto id = parse_id_text(text);
    if (!id) return record.error("record", "is no id of a record");
    many->hands.push_back({object, RecordId{*id}, action, with});
  }
  many->outcomes.resize(many->hands.size());
  return many;
}

std::string results_json(const Many& many) {
  json::Writer writer;
  writer.begin_object().key("results").begin_array();
  for (const Outcome& outcome : many.outcomes) {
    writer.begin_object().key("status").integer(outcome.status);
    writer.key(outcome.is_refused ? "error" : "done").raw(outcome.body).end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

Result<void> carry_out(command::Context& context, Many& many, std::size_t place) {
  auto key = many.key;
  if (key) key->key += "/" + std::to_string(place);
  TENON_TRY(auto answer, command::once(context, key, [&]() -> Result<command::Answer> {
              return carry_out(context, many.hands[place]);
            }));
  many.outcomes[place] = {answer.status, std::move(answer.body), false};
  return done();
}

// In the written order: of what is limited, the first get it.
void write_each(const CallPointer& call, const std::shared_ptr<Many>& many) {
  many->waiting = many->hands.size();
  for (std::size_t place = 0; place < many->hands.size(); ++place) {
    auto write = std::make_shared<Write>();
    write->actor = call->actor();
    write->actor.surface = Surface::bulk;
    write->name = call->request.target + " at " + std::to_string(place);
    write->run = [many, place](command::Context& context) {
      return carry_out(context, *many, place);
    };
    write->done = [call, many, place](const Result<void>& outcome) {
      if (!outcome) {
        many->outcomes[place] = {status_of(outcome.error().code),
                                 problem_json(outcome.error(), call->request.request_id), true};
      }
      if (--many->waiting == 0) call->json(200, results_json(*many));
    };
    call->engine.write(std::move(write));
  }
}

}  // namespace

void change_hands(CallPointer call, const std::string& object, RecordId id,
                  const std::string& action) {
  auto details = details_of(*call);
  if (!details) return call->fail(refusal_about(*call, object, id, std::move(details.error())));
  const Hand hand{object, id, *command::find_hand_action(action), details.take()};
  write_once(
      call, [hand](command::Context& context) { return carry_out(context, hand); },
      [object, id](Call& refused, const Error& error) { refuse(refused, object, id, error); });
}

void change_hands_of_many(CallPointer call, std::string object, std::string action) {
  const auto known = command::find_hand_action(action);
  if (!known) return call->fail(Error::not_found());
  const auto many = parse_many(*call, object, *known);
  if (!many) return call->fail(many.error());
  if ((*many)->hands.empty()) return call->json(200, results_json(**many));
  write_each(call, *many);
}

}  // namespace tenon::api
