#include "engine/command/restore_record.h"

#include "engine/command/access.h"
#include "engine/command/duplicates.h"
#include "engine/command/hands.h"
#include "engine/command/save.h"
#include "engine/value/references.h"

namespace tenon::command {
namespace {

using application::Object;

Result<record::Record> read_erased_as(Context& context, const Object& object, RecordId id) {
  TENON_CHECK(check_door(context, object, Verb::erase, {}));
  const auto erased = record::read_erased(context.tx, object.table, id);
  if (!erased) {
    TENON_CHECK(read_as(context, object, id, Verb::erase));
    return Error::of(ErrorCode::conflict, "", "restore", "this " + object.name() + " is there");
  }
  TENON_CHECK(reaches_as(context, object, *erased, Verb::erase));
  return *erased;
}

// References to what has gone meanwhile.
void empty_dangling(Context& context, const Object& object, Values& fields) {
  for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
    const metadata::Field& field = object.field(slot);
    Value& value = fields[static_cast<std::size_t>(slot)];
    if (!field.is_given()) continue;
    const Object* target = context.app.find_id(field.to);
    if (target == nullptr) continue;
    for (const RecordId id : targets_of(value)) {
      if (!record::read(context.tx, target->table, id)) value = retargeted(value, id, std::nullopt);
    }
  }
}

Result<Reply> carry_out(Context& context, const RestoreRecord& command) {
  const Object& object = *command.object;
  TENON_TRY(const auto erased, read_erased_as(context, object, command.id));
  const std::int64_t version = erased.version + 1;
  const DateTime now{context.clock.now_ms()};
  if (const auto clash =
          record::restore(context.tx, object.table, erased, version, now, context.actor.user)) {
    return conflict_of(object, *clash);
  }
  for (const Object* lines : line_objects(object)) {
    record::restore_lines(context.tx, lines->table, erased, version);
  }
  auto record = record::read(context.tx, object.table, command.id);
  if (!record) throw Fault("a restored record is not there");
  context.changes.note(object, nullptr, &*record);
  keep_keys(context, object, nullptr, &*record);
  keep_hands(context, object, nullptr, &*record, std::nullopt);
  Ripple ripple(context);
  ripple.add(object, nullptr, &*record);
  auto groups = read_lines(context, object, record->id);
  for (LinesDraft& group : groups) {
    std::vector<LinesDraft> one;
    const int slot = group.children->slot;
    one.push_back(std::move(group));
    for_each_line(one, [&](const Object& of, const LineDraft& line) {
      ripple.add(of, nullptr, &line.record);
      context.changes.note_line(object, record->id, {&of, slot, std::nullopt, line.record});
    });
  }
  // What it refers to, and what is counted of it, may have changed since.
  Input input;
  Values fields = record->fields;
  empty_dangling(context, object, fields);
  for (std::size_t slot = 0; slot < fields.size(); ++slot) {
    if (fields[slot] == record->fields[slot]) continue;
    input.entries.push_back({static_cast<int>(slot), fields[slot]});
  }
  TENON_CHECK(ripple.recount(object, record->id, std::move(input)));
  TENON_CHECK(ripple.run());
  record = record::read(context.tx, object.table, command.id);
  return Reply{&object, command.id, std::move(record)};
}

}  // namespace

Result<Reply> restore_record(Context& context, const RestoreRecord& command) {
  auto reply = carry_out(context, command);
  if (reply) return reply;
  return as_told(context, *command.object, std::move(reply.error()));
}

}  // namespace tenon::command
