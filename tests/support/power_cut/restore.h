// Puts a folder back to what a power cut leaves of it (README.md).
#pragma once

#include <cstdint>
#include <string>

namespace tenon::support {

// To be called when no process uses the folder. Seed 0: nothing lives that was not synced.
void cut_power(const std::string& folder, std::uint64_t seed = 0);

}  // namespace tenon::support
