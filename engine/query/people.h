// People as actors: who somebody is, which roles they have, whose records are in their reach, to
// which pools they belong.
//
// Reads the system bundle's objects (user, role_assignment, department, team) as the system, for
// runtime/auth. The trees of managers and departments are followed here, safe against circles; an
// actor is made again when one of these objects changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/query/context.h"

namespace tenon::query {

// Nothing where there is no such user, or one that is not active.
std::optional<Actor> actor_of(const application::Application& app, storage::Transaction& tx,
                              RecordId user);

// What is told to people about themselves.
struct Person {
  std::vector<std::pair<std::string, std::string>> texts;  // Field → its text, "" where empty.
  RecordId department;                                     // 0: none.
  std::string department_name;
  std::string position_name;
};
Person person_of(const application::Application& app, storage::Transaction& tx, RecordId user);
bool user_exists(const application::Application& app, storage::Transaction& tx, RecordId user);

// The user with this login, by its exact text, active or not.
std::optional<RecordId> find_user(const application::Application& app, storage::Transaction& tx,
                                  std::string_view login);
// The same of those who may sign in.
std::optional<RecordId> user_with_login(const application::Application& app,
                                        storage::Transaction& tx, std::string_view login);

// Whether a change of this object can change who may do what.
bool concerns_people(const application::Object& object);

}  // namespace tenon::query
