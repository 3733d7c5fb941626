#include "engine/command/money_cells.h"

#include "engine/json/members.h"
#include "engine/text/letters.h"

namespace tenon::command {

void MoneyCells::add_amount(int slot, std::string at, std::string cell,
                            std::optional<Decimal> times) {
  Cells& cells = cells_[slot];
  cells.amount_at = std::move(at);
  cells.amount = std::move(cell);
  cells.times = std::move(times);
}

void MoneyCells::add_currency(int slot, std::string at, std::string code) {
  Cells& cells = cells_[slot];
  cells.currency_at = std::move(at);
  cells.currency = text::upper(code);
}

Result<Money> MoneyCells::money_of(int slot, const Cells& cells) const {
  const Type& type = object_.type(slot);
  if (cells.amount.empty()) return Money{};
  const std::string said = code_in(cells.amount);
  if (!said.empty() && !cells.currency.empty() && said != cells.currency) {
    return Error::invalid(
        "", "currency",
        "is in " + said + ", and the column " + cells.currency_at + " says " + cells.currency);
  }
  const bool is_beside = said.empty() && !cells.currency.empty();
  const std::string cell = (is_beside ? cells.currency + " " : "") + cells.amount;
  CellFormat format;
  format.times = cells.times;
  return parse_money_cell(cell, type, format);
}

void MoneyCells::settle(Input& input, std::vector<Problem>& problems) const {
  for (const auto& [slot, cells] : cells_) {
    if (cells.amount_at.empty()) continue;  // A currency alone: check() has said so.
    auto money = money_of(slot, cells);
    if (!money) {
      for (Problem& problem : money.error().problems) problem.at = cells.amount_at;
      json::collect(problems, std::move(money.error()));
      continue;
    }
    input.entries.push_back({slot, std::move(money->amount)});
    input.entries.push_back(
        {application::currency_slot(object_, slot), std::move(money->currency)});
  }
}

}  // namespace tenon::command
