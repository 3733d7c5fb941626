#include "engine/command/create_record.h"

#include "engine/command/access.h"
#include "engine/command/assign.h"
#include "engine/command/draft.h"
#include "engine/command/duplicates.h"
#include "engine/command/grants.h"
#include "engine/command/looked_up_check.h"
#include "engine/command/numbering.h"
#include "engine/command/save.h"
#include "engine/command/update_record.h"
#include "engine/command/warnings.h"
#include "engine/json/members.h"

namespace tenon::command {
namespace {

// Where the record that is there has no lines it gets the new ones.
void add_lines(Context& context, const CreateRecord& command, RecordId id, Input& input) {
  for (const LinesDraft& group : read_lines(context, *command.object, id)) {
    if (!group.lines.empty()) continue;
    for (const LinesInput& lines : command.input.lines) {
      if (lines.slot == group.children->slot) input.lines.push_back(lines);
    }
  }
}

// A new record that is likely the same as another fills what is empty there.
Result<Reply> merge_into(Context& context, const CreateRecord& command, RecordId id) {
  const auto there = record::read(context.tx, command.object->table, id);
  Input input;
  for (const Input::Entry& entry : command.input.entries) {
    if (is_empty(there->fields[static_cast<std::size_t>(entry.slot)])) {
      input.entries.push_back(entry);
    }
  }
  if (!command.input.lines.empty()) add_lines(context, command, id, input);
  return update_record(context, {command.object, id, std::move(input), std::nullopt});
}

Result<Reply> carry_out(Context& context, const CreateRecord& command) {
  const application::Object& object = *command.object;

  TENON_CHECK(check_door(context, object, Verb::create, command.input));
  TENON_CHECK(check_references(context, object, nullptr, command.input));
  TENON_TRY(auto draft, draft_of(context, object, nullptr, command.input));
  TENON_TRY(const auto assigned, assign(context, object, command.input, draft));

  TENON_TRY(auto verdict, judge(context, object, nullptr, draft));
  TENON_TRY(auto duplicates, find_duplicates(context, object, nullptr, draft));
  json::collect(verdict.problems, Error::invalid(std::move(duplicates.problems)));
  if (!verdict.accepts()) return Error::invalid(std::move(verdict.problems));
  if (duplicates.merge_into) return merge_into(context, command, *duplicates.merge_into);
  TENON_CHECK(check_looked_up(object, verdict.fields));
  const Values answered_for = as_own(context, assigned, verdict.fields);
  TENON_CHECK(check_outcome(context, object, Verb::create, answered_for));
  TENON_CHECK(check_grants(context, object, nullptr, &verdict.fields));

  auto warnings = warnings_of(context, object, verdict, duplicates);
  draft.fields = std::move(verdict.fields);
  TENON_CHECK(give_numbers(context, object, nullptr, draft));
  Ripple ripple(context);
  TENON_TRY(auto record, save_new(context, object, draft, ripple));
  TENON_CHECK(ripple.run());
  return Reply{&object, record.id, std::move(record), std::move(warnings)};
}

}  // namespace

Result<Reply> create_record(Context& context, const CreateRecord& command) {
  auto reply = carry_out(context, command);
  if (reply) return reply;
  return as_told(context, *command.object, std::move(reply.error()));
}

}  // namespace tenon::command
