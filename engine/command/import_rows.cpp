#include "engine/command/import_rows.h"

#include <algorithm>
#include <map>

#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/command/access.h"
#include "engine/command/create_record.h"
#include "engine/command/events.h"
#include "engine/command/import_lines.h"
#include "engine/command/row_input.h"
#include "engine/command/update_record.h"

namespace tenon::command {
namespace {

using application::Object;
using metadata::ImportMap;

Error no_such_column(const std::string& header, const std::vector<std::string>& headers) {
  return Error::invalid("columns/" + header, "unknown_column",
                        "the file has no column \"" + header + "\"" +
                            did_you_mean(header, std::span<const std::string>(headers)));
}

// Every column of the mapping is in the file, and every one of the file in the mapping.
Result<void> check_header(const ImportMap& map, const std::vector<std::string>& header) {
  std::vector<Problem> problems;
  for (const metadata::ImportColumn& column : map.columns) {
    if (std::find(header.begin(), header.end(), column.header) != header.end()) continue;
    problems.push_back(std::move(no_such_column(column.header, header).problems[0]));
  }
  for (const std::string& name : header) {
    const bool mapped = std::any_of(map.columns.begin(), map.columns.end(),
                                    [&](const auto& column) { return column.header == name; });
    if (mapped) continue;
    problems.push_back({"columns/" + name, "unmapped_column",
                        "the mapping does not say what becomes of this column; "
                        "{\"skip\": true} leaves it out"});
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

class RowImporter {
 public:
  RowImporter(Context& context, const ImportRows& command, const Object& object)
      : context_(context),
        command_(command),
        object_(object),
        inputs_(context, object, *command.map, command.header),
        id_(CommandId{context.ids.next()}) {}

  ImportedRow import(const std::vector<std::string>& row) {
    ImportedRow imported;
    context_.tx.script("SAVEPOINT import_row");
    Changes changes;
    changes.command = id_;
    Context own{context_.app, context_.actor, context_.tx, context_.clock, context_.ids, changes};
    auto outcome = write(own, row, imported);
    if (!outcome) {
      context_.tx.script("ROLLBACK TO import_row; RELEASE import_row");
      imported.fate = ImportedRow::Fate::rejected;
      imported.problems = std::move(outcome.error().problems);
      if (imported.problems.empty()) {
        imported.problems.push_back({"", std::string(name_of(outcome.error().code)), ""});
      }
      return imported;
    }
    append_events(own, id_);
    context_.changes.note_part(changes);
    context_.tx.script("RELEASE import_row");
    return imported;
  }

 private:
  Result<void> write(Context& own, const std::vector<std::string>& row, ImportedRow& imported) {
    TENON_TRY(auto parsed, inputs_.parse(row));
    const ImportMap& map = *command_.map;
    std::optional<RecordId> known;
    if (!parsed.key.empty()) known = find_by_key(own, map.source, object_, parsed.key);
    if (known && !may_see(own, object_, *known)) {
      return Error::of(ErrorCode::conflict, "", "key", "the row's key is taken");
    }
    if (known && map.unique_rows) {
      imported.fate = ImportedRow::Fate::unchanged;
      imported.id = *known;
      return done();
    }
    TENON_TRY(auto reply, known ? update(own, *known, std::move(parsed.input))
                                : create_record(own, {&object_, std::move(parsed.input)}));
    imported.id = reply.id;
    imported.warnings = std::move(reply.warnings);
    imported.fate = !known                      ? ImportedRow::Fate::created
                    : own.changes.all().empty() ? ImportedRow::Fate::unchanged
                                                : ImportedRow::Fate::updated;
    if (!known && !parsed.key.empty()) {
      record::keep_external(own.tx, map.source, object_.id(), parsed.key, reply.id);
    }
    return assign_roles(own, reply.id, parsed.roles);
  }

  Result<Reply> update(Context& own, RecordId id, Input input) {
    return update_record(own, {&object_, id, std::move(input), std::nullopt});
  }

  // Rows of people may name roles; a role they already have is no second one.
  Result<void> assign_roles(Context& own, RecordId user, const std::vector<std::string>& roles) {
    const Object& assignments = context_.app.system_object("role_assignment");
    const int user_slot = *assignments.find_slot("user");
    const int role_slot = *assignments.find_slot("role");
    for (const std::string& role : roles) {
      Input input;
      input.entries.push_back({user_slot, Value{user}});
      input.entries.push_back({role_slot, Value{role}});
      const auto reply = create_record(own, {&assignments, std::move(input)});
      if (!reply && reply.error().code != ErrorCode::conflict) return reply.error();
    }
    return done();
  }

  Context& context_;
  const ImportRows& command_;
  const Object& object_;
  RowInputs inputs_;
  CommandId id_;
};

}  // namespace

Result<ImportMap> resolve_for(const Context& context, ImportMap map) {
  const auto& rights = context.app.rights(context.actor);
  if (rights.everything) return metadata::resolve(std::move(map), context.app.bundle());
  return metadata::resolve(std::move(map),
                           permission::readable_bundle(context.app.bundle(), rights));
}

Result<Imported> import_rows(Context& context, const ImportRows& command) {
  const Object* object = context.app.find_id(command.map->object);
  if (object == nullptr) return Error::not_found();
  if (command.rows.size() > static_cast<std::size_t>(limits::kBatchRecordsMax)) {
    return Error::of(ErrorCode::limit, "rows", "rows", "at most 200 rows at once");
  }
  TENON_CHECK(check_header(*command.map, command.header));
  Imported imported;
  if (object->is_line()) {
    imported.rows = import_lines(context, command, *object, CommandId{context.ids.next()});
    return imported;
  }
  RowImporter importer(context, command, *object);
  for (const auto& row : command.rows) imported.rows.push_back(importer.import(row));
  return imported;
}

}  // namespace tenon::command
