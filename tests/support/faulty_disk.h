// A disk that fails on demand: the program's own calls stand before the C library's.
#pragma once

#include <atomic>

namespace tenon::support {

struct FaultyDisk {
  static std::atomic<bool> is_full;      // Writes answer ENOSPC.
  static std::atomic<bool> cannot_sync;  // Syncs answer EIO.
  static std::atomic<int> syncs;         // Calls so far.
};

}  // namespace tenon::support
