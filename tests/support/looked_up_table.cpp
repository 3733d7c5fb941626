#include "tests/support/looked_up_table.h"

namespace tenon::support {
namespace {

std::string text_of(json::Reader reader) {
  const auto text = reader.text();
  if (!text) throw Fault(describe(text.error()));
  return std::string(*text);
}

Date date_of(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) throw Fault("no date: " + std::string(text));
  return *date;
}

calendar::Hours hours_of(bool works) {
  return works ? calendar::Hours{{9 * 60, 17 * 60}} : calendar::Hours{};
}

calendar::WorkingCalendar calendar_of(json::Reader reader) {
  const auto days_of_week = reader.member("week");
  const std::string week_text = days_of_week ? text_of(*days_of_week) : "1111100";
  calendar::Week week;
  if (week_text.size() != week.size()) throw Fault("no week: " + week_text);
  for (std::size_t i = 0; i < week.size(); ++i) week[i] = hours_of(week_text[i] == '1');
  std::map<std::int32_t, calendar::Hours> special;
  if (const auto days = reader.member("days")) {
    for (const json::Reader day : *days) {
      special[date_of(day.name()).days] = hours_of(*day.boolean());
    }
  }
  return {calendar::Zone::find("UTC").take(), std::move(week), std::move(special)};
}

}  // namespace

LookedUpTable::LookedUpTable(json::Reader table) {
  if (const auto currency = table.member("currency")) currency_ = text_of(*currency);
  if (const auto rates = table.member("rates")) {
    for (const json::Reader rate : *rates) {
      std::vector<std::string> parts;
      for (const json::Reader part : rate) parts.push_back(text_of(part));
      if (parts.size() != 4) throw Fault("a rate is [from, to, date, rate]");
      const auto number = Decimal::parse(parts[3]);
      if (!number) throw Fault("no rate: " + parts[3]);
      rates_.push_back({parts[0], parts[1], {*number, date_of(parts[2])}});
    }
  }
  if (const auto calendars = table.member("calendars")) {
    for (const json::Reader calendar : *calendars) {
      calendars_.emplace(calendar.name(), calendar_of(calendar));
    }
  }
}

std::optional<formula::DatedRate> LookedUpTable::rate(std::string_view from, std::string_view to,
                                                      Date on) const {
  std::optional<formula::DatedRate> latest;
  for (const Rate& one : rates_) {
    if (one.from != from || one.to != to || one.rate.date > on) continue;
    if (!latest || latest->date < one.rate.date) latest = one.rate;
  }
  return latest;
}

const calendar::WorkingCalendar* LookedUpTable::calendar(std::string_view name) const {
  const auto found = calendars_.find(name);
  return found == calendars_.end() ? nullptr : &found->second;
}

}  // namespace tenon::support
