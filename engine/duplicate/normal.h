// Normal forms of values: what is left of two ways of writing the same thing.
//
// Pure. `company` knows the legal forms of English, German, French … and Chinese names; it is meant
// for comparing, never for showing. Vectors: tests/vectors/duplicate/normal.json.
#pragma once

#include <string>

#include "engine/metadata/duplicate.h"
#include "engine/value/value.h"

namespace tenon::duplicate {

using metadata::NormalForm;

// "" where the value is empty or nothing is left of it: such values are equal to nothing.
// `country` is where a number to dial belongs that says none itself.
std::string normal(NormalForm form, const Value& value, std::string_view country);

}  // namespace tenon::duplicate
