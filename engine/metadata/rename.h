// Renames a definition in the files of a bundle: its id is written, every reference follows.
#pragma once

#include <string>
#include <string_view>

#include "engine/metadata/bundle.h"

namespace tenon::metadata {

// `what` is "object.field", or "object". Refused where it does not exist, the new name is no
// name, or is taken. Only files that change are answered, canonical; blanks in formulas stay. An
// object's own file and those named for it move (an empty text: remove the file at this path).
Result<Files> rename(const Files& files, const Bundle* required, std::string_view what,
                     std::string_view new_name);

}  // namespace tenon::metadata
