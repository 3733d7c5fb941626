// What a change did: the compiler writes them as comparisons with what was before.
#include "engine/formula/functions.h"

namespace tenon::formula {
namespace {

constexpr Parameter kFields[] = {{"field", Takes::own_field}};
constexpr Parameter kValue[] = {{"field", Takes::own_field}, {"value", Takes::matched}};

constexpr Function kFunctions[] = {
    {"CHANGED", kFields, 1, Kind::boolean, Nulls::own, Op::not_equal},
    {"WAS", kValue, 0, Kind::boolean, Nulls::own, Op::equal},
    {"BECOMES", kValue, 0, Kind::boolean, Nulls::own, Op::equal},
};

}  // namespace

std::span<const Function> change_functions() { return kFunctions; }

}  // namespace tenon::formula
