#include "engine/command/import_lines.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/command/events.h"
#include "engine/command/lines.h"
#include "engine/command/row_input.h"
#include "engine/command/update_record.h"

namespace tenon::command {
namespace {

using application::Object;

// Which record, or which line of it, holds a row, and in which of its fields.
struct Holder {
  RecordId record;
  std::vector<std::pair<int, RecordId>> lines;  // From the record down: children field and line.
  int slot = -1;                                // Of the last of them: the children field.
  bool operator==(const Holder&) const = default;
};

// A row as a line of a record.
struct Row {
  std::size_t place;  // In the command.
  Holder holder;
  int level;
  LineInput line;
  std::string key;
};

class LineImporter {
 public:
  LineImporter(Context& context, const ImportRows& command, const Object& lines, CommandId id)
      : context_(context),
        command_(command),
        lines_(lines),
        top_(context.app.objects()[static_cast<std::size_t>(lines.top)]),
        inputs_(context, lines, *command.map, command.header),
        id_(id),
        imported_(command.rows.size()) {}

  std::vector<ImportedRow> import() {
    std::vector<Row> rows;
    for (std::size_t place = 0; place < command_.rows.size(); ++place) {
      auto row = row_at(place);
      // What holds it may be a row before that is not written yet.
      if (!row && !rows.empty() && may_wait_for(row.error())) {
        write_all(rows);
        row = row_at(place);
      }
      const int level = inputs_.level_of(command_.rows[place]);
      if (level > 0) note_level(level, place);
      if (!row) {
        imported_[place].problems = std::move(row.error().problems);
        continue;
      }
      if (!rows.empty() && !(rows.back().holder == row->holder)) write_all(rows);
      rows.push_back(row.take());
    }
    write_all(rows);
    return std::move(imported_);
  }

 private:
  static bool may_wait_for(const Error& error) {
    return std::any_of(error.problems.begin(), error.problems.end(), [](const Problem& problem) {
      return problem.rule == "match" || problem.rule == "above";
    });
  }

  Result<Row> row_at(std::size_t place) {
    TENON_TRY(auto parsed, inputs_.parse(command_.rows[place]));
    Row row{.place = place,
            .holder = {},
            .level = parsed.level,
            .line = {},
            .key = std::move(parsed.key)};
    RecordId above;
    std::erase_if(parsed.input.entries, [&](const Input::Entry& entry) {
      const metadata::Field& field = lines_.field(entry.slot);
      if (field.held_by.empty()) return false;
      const auto* id = std::get_if<RecordId>(&entry.value);
      if (id == nullptr) return true;
      if (const auto* children = children_of(top_, entry.slot)) {
        row.holder.record = *id;
        row.holder.slot = children->slot;
      } else {
        above = *id;
        above_slot_ = entry.slot;
      }
      return true;
    });
    if (row.level > 1) {
      TENON_TRY(above, line_above(row));
    }
    if (above.value != 0) {
      const RecordId said = row.holder.record;
      TENON_TRY(row.holder, holder_below(above, row.level > 1 ? -1 : above_slot_));
      if (said.value != 0 && said != row.holder.record) return no_line_above(row.level);
    }
    if (row.holder.slot < 0) {
      return Error::invalid("", "lines", "the row does not say whose line it is");
    }
    row.line.fields = std::move(parsed.input);
    if (!row.key.empty()) {
      row.line.id = find_by_key(context_, command_.map->source, lines_, row.key);
    }
    return row;
  }

  // The field of `holder` whose lines have this reference to it; null where there is none.
  const application::Children* children_of(const Object& holder, int reference) const {
    for (const application::Children& children : holder.children) {
      if (children.lines == &lines_ && children.parent_slot == reference) return &children;
    }
    return nullptr;
  }

  const Object* target_of(int slot) const { return context_.app.find_id(lines_.field(slot).to); }

