// The migrations of all rooms that own tables, in the order of their floors.
#pragma once

#include "engine/storage/migration.h"

namespace tenon::command {

storage::Migrations all_migrations();

}  // namespace tenon::command
