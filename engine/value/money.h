// Amounts in one of several currencies: a number with the code of its currency beside it.
//
// A field of such a type is two values that belong together, both empty or neither: the amount, of
// the field's own type, and the code, kept in a field of its own that load adds
// (metadata/object.h). In JSON they are one: {"amount": "12.50", "currency": "USD"}. An amount has
// no more digits than its currency, nor than the field. ADR 0022.
#pragma once

#include "engine/value/type.h"

namespace tenon {

struct Money {
  Value amount;
  Value currency;  // A text.
  friend bool operator==(const Money&, const Money&) = default;
};

// An object, or a number or text alone, which is an amount in the type's own currency. Refused at
// reader.path() or a member of it: as parse() does, a code that is not among the type's, a code
// without an amount, digits that the currency does not have.
Result<Money> parse_money(json::Reader reader, const Type& type);
// A cell of a file: "USD 12.50", "12.50 USD", or a number as of any other money.
Result<Money> parse_money_cell(std::string_view cell, const Type& type, const CellFormat& format);
// The code of a currency in a cell, in capitals; "" where there is none.
std::string code_in(std::string_view cell);
// The two put together; a code that is not given is the type's own. Refused at "".
Result<Money> money_of(const Type& type, Value amount, Value currency);

// Digits behind the point of amounts in this currency, as far as the type keeps them.
int digits_of(const Type& type, std::string_view currency);

// Both as one value, where there is one place for it: JSON as it is written, or empty.
Value whole_of(const Type& type, const Value& amount, const Value& currency);
// The same as it is written in JSON; of any other type as parse() reads it.
Result<Value> parse_whole(json::Reader reader, const Type& type);
// For people, of such a whole: "USD 12.50".
std::string money_text(const Type& type, const Json& whole);

}  // namespace tenon
