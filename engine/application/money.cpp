#include "engine/application/money.h"

#include "engine/metadata/currency.h"

namespace tenon::application {

bool is_currency(const Object& object, int slot) {
  return slot >= 0 && !object.field(slot).currency_of.empty();
}

int currency_slot(const Object& object, int slot) {
  if (slot < 0 || !object.type(slot).has_currencies()) return -1;
  const metadata::Field* beside = metadata::currency_beside(*object.definition, object.field(slot));
  return beside == nullptr ? -1 : static_cast<int>(beside - object.definition->fields.data());
}

int money_slot(const Object& object, int slot) {
  if (!is_currency(object, slot)) return slot;
  const metadata::Field* money = object.definition->find_id(object.field(slot).currency_of);
  return static_cast<int>(money - object.definition->fields.data());
}

Value written_value(const Object& object, int slot, const Values& fields) {
  const Value& value = fields[static_cast<std::size_t>(slot)];
  const int currency = currency_slot(object, slot);
  if (currency < 0) return value;
  return whole_of(object.type(slot), value, fields[static_cast<std::size_t>(currency)]);
}

void pair_currencies(const Object& object, Values& fields) {
  for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
    const int beside = currency_slot(object, slot);
    if (beside < 0) continue;
    Value& currency = fields[static_cast<std::size_t>(beside)];
    if (is_empty(fields[static_cast<std::size_t>(slot)])) {
      currency = {};
    } else if (is_empty(currency)) {
      currency = object.type(slot).currency;
    }
  }
}

}  // namespace tenon::application
