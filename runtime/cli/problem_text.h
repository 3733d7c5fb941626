// Refusals of the API, for a terminal.
#pragma once

#include <string>

#include "engine/base/error.h"
#include "runtime/cli/door.h"

namespace tenon::cli {

// The error an answer of status 4xx or 5xx tells.
Error error_of(const Reply& reply);
// Each problem on a line of its own.
std::string lines_of(const Error& error);

}  // namespace tenon::cli
