#include "runtime/api/scratch_folder.h"

#include <cstdlib>
#include <filesystem>

#include "engine/base/error.h"

namespace tenon::api {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder()
    : path_((fs::temp_directory_path() / "tenon-story-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) == nullptr) throw Fault("no temporary folder can be made");
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace tenon::api
