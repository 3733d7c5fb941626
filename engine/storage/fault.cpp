#include "engine/storage/fault.h"

#include <sqlite3.h>

#include <string>

#include "engine/storage/database.h"

namespace tenon::storage {
namespace {

constexpr int kPrimaryCode = 0xff;  // The lower byte of an extended code.

bool is_full(int code) {
  switch (code) {
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMMAP: return true;
    default: return is_refused_write(code) || (code & kPrimaryCode) == SQLITE_CANTOPEN;
  }
}

}  // namespace

bool is_fsync_failure(int code) {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

bool is_refused_write(int code) {
  const int primary = code & kPrimaryCode;
  return primary == SQLITE_FULL || primary == SQLITE_READONLY || code == SQLITE_IOERR_WRITE;
}

void throw_fault(sqlite3* handle, std::string_view doing) {
  const int code = sqlite3_extended_errcode(handle);
  const std::string message = std::string(sqlite3_errmsg(handle)) + " (SQLite " +
                              std::to_string(code) + "): " + std::string(doing);
  if (is_fsync_failure(code)) throw FsyncFailed(message);
  if (is_full(code)) throw StorageFull(message);
  if (code == SQLITE_INTERRUPT) throw Interrupted(message);
  throw Fault(message);
}

}  // namespace tenon::storage
