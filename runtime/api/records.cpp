#include "engine/application/money.h"
#include "engine/base/limits.h"
#include "engine/command/check_draft.h"
#include "engine/command/create_record.h"
#include "engine/command/delete_record.h"
#include "engine/command/events.h"
#include "engine/command/restore_record.h"
#include "engine/command/update_record.h"
#include "engine/json/members.h"
#include "engine/query/list.h"
#include "engine/query/ownership.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/history_json.h"
#include "runtime/api/page_json.h"
#include "runtime/api/problem.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

std::string etag(std::int64_t version) { return "\"" + std::to_string(version) + "\""; }

Result<query::Count> count_parameter(const Call& call) {
  const std::string text = text_parameter(call, "count");
  if (text.empty() || text == "none") return query::Count::none;
  if (text == "estimate") return query::Count::estimate;
  if (text == "exact") return query::Count::exact;
  return Error::of(ErrorCode::malformed, "count", "count", "is one of none, estimate, exact");
}

Result<query::ListRecords> list_query(const Call& call, const std::string& object) {
  query::ListRecords query;
  query.object = object;
  query.fields = list_parameter(call, "fields");
  query.filter = text_parameter(call, "filter");
  query.sort = list_parameter(call, "sort");
  query.after = text_parameter(call, "after");
  query.search = text_parameter(call, "q");
  TENON_TRY(const auto limit,
            integer_parameter(call, "limit", query.limit, 1, limits::kPageRecordsMax));
  query.limit = static_cast<int>(limit);
  TENON_TRY(query.count, count_parameter(call));
  return query;
}

// Reads in one snapshot and answers what `work` made of it.
template <class Work>
void answer_read(const CallPointer& call, Work work) {
  const auto body = std::make_shared<Result<std::string>>(std::string());
  read_for(
      call,
      [call, body, work = std::move(work)](storage::Transaction& tx) {
        *body = work(query::context(*call->app, call->actor(), tx, call->now()));
      },
      [call, body] { *body ? call->json(200, body->take()) : call->fail(body->error()); });
}

void write_names(json::Writer& writer, std::string_view name, const application::Object& object,
                 const std::vector<int>& slots) {
  writer.key(name).begin_array();
  for (const int slot : slots) writer.text(object.field(slot).name);
  writer.end_array();
}

void write_problems(json::Writer& writer, std::string_view name,
                    const std::vector<Problem>& problems) {
  writer.key(name).begin_array();
  for (const Problem& problem : problems) {
    writer.begin_object().key("at").text(problem.at);
    writer.key("rule").text(problem.rule).key("message").text(problem.message).end_object();
  }
  writer.end_array();
}

void write_options(json::Writer& writer, const command::Checked& checked) {
  writer.key("options").begin_object();
  for (const auto& [slot, options] : checked.options) {
    writer.key(checked.object->field(slot).name).begin_array();
    for (const std::string& option : options) writer.text(option);
    writer.end_array();
  }
  writer.end_object();
}

std::string checked_json(const command::Checked& checked, const permission::Rights& rights) {
  const application::Object& object = *checked.object;
  const auto& granted = rights.objects[static_cast<std::size_t>(object.place)];
  json::Writer writer;
  writer.begin_object();
  write_problems(writer, "problems", checked.problems);
  writer.key("warnings");
  write_warnings(writer, checked.warnings);
  write_names(writer, "hidden", object, checked.hidden);
  write_names(writer, "required", object, checked.required);
  write_names(writer, "read_only", object, checked.read_only);
  write_options(writer, checked);
  write_names(writer, "cleared", object, checked.cleared);
  writer.key("fields").begin_object();
  for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
    if (!granted.may_read(slot) || object.field(slot).is_children()) continue;
    if (application::is_currency(object, slot)) continue;
    writer.key(object.field(slot).name);
    write(writer, object.type(slot), application::written_value(object, slot, checked.fields));
  }
  writer.end_object().end_object();
  return writer.take();
}

// The record that a check is about; nothing where it is about a new one.
Result<std::optional<RecordId>> checked_id(const json::Document& body) {
  std::vector<Problem> problems;
  json::Members members(body.root(), problems);
  members.required("fields");
  const auto text = members.text("id");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  if (!text) return std::optional<RecordId>{};
  TENON_TRY(const auto id, id_of(*text));
  return std::optional(id);
}

command::Answer answer_of(const command::Context& context, const command::Reply& reply,
                          int status) {
  return {status, record_json(context, reply), etag(reply.record->version), ""};
}

// The current record for the caller to look at, where a write met another version.
void fail_conflict(Call& call, const std::string& object, RecordId id, const Error& error) {
  http::Response response = problem_response(error, call.request.request_id);
  const bool changed = error.code == ErrorCode::conflict && !error.problems.empty() &&
                       error.problems.front().rule == "changed";
  if (changed) {
    call.engine.read([&](storage::Transaction& tx) {
      const auto page =
          query::read(query::context(*call.app, call.actor(), tx, call.now()), object, id, {});
      if (!page) return;
      json::Writer fields;
      fields.begin_array();
      for (const Problem& problem : error.problems) fields.text(problem.at);
      fields.end_array();
      response.body.pop_back();
      response.body += ",\"current\":" + record_json(*page, false) +
                       ",\"fields\":" + std::string(fields.view()) + "}";
    });
  }
  call.answer(std::move(response));
}

}  // namespace

