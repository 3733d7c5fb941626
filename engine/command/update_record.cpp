#include "engine/command/update_record.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/application/money.h"
#include "engine/command/access.h"
#include "engine/command/draft.h"
#include "engine/command/duplicates.h"
#include "engine/command/grants.h"
#include "engine/command/hands.h"
#include "engine/command/looked_up_check.h"
#include "engine/command/numbering.h"
#include "engine/command/people_left.h"
#include "engine/command/save.h"
#include "engine/command/warnings.h"
#include "engine/event/event_log.h"
#include "engine/json/document.h"
#include "engine/json/members.h"

namespace tenon::command {
namespace {

// What was changed after a version, by the event log: ids of fields, and of fields of lines.
struct ChangedSince {
  std::set<std::string> fields;
  std::set<std::pair<std::string, std::string>> line_fields;  // By the line's id.
  std::set<std::string> removed_lines;
};

void add_lines(json::Reader lines, ChangedSince& changed) {
  for (const json::Reader line : lines) {
    const std::string id(*line.member("id")->text());
    if (*line.member("kind")->text() == "delete") changed.removed_lines.insert(id);
    const json::Reader fields = *line.member("fields");
    for (const json::Reader field : fields) {
      changed.line_fields.emplace(id, field.name());
    }
  }
}

ChangedSince changed_since(Context& context, const application::Object& object, RecordId id,
                           std::int64_t version) {
  ChangedSince changed;
  for (const std::string& body : event::bodies_since(context.tx, object.id(), id, version)) {
    const auto document = json::Document::parse(body);
    if (!document) throw Fault("an event's body is no JSON: " + object.id() + " " + text_of(id));
    for (const json::Reader member : document->root()) {
      const metadata::Field* field = object.definition->find_id(member.name());
      if (field != nullptr && field->is_children()) {
        add_lines(member, changed);
      } else {
        changed.fields.emplace(member.name());
      }
    }
  }
  return changed;
}

// Lines that the input changes and that somebody else has changed in the same field, or removed.
void refuse_lines(const application::Object& object, const Input& input,
                  const ChangedSince& changed, std::vector<Problem>& problems) {
  const auto refuse = [&](std::string at) {
    problems.push_back({std::move(at), "changed", "somebody else has changed this meanwhile"});
  };
  for (const LinesInput& lines : input.lines) {
    const application::Object& of = *object.find_children(lines.slot)->lines;
    for (const LineInput& line : lines.put) {
      refuse_lines(of, line.fields, changed, problems);
      if (!line.id) continue;
      const std::string id = text_of(*line.id);
      if (changed.removed_lines.contains(id)) refuse(line.at);
      for (const Input::Entry& entry : line.fields.entries) {
        if (application::is_currency(of, entry.slot)) continue;
        const metadata::Field& field = of.field(entry.slot);
        if (changed.line_fields.contains({id, field.id})) refuse(line.at + "/" + field.name);
      }
    }
  }
}

Result<void> refuse_conflict(Context& context, const record::Record& before,
                             const UpdateRecord& command) {
  if (!command.seen || *command.seen == before.version) return done();
  const application::Object& object = *command.object;
  if (*command.seen > before.version) {
    return Error::of(ErrorCode::conflict, "", "version",
                     "there is no version " + std::to_string(*command.seen) + " yet");
  }
  const ChangedSince changed = changed_since(context, object, before.id, *command.seen);
  Error error{ErrorCode::conflict, {}};
  for (const Input::Entry& entry : command.input.entries) {
    const bool same = before.fields[static_cast<std::size_t>(entry.slot)] == entry.value;
    const metadata::Field& field = object.field(application::money_slot(object, entry.slot));
    if (same || !changed.fields.contains(field.id)) continue;
    const bool is_told = !error.problems.empty() && error.problems.back().at == field.name;
    if (is_told) continue;  // By the amount that goes with this currency.
    error.problems.push_back({field.name, "changed", "somebody else has changed this meanwhile"});
  }
  refuse_lines(object, command.input, changed, error.problems);
  if (!error.problems.empty()) return error;
  return done();
}

// A currency is written with its amount.
std::vector<int> slots_of(const application::Object& object, const Input& input) {
  std::vector<int> slots;
  for (const Input::Entry& entry : input.entries) {
    if (!application::is_currency(object, entry.slot)) slots.push_back(entry.slot);
  }
  return slots;
}

// What the input changes, lines by their field.
std::vector<int> changed_slots(const application::Object& object, const record::Record& before,
                               const Input& input) {
  std::vector<int> slots;
  for (const Input::Entry& entry : input.entries) {
    const bool same = before.fields[static_cast<std::size_t>(entry.slot)] == entry.value;
    const int slot = application::money_slot(object, entry.slot);
    const bool is_known = !slots.empty() && slots.back() == slot;
    if (!same && !is_known) slots.push_back(slot);
  }
  for (const LinesInput& lines : input.lines) slots.push_back(lines.slot);
  return slots;
}

// What needs rights of the actor's own: a seat extends them to the fields that its node gives.
Input beyond_seat(const UpdateRecord& command) {
  if (command.pass == nullptr) return command.input;
  const auto& given = command.pass->slots;
  const auto is_own = [&](const auto& entry) {
    const int slot = application::money_slot(*command.object, entry.slot);
    return std::find(given.begin(), given.end(), slot) == given.end();
  };
  Input own;
  std::copy_if(command.input.entries.begin(), command.input.entries.end(),
               std::back_inserter(own.entries), is_own);
  std::copy_if(command.input.lines.begin(), command.input.lines.end(),
               std::back_inserter(own.lines), is_own);
  return own;
}

bool is_within_seat(const UpdateRecord& command, const Input& own) {
  const bool has_seat = command.pass != nullptr && !command.pass->slots.empty();
  return has_seat && own.entries.empty() && own.lines.empty();
}

Result<record::Record> pass_door(Context& context, const UpdateRecord& command, const Input& own) {
  const application::Object& object = *command.object;
  if (is_within_seat(command, own)) {
    auto record = record::read(context.tx, object.table, command.id);
    if (!record) return Error::not_found();
    return std::move(*record);
  }
  TENON_CHECK(check_door(context, object, Verb::update, own));
  TENON_TRY(auto before, read_as(context, object, command.id, Verb::update));
  TENON_CHECK(check_hidden(context, object, before.fields, slots_of(object, own)));
  return before;
}

Result<Reply> carry_out(Context& context, const UpdateRecord& command) {
  const application::Object& object = *command.object;

  const Input own = beyond_seat(command);
  TENON_TRY(const auto before, pass_door(context, command, own));
  TENON_CHECK(check_hold(context, object, before.id, changed_slots(object, before, command.input),
                         command.pass));
  TENON_CHECK(refuse_conflict(context, before, command));
  TENON_CHECK(check_references(context, object, &before, command.input));
  TENON_TRY(auto draft, draft_of(context, object, &before, command.input));
  TENON_CHECK(check_numbers(object, &before, draft));

  TENON_TRY(auto verdict, judge(context, object, &before, draft));
  TENON_TRY(auto duplicates, find_duplicates(context, object, &before, draft));
  json::collect(verdict.problems, Error::invalid(std::move(duplicates.problems)));
  if (!verdict.accepts()) return Error::invalid(std::move(verdict.problems));
  TENON_CHECK(check_looked_up(object, verdict.fields));
  TENON_CHECK(check_hands(context, object, before.fields, verdict.fields));
  if (!is_within_seat(command, own)) {
    TENON_CHECK(check_outcome(context, object, Verb::update, verdict.fields));
  }
  TENON_CHECK(check_grants(context, object, &before, &verdict.fields));

  auto warnings = warnings_of(context, object, verdict, duplicates);
  draft.fields = std::move(verdict.fields);
  TENON_CHECK(give_numbers(context, object, &before, draft));
  Ripple ripple(context);
  TENON_TRY(auto after, save_changed(context, object, before, draft, ripple));
  TENON_CHECK(ripple.run());
  TENON_CHECK(move_seats(context, object, before, &after));
  TENON_CHECK(renew_delegated(context, object, before, &after));
  return Reply{&object, after.id, std::move(after), std::move(warnings)};
}

}  // namespace

Result<Reply> update_record(Context& context, const UpdateRecord& command) {
  auto reply = carry_out(context, command);
  if (reply) return reply;
  return as_told(context, *command.object, std::move(reply.error()));
}

}  // namespace tenon::command
