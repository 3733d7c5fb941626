#include "engine/command/delete_record.h"

#include "engine/base/limits.h"
#include "engine/command/access.h"
#include "engine/command/draft.h"
#include "engine/command/duplicates.h"
#include "engine/command/grants.h"
#include "engine/command/people_left.h"
#include "engine/command/save.h"
#include "engine/run/attachment.h"
#include "engine/value/references.h"

namespace tenon::command {
namespace {

using metadata::OnDelete;

// Deletes a record and what hangs on it. What is cleared or deleted along is done as the system.
class Deletion {
 public:
  Deletion(Context& context, const RunPass* pass)
      : context_(context), pass_(pass), ripple_(context) {}

  Result<void> run(const application::Object& object, const record::Record& record) {
    TENON_CHECK(erase(object, record));
    for (const Hold& hold : holds_) TENON_CHECK(check(hold));
    return ripple_.run();
  }

 private:
  // A reference that restricts. It is looked at when all is done: what goes along holds nothing.
  struct Hold {
    const application::Object* from;
    int slot;
    const application::Object* object;
    RecordId target;
  };

  Result<void> check(const Hold& hold) {
    const auto ids = record::referring(context_.tx, hold.from->table, hold.slot, hold.target,
                                       limits::kBatchRecordsMax + 1);
    if (ids.empty()) return done();
    return Error::of(
        ErrorCode::conflict, "", "referred_to",
        "this " + hold.object->name() + " is still used" + by_whom(*hold.from, ids.size()));
  }

  Result<void> erase(const application::Object& object, const record::Record& record) {
    TENON_CHECK(check_grants(context_, object, &record, nullptr));
    TENON_CHECK(check_hold_of_all(context_, object, record.id, pass_));
    TENON_CHECK(count());
    TENON_CHECK(check_runs(object, record.id));
    TENON_CHECK(move_seats(context_, object, record, nullptr));
    save_erased(context_, object, record, ripple_);
    TENON_CHECK(renew_delegated(context_, object, record, nullptr));
    for (const application::BackReference& back : object.back_references) {
      TENON_CHECK(settle(context_.app.objects()[static_cast<std::size_t>(back.object)], back,
                         object, record.id));
    }
    return done();
  }

  // A file that came with a decision is part of what happened.
  Result<void> check_runs(const application::Object& object, RecordId file) {
    const bool is_file = &object == &context_.app.system_object("file");
    if (!is_file || run::runs_with(context_.tx, file, 1).empty()) return done();
    return Error::of(ErrorCode::conflict, "", "referred_to",
                     "this file came with a decision, and stays with it");
  }

  Result<void> count() {
    if (++touched_ <= limits::kBatchRecordsMax) return done();
    return Error::of(
        ErrorCode::limit, "", "records",
        "more than " + std::to_string(limits::kBatchRecordsMax) + " records hang on this one");
  }

  Result<void> settle(const application::Object& from, const application::BackReference& back,
                      const application::Object& object, RecordId target) {
    if (back.on_delete == OnDelete::restrict) {
      holds_.push_back({&from, back.slot, &object, target});
      return done();
    }
    const auto ids =
        record::referring(context_.tx, from.table, back.slot, target, limits::kBatchRecordsMax + 1);
    if (from.is_line()) return settle_lines(from, back, target, ids);
    for (const RecordId id : ids) {
      const auto record = record::read(context_.tx, from.table, id);
      if (!record) continue;  // Deleted along on another way.
      if (back.on_delete == OnDelete::cascade) {
        TENON_CHECK(erase(from, *record));
      } else {
        TENON_CHECK(clear(from, *record, back.slot, target));
      }
    }
    return done();
  }

  // Lines go, or lose the reference, as a change of the record that holds them.
  Result<void> settle_lines(const application::Object& lines,
                            const application::BackReference& back, RecordId target,
                            const std::vector<RecordId>& ids) {
    const application::Object& top = context_.app.objects()[static_cast<std::size_t>(lines.top)];
    const auto edit = [&](const application::Object& object, LineDraft& line) {
      Value& reference = line.record.fields[static_cast<std::size_t>(back.slot)];
      if (&object != &lines || !refers_to(reference, target)) return;
      if (back.on_delete == OnDelete::clear) {
        reference = retargeted(reference, target, std::nullopt);
      } else {
        remove_line(line);
      }
    };
    for (const RecordId root : record::roots_of(context_.tx, lines.table, ids)) {
      const auto record = record::read(context_.tx, top.table, root);
      if (!record) continue;
      TENON_CHECK(check_hold_of_lines(context_, top, root, {lines, back.slot, target}, pass_));
      TENON_CHECK(change(top, *record, {}, edit));
    }
    return done();
  }

  // How many of what is told only to somebody who may read them all.
  std::string by_whom(const application::Object& from, std::size_t count) const {
    const auto& rights =
        context_.app.rights(context_.actor).objects[static_cast<std::size_t>(from.place)];
    if (rights.read != permission::Reach::all) return "";
    return " by " + std::to_string(count) + " of " + from.name();
  }

  // With what derives from the reference.
  Result<void> clear(const application::Object& object, const record::Record& before, int slot,
                     RecordId target) {
    const Value& reference = before.fields[static_cast<std::size_t>(slot)];
    TENON_CHECK(check_hold(context_, object, before.id, {slot}, pass_));
    return change(object, before, Input{{{slot, retargeted(reference, target, std::nullopt)}}, {}},
                  {});
  }

  Result<void> change(const application::Object& object, const record::Record& before,
                      const Input& input, const LineEdit& edit) {
    TENON_CHECK(count());
    TENON_TRY(auto draft, draft_along(context_, object, before, input, edit));
    const auto after = save_changed(context_, object, before, draft, ripple_);
    if (!after) return as_told(context_, object, after.error());
    return done();
  }

  Context& context_;
  const RunPass* pass_;
  Ripple ripple_;
  int touched_ = 0;
  std::vector<Hold> holds_;
};

}  // namespace

Result<Reply> delete_record(Context& context, const DeleteRecord& command) {
  const application::Object& object = *command.object;
  TENON_CHECK(check_door(context, object, Verb::erase, {}));
  TENON_TRY(const auto record, read_as(context, object, command.id, Verb::erase));
  if (command.seen && *command.seen != record.version) {
    return Error::of(ErrorCode::conflict, "", "version",
                     "somebody else has changed this meanwhile");
  }
  TENON_CHECK(Deletion(context, command.pass).run(object, record));
  return Reply{&object, record.id, std::nullopt};
}

}  // namespace tenon::command