void list_records(CallPointer call, std::string object) {
  auto query = list_query(*call, object);
  if (!query) return call->fail(query.error());
  const bool with_may = text_parameter(*call, "may") == "true";
  answer_read(
      call, [query = query.take(), with_may](const query::Context& context) -> Result<std::string> {
        TENON_TRY(auto page, query::list(context, query));
        if (with_may) query::add_actions(context, page);
        return page_json(page, with_may);
      });
}

void read_record(CallPointer call, std::string object, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  const bool with_may = text_parameter(*call, "may") == "true";
  const auto page = std::make_shared<Result<query::Page>>(Error::not_found());
  const auto read = [call, page, object, id = *id, with_may,
                     fields = list_parameter(*call, "fields")](storage::Transaction& tx) {
    const auto context = query::context(*call->app, call->actor(), tx, call->now());
    *page = query::read_with_runs(context, object, id, fields);
    if (*page && with_may) query::add_actions(context, **page);
  };
  read_for(call, read, [call, page, with_may] {
    if (!*page) return call->fail(page->error());
    const auto version = std::get<Decimal>((*page)->rows[0][1]).whole().value_or(0);
    call->json(200, record_json(**page, with_may), etag(version));
  });
}

void create_record(CallPointer call, std::string object) {
  auto input = BodyInput::parse(*call, object, "");
  if (!input) return call->fail(input.error());
  write_once(call, [body = *input, object](command::Context& context) -> Result<command::Answer> {
    TENON_TRY(const auto* fields, body->input(context.app, context.app.rights(context.actor)));
    TENON_TRY(const auto reply, command::create_record(context, {&body->object(), *fields}));
    command::Answer answer = answer_of(context, reply, 201);
    answer.location = "/api/v1/records/" + object + "/" + text_of(reply.id);
    return answer;
  });
}

void update_record(CallPointer call, std::string object, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  const auto seen = seen_version(*call);
  if (!seen) return call->fail(seen.error());
  auto input = BodyInput::parse(*call, object, "");
  if (!input) return call->fail(refusal_about(*call, object, *id, std::move(input.error())));
  write_once(
      call,
      [body = *input, id = *id,
       seen = *seen](command::Context& context) -> Result<command::Answer> {
        TENON_TRY(const auto* fields, body->input(context.app, context.app.rights(context.actor)));
        TENON_TRY(const auto reply,
                  command::update_record(context, {&body->object(), id, *fields, seen}));
        return answer_of(context, reply, 200);
      },
      [object, id = *id](Call& refused, const Error& error) {
        fail_conflict(refused, object, id, error);
      });
}

void delete_record(CallPointer call, std::string object, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  const auto seen = seen_version(*call);
  if (!seen) return call->fail(seen.error());
  write_once(
      call, [object, id = *id, seen = *seen](command::Context& context) -> Result<command::Answer> {
        TENON_TRY(const auto* target,
                  query::visible_object(context.app, context.app.rights(context.actor), object));
        TENON_CHECK(command::delete_record(context, {target, id, seen}));
        return command::Answer{204, "", "", ""};
      });
}

void restore_record(CallPointer call, std::string object, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  write_once(call, [object, id = *id](command::Context& context) -> Result<command::Answer> {
    TENON_TRY(const auto* target,
              query::visible_object(context.app, context.app.rights(context.actor), object));
    TENON_TRY(const auto reply, command::restore_record(context, {target, id}));
    return answer_of(context, reply, 200);
  });
}

void check_record(CallPointer call, std::string object) {
  const auto seen = query::visible_object(*call->app, call->rights(), object);
  if (!seen) return call->fail(seen.error());
  auto document = body_of(*call);
  if (!document) return call->fail(document.error());
  const auto id = checked_id(*document);
  if (!id) return call->fail(id.error());
  auto input = BodyInput::parse(*call, document.take(), object, "fields");
  if (!input) {
    if (*id) input.error() = refusal_about(*call, object, **id, std::move(input.error()));
    return call->fail(input.error());
  }
  answer_read(call,
              [&engine = call->engine, body = *input,
               id = *id](const query::Context& asked) -> Result<std::string> {
                TENON_TRY(const auto* fields, body->input(asked.app, asked.rights));
                command::Changes nothing;
                command::Context context{asked.app,      asked.actor,  asked.tx,
                                         engine.clock(), engine.ids(), nothing};
                TENON_TRY(const auto checked,
                          command::check_draft(context, {&body->object(), id, *fields}));
                return checked_json(checked, asked.rights);
              });
}

void record_history(CallPointer call, std::string object, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  const auto limit = integer_parameter(*call, "limit", 50, 1, limits::kPageRecordsMax);
  if (!limit) return call->fail(limit.error());
  const auto before = integer_parameter(*call, "after", 0, 0, INT64_MAX);
  if (!before) return call->fail(before.error());
  answer_read(call,
              [object, id = *id, before = *before, limit = static_cast<int>(*limit)](
                  const query::Context& context) -> Result<std::string> {
                TENON_TRY(const auto history, query::history(context, object, id, before, limit));
                return history_json(history);
              });
}

}  // namespace tenon::api
