#include "engine/command/import_lines.h"

#include <algorithm>

#include "engine/command/events.h"
#include "engine/command/row_input.h"
#include "engine/command/update_record.h"

namespace tenon::command {
namespace {

using application::Object;

// A row as a line of a record.
struct Row {
  std::size_t place;  // In the command.
  RecordId record;
  int slot;  // Of the record's object: the children field.
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
      if (!row) {
        imported_[place].problems = std::move(row.error().problems);
        continue;
      }
      const bool same =
          !rows.empty() && rows.back().record == row->record && rows.back().slot == row->slot;
      if (!same) write_all(rows);
      rows.push_back(row.take());
    }
    write_all(rows);
    return std::move(imported_);
  }

 private:
  Result<Row> row_at(std::size_t place) {
    TENON_TRY(auto parsed, inputs_.parse(command_.rows[place]));
    Row row{.place = place, .record = {}, .slot = -1, .line = {}, .key = std::move(parsed.key)};
    std::erase_if(parsed.input.entries, [&](const Input::Entry& entry) {
      if (lines_.field(entry.slot).held_by.empty()) return false;
      for (const application::Children& children : top_.children) {
        const auto* record = std::get_if<RecordId>(&entry.value);
        if (children.lines != &lines_ || children.parent_slot != entry.slot) continue;
        if (record == nullptr) continue;
        row.record = *record;
        row.slot = children.slot;
      }
      return true;
    });
    if (row.slot < 0) {
      return Error::invalid("", "lines", "the row does not say whose line it is");
    }
    row.line.fields = std::move(parsed.input);
    if (!row.key.empty()) {
      row.line.id = find_by_key(context_, command_.map->source, lines_, row.key);
    }
    return row;
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
    Input input;
    input.lines.push_back({.slot = rows[0].slot, .is_whole = false, .put = {}, .remove = {}});
    for (const Row& row : rows) {
      input.lines[0].put.push_back(row.line);
      input.lines[0].put.back().at = std::to_string(row.place);
    }
    auto reply = update_record(own, {&top_, rows[0].record, std::move(input), std::nullopt});
    if (!reply) {
      context_.tx.script("ROLLBACK TO import_lines; RELEASE import_lines");
      for (const Row& row : rows) reject(row, reply.error());
      return false;
    }
    settle(rows, changes);
    append_events(own, id_);
    context_.tx.script("RELEASE import_lines");
    return true;
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
};

}  // namespace

std::vector<ImportedRow> import_lines(Context& context, const ImportRows& command,
                                      const Object& lines, CommandId id) {
  return LineImporter(context, command, lines, id).import();
}

}  // namespace tenon::command
