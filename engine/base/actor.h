// The actor: who asks. Mandatory everywhere, without a default; nobody is ever "null, so admin".
//
// Made in few places: runtime/auth makes people's from a session or token, system_actor() is for
// what the engine does of its own (derived fields, sample data), with a reason that is noted.
// Which rights the roles give is decided in engine/permission.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/id.h"

namespace tenon {

enum class Surface { form, api, import, bulk, command_line, flow, sample, system };
std::string_view name_of(Surface surface);

struct Actor {
  enum class Kind { user, system };

  Kind kind = Kind::user;
  RecordId user;     // Of the system object `user`; 0 for the system.
  std::string name;  // For logs and messages.
  Surface surface = Surface::api;
  std::vector<std::string> roles;        // Sorted names.
  std::vector<std::int64_t> team;        // Sorted ids of users: oneself and everybody below.
  std::vector<std::int64_t> department;  // Sorted ids of users: one's department and those below.
  std::vector<std::int64_t> team_and_department;  // Both, where one role says this, another that.
  // Ids of pools, "object.pool", sorted: those they may take records from, and those they manage.
  std::vector<std::string> pools;
  std::vector<std::string> managed_pools;
  std::string locale = "en";
  std::string reason;  // Of the system actor.

  bool is_system() const { return kind == Kind::system; }
};

Actor system_actor(Surface surface, std::string reason);

}  // namespace tenon
