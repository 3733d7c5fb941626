#include "engine/command/grants.h"

#include <algorithm>

namespace tenon::command {
namespace {

using application::Object;

struct Assignment {
  RecordId user;
  std::string role;
  friend bool operator==(const Assignment&, const Assignment&) = default;
};

const Value& field(const Object& object, const Values& fields, std::string_view name) {
  return fields[static_cast<std::size_t>(*object.find_slot(name))];
}

Assignment assignment_in(const Object& assignments, const Values& fields) {
  const auto* user = std::get_if<RecordId>(&field(assignments, fields, "user"));
  const auto* role = std::get_if<std::string>(&field(assignments, fields, "role"));
  return {user == nullptr ? RecordId{} : *user, role == nullptr ? "" : *role};
}

const metadata::Role* role_called(const Context& context, std::string_view name) {
  const auto& roles = context.app.bundle().roles;
  const auto found = std::find_if(roles.begin(), roles.end(), [&](const metadata::Role& role) {
    return role.name == name || role.id == name;
  });
  return found == roles.end() ? nullptr : &*found;
}

bool administers(const Context& context, std::string_view role) {
  const metadata::Role* known = role_called(context, role);
  return known != nullptr && known->everything;
}

bool holds(const Context& context, std::string_view role) {
  if (context.app.rights(context.actor).everything) return true;
  const metadata::Role* wanted = role_called(context, role);
  return wanted != nullptr &&
         std::any_of(context.actor.roles.begin(), context.actor.roles.end(),
                     [&](const std::string& held) { return role_called(context, held) == wanted; });
}

// Somebody active who administers by another assignment, and is somebody else than `without`.
bool another_administers(const Context& context, RecordId assignment, RecordId without) {
  const Object& assignments = context.app.system_object("role_assignment");
  const Object& users = context.app.system_object("user");
  for (const metadata::Role& role : context.app.bundle().roles) {
    if (!role.everything) continue;
    for (const RecordId id : record::matching(context.tx, assignments.table,
                                              *assignments.find_slot("role"), Value{role.name})) {
      const auto found = record::read(context.tx, assignments.table, id);
      if (!found || id == assignment) continue;
      const RecordId user = assignment_in(assignments, found->fields).user;
      const auto holder = record::read(context.tx, users.table, user);
      if (holder && user != without && is_true(field(users, holder->fields, "active"))) return true;
    }
  }
  return false;
}

Error last_administrator() {
  return Error::of(ErrorCode::conflict, "", "last_administrator",
                   "nobody would be left who may administer");
}

Result<void> check_assignment(const Context& context, const Object& object,
                              const record::Record* before, const Values* after) {
  const auto was = before ? std::optional(assignment_in(object, before->fields)) : std::nullopt;
  const auto becomes = after ? std::optional(assignment_in(object, *after)) : std::nullopt;
  if (was == becomes) return done();
  for (const auto& one : {was, becomes}) {
    if (!one) continue;
    if (one->user == context.actor.user) {
      return Error::denied("user", "nobody changes their own roles");
    }
    if (!holds(context, one->role)) {
      return Error::denied("role", "nobody gives or takes a role they do not hold");
    }
  }
  if (was && administers(context, was->role) && !another_administers(context, before->id, {})) {
    return last_administrator();
  }
  return done();
}

Result<void> check_user(const Context& context, const Object& object, const record::Record* before,
                        const Values* after) {
  if (before == nullptr || !is_true(field(object, before->fields, "active"))) return done();
  if (after != nullptr && is_true(field(object, *after, "active"))) return done();
  const Object& assignments = context.app.system_object("role_assignment");
  for (const RecordId id : record::matching(context.tx, assignments.table,
                                            *assignments.find_slot("user"), Value{before->id})) {
    const auto found = record::read(context.tx, assignments.table, id);
    if (!found || !administers(context, assignment_in(assignments, found->fields).role)) continue;
    if (!another_administers(context, {}, before->id)) return last_administrator();
  }
  return done();
}

}  // namespace

Result<void> check_grants(const Context& context, const Object& object,
                          const record::Record* before, const Values* after) {
  if (context.actor.is_system()) return done();
  if (object.id() == "role_assignment") return check_assignment(context, object, before, after);
  if (object.id() == "user") return check_user(context, object, before, after);
  return done();
}

}  // namespace tenon::command
