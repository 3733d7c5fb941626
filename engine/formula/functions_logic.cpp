#include "engine/formula/functions.h"

namespace tenon::formula {
namespace {

Result<Value> exclusive_or(Arguments arguments) {
  bool odd = false;
  for (const Value* value : arguments) odd = odd != is_true(*value);
  return Value{odd};
}

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

constexpr Parameter kChoose[] = {{"index", Takes::number}, {"value", Takes::same}};

// All but XOR are operations of the tree: they evaluate only what they need. The last are written
// by the compiler, which knows the kinds.
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
    {"XOR", kCondition, 1, Kind::boolean, Nulls::own, Op::call, exclusive_or},
    {"CHOOSE", kChoose, 1, std::nullopt, Nulls::own, Op::match},
    {"ISNUMBER", kAny, 0, Kind::boolean, Nulls::own, Op::negation},
    {"ISTEXT", kAny, 0, Kind::boolean, Nulls::own, Op::negation},
    {"ISNONTEXT", kAny, 0, Kind::boolean, Nulls::own, Op::negation},
    {"ISLOGICAL", kAny, 0, Kind::boolean, Nulls::own, Op::negation},
    {"N", kAny, 0, Kind::number, Nulls::own, Op::first_given},
};

}  // namespace

std::span<const Function> logic_functions() { return kFunctions; }

}  // namespace tenon::formula
