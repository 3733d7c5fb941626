#include "engine/command/merge_records.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/base/limits.h"
#include "engine/command/access.h"
#include "engine/command/draft.h"
#include "engine/command/grants.h"
#include "engine/command/hands.h"
#include "engine/command/numbering.h"
#include "engine/command/people_left.h"
#include "engine/command/record_hold.h"
#include "engine/command/save.h"
#include "engine/command/update_record.h"
#include "engine/record/merged_table.h"
#include "engine/value/references.h"

namespace tenon::command {
namespace {

using application::Object;

class Merge {
 public:
  Merge(Context& context, const MergeRecords& command)
      : context_(context), command_(command), object_(*command.object), ripple_(context) {}

  Result<Reply> run() {
    TENON_CHECK(read_all());
    TENON_CHECK(check_take());
    Input input = chosen_fields();
    for (const record::Record& other : others_) TENON_CHECK(repoint(other.id));
    for (const record::Record& other : others_) {
      add_lines(read_lines(context_, object_, other.id), input);
    }
    for (const record::Record& other : others_) TENON_CHECK(erase(other));
    TENON_CHECK(ripple_.run());
    return update_record(context_, {&object_, command_.survivor, input, std::nullopt});
  }

 private:
  Result<void> read_all() {
    if (command_.others.empty() ||
        command_.others.size() >= static_cast<std::size_t>(limits::kMergeRecordsMax)) {
      return Error::of(ErrorCode::limit, "records", "records", "2 to 10 records become one");
    }
    TENON_CHECK(check_door(context_, object_, Verb::update, {}));
    TENON_CHECK(check_door(context_, object_, Verb::erase, {}));
    TENON_TRY(survivor_, read_as(context_, object_, command_.survivor, Verb::update));
    for (const RecordId id : command_.others) {
      const bool twice = id == command_.survivor ||
                         std::any_of(others_.begin(), others_.end(),
                                     [&](const record::Record& one) { return one.id == id; });
      if (twice) return Error::invalid("records", "twice", "a record is named twice");
      TENON_TRY(auto other, read_as(context_, object_, id, Verb::erase));
      others_.push_back(std::move(other));
    }
    return check_all_seen();
  }

  // What a pool hides would be told by the record that remains.
  Result<void> check_all_seen() const {
    std::vector<int> all;
    for (int slot = 0; slot < static_cast<int>(object_.types.size()); ++slot) all.push_back(slot);
    TENON_CHECK(check_hidden(context_, object_, survivor_.fields, all));
    for (const record::Record& other : others_) {
      TENON_CHECK(check_hidden(context_, object_, other.fields, all));
    }
    return done();
  }

  Result<void> check_take() const {
    for (const MergeRecords::Take& take : command_.take) {
      if (take.from == command_.survivor || find(take.from) != nullptr) continue;
      return Error::invalid("take/" + object_.field(take.slot).name, "record",
                            "names none of the records");
    }
    return done();
  }

  const record::Record* find(RecordId id) const {
    const auto found = std::find_if(others_.begin(), others_.end(),
                                    [&](const record::Record& one) { return one.id == id; });
    return found == others_.end() ? nullptr : &*found;
  }

  // Fields that the actor may not write stay as they are.
  Input chosen_fields() const {
    Input input;
    const auto& rights =
        context_.app.rights(context_.actor).objects[static_cast<std::size_t>(object_.place)];
    for (const record::StoredColumn& column : object_.table.columns) {
      const int slot = column.slot;
      if (object_.field(slot).is_formula() || !rights.may_write(slot)) continue;
      const Value& own = survivor_.fields[static_cast<std::size_t>(slot)];
      const Value chosen = value_of(slot, own);
      if (chosen != own) input.entries.push_back({slot, chosen});
    }
    return input;
  }

  Value value_of(int slot, const Value& own) const {
    const auto place = static_cast<std::size_t>(slot);
    const int taken = application::money_slot(object_, slot);
    for (const MergeRecords::Take& take : command_.take) {
      if (take.slot != taken) continue;
      const record::Record* from = find(take.from);
      return from == nullptr ? own : to_survivor(from->fields[place]);
    }
    if (!is_empty(own)) return own;
    for (const record::Record& other : others_) {
      if (!is_empty(other.fields[place])) return to_survivor(other.fields[place]);
    }
    return own;
  }

