// Amounts that are there when their field takes several currencies: they are in the one it had.
#pragma once

#include "engine/command/context.h"
#include "engine/record/catalogue.h"

namespace tenon::command {

// Refused where the one they are in is not among those that the field then has.
Result<void> check_kept_currencies(storage::Transaction& tx, const application::Application& before,
                                   const metadata::Bundle& after);

// Once the columns are there: every amount has a currency, and nothing else has one.
void fill_currencies(storage::Transaction& tx, const metadata::Bundle& before,
                     const metadata::Bundle& after, const record::Catalogue& catalogue);

}  // namespace tenon::command
