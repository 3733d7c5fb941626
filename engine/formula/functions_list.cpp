#include <algorithm>

#include "engine/formula/functions.h"

namespace tenon::formula {
namespace {

Result<Value> has(Arguments arguments) {
  const auto* list = std::get_if<TextList>(arguments[0]);
  const auto* item = std::get_if<std::string>(arguments[1]);
  if (list == nullptr || item == nullptr) return Value{false};
  const auto& items = list->items;
  return Value{std::find(items.begin(), items.end(), *item) != items.end()};
}

constexpr Parameter kListAndItem[] = {{"list", Takes::text_list}, {"item", Takes::text}};

constexpr Function kFunctions[] = {
    {"HAS", kListAndItem, 0, Kind::boolean, Nulls::own, Op::call, has},
};

}  // namespace

std::span<const Function> list_functions() { return kFunctions; }

}  // namespace tenon::formula
