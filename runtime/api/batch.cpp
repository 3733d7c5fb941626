#include <atomic>

#include "engine/base/limits.h"
#include "engine/command/create_record.h"
#include "engine/command/delete_record.h"
#include "engine/command/update_record.h"
#include "engine/json/layout.h"
#include "engine/json/members.h"
#include "engine/query/list.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/page_json.h"
#include "runtime/api/problem.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

struct Item {
  enum class Verb { create, update, erase } verb = Verb::create;
  std::optional<RecordId> id;
  std::optional<std::int64_t> seen;
  std::optional<json::Document> fields;  // Parsed again on the application that carries it out.
};

struct Outcome {
  int status = 0;
  std::string record;  // JSON, or
  std::string error;
};

struct Batch {
  std::string object;
  bool atomic = false;
  std::optional<command::RepeatKey> key;
  std::vector<Item> items;
  std::vector<Outcome> outcomes;
  std::atomic<std::size_t> waiting{0};
};
using BatchPointer = std::shared_ptr<Batch>;

std::optional<json::Document> document_of(json::Reader reader) {
  json::Writer writer;
  json::copy(reader, writer);
  auto document = json::Document::parse(writer.take());
  return document ? std::optional(document.take()) : std::nullopt;
}

Item parse_item(json::Reader reader, std::vector<Problem>& problems) {
  Item item;
  json::Members members(reader, problems);
  const auto create = members.optional("create");
  const auto update = members.text("update");
  const auto erase = members.text("delete");
  item.seen = members.integer("version");
  const auto set = members.optional("set");
  members.finish();
  if ((create ? 1 : 0) + (update ? 1 : 0) + (erase ? 1 : 0) != 1) {
    problems.push_back(reader.problem("command", "is one of create, update, delete"));
    return item;
  }
  if (create) item.fields = document_of(*create);
  if (update) item.verb = Item::Verb::update;
  if (erase) item.verb = Item::Verb::erase;
  if (update && set) item.fields = document_of(*set);
  if (update && !set) problems.push_back(reader.problem("required", "\"set\" is missing"));
  if (!update && set) problems.push_back(set->problem("unknown_member", "belongs to an update"));
  if (!create) {
    const auto id = parse_id_text(update ? *update : *erase);
    if (id) item.id = RecordId{*id};
  }
  return item;
}

Result<BatchPointer> parse_batch(const Call& call, const std::string& object) {
  TENON_CHECK(query::visible_object(*call.app, call.rights(), object));
  TENON_TRY(const auto document, body_of(call));
  auto batch = std::make_shared<Batch>();
  batch->object = object;
  TENON_TRY(batch->key, repeat_key(call));
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  batch->atomic = members.boolean("atomic").value_or(false);
  if (const auto commands = members.required("commands")) {
    TENON_CHECK(commands->expect(json::Kind::array));
    if (commands->size() > static_cast<std::size_t>(limits::kBatchRecordsMax)) {
      return Error::of(ErrorCode::limit, "commands", "commands", "at most 200 at once");
    }
    for (const json::Reader one : *commands) batch->items.push_back(parse_item(one, problems));
  }
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  batch->outcomes.resize(batch->items.size());
  return batch;
}

int status_when_done(Item::Verb verb) {
  switch (verb) {
    case Item::Verb::create: return 201;
    case Item::Verb::update: return 200;
    case Item::Verb::erase: return 204;
  }
  return 200;
}

Result<command::Reply> carry_out(command::Context& context, const std::string& name,
                                 const Item& item) {
  const auto& rights = context.app.rights(context.actor);
  TENON_TRY(const auto* object, query::visible_object(context.app, rights, name));
  if (item.verb != Item::Verb::create && !item.id) return Error::not_found();
  if (item.verb == Item::Verb::erase) {
    return command::delete_record(context, {object, *item.id, item.seen});
  }
  auto input = command::parse_input(item.fields->root(), *object, rights);
  if (!input) {
    // That there is no such record comes first.
    if (item.id) TENON_CHECK(query::read(command::as_query(context), name, *item.id, {"id"}));
    return std::move(input.error());
  }
  if (item.verb == Item::Verb::create) {
    return command::create_record(context, {object, input.take()});
  }
  return command::update_record(context, {object, *item.id, input.take(), item.seen});
}

Result<void> carry_out(command::Context& context, Batch& batch, std::size_t place) {
  const Item& item = batch.items[place];
  // Each command of a batch is repeated on its own: some may have been carried out, others not.
  std::optional<command::RepeatKey> key;
  if (!batch.atomic) key = batch.key;
  if (key) key->key += "/" + std::to_string(place);
  TENON_TRY(auto answer, command::once(context, key, [&]() -> Result<command::Answer> {
              TENON_TRY(const auto reply, carry_out(context, batch.object, item));
              command::Answer made{status_when_done(item.verb), "", "", ""};
              if (!reply.record) return made;
              made.body = record_json(context, reply);
              return made;
            }));
  batch.outcomes[place] = {answer.status, std::move(answer.body), ""};
  return done();
}

std::string results_json(const Batch& batch) {
  json::Writer writer;
  writer.begin_object().key("results").begin_array();
  for (const Outcome& outcome : batch.outcomes) {
    writer.begin_object().key("status").integer(outcome.status);
    if (!outcome.record.empty()) writer.key("record").raw(outcome.record);
    if (!outcome.error.empty()) writer.key("error").raw(outcome.error);
    writer.end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

// The problems say which command they are about.
Error at_place(Error error, std::size_t place) {
  const std::string at = "commands/" + std::to_string(place);
  for (Problem& problem : error.problems) {
    problem.at = problem.at.empty() ? at : at + "/" + problem.at;
  }
  if (error.problems.empty()) error.problems.push_back({at, std::string(name_of(error.code)), ""});
  return error;
}

void write_atomic(const CallPointer& call, const BatchPointer& batch) {
  write_once(call, [batch](command::Context& context) -> Result<command::Answer> {
    for (std::size_t place = 0; place < batch->items.size(); ++place) {
      auto carried = carry_out(context, *batch, place);
      if (!carried) return at_place(std::move(carried.error()), place);
    }
    return command::Answer{200, results_json(*batch), "", ""};
  });
}

// Each on its own, in the written order: the writer's queue keeps it.
void write_each(const CallPointer& call, const BatchPointer& batch) {
  batch->waiting = batch->items.size();
  for (std::size_t place = 0; place < batch->items.size(); ++place) {
    auto write = std::make_shared<Write>();
    write->actor = call->actor();
    write->actor.surface = Surface::bulk;
    write->name = call->request.target + " at " + std::to_string(place);
    write->run = [batch, place](command::Context& context) {
      return carry_out(context, *batch, place);
    };
    write->done = [call, batch, place](const Result<void>& outcome) {
      if (!outcome) {
        batch->outcomes[place] = {status_of(outcome.error().code), "",
                                  problem_json(outcome.error(), call->request.request_id)};
      }
      if (--batch->waiting == 0) call->json(200, results_json(*batch));
    };
    call->engine.write(std::move(write));
  }
}

}  // namespace

void batch_records(CallPointer call, std::string object) {
  const auto batch = parse_batch(*call, object);
  if (!batch) return call->fail(batch.error());
  if ((*batch)->items.empty()) return call->json(200, results_json(**batch));
  (*batch)->atomic ? write_atomic(call, *batch) : write_each(call, *batch);
}

}  // namespace tenon::api
