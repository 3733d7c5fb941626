#include "engine/command/create_record.h"

#include "engine/command/access.h"
#include "engine/command/draft.h"
#include "engine/command/grants.h"
#include "engine/command/save.h"

namespace tenon::command {
namespace {

Result<Reply> carry_out(Context& context, const CreateRecord& command) {
  const application::Object& object = *command.object;

  TENON_CHECK(check_door(context, object, Verb::create, command.input));
  TENON_CHECK(check_references(context, object, nullptr, command.input));
  TENON_TRY(auto draft, draft_of(context, object, nullptr, command.input));

  TENON_TRY(auto verdict, judge(context, object, nullptr, draft));
  if (!verdict.accepts()) return Error::invalid(std::move(verdict.problems));
  TENON_CHECK(check_outcome(context, object, Verb::create, verdict.fields));
  TENON_CHECK(check_grants(context, object, nullptr, &verdict.fields));

  draft.fields = std::move(verdict.fields);
  Ripple ripple(context);
  TENON_TRY(auto record, save_new(context, object, draft, ripple));
  TENON_CHECK(ripple.run());
  return Reply{&object, record.id, std::move(record)};
}

}  // namespace

Result<Reply> create_record(Context& context, const CreateRecord& command) {
  auto reply = carry_out(context, command);
  if (reply) return reply;
  return as_told(context, *command.object, std::move(reply.error()));
}

}  // namespace tenon::command
