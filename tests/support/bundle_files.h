// The JSON files of a bundle's folder, by their paths in it.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/metadata/bundle.h"

namespace tenon::support {

inline metadata::Files bundle_files(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
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