  // The way from the record down to this line, and on to its field. `reference`: of the rows; -1:
  // that of lines of their own object.
  Result<Holder> holder_below(RecordId above, int reference) {
    const Object* object = reference < 0 ? &lines_ : target_of(reference);
    const application::Children* own = nullptr;
    for (const application::Children& children : object->children) {
      const bool fits = children.lines == &lines_;
      if (fits && (reference < 0 || children.parent_slot == reference)) own = &children;
    }
    if (own == nullptr) throw Fault("a line is held by what has no such lines");
    Holder holder;
    holder.slot = own->slot;
    for (int depth = 0; object != &top_; ++depth) {
      const auto record = record::read(context_.tx, object->table, above);
      if (!record || depth > limits::kLineLevelsMax) {
        return Error::invalid("", "lines", "the line above it is gone");
      }
      const auto [next, slot, id] = held_by(*object, record->fields);
      holder.lines.insert(holder.lines.begin(), {slot, above});
      object = next;
      above = id;
    }
    holder.record = above;
    return holder;
  }

  struct Held {
    const Object* by;
    int slot;  // Of what holds it: the children field.
    RecordId id;
  };
  Held held_by(const Object& object, const Values& fields) const {
    for (int slot = 0; slot < static_cast<int>(fields.size()); ++slot) {
      const metadata::Field& field = object.field(slot);
      const auto* id = std::get_if<RecordId>(&fields[static_cast<std::size_t>(slot)]);
      if (field.held_by.empty() || id == nullptr) continue;
      const Object* holder = context_.app.find_id(field.to);
      for (const application::Children& children : holder->children) {
        if (children.lines == &object && children.parent_slot == slot) {
          return {holder, children.slot, *id};
        }
      }
    }
    throw Fault("a line is held by nothing");
  }

  // Where a level was left out, nothing can hang below it; what came before the chunk is not known.
  void note_level(int level, std::size_t place) {
    const auto depth = static_cast<std::size_t>(level);
    const auto unknown = levels_.empty() ? std::nullopt : std::optional(place);
    levels_.resize(depth, unknown);
    levels_.back() = place;
  }

  // The nearest row before that is one level higher; at the start of a chunk, the last line there.
  Result<RecordId> line_above(const Row& row) {
    const auto wanted = static_cast<std::size_t>(row.level - 2);
    if (wanted < levels_.size() && levels_[wanted]) {
      const RecordId id = imported_[*levels_[wanted]].id;
      return id.value == 0 ? no_line_above(row.level) : Result<RecordId>(id);
    }
    if (wanted >= levels_.size() && !levels_.empty()) return no_line_above(row.level);
    auto groups = read_lines(context_, top_, row.holder.record);
    const LineDraft* last = nullptr;
    for (int level = 1; level < row.level; ++level) {
      auto& below = last == nullptr ? groups : const_cast<LineDraft*>(last)->lines;
      const auto group = std::find_if(below.begin(), below.end(), [&](const LinesDraft& one) {
        return &one.object() == &lines_ && !one.lines.empty();
      });
      if (row.holder.record.value == 0 || group == below.end()) return no_line_above(row.level);
      last = &group->lines.back();
    }
    return last->record.id;
  }

  static Error no_line_above(int level) {
    return Error::invalid(
        "", "above",
        "there is no row of level " + std::to_string(level - 1) + " above it that was taken");
  }

  void write_all(std::vector<Row>& rows) {
    if (rows.empty()) return;
    if (!write(rows) && rows.size() > 1) {
      for (Row& row : rows) {
        std::vector<Row> one;
        one.push_back(std::move(row));
        write(one);
      }
    }
    rows.clear();
  }

