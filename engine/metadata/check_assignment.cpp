// Assignment of new records: a table of one answer that says who.
#include <array>

#include "engine/metadata/checks.h"

namespace tenon::metadata {
namespace {

bool has_one_answer(Hit hit) {
  return hit == Hit::unique || hit == Hit::first || hit == Hit::any || hit == Hit::priority;
}

void check_output(Draft& draft, const Field& output, const Place& at) {
  const Kind kind = type_of(output).kind();
  if (kind == Kind::text) return;
  if (kind == Kind::reference && output.to == output.name) return;
  draft.problem(
      at, "assignment",
      "the output \"" + output.name + "\" must be a text or a reference to " + output.name);
}

void check_table(Draft& draft, const Object& object, const Table& table, const Place& at) {
  if (table.object != object.id) {
    draft.problem(at, "assignment", "the table decides about records of another object");
    return;
  }
  if (!has_one_answer(table.hit)) {
    draft.problem(at, "assignment", "the table has no one answer: its hit policy makes lists");
  }
  bool says_who = false;
  for (const Field& output : table.outputs) {
    const bool who = output.name == "user" || output.name == "team";
    says_who = says_who || who;
    if (who) check_output(draft, output, at);
  }
  if (!says_who) draft.problem(at, "assignment", "the table has no output \"user\" or \"team\"");
}

}  // namespace

void check_assignments(Draft& draft, const Bundle& whole) {
  for (const Object& object : draft.own.objects) {
    if (!object.assignment) continue;
    const AssignBy& by = *object.assignment;
    const Place at = draft.place("objects", object.id) / "assignment";
    if (by.field.empty()) {
      draft.problem(at, "required", "without ownership, \"field\" says which field is filled");
    }
    const Field* field = object.find_id(by.field);
    if (field != nullptr && field->type != "user") {
      draft.problem(at / "field", "assignment", "must be a field of type user");
    }
    if (!by.when.empty()) {
      type_formula(draft, whole, object.id, at / "when", Kind::boolean, Asked::of_draft);
    }
    if (!by.open.empty()) {
      type_formula(draft, whole, object.id, at / "open", Kind::boolean, Asked::of_tables);
    }
    for (const Table& table : whole.tables) {
      if (table.id == by.table) check_table(draft, object, table, at / "table");
    }
  }
}

}  // namespace tenon::metadata
