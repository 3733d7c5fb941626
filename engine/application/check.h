// Everything there is to mend in a bundle, as metadata::check() says it, and what can only be found
// once its parts are compiled: what the rows of its decision tables leave open or say twice.
#pragma once

#include "engine/metadata/check.h"

namespace tenon::application {

metadata::Findings check(const metadata::Files& files, const metadata::Bundle* required);

}  // namespace tenon::application
