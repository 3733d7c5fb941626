// Why something is as it is: the same code path as the decision, or what it noted down.
#include "engine/query/assignments.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/ownership_json.h"

namespace tenon::api {
namespace {

constexpr int kEntriesMax = 200;

void write_user(json::Writer& writer, std::string_view name, const query::NamedUser& user) {
  write_person(writer, name, user.id, user.name);
}

void write_entry(json::Writer& writer, const query::AssignmentEntry& entry) {
  writer.begin_object().key("at").text(text_of(entry.at)).key("kind").text(entry.kind);
  writer.key("rule").text(entry.rule_name).key("label").text(entry.rule_label).key("row");
  entry.row < 0 ? writer.null() : writer.integer(entry.row);
  writer.key("row_label").text(entry.row_label);
  write_user(writer, "previous", entry.previous);
  write_user(writer, "chosen", entry.chosen);
  writer.key("team").text(entry.team_name).key("strategy").text(entry.strategy);
  writer.key("skipped").begin_array();
  for (const query::SkippedUser& skipped : entry.skipped) {
    writer.begin_object();
    write_user(writer, "user", skipped.user);
    if (!skipped.unknown.empty()) writer.key("name").text(skipped.unknown);
    writer.key("reason").text(skipped.reason).end_object();
  }
  writer.end_array().key("reason").text(entry.reason);
  write_user(writer, "by", entry.actor);
  writer.end_object();
}

// Who has it now, by which pool, and who had it when.
Result<void> write_explained(json::Writer& writer, const query::Context& context,
                             const std::string& object, RecordId id) {
  TENON_TRY(const auto entries, query::assignments(context, object, id, kEntriesMax));
  TENON_TRY(const auto now, query::ownership(context, object, id));
  writer.begin_object();
  write_ownership(writer, "now", context, now);
  writer.key("entries").begin_array();
  for (const query::AssignmentEntry& entry : entries) write_entry(writer, entry);
  writer.end_array().end_object();
  return done();
}

}  // namespace

void explain_assignment(CallPointer call, std::string object, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  json::Writer writer;
  Result<void> outcome = Error::not_found();
  Actor actor = call->actor();
  actor.locale = locale_parameter(*call);
  call->engine.read([&](storage::Transaction& tx) {
    outcome =
        write_explained(writer, query::context(*call->app, actor, tx, call->now()), object, *id);
  });
  if (!outcome) return call->fail(outcome.error());
  call->json(200, writer.take());
}

}  // namespace tenon::api
