// What a derived field is made of: the fields it reads, here and in other objects.
//
// From it load() works out in which order fields are typed and finds circles; publish finds what
// must be filled again. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/metadata/bundle.h"

namespace tenon::metadata {

struct Reading {
  enum class From {
    own,     // The same record.
    below,   // Lines of its own object, which a line holds: a tree that ends.
    others,  // Any other record.
  };
  std::string object;  // Ids.
  std::string field;
  From from;
};

// Nothing for given fields; and nothing for a formula that cannot be read.
std::vector<Reading> readings_of(const Bundle& bundle, const Object& object, const Field& field);

// What a derived field amounts to, written in ids: a rollup as an aggregate, a lookup as its path.
std::string as_formula(const Field& field);
std::string_view name_in_formulas(Aggregate function);  // "SUM"

}  // namespace tenon::metadata
