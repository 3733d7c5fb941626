// What formulas look up, as it is kept: records of exchange_rate, calendar and holiday.
//
// Read as the system: rates and working days are the same for everybody. One of these belongs to a
// snapshot, or to a command; what it has read once it keeps, so that a list does not ask for each
// of its rows, until forget() says that one of those records was written.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "engine/application/application.h"
#include "engine/formula/looked_up.h"
#include "engine/storage/database.h"

namespace tenon::query {

class LookedUp final : public formula::LookedUp {
 public:
  LookedUp(const application::Application& app, storage::Transaction& tx) : app_(app), tx_(tx) {}

  std::optional<formula::DatedRate> rate(std::string_view from, std::string_view to,
                                         Date on) const override;
  std::string_view currency() const override { return app_.bundle().currency; }
  const calendar::WorkingCalendar* calendar(std::string_view name) const override;

  void forget();

 private:
  using Asked = std::tuple<std::string, std::string, std::int32_t>;

  std::optional<formula::DatedRate> read_rate(const Asked& asked) const;

  const application::Application& app_;
  storage::Transaction& tx_;
  mutable std::map<Asked, std::optional<formula::DatedRate>> rates_;
  mutable std::map<std::string, std::optional<calendar::WorkingCalendar>, std::less<>> calendars_;
};

// Whether formulas look at records of this object.
bool is_looked_up(const application::Object& object);

}  // namespace tenon::query
