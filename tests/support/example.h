// The bundles of examples/, read from their folders, and their data imported row by row.
#pragma once

#include <string>

#include "tests/support/running_application.h"

namespace tenon::support {

metadata::Files example(const std::string& name);

// Every mapping of the bundle's data, in order. Answers how many rows were refused; each refusal
// is a line of `reasons`.
int import_example(RunningApplication& running, const std::string& name, std::string& reasons);

}  // namespace tenon::support
