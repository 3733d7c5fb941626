// Random content of a record, its rows and what it was before.
#pragma once

#include "tests/simulation/formula_fuzz/chance.h"
#include "tests/support/formula_vectors.h"

namespace tenon::fuzz {

support::VectorCase random_case(Chance& chance, const support::VectorFile& file,
                                std::string formula);
// As a line for the browser's twin, as vectors have it; without what is expected.
void write_case(json::Writer& writer, const support::VectorFile& file,
                const support::VectorCase& one);

}  // namespace tenon::fuzz
