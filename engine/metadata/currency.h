// Money in several currencies: the field that keeps which one an amount is in.
//
// load adds it beside each such field, as a choice of its currencies; it is in no file, and nobody
// names it but as "price.currency". ADR 0022.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/metadata/object.h"
#include "engine/metadata/place.h"

namespace tenon::metadata {

inline constexpr std::string_view kAmount = "amount";
inline constexpr std::string_view kCurrency = "currency";

// The id of the field beside the one with this id.
std::string currency_id(std::string_view money);
// Null where there is none.
const Field* currency_beside(const Object& object, const Field& money);

// "price.currency", "price.amount" by ids: the field with money, and which of the two is meant.
struct MoneyPart {
  std::string_view field;
  std::string_view part;
};
// Nothing for a path of one name, or that ends otherwise.
std::optional<MoneyPart> money_part(std::string_view path);

struct Draft;
// Adds them, and sets which currency is meant where none is said.
void add_currencies(Draft& draft);
// Every problem with what a field of the draft says of its currencies.
void check_currencies(Draft& draft, const Field& field, const Place& place);

}  // namespace tenon::metadata
