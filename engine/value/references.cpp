#include "engine/value/references.h"

#include <algorithm>

namespace tenon {

std::vector<RecordId> targets_of(const Value& value) {
  if (const auto* id = std::get_if<RecordId>(&value)) return {*id};
  if (const auto* list = std::get_if<ReferenceList>(&value)) return list->items;
  return {};
}

bool refers_to(const Value& value, RecordId target) {
  const auto targets = targets_of(value);
  return std::find(targets.begin(), targets.end(), target) != targets.end();
}

Value retargeted(const Value& value, RecordId from, std::optional<RecordId> to) {
  if (!refers_to(value, from)) return value;
  if (std::holds_alternative<RecordId>(value)) return to ? Value{*to} : Value{};
  ReferenceList list;
  for (const RecordId item : std::get<ReferenceList>(value).items) {
    if (item != from) {
      add_reference(list, item);
    } else if (to) {
      add_reference(list, *to);
    }
  }
  return value_of(std::move(list));
}

void add_reference(ReferenceList& list, RecordId id) {
  if (std::find(list.items.begin(), list.items.end(), id) == list.items.end()) {
    list.items.push_back(id);
  }
}

Value value_of(ReferenceList list) { return list.items.empty() ? Value{} : Value{std::move(list)}; }

}  // namespace tenon
