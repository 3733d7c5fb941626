// Compiles an object's decision tables, its assignment and its duplicate rules. Internal to the
// room.
#pragma once

#include "engine/application/application.h"

namespace tenon::application {

void compile_tables(const metadata::Bundle& bundle, Object& object, std::vector<Problem>& problems);
void compile_duplicates(const metadata::Bundle& bundle, Object& object,
                        std::vector<Problem>& problems);

}  // namespace tenon::application
