// The bundle of tests/stories/currencies, as files: money in several currencies wherever it may be.
#pragma once

#include "tests/support/bundle_files.h"

namespace tenon::support {

inline metadata::Files currencies() {
  return bundle_files(std::filesystem::path(TENON_SOURCE_DIR) / "tests/stories/currencies");
}

}  // namespace tenon::support
