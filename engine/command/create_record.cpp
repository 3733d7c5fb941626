#include "engine/command/create_record.h"

#include "engine/command/access.h"
#include "engine/command/calendar_check.h"
#include "engine/command/draft.h"
#include "engine/command/grants.h"

namespace tenon::command {
namespace {

record::Record newborn(Context& context, Values fields) {
  const DateTime now{context.clock.now_ms()};
  record::Record record;
  record.id = RecordId{context.ids.next()};
  record.version = 1;
  record.created_at = record.updated_at = now;
  record.created_by = record.updated_by = context.actor.user;
  record.fields = std::move(fields);
  return record;
}

Result<Reply> carry_out(Context& context, const CreateRecord& command) {
  const application::Object& object = *command.object;

  TENON_CHECK(check_door(context, object, Verb::create, command.input));
  TENON_CHECK(check_references(context, object, nullptr, command.input));
  TENON_TRY(auto draft, draft_of(context, object, nullptr, command.input));

  TENON_TRY(auto verdict, judge(context, object, nullptr, draft));
  if (!verdict.accepts()) return Error::invalid(std::move(verdict.problems));
  TENON_CHECK(check_calendar(object, verdict.fields));
  TENON_CHECK(check_outcome(context, object, Verb::create, verdict.fields));
  TENON_CHECK(check_grants(context, object, nullptr, &verdict.fields));

  auto record = newborn(context, std::move(verdict.fields));
  if (const auto clash = record::insert(context.tx, object.table, record)) {
    return conflict_of(object, *clash);
  }
  context.changes.note(object, nullptr, &record);
  return Reply{&object, record.id, std::move(record)};
}

}  // namespace

Result<Reply> create_record(Context& context, const CreateRecord& command) {
  auto reply = carry_out(context, command);
  if (reply) return reply;
  return as_told(context, *command.object, std::move(reply.error()));
}

}  // namespace tenon::command
