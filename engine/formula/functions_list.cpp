#include <algorithm>

#include "engine/formula/functions.h"
#include "engine/value/references.h"

namespace tenon::formula {
namespace {

bool holds(const Value& references, const Value& item) {
  const auto* id = std::get_if<RecordId>(&item);
  return id != nullptr && refers_to(references, *id);
}

Result<Value> has(Arguments arguments) {
  if (std::holds_alternative<ReferenceList>(*arguments[0])) {
    return Value{holds(*arguments[0], *arguments[1])};
  }
  const auto* list = std::get_if<TextList>(arguments[0]);
  const auto* item = std::get_if<std::string>(arguments[1]);
  if (list == nullptr || item == nullptr) return Value{false};
  const auto& items = list->items;
  return Value{std::find(items.begin(), items.end(), *item) != items.end()};
}

Result<Value> items(Arguments arguments) {
  if (std::holds_alternative<ReferenceList>(*arguments[0])) {
    return Value{Decimal::of(static_cast<std::int64_t>(targets_of(*arguments[0]).size()))};
  }
  const auto* list = std::get_if<TextList>(arguments[0]);
  return Value{Decimal::of(list == nullptr ? 0 : static_cast<std::int64_t>(list->items.size()))};
}

Result<Value> item_at(Arguments arguments) {
  const auto& items = std::get<TextList>(*arguments[0]).items;
  const std::int64_t place = whole_at(arguments, 1);
  if (place < 1 || place > static_cast<std::int64_t>(items.size())) {
    return bad_argument("the list has no such place");
  }
  return Value{items[static_cast<std::size_t>(place - 1)]};
}

constexpr Parameter kListAndItem[] = {{"list", Takes::list}, {"item", Takes::item}};
constexpr Parameter kList[] = {{"list", Takes::list}};
constexpr Parameter kPlace[] = {{"list", Takes::text_list}, {"place", Takes::number}};

constexpr Function kFunctions[] = {
    {"HAS", kListAndItem, 0, Kind::boolean, Nulls::own, Op::call, has},
    {"ITEMS", kList, 0, Kind::number, Nulls::own, Op::call, items},
    {"INDEX", kPlace, 0, Kind::text, Nulls::propagate, Op::call, item_at},
};

}  // namespace

std::span<const Function> list_functions() { return kFunctions; }

}  // namespace tenon::formula
