// Which unique index refused a row, out of SQLite's message.
#pragma once

#include <optional>
#include <string_view>

#include "engine/storage/database.h"

namespace tenon::storage {

class Connection;

// Nothing where the connection's last error was no unique clash. To be asked before the connection
// is used again.
std::optional<Clash> last_clash(Connection& connection);

}  // namespace tenon::storage
