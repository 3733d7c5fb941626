#include "engine/command/draft.h"

#include <algorithm>
#include <set>

#include "engine/command/access.h"
#include "engine/command/derivation.h"
#include "engine/value/references.h"

namespace tenon::command {
namespace {

using application::Object;

// A reference that somebody has given, and what it leads to.
struct Given {
  std::string at;  // Before the field's name.
  const metadata::Field* field;
  const Object* target;
  RecordId id;

  Problem problem() const {
    return {at + field->name, "reference",
            "there is no such " + target->name() + ", or it may not be seen"};
  }
};

void add_given(const Context& context, const Object& object, const record::Record* before,
               const Input& input, const std::string& at, std::vector<Given>& given) {
  for (const Input::Entry& entry : input.entries) {
    if (is_empty(entry.value) || !is_referring(kind_of(entry.value))) continue;
    const metadata::Field& field = object.field(entry.slot);
    for (const RecordId id : targets_of(entry.value)) {
      const bool known =
          before != nullptr && refers_to(before->fields[static_cast<std::size_t>(entry.slot)], id);
      if (!known) given.push_back({at, &field, context.app.find_id(field.to), id});
    }
  }
  for (const LinesInput& lines : input.lines) {
    const Object& of = *object.find_children(lines.slot)->lines;
    for (const LineInput& line : lines.put) {
      add_given(context, of, nullptr, line.fields, line.at + "/", given);
    }
  }
}

// Those the actor may refer to; many at once are read at once.
std::set<std::int64_t> referable(Context& context, const Object& target,
                                 const std::set<std::int64_t>& ids) {
  std::set<std::int64_t> found;
  if (ids.size() > 1) {
    std::vector<RecordId> wanted;
    for (const std::int64_t id : ids) wanted.push_back({id});
    found = visible_among(context, target, wanted);
  }
  for (const std::int64_t id : ids) {
    if (!found.contains(id) && may_refer_to(context, target, {id})) found.insert(id);
  }
  return found;
}

Result<Draft> filled(Context& context, const Object& object, const record::Record* before,
                     const Input& input, const LineEdit& edit, Draft draft) {
  const bool holds_lines = !object.children.empty();
  if (before != nullptr) {
    draft.id = before->id;
  } else if (holds_lines) {
    draft.id = RecordId{context.ids.next()};  // Lines refer to it.
  }
  draft.fields = before != nullptr ? before->fields : Values(object.types.size());
  if (holds_lines) {
    draft.lines =
        read_lines(context, object, before != nullptr ? std::optional(before->id) : std::nullopt);
  }
  Derivation derivation(context, object, before, draft);
  if (before != nullptr) derivation.remember_needs();
  write_input(input, draft.fields, draft.written);
  if (holds_lines) {
    TENON_CHECK(put_lines(context, object, draft.id, input, before == nullptr, draft.lines));
    if (!input.lines.empty()) note_written_lines(draft.lines, draft.written);
    if (edit) for_each_line(draft.lines, edit);
  }
  TENON_CHECK(derivation.set_defaults(input));
  TENON_CHECK(derivation.derive());
  derivation.compute();
  return draft;
}

}  // namespace

Result<Draft> draft_of(Context& context, const Object& object, const record::Record* before,
                       const Input& input, const LineEdit& edit) {
  return filled(context, object, before, input, edit, {});
}

Result<Draft> draft_along(Context& context, const Object& object, const record::Record& before,
                          const Input& input, const LineEdit& edit) {
  Draft draft;
  draft.is_along = true;
  return filled(context, object, &before, input, edit, std::move(draft));
}

Result<rule::Verdict> judge(Context& context, const Object& object, const record::Record* before,
                            Draft& draft) {
  return Derivation(context, object, before, draft).judge();
}

formula::Scope scope_of(Context& context, const Object& object, const record::Record* before,
                        Draft& draft) {
  return Derivation(context, object, before, draft).scope();
}

Result<void> settle(Context& context, const Object& object, const record::Record* before,
                    Draft& draft) {
  Derivation derivation(context, object, before, draft);
  TENON_CHECK(derivation.derive());
  derivation.compute();
  return done();
}

Result<void> check_references(Context& context, const Object& object, const record::Record* before,
                              const Input& input) {
  std::vector<Given> given;
  add_given(context, object, before, input, "", given);
  if (given.size() == 1) {
    if (may_refer_to(context, *given[0].target, given[0].id)) return done();
    return Error::invalid({given[0].problem()});
  }
  std::map<const Object*, std::set<std::int64_t>> by_target;
  for (const Given& one : given) by_target[one.target].insert(one.id.value);
  for (auto& [target, ids] : by_target) ids = referable(context, *target, ids);
  std::vector<Problem> problems;
  for (const Given& one : given) {
    if (!by_target[one.target].contains(one.id.value)) problems.push_back(one.problem());
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

}  // namespace tenon::command
