// The bundle of tests/stories/currencies, as files: money in several currencies wherever it may be.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/metadata/bundle.h"

namespace tenon::support {

inline metadata::Files currencies() {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(TENON_SOURCE_DIR) / "tests/stories/currencies";
  metadata::Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files[fs::relative(entry.path(), folder).generic_string()] = text.str();
  }
  return files;
}

}  // namespace tenon::support
