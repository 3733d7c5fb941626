// Money in several currencies in a row of a file: the amount and its currency may stand in two
// cells, or in one ("USD 12.50"), or the mapping says one for all rows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/application/money.h"
#include "engine/command/input.h"

namespace tenon::command {

class MoneyCells {
 public:
  explicit MoneyCells(const application::Object& object) : object_(object) {}

  // `at` is the header of the column. A blank cell has no amount, whatever currency is beside it.
  void add_amount(int slot, std::string at, std::string cell, std::optional<Decimal> times);
  void add_currency(int slot, std::string at, std::string code);
  // What was added becomes entries, each amount with its currency.
  void settle(Input& input, std::vector<Problem>& problems) const;

 private:
  struct Cells {
    std::string amount_at;
    std::string amount;
    std::optional<Decimal> times;
    std::string currency_at;
    std::string currency;
  };
  Result<Money> money_of(int slot, const Cells& cells) const;

  const application::Object& object_;
  std::map<int, Cells> cells_;  // By the slot of the amount.
};

}  // namespace tenon::command
