#include "tests/support/faulty_disk.h"

#include <cerrno>

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tenon::support {

std::atomic<bool> FaultyDisk::is_full = false;
std::atomic<bool> FaultyDisk::cannot_sync = false;
std::atomic<int> FaultyDisk::syncs = 0;

}  // namespace tenon::support

namespace {

using tenon::support::FaultyDisk;

int sync_with(long number, int file) {
  ++FaultyDisk::syncs;
  if (FaultyDisk::cannot_sync) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(syscall(number, file));
}

}  // namespace

extern "C" {

// SQLite is compiled with 64-bit offsets, which call it by this name.
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  if (FaultyDisk::is_full) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_pwrite64, file, bytes, size, at);
}

// The program's own output is not on the disk that fails.
ssize_t write(int file, const void* bytes, size_t size) {
  struct stat status {};
  if (FaultyDisk::is_full && file > STDERR_FILENO && fstat(file, &status) == 0 &&
      S_ISREG(status.st_mode)) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_write, file, bytes, size);
}

int fdatasync(int file) { return sync_with(SYS_fdatasync, file); }

int fsync(int file) { return sync_with(SYS_fsync, file); }

}  // extern "C"
