#include "engine/command/undo.h"

#include <set>

#include "engine/application/money.h"
#include "engine/command/access.h"
#include "engine/command/draft.h"
#include "engine/command/grants.h"
#include "engine/command/hands.h"
#include "engine/command/people_left.h"
#include "engine/command/record_hold.h"
#include "engine/command/restore_record.h"
#include "engine/command/save.h"
#include "engine/event/event_log.h"
#include "engine/json/document.h"

namespace tenon::command {
namespace {

using application::Object;

Error changed_since(const Object& object, const std::string& field) {
  return Error::of(ErrorCode::conflict, field, "changed",
                   "a " + object.name() + " was changed since; it cannot be undone");
}

class Undo {
 public:
  explicit Undo(Context& context) : context_(context), ripple_(context) {}

  Result<void> turn_back(const event::Event& event) {
    const Object* object = context_.app.find_id(event.object);
    if (object == nullptr) {
      return Error::of(ErrorCode::conflict, "", "object", "its object is no longer there");
    }
    if (event.kind == "create") return erase(*object, event);
    if (event.kind == "delete") return restore(*object, event);
    return set_back(*object, event);
  }

  Result<void> finish() {
    TENON_CHECK(ripple_.run());
    return check_unused();
  }

 private:
  // What was made is gone: nothing may refer to it, once all is turned back.
  Result<void> check_unused() const {
    for (const auto& [object, id] : erased_) {
      for (const application::BackReference& back : object->back_references) {
        const Object& from = context_.app.objects()[static_cast<std::size_t>(back.object)];
        if (record::referring(context_.tx, from.table, back.slot, id, 1).empty()) continue;
        return Error::of(ErrorCode::conflict, "", "referred_to",
                         "this " + object->name() + " is used since");
      }
    }
    return done();
  }

  Result<void> erase(const Object& object, const event::Event& event) {
    TENON_CHECK(check_door(context_, object, Verb::erase, {}));
    const auto record = record::read(context_.tx, object.table, event.record);
    if (!record || record->version != event.record_version) return changed_since(object, "");
    TENON_CHECK(check_grants(context_, object, &*record, nullptr));
    TENON_CHECK(check_hold_of_all(context_, object, record->id));
    TENON_CHECK(move_seats(context_, object, *record, nullptr));
    save_erased(context_, object, *record, ripple_);
    TENON_CHECK(renew_delegated(context_, object, *record, nullptr));
    erased_.emplace_back(&object, record->id);
    return done();
  }

  Result<void> restore(const Object& object, const event::Event& event) {
    TENON_CHECK(check_door(context_, object, Verb::update, {}));
    const auto erased = record::read_erased(context_.tx, object.table, event.record);
    if (!erased) return changed_since(object, "");
    TENON_CHECK(check_grants(context_, object, nullptr, &erased->fields));
    TENON_CHECK(restore_record(context_, {&object, event.record}));
    return done();
  }

  Result<void> set_back(const Object& object, const event::Event& event) {
    TENON_CHECK(check_door(context_, object, Verb::update, {}));
    const auto before = record::read(context_.tx, object.table, event.record);
    if (!before) return changed_since(object, "");
    TENON_TRY(const auto input, old_values(object, *before, event));
    std::vector<int> slots;
    for (const Input::Entry& entry : input.entries) slots.push_back(entry.slot);
    TENON_CHECK(check_hold(context_, object, before->id, slots));
    TENON_TRY(auto draft, draft_along(context_, object, *before, input));
    TENON_CHECK(check_grants(context_, object, &*before, &draft.fields));
    TENON_CHECK(check_hands(context_, object, before->fields, draft.fields));
    const auto after = save_changed(context_, object, *before, draft, ripple_);
    if (!after) return as_told(context_, object, after.error());
    TENON_CHECK(move_seats(context_, object, *before, &*after));
    return renew_delegated(context_, object, *before, &*after);
  }

