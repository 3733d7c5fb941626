// What a new data folder begins with: its bundle, its sample data, its people's passwords.
#pragma once

#include <string>

#include "runtime/cli/door.h"

namespace tenon::cli {

// Publishes the bundle into an empty database and, with `demo`, loads its data and makes sign-ins
// for its people, kept in <data>/sign-ins.json. Without data one administrator is made, whose
// password is printed once. Does nothing to a database that has been begun.
void begin(Door& door, const std::string& data, const std::string& bundle, bool demo);

}  // namespace tenon::cli
