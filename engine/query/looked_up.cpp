#include "engine/query/looked_up.h"

#include "engine/query/named_field.h"
#include "engine/query/working_calendar.h"
#include "engine/storage/sql_builder.h"

namespace tenon::query {

using application::Object;

bool is_looked_up(const Object& object) {
  const std::string& id = object.id();
  return id == "exchange_rate" || id == "calendar" || id == "holiday";
}

std::optional<formula::DatedRate> LookedUp::rate(std::string_view from, std::string_view to,
                                                 Date on) const {
  Asked asked{from, to, on.days};
  const auto known = rates_.find(asked);
  if (known != rates_.end()) return known->second;
  const auto rate = read_rate(asked);
  rates_.emplace(std::move(asked), rate);
  return rate;
}

// Along the unique index, backwards from the day.
std::optional<formula::DatedRate> LookedUp::read_rate(const Asked& asked) const {
  const Object& rates = app_.system_object("exchange_rate");
  const auto& [from, to, day] = asked;
  storage::SqlBuilder sql;
  sql.text("SELECT ").name(column_of(rates, "rate")).text(", ").name(column_of(rates, "date"));
  sql.text(" FROM ").name(rates.table.name).text(" WHERE deleted_at IS NULL AND ");
  sql.name(column_of(rates, "from_currency")).text(" = ").bind(Column{from}).text(" AND ");
  sql.name(column_of(rates, "to_currency")).text(" = ").bind(Column{to}).text(" AND ");
  sql.name(column_of(rates, "date")).text(" <= ").bind(Column{std::int64_t{day}});
  sql.text(" ORDER BY ").name(column_of(rates, "date")).text(" DESC LIMIT 1");
  auto statement = tx_.statement(sql.sql());
  sql.bind_all(statement);
  const int scale = rates.type(*rates.find_slot("rate")).scale;
  return statement.maybe([&](const storage::Row& row) {
    return formula::DatedRate{Decimal::of_scaled(row.integer(0), scale),
                              Date{static_cast<std::int32_t>(row.integer(1))}};
  });
}

const calendar::WorkingCalendar* LookedUp::calendar(std::string_view name) const {
  auto known = calendars_.find(name);
  if (known == calendars_.end()) {
    const Object& calendars = app_.system_object("calendar");
    const auto ids = record::matching(tx_, calendars.table, *calendars.find_slot("name"),
                                      Value{std::string(name)});
    std::optional<calendar::WorkingCalendar> found;
    if (!ids.empty()) found = working_calendar(app_, tx_, ids.front());
    known = calendars_.emplace(name, std::move(found)).first;
  }
  return known->second ? &*known->second : nullptr;
}

void LookedUp::forget() {
  rates_.clear();
  calendars_.clear();
}

}  // namespace tenon::query
