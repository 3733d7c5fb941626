// Rates and calendars as a table of vectors states them, for formulas to look up.
//
//   "looked_up": {
//     "currency": "CNY",
//     "rates": [["USD", "CNY", "2026-01-01", "7.1"]],
//     "calendars": {"China": {"week": "1111100", "days": {"2026-10-01": false}}}}
//
// Of a week: "1" for a day with working hours, Monday first; of a single day: whether it has any.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/formula/looked_up.h"
#include "engine/json/document.h"

namespace tenon::support {

class LookedUpTable final : public formula::LookedUp {
 public:
  // A Fault where it is not as told above.
  explicit LookedUpTable(json::Reader table);

  std::optional<formula::DatedRate> rate(std::string_view from, std::string_view to,
                                         Date on) const override;
  std::string_view currency() const override { return currency_; }
  const calendar::WorkingCalendar* calendar(std::string_view name) const override;

 private:
  struct Rate {
    std::string from;
    std::string to;
    formula::DatedRate rate;
  };
  std::string currency_;
  std::vector<Rate> rates_;
  std::map<std::string, calendar::WorkingCalendar, std::less<>> calendars_;
};

}  // namespace tenon::support
