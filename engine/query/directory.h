// People as flows must know them: who is asked for, everybody above them, whom they stand in for.
//
// Read as the system out of the system bundle's records (user, department, role_assignment,
// delegation), in a handful of statements however many people. Who administers flows is known by
// their roles.
#pragma once

#include "engine/flow/people.h"
#include "engine/query/context.h"

namespace tenon::query {

flow::Directory directory(const Context& context, const flow::PeopleQuestion& question);

// Roles whose members administer flows, by name.
std::vector<std::string> roles_of_flow_admins(const application::Application& app);

}  // namespace tenon::query
