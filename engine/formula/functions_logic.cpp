#include "engine/formula/functions.h"

namespace tenon::formula {
namespace {

constexpr Parameter kIf[] = {
    {"condition", Takes::boolean}, {"then", Takes::same}, {"else", Takes::same, true}};
constexpr Parameter kIfs[] = {{"condition", Takes::boolean}, {"value", Takes::same}};
constexpr Parameter kSwitch[] = {{"value", Takes::matched},
                                 {"case", Takes::matched},
                                 {"result", Takes::same},
                                 {"default", Takes::same, true}};
constexpr Parameter kCondition[] = {{"condition", Takes::boolean}};
constexpr Parameter kIn[] = {{"value", Takes::matched}, {"item", Takes::matched}};
constexpr Parameter kAny[] = {{"value", Takes::any}};
constexpr Parameter kValues[] = {{"value", Takes::same}};
constexpr Parameter kOtherwise[] = {{"value", Takes::same}, {"otherwise", Takes::same}};

// All of them are operations of the tree: they evaluate only what they need.
constexpr Function kFunctions[] = {
    {"IF", kIf, 0, std::nullopt, Nulls::own, Op::choose},
    {"IFS", kIfs, 2, std::nullopt, Nulls::own, Op::choose_first},
    {"SWITCH", kSwitch, 2, std::nullopt, Nulls::own, Op::match},
    {"AND", kCondition, 1, Kind::boolean, Nulls::own, Op::all},
    {"OR", kCondition, 1, Kind::boolean, Nulls::own, Op::any},
    {"NOT", kCondition, 0, Kind::boolean, Nulls::own, Op::negation},
    {"IN", kIn, 1, Kind::boolean, Nulls::own, Op::among},
    {"ISBLANK", kAny, 0, Kind::boolean, Nulls::own, Op::is_blank},
    {"ISERROR", kAny, 0, Kind::boolean, Nulls::own, Op::is_error},
    {"COALESCE", kValues, 1, std::nullopt, Nulls::own, Op::first_given},
    {"IFERROR", kOtherwise, 0, std::nullopt, Nulls::own, Op::if_error},
};

}  // namespace

std::span<const Function> logic_functions() { return kFunctions; }

}  // namespace tenon::formula