  // Lines of the others come along behind the survivor's own: as new ones, for the others keep
  // theirs for the day they are restored.
  static void add_lines(const std::vector<LinesDraft>& groups, Input& input) {
    for (const LinesDraft& group : groups) {
      if (group.lines.empty()) continue;
      const int slot = group.children->slot;
      auto lines = std::find_if(input.lines.begin(), input.lines.end(),
                                [&](const LinesInput& one) { return one.slot == slot; });
      if (lines == input.lines.end()) {
        lines = input.lines.insert(lines, LinesInput{slot, false, {}, {}});
      }
      for (const LineDraft& line : group.lines) {
        LineInput copy{std::nullopt, std::nullopt, {}, line.at};
        copy_fields(group.object(), line, copy.fields);
        add_lines(line.lines, copy.fields);
        lines->put.push_back(std::move(copy));
      }
    }
  }

  // What people write; numbers are given anew.
  static void copy_fields(const Object& object, const LineDraft& line, Input& input) {
    for (const record::StoredColumn& column : object.table.columns) {
      const metadata::Field& field = object.field(column.slot);
      const bool is_kept = field.is_derived() || field.is_auto_number() || !field.held_by.empty();
      if (is_kept) continue;
      input.entries.push_back(
          {column.slot, line.record.fields[static_cast<std::size_t>(column.slot)]});
    }
  }

  // A record that is merged into its own parent has no parent of itself.
  Value to_survivor(const Value& value) const {
    return retargeted(value, command_.survivor, std::nullopt);
  }

  Result<void> repoint(RecordId other) {
    for (const application::BackReference& back : object_.back_references) {
      const Object& from = context_.app.objects()[static_cast<std::size_t>(back.object)];
      const auto ids = record::referring(context_.tx, from.table, back.slot, other,
                                         limits::kMergeReferencesMax + 1);
      if (from.is_line() && !ids.empty()) {
        TENON_CHECK(repoint_lines(from, ids, back.slot, other));
        continue;
      }
      for (const RecordId id : ids) {
        if (++touched_ > limits::kMergeReferencesMax) {
          return Error::of(ErrorCode::limit, "", "records",
                           "more than 5,000 records refer to those that are merged");
        }
        if (&from == &object_ && find(id) != nullptr) continue;  // Goes itself.
        TENON_CHECK(repoint(from, id, back.slot, other));
      }
    }
    return done();
  }

  // With what derives from the reference.
  Result<void> repoint(const Object& from, RecordId id, int slot, RecordId other) {
    const auto before = record::read(context_.tx, from.table, id);
    const bool to_itself = &from == &object_ && id == command_.survivor;
    const auto target = to_itself ? std::nullopt : std::optional(command_.survivor);
    TENON_CHECK(check_hold(context_, from, id, {slot}));
    const Value& now = before->fields[static_cast<std::size_t>(slot)];
    TENON_TRY(const auto after,
              change(from, *before, Input{{{slot, retargeted(now, other, target)}}, {}}, {}));
    if (to_itself) survivor_ = after;
    return done();
  }

  // Lines refer to another one as a change of the record that holds them.
  Result<void> repoint_lines(const Object& lines, const std::vector<RecordId>& ids, int slot,
                             RecordId other) {
    const Object& top = context_.app.objects()[static_cast<std::size_t>(lines.top)];
    const auto edit = [&](const Object& object, LineDraft& line) {
      Value& reference = line.record.fields[static_cast<std::size_t>(slot)];
      if (&object == &lines) reference = retargeted(reference, other, command_.survivor);
    };
    for (const RecordId root : record::roots_of(context_.tx, lines.table, ids)) {
      const auto record = record::read(context_.tx, top.table, root);
      if (!record) continue;
      TENON_CHECK(check_hold_of_lines(context_, top, root, {lines, slot, other}));
      TENON_CHECK(change(top, *record, {}, edit));
    }
    return done();
  }

  Result<record::Record> change(const Object& object, const record::Record& before,
                                const Input& input, const LineEdit& edit) {
    TENON_TRY(auto draft, draft_along(context_, object, before, input, edit));
    TENON_CHECK(give_numbers(context_, object, &before, draft));
    auto after = save_changed(context_, object, before, draft, ripple_);
    if (!after) return as_told(context_, object, after.error());
    TENON_CHECK(renew_delegated(context_, object, before, &*after));
    return after;
  }

  Result<void> erase(const record::Record& other) {
    TENON_CHECK(check_grants(context_, object_, &other, nullptr));
    TENON_CHECK(check_hold_of_all(context_, object_, other.id));
    TENON_CHECK(hand_seats(context_, object_, other, command_.survivor));
    save_erased(context_, object_, other, ripple_);
    record::note_merged(context_.tx, object_.id(), other.id, command_.survivor);
    return done();
  }

  Context& context_;
  const MergeRecords& command_;
  const Object& object_;
  Ripple ripple_;
  record::Record survivor_;
  std::vector<record::Record> others_;
  int touched_ = 0;
};

}  // namespace

Result<Reply> merge_records(Context& context, const MergeRecords& command) {
  return Merge(context, command).run();
}

}  // namespace tenon::command
