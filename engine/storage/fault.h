// SQLite's result codes as faults, by what the operator has to do about them.
#pragma once

#include <string_view>

struct sqlite3;

namespace tenon::storage {

// Throws what the connection's last error stands for: StorageFull, FsyncFailed, Interrupted or a
// plain Fault, whose text names what was being done.
[[noreturn]] void throw_fault(sqlite3* handle, std::string_view doing);

bool is_fsync_failure(int code);
// Nothing of the transaction can have become durable: not written at all, or not to its end.
bool is_refused_write(int code);

}  // namespace tenon::storage
