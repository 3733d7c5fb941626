#include "engine/command/update_record.h"

#include <algorithm>

#include "engine/command/access.h"
#include "engine/command/calendar_check.h"
#include "engine/command/draft.h"
#include "engine/command/duplicates.h"
#include "engine/command/grants.h"
#include "engine/event/event_log.h"
#include "engine/json/document.h"
#include "engine/json/members.h"

namespace tenon::command {
namespace {

// Whether a field was changed after this version, by the event log.
Result<std::vector<std::string>> changed_since(Context& context, const application::Object& object,
                                               RecordId id, std::int64_t version) {
  std::vector<std::string> fields;
  for (const std::string& body : event::bodies_since(context.tx, object.id(), id, version)) {
    const auto document = json::Document::parse(body);
    if (!document) throw Fault("an event's body is no JSON: " + object.id() + " " + text_of(id));
    for (const json::Reader member : document->root()) fields.emplace_back(member.name());
  }
  return fields;
}

Result<void> refuse_conflict(Context& context, const record::Record& before,
                             const UpdateRecord& command) {
  if (!command.seen || *command.seen == before.version) return done();
  const application::Object& object = *command.object;
  if (*command.seen > before.version) {
    return Error::of(ErrorCode::conflict, "", "version",
                     "there is no version " + std::to_string(*command.seen) + " yet");
  }
  TENON_TRY(const auto changed, changed_since(context, object, before.id, *command.seen));
  Error error{ErrorCode::conflict, {}};
  for (const Input::Entry& entry : command.input.entries) {
    const bool same = before.fields[static_cast<std::size_t>(entry.slot)] == entry.value;
    const std::string& field = object.field(entry.slot).id;
    if (same || std::find(changed.begin(), changed.end(), field) == changed.end()) continue;
    error.problems.push_back(
        {object.field(entry.slot).name, "changed", "somebody else has changed this meanwhile"});
  }
  if (!error.problems.empty()) return error;
  return done();
}

record::Record next_version(Context& context, const application::Object& object,
                            const record::Record& before, Values fields) {
  record::Record after = before;
  after.fields = std::move(fields);
  after.version = context.changes.next_version(object, before);
  after.updated_at = {context.clock.now_ms()};
  after.updated_by = context.actor.user;
  return after;
}

bool stored_fields_differ(const record::Table& table, const Values& a, const Values& b) {
  for (const record::StoredColumn& column : table.columns) {
    const auto slot = static_cast<std::size_t>(column.slot);
    if (a[slot] != b[slot]) return true;
  }
  return false;
}

Result<Reply> carry_out(Context& context, const UpdateRecord& command) {
  const application::Object& object = *command.object;

  TENON_CHECK(check_door(context, object, Verb::update, command.input));
  TENON_TRY(const auto before, read_as(context, object, command.id, Verb::update));
  TENON_CHECK(refuse_conflict(context, before, command));
  TENON_CHECK(check_references(context, object, &before, command.input));
  TENON_TRY(auto draft, draft_of(context, object, &before, command.input));

  TENON_TRY(auto verdict, judge(context, object, &before, draft));
  TENON_TRY(auto duplicates, find_duplicates(context, object, &before, verdict.fields));
  json::collect(verdict.problems, Error::invalid(std::move(duplicates.problems)));
  if (!verdict.accepts()) return Error::invalid(std::move(verdict.problems));
  TENON_CHECK(check_calendar(object, verdict.fields));
  TENON_CHECK(check_outcome(context, object, Verb::update, verdict.fields));
  TENON_CHECK(check_grants(context, object, &before, &verdict.fields));

  if (!stored_fields_differ(object.table, before.fields, verdict.fields)) {
    return Reply{&object, before.id, before};  // The same values are no change, and no event.
  }
  auto after = next_version(context, object, before, std::move(verdict.fields));
  if (const auto clash = record::update(context.tx, object.table, before, after)) {
    return conflict_of(object, *clash);
  }
  context.changes.note(object, &before, &after);
  keep_keys(context, object, &before, &after);
  return Reply{&object, after.id, std::move(after)};
}

}  // namespace

Result<Reply> update_record(Context& context, const UpdateRecord& command) {
  auto reply = carry_out(context, command);
  if (reply) return reply;
  return as_told(context, *command.object, std::move(reply.error()));
}

}  // namespace tenon::command
