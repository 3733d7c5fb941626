#include "engine/command/check_draft.h"

#include <algorithm>

#include "engine/command/access.h"
#include "engine/command/assign.h"
#include "engine/command/draft.h"
#include "engine/command/duplicates.h"
#include "engine/command/warnings.h"
#include "engine/json/members.h"

namespace tenon::command {
namespace {

std::vector<int> readable(std::vector<int> slots, const permission::ObjectRights& rights) {
  const auto hidden = [&](int slot) { return !rights.may_read(slot); };
  slots.erase(std::remove_if(slots.begin(), slots.end(), hidden), slots.end());
  return slots;
}

void hide(const std::vector<bool>& hidden, Values& fields) {
  for (std::size_t slot = 0; slot < hidden.size(); ++slot) {
    if (hidden[slot]) fields[slot] = {};
  }
}

Result<Checked> carry_out(Context& context, const CheckDraft& command) {
  const application::Object& object = *command.object;
  const Verb verb = command.id ? Verb::update : Verb::create;
  TENON_CHECK(check_door(context, object, verb, command.input));
  std::optional<record::Record> record;
  if (command.id) {
    TENON_TRY(record, read_as(context, object, *command.id, verb));
  }
  const record::Record* before = record ? &*record : nullptr;
  TENON_CHECK(check_references(context, object, before, command.input));
  TENON_TRY(auto draft, draft_of(context, object, before, command.input));
  if (!command.id) TENON_CHECK(assign(context, object, command.input, draft));
  TENON_TRY(auto verdict, judge(context, object, before, draft));
  TENON_TRY(auto duplicates, find_duplicates(context, object, before, draft));
  json::collect(verdict.problems, Error::invalid(std::move(duplicates.problems)));
  const auto& rights =
      context.app.rights(context.actor).objects[static_cast<std::size_t>(object.place)];
  Checked checked{.object = &object};
  checked.problems = as_told(context, object, std::move(verdict.problems));
  checked.warnings = warnings_of(context, object, verdict, duplicates);
  checked.hidden = readable(std::move(verdict.hidden), rights);
  checked.required = readable(std::move(verdict.required), rights);
  checked.read_only = readable(std::move(verdict.read_only), rights);
  for (auto& [slot, options] : verdict.options) {
    if (rights.may_read(slot)) checked.options.emplace(slot, std::move(options));
  }
  checked.cleared = readable(std::move(verdict.cleared), rights);
  checked.fields = std::move(verdict.fields);
  if (before != nullptr) hide(hidden_fields(context, object, before->fields), checked.fields);
  return checked;
}

}  // namespace

Result<Checked> check_draft(Context& context, const CheckDraft& command) {
  auto checked = carry_out(context, command);
  if (checked) return checked;
  return as_told(context, *command.object, std::move(checked.error()));
}

}  // namespace tenon::command