  bool write(const std::vector<Row>& rows) {
    context_.tx.script("SAVEPOINT import_lines");
    Changes changes;
    Context own{context_.app, context_.actor, context_.tx, context_.clock, context_.ids, changes};
    const Holder& holder = rows[0].holder;
    auto reply = update_record(own, {&top_, holder.record, input_of(holder, rows), std::nullopt});
    if (!reply) {
      context_.tx.script("ROLLBACK TO import_lines; RELEASE import_lines");
      for (const Row& row : rows) reject(row, reply.error());
      return false;
    }
    settle(rows, changes);
    tell(rows, reply->warnings);
    append_events(own, id_);
    context_.tx.script("RELEASE import_lines");
    return true;
  }

  // The rows as lines of what holds them; what lies between it and the record is only named.
  static Input input_of(const Holder& holder, const std::vector<Row>& rows) {
    Input input;
    Input* at = &input;
    for (const auto& [slot, line] : holder.lines) {
      LineInput named;
      named.id = line;
      at->lines.push_back({.slot = slot, .is_whole = false, .put = {}, .remove = {}});
      at->lines[0].put.push_back(std::move(named));
      at = &at->lines[0].put[0].fields;
    }
    at->lines.push_back({.slot = holder.slot, .is_whole = false, .put = {}, .remove = {}});
    for (const Row& row : rows) {
      at->lines[0].put.push_back(row.line);
      at->lines[0].put.back().at = std::to_string(row.place);
    }
    return input;
  }

  // Problems at fields of the line; of the record as a whole at its own.
  void reject(const Row& row, const Error& error) {
    ImportedRow& imported = imported_[row.place];
    imported.fate = ImportedRow::Fate::rejected;
    imported.problems.clear();
    const std::string here = std::to_string(row.place) + "/";
    for (Problem problem : error.problems) {
      if (problem.at.starts_with(here)) problem.at.erase(0, here.size());
      imported.problems.push_back(std::move(problem));
    }
    if (imported.problems.empty()) {
      imported.problems.push_back({"", std::string(name_of(error.code)), ""});
    }
  }

  // At fields of their lines; those of the record as a whole with the first of its rows.
  void tell(const std::vector<Row>& rows, const std::vector<Warning>& warnings) {
    for (const Warning& warning : warnings) {
      const auto own = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
        return warning.at.starts_with(std::to_string(row.place) + "/");
      });
      const Row& row = own == rows.end() ? rows.front() : *own;
      Warning told = warning;
      if (own != rows.end()) told.at.erase(0, told.at.find('/') + 1);
      imported_[row.place].warnings.push_back(std::move(told));
    }
  }

  // New lines were written in the order of their rows.
  void settle(const std::vector<Row>& rows, const Changes& changes) {
    std::vector<RecordId> made;
    std::vector<RecordId> changed;
    for (const Change& change : changes.all()) {
      for (const LineChange& line : change.lines) {
        if (line.object != &lines_ || !line.after) continue;
        (line.before ? changed : made).push_back(line.after->id);
      }
    }
    std::size_t next = 0;
    for (const Row& row : rows) {
      ImportedRow& imported = imported_[row.place];
      if (row.line.id) {
        imported.id = *row.line.id;
        const bool moved = std::find(changed.begin(), changed.end(), imported.id) != changed.end();
        imported.fate = moved ? ImportedRow::Fate::updated : ImportedRow::Fate::unchanged;
        continue;
      }
      imported.id = made.at(next++);
      imported.fate = ImportedRow::Fate::created;
      if (row.key.empty()) continue;
      record::keep_external(context_.tx, command_.map->source, lines_.id(), row.key, imported.id);
    }
  }

  Context& context_;
  const ImportRows& command_;
  const Object& lines_;
  const Object& top_;
  RowInputs inputs_;
  CommandId id_;
  std::vector<ImportedRow> imported_;
  std::vector<std::optional<std::size_t>> levels_;  // By level - 1: the last row there.
  int above_slot_ = -1;
};

}  // namespace

std::vector<ImportedRow> import_lines(Context& context, const ImportRows& command,
                                      const Object& lines, CommandId id) {
  return LineImporter(context, command, lines, id).import();
}

}  // namespace tenon::command
