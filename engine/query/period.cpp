#include "engine/query/period.h"

#include <array>
#include <utility>

namespace tenon::query {
namespace {

constexpr std::array<std::pair<Period, std::string_view>, 6> kNames{{
    {Period::none, ""},
    {Period::day, "day"},
    {Period::week, "week"},
    {Period::month, "month"},
    {Period::quarter, "quarter"},
    {Period::year, "year"},
}};

Date first_of(int year, int month) {
  const auto date = date_of(year + (month - 1) / 12, (month - 1) % 12 + 1, 1);
  return date ? *date : Date{};
}

std::string text_literal(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) literal += c == '"' ? std::string("\"\"") : std::string(1, c);
  return literal + "\"";
}

std::string date_literal(Date date) {
  const CivilDate parts = civil(date);
  return "DATE(" + std::to_string(parts.year) + ", " + std::to_string(parts.month) + ", " +
         std::to_string(parts.day) + ")";
}

std::string literal(const Type& type, const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "TRUE" : "FALSE";
  if (const auto* number = std::get_if<Decimal>(&value)) {
    const bool is_duration = type.format->written == Written::duration;
    return is_duration ? text_literal(text_of(type, value)) : number->text();
  }
  if (const auto* date = std::get_if<Date>(&value)) return date_literal(*date);
  if (const auto* id = std::get_if<RecordId>(&value)) return text_literal(text_of(*id));
  if (const auto* time = std::get_if<Time>(&value)) {
    return "TIME(" + std::to_string(time->seconds / 3600) + ", " +
           std::to_string(time->seconds / 60 % 60) + ", " + std::to_string(time->seconds % 60) +
           ")";
  }
  if (const auto* text = std::get_if<std::string>(&value)) return text_literal(*text);
  return "NULL";
}

// There are no literals of lists and JSON: their texts are compared.
std::string equals(const std::string& path, const Type& type, const Value& value) {
  if (const auto* list = std::get_if<TextList>(&value)) {
    std::string items;
    for (const std::string& item : list->items) items += (items.empty() ? "" : ",") + item;
    return "TEXTJOIN(\",\", TRUE, " + path + ") = " + text_literal(items);
  }
  if (const auto* json = std::get_if<Json>(&value))
    return path + " & \"\" = " + text_literal(json->text);
  return path + " = " + literal(type, value);
}

}  // namespace

std::string_view name_of(Period period) {
  for (const auto& [known, name] : kNames) {
    if (known == period) return name;
  }
  return "";
}

Result<Period> parse_period(std::string_view by, Kind kind) {
  for (const auto& [period, name] : kNames) {
    if (name != by) continue;
    const bool has_days = kind == Kind::date || kind == Kind::datetime;
    if (period == Period::none && kind != Kind::datetime) return period;
    if (period == Period::none) return Period::day;  // Moments alone are no groups.
    if (has_days) return period;
    return Error::invalid("group", "period", "only dates are grouped by " + std::string(by));
  }
  return Error::invalid("group", "period", "is one of day, week, month, quarter, year");
}

Date start_of(Period period, Date day) {
  const CivilDate parts = civil(day);
  switch (period) {
    case Period::none:
    case Period::day: return day;
    // 1970-01-01 was a Thursday, three days behind a Monday.
    case Period::week: return {day.days - ((day.days + 3) % 7 + 7) % 7};
    case Period::month: return first_of(parts.year, parts.month);
    case Period::quarter: return first_of(parts.year, (parts.month - 1) / 3 * 3 + 1);
    case Period::year: return first_of(parts.year, 1);
  }
  return day;
}

Date end_of(Period period, Date start) {
  const CivilDate parts = civil(start);
  switch (period) {
    case Period::none:
    case Period::day: return {start.days + 1};
    case Period::week: return {start.days + 7};
    case Period::month: return first_of(parts.year, parts.month + 1);
    case Period::quarter: return first_of(parts.year, parts.month + 3);
    case Period::year: return first_of(parts.year + 1, 1);
  }
  return start;
}

std::string condition(const std::string& path, Period period, const Type& type,
                      const Value& value) {
  const auto* date = std::get_if<Date>(&value);
  if (period == Period::none || date == nullptr) return equals(path, type, value);
  const std::string day = type.kind() == Kind::datetime ? "DATEVALUE(" + path + ")" : path;
  return "AND(" + day + " >= " + date_literal(*date) + ", " + day + " < " +
         date_literal(end_of(period, *date)) + ")";
}

}  // namespace tenon::query
