#include "engine/command/access.h"

#include "engine/application/money.h"
#include "engine/application/pools.h"
#include "engine/query/attachment.h"
#include "engine/query/sight.h"

namespace tenon::command {
namespace {

using permission::Reach;

const permission::ObjectRights& rights_on(const Context& context,
                                          const application::Object& object) {
  return context.app.rights(context.actor).objects[static_cast<std::size_t>(object.place)];
}

Reach reach_of(const permission::ObjectRights& rights, Verb verb) {
  switch (verb) {
    // Who may create but never update leaves records where they can still be read.
    case Verb::create: return rights.update == Reach::none ? rights.read : rights.update;
    case Verb::update: return rights.update;
    case Verb::erase: return rights.erase;
  }
  return Reach::none;
}

bool is_granted(const permission::ObjectRights& rights, Verb verb) {
  return verb == Verb::create ? rights.create : reach_of(rights, verb) != Reach::none;
}

std::string_view words(Verb verb) {
  switch (verb) {
    case Verb::create: return "create";
    case Verb::update: return "change";
    case Verb::erase: return "delete";
  }
  return "change";
}

void check_fields(const permission::Rights& all, const application::Object& object,
                  const Input& input, const std::string& at, std::vector<Problem>& problems) {
  const auto& rights = all.objects[static_cast<std::size_t>(object.place)];
  const auto deny = [&](int slot) {
    problems.push_back({at + object.field(slot).name, "denied", "you may not write this field"});
  };
  for (const Input::Entry& entry : input.entries) {
    const bool is_beside = application::is_currency(object, entry.slot);
    if (!is_beside && !rights.may_write(entry.slot)) deny(entry.slot);
  }
  for (const LinesInput& lines : input.lines) {
    if (!rights.may_write(lines.slot)) {
      deny(lines.slot);
      continue;
    }
    const application::Object& of = *object.find_children(lines.slot)->lines;
    for (const LineInput& line : lines.put) {
      check_fields(all, of, line.fields, line.at + "/", problems);
    }
  }
}

}  // namespace

RecordId owner_of(const application::Object& object, const Values& fields) {
  return query::owner_of(object, fields);
}

std::vector<bool> hidden_fields(const Context& context, const application::Object& object,
                                const Values& fields) {
  return query::hidden_in_pool(as_query(context), object, fields);
}

Result<void> check_door(const Context& context, const application::Object& object, Verb verb,
                        const Input& input) {
  const permission::Rights& all = context.app.rights(context.actor);
  const auto& rights = all.objects[static_cast<std::size_t>(object.place)];
  if (rights.read == Reach::none) return Error::not_found();
  if (object.is_line()) {
    return Error::denied("", "a line is written with the record that holds it");
  }
  if (!is_granted(rights, verb)) {
    return Error::denied("", "you may not " + std::string(words(verb)) + " any " + object.name());
  }
  std::vector<Problem> problems;
  check_fields(all, object, input, "", problems);
  if (!problems.empty()) return Error{ErrorCode::denied, std::move(problems)};
  return done();
}

Result<record::Record> read_as(Context& context, const application::Object& object, RecordId id,
                               Verb verb) {
  auto record = record::read(context.tx, object.table, id);
  if (!record) return Error::not_found();
  TENON_CHECK(reaches_as(context, object, *record, verb));
  return std::move(*record);
}

Result<void> reaches_as(const Context& context, const application::Object& object,
                        const record::Record& record, Verb verb) {
  const auto& rights = rights_on(context, object);
  const RecordId owner = owner_of(object, record.fields);
  if (!query::sees(as_query(context), object, record.fields)) return Error::not_found();
  if (!permission::reaches(reach_of(rights, verb), context.actor, owner)) {
    return Error::denied(
        "", "you may read this " + object.name() + ", but not " + std::string(words(verb)) + " it");
  }
  return done();
}

std::set<std::int64_t> visible_among(const Context& context, const application::Object& object,
                                     const std::vector<RecordId>& ids) {
  std::set<std::int64_t> visible;
  const query::Context asked = as_query(context);
  for (const record::Record& record : record::read_many(context.tx, object.table, ids)) {
    if (query::sees(asked, object, record.fields)) visible.insert(record.id.value);
  }
  return visible;
}

bool may_see(const Context& context, const application::Object& object, RecordId id) {
  const auto record = record::read(context.tx, object.table, id);
  return record && query::sees(as_query(context), object, record->fields);
}

bool may_refer_to(const Context& context, const application::Object& target, RecordId id) {
  if (may_see(context, target, id)) return true;
  const bool is_file = &target == &context.app.system_object("file");
  return is_file && query::attachment(as_query(context), id).has_value();
}

Result<void> check_outcome(const Context& context, const application::Object& object, Verb verb,
                           const Values& fields) {
  const Reach reach = reach_of(rights_on(context, object), verb);
  if (permission::reaches(reach, context.actor, owner_of(object, fields))) return done();
  // Whoever may create may do so for a pool; back into it, its managers put what they may write.
  const application::Pool* pool = application::pool_of(context.app, object, fields);
  const bool may_pool =
      pool != nullptr &&
      (verb == Verb::create || application::is_manager(context.app, context.actor, *pool));
  if (may_pool) return done();
  const std::string at = object.owner_slot < 0 ? "" : object.field(object.owner_slot).name;
  return Error::denied(at, "you may not leave a " + object.name() + " with this owner");
}

Error conflict_of(const application::Object& object, const storage::Clash& clash) {
  Error error{ErrorCode::conflict, {}};
  for (const std::string& name : clash.columns) {
    for (const record::StoredColumn& column : object.table.columns) {
      if (column.name != name || application::is_currency(object, column.slot)) continue;
      error.problems.push_back(
          {object.field(column.slot).name, "unique", "there is already one with this value"});
    }
  }
  return error;
}

std::vector<Problem> as_told(const Context& context, const application::Object& object,
                             std::vector<Problem> problems) {
  if (problems.empty()) return problems;
  const auto& rights = rights_on(context, object);
  std::vector<Problem> told;
  for (Problem& problem : problems) {
    const auto slot = object.find_slot(problem.at);
    if (!slot || rights.may_read(*slot)) told.push_back(std::move(problem));
  }
  if (told.empty() && !problems.empty()) {
    told.push_back({"", "refused", "something you may not see does not allow this"});
  }
  return told;
}

Error as_told(const Context& context, const application::Object& object, Error error) {
  error.problems = as_told(context, object, std::move(error.problems));
  return error;
}

}  // namespace tenon::command
