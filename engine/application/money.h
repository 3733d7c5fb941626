// Money in several currencies in the slots of an object: an amount, and the field beside it that
// keeps its currency (metadata/currency.h).
#pragma once

#include "engine/application/application.h"
#include "engine/value/money.h"

namespace tenon::application {

// Whether the field at this slot is what load added beside money: it is never written or read
// alone.
bool is_currency(const Object& object, int slot);
// The slot of the currency of an amount; -1 of any other field.
int currency_slot(const Object& object, int slot);
// The slot of what people know: of a currency that of its amount, of any other field its own.
int money_slot(const Object& object, int slot);

// The value of a field as it is written: money in several currencies as a whole, JSON.
Value written_value(const Object& object, int slot, const Values& fields);
// Empties the currency of what is no amount; an amount without one is in that of its field.
void pair_currencies(const Object& object, Values& fields);

}  // namespace tenon::application
