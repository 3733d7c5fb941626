#include "engine/command/save.h"

#include <algorithm>

#include "engine/command/access.h"
#include "engine/command/duplicates.h"
#include "engine/command/hands.h"

namespace tenon::command {
namespace {

using application::Object;

bool fields_differ(const record::Table& table, const Values& a, const Values& b) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const auto& column) {
    const auto slot = static_cast<std::size_t>(column.slot);
    return a[slot] != b[slot];
  });
}

bool is_changed(const Object& object, const LineDraft& line) {
  if (!line.before) return !line.is_removed;
  return line.is_removed || line.record.position != line.before->position ||
         fields_differ(object.table, line.before->fields, line.record.fields);
}

bool any_changed(const std::vector<LinesDraft>& groups) {
  return std::any_of(groups.begin(), groups.end(), [](const LinesDraft& group) {
    return std::any_of(group.lines.begin(), group.lines.end(), [&](const LineDraft& line) {
      return is_changed(group.object(), line) || any_changed(line.lines);
    });
  });
}

// Writes the lines of one record.
class LineSaver {
 public:
  LineSaver(Context& context, const Object& top, const record::Record& root, Ripple& ripple)
      : context_(context), top_(top), root_(root), ripple_(ripple) {}

  Result<void> save(std::vector<LinesDraft>& groups) {
    for (LinesDraft& group : groups) {
      slot_ = group.children->slot;
      TENON_CHECK(save_group(group));
    }
    return done();
  }

 private:
  Result<void> save_group(LinesDraft& group) {
    for (LineDraft& line : group.lines) {
      if (is_changed(group.object(), line)) TENON_CHECK(save_line(group.object(), line));
      for (LinesDraft& below : line.lines) TENON_CHECK(save_group(below));
    }
    return done();
  }

  Result<void> save_line(const Object& object, LineDraft& line) {
    record::Record& record = line.record;
    record.version = root_.version;
    record.updated_at = root_.updated_at;
    record.updated_by = root_.updated_by;
    if (!line.before) {
      record.created_at = root_.updated_at;
      record.created_by = root_.updated_by;
    }
    std::optional<storage::Clash> clash;
    if (line.is_removed) {
      record::erase(context_.tx, object.table, record.id, record.version, record.updated_at,
                    record.updated_by);
    } else if (line.before) {
      clash = record::update(context_.tx, object.table, *line.before, record);
    } else {
      clash = record::insert(context_.tx, object.table, record);
    }
    if (clash) return conflict_at(object, line, *clash);
    const record::Record* before = line.before ? &*line.before : nullptr;
    const record::Record* after = line.is_removed ? nullptr : &record;
    ripple_.add(object, before, after);
    context_.changes.note_line(
        top_, root_.id,
        {&object, slot_, line.before, line.is_removed ? std::nullopt : std::optional(record)});
    return done();
  }

  static Error conflict_at(const Object& object, const LineDraft& line,
                           const storage::Clash& clash) {
    Error error = conflict_of(object, clash);
    for (Problem& problem : error.problems) problem.at = line.at + "/" + problem.at;
    return error;
  }

  Context& context_;
  const Object& top_;
  const record::Record& root_;
  Ripple& ripple_;
  int slot_ = 0;
};

}  // namespace

Result<record::Record> save_new(Context& context, const Object& object, Draft& draft,
                                Ripple& ripple) {
  const DateTime now{context.clock.now_ms()};
  record::Record record;
  record.id = draft.id.value != 0 ? draft.id : RecordId{context.ids.next()};
  record.version = 1;
  record.created_at = record.updated_at = now;
  record.created_by = record.updated_by = context.actor.user;
  record.fields = draft.fields;
  if (const auto clash = record::insert(context.tx, object.table, record)) {
    return conflict_of(object, *clash);
  }
  context.changes.note(object, nullptr, &record);
  keep_keys(context, object, nullptr, &record);
  keep_hands(context, object, nullptr, &record, draft.handing);
  ripple.add(object, nullptr, &record);
  TENON_CHECK(LineSaver(context, object, record, ripple).save(draft.lines));
  return record;
}

Result<record::Record> save_changed(Context& context, const Object& object,
                                    const record::Record& before, Draft& draft, Ripple& ripple) {
  const bool differs = fields_differ(object.table, before.fields, draft.fields);
  if (!differs && !any_changed(draft.lines)) return before;
  record::Record after = before;
  after.fields = draft.fields;
  after.version = context.changes.next_version(object, before);
  after.updated_at = {context.clock.now_ms()};
  after.updated_by = context.actor.user;
  if (const auto clash = record::update(context.tx, object.table, before, after)) {
    return conflict_of(object, *clash);
  }
  context.changes.note(object, &before, &after);
  keep_keys(context, object, &before, &after);
  keep_hands(context, object, &before, &after, draft.handing);
  ripple.add(object, &before, &after);
  TENON_CHECK(LineSaver(context, object, after, ripple).save(draft.lines));
  return after;
}

bool save_silently(Context& context, const Object& object, const record::Record& before,
                   Draft& draft) {
  bool differed = fields_differ(object.table, before.fields, draft.fields);
  if (differed) {
    record::Record after = before;
    after.fields = draft.fields;
    // What is derived is in no unique index.
    (void)record::update(context.tx, object.table, before, after);
  }
  for_each_line(draft.lines, [&](const Object& lines, const LineDraft& line) {
    if (!is_changed(lines, line)) return;
    (void)record::update(context.tx, lines.table, *line.before, line.record);
    differed = true;
  });
  return differed;
}

void save_erased(Context& context, const Object& object, const record::Record& record,
                 Ripple& ripple) {
  const std::int64_t version = context.changes.next_version(object, record);
  const DateTime now{context.clock.now_ms()};
  auto lines = read_lines(context, object, record.id);
  record::erase(context.tx, object.table, record.id, version, now, context.actor.user);
  context.changes.note(object, &record, nullptr);
  keep_keys(context, object, &record, nullptr);
  keep_hands(context, object, &record, nullptr, std::nullopt);
  ripple.add(object, &record, nullptr);
  for (const Object* below : line_objects(object)) {
    record::erase_lines(context.tx, below->table, record.id, version, now, context.actor.user);
  }
  for (LinesDraft& group : lines) {
    const auto note = [&](const Object& of, const LineDraft& line) {
      ripple.add(of, &line.record, nullptr);
      context.changes.note_line(object, record.id,
                                {&of, group.children->slot, line.record, std::nullopt});
    };
    std::vector<LinesDraft> one;
    one.push_back(std::move(group));
    for_each_line(one, note);
  }
}

}  // namespace tenon::command
