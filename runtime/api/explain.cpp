// Why something is as it is: the same code path as the decision, or what it noted down.
#include "engine/query/assignments.h"
#include "runtime/api/endpoints.h"

namespace tenon::api {
namespace {

constexpr int kEntriesMax = 200;

void write_user(json::Writer& writer, std::string_view name, const query::NamedUser& user) {
  writer.key(name);
  if (user.id.value == 0) {
    writer.null();
    return;
  }
  writer.begin_object().key("id").text(text_of(user.id));
  writer.key("name").text(user.name).end_object();
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
    writer.key("reason").text(skipped.reason).end_object();
  }
  writer.end_array();
  write_user(writer, "by", entry.actor);
  writer.end_object();
}

}  // namespace

void explain_assignment(CallPointer call, std::string object, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  Result<std::vector<query::AssignmentEntry>> entries = Error::not_found();
  call->engine.read([&](storage::Transaction& tx) {
    entries = query::assignments(query::context(*call->app, call->actor(), tx, call->now()), object,
                                 *id, kEntriesMax);
  });
  if (!entries) return call->fail(entries.error());
  json::Writer writer;
  writer.begin_object().key("entries").begin_array();
  for (const query::AssignmentEntry& entry : *entries) write_entry(writer, entry);
  writer.end_array().end_object();
  call->json(200, writer.take());
}

}  // namespace tenon::api
