// Gives everything in a bundle's files a random name: see crm_bundle.h.
#pragma once

#include <cstdint>

#include "engine/metadata/bundle.h"
#include "tests/runtime/api/names.h"

namespace tenon::api::test {

// Every name of the bundle as itself.
Names own_names(const metadata::Files& files);
// The files of the same bundle in other words; `names` learns them.
metadata::Files rename_all(const metadata::Files& files, std::uint32_t seed, Names& names);

}  // namespace tenon::api::test