  Result<Input> old_values(const Object& object, const record::Record& now,
                           const event::Event& event) const {
    Input input;
    const auto body = json::Document::parse(event.body);
    if (!body) throw Fault("an event's body is no JSON");
    for (const json::Reader member : body->root()) {
      for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
        const metadata::Field& field = object.field(slot);
        if (field.id != member.name() || field.is_formula() || field.is_auto_number()) continue;
        if (const auto* children = object.find_children(slot)) {
          TENON_CHECK(take_away(object, *children, event, member, input));
          continue;
        }
        if (!set_back(object, now, slot, member, input)) return changed_since(object, field.name);
      }
    }
    return input;
  }

  // Lines that were added go again, with those that they hold; other changes of lines stay.
  Result<void> take_away(const Object& object, const application::Children& children,
                         const event::Event& event, json::Reader member, Input& input) const {
    const std::string name = object.field(children.slot).name;
    std::set<std::string> added;
    for (const json::Reader line : member) {
      if (*line.member("kind")->text() == "create") {
        added.emplace(*line.member("id")->text());
        continue;
      }
      return lines_changed(name);
    }
    LinesInput lines{children.slot, false, {}, {}};
    for (LinesDraft& group : read_lines(context_, object, event.record)) {
      if (group.children->slot != children.slot) continue;
      for (LineDraft& line : group.lines) {
        if (added.erase(text_of(line.record.id)) == 0) continue;
        bool is_same = line.record.version == event.record_version;
        for_each_line(line.lines, [&](const Object&, const LineDraft& below) {
          const bool is_added = added.erase(text_of(below.record.id)) > 0;
          is_same = is_same && is_added && below.record.version == event.record_version;
        });
        if (!is_same) return changed_since(object, name);
        lines.remove.push_back(line.record.id);
      }
    }
    if (!added.empty()) return lines_changed(name);
    input.lines.push_back(std::move(lines));
    return done();
  }

  static Error lines_changed(const std::string& field) {
    return Error::of(ErrorCode::conflict, field, "lines",
                     "lines were changed; that is not undone so");
  }

  // False where the field is no longer what this change made of it.
  static bool set_back(const Object& object, const record::Record& now, int slot,
                       json::Reader member, Input& input) {
    const Type& type = object.type(slot);
    const auto current = [&](int at) { return now.fields[static_cast<std::size_t>(at)]; };
    auto pair = member.begin();
    const int currency = application::currency_slot(object, slot);
    if (currency >= 0) {
      auto before = parse_money(*pair, type);
      const auto after = parse_money(*++pair, type);
      if (!before || !after || *after != Money{current(slot), current(currency)}) return false;
      input.entries.push_back({slot, std::move(before->amount)});
      input.entries.push_back({currency, std::move(before->currency)});
      return true;
    }
    auto before = parse(*pair, type);
    const auto after = parse(*++pair, type);
    if (!before || !after || *after != current(slot)) return false;
    input.entries.push_back({slot, before.take()});
    return true;
  }

  Context& context_;
  Ripple ripple_;
  std::vector<std::pair<const Object*, RecordId>> erased_;
};

}  // namespace

Result<Undone> undo_command(Context& context, const UndoCommand& command) {
  const auto events = event::of_command(context.tx, command.id);
  const bool everything = context.app.rights(context.actor).everything;
  const auto is_own = [&](const event::Event& event) {
    return everything || (event.actor.value != 0 && event.actor == context.actor.user);
  };
  if (events.empty() || !std::all_of(events.begin(), events.end(), is_own)) {
    return Error::not_found();
  }
  Undone undone;
  Undo undo(context);
  // Unique values are free again before they are given back.
  for (const std::string_view kind : {"create", "update", "delete"}) {
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
      if (event->object.empty()) return Error::denied("", "a publish is not undone so");
      if (event->kind != kind) continue;
      TENON_CHECK(undo.turn_back(*event));
      ++undone.records;
    }
  }
  TENON_CHECK(undo.finish());
  return undone;
}

}  // namespace tenon::command
