#include "engine/calendar/zone.h"

#include <date/tz.h>

#include <map>
#include <mutex>

namespace tenon::calendar {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

const date::time_zone& zone_at(const void* zone) {
  return *static_cast<const date::time_zone*>(zone);
}

date::sys_time<std::chrono::milliseconds> moment_of(std::int64_t ms) {
  return date::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(ms));
}

// locate_zone() searches a list and throws; a formula may ask for the same zone a million times.
const date::time_zone* locate(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, const date::time_zone*, std::less<>> known;
  const std::lock_guard lock(mutex);
  const auto [entry, fresh] = known.try_emplace(name, nullptr);
  if (!fresh) return entry->second;
  try {
    entry->second = date::locate_zone(name);
  } catch (const std::runtime_error&) {
    known.erase(entry);  // Names come from requests, too: unknown ones are not kept.
    return nullptr;
  }
  return entry->second;
}

std::int32_t first_of_month(date::year year, unsigned month) {
  return date::sys_days(year / date::month(month) / 1).time_since_epoch().count();
}

date::year_month_day civil(std::int32_t days) {
  return date::year_month_day(date::sys_days(date::days(days)));
}

// The files of the zone database name each change of the clocks up to 2037. Later ones follow the
// last rule (the last Sunday of a month …), so a later day is looked up in a year before that with
// the same weekdays: those from March on, or those of January and February. How many days on that
// is (never forward); 0 for a day that the files know.
std::int32_t shift_to_known(std::int32_t days) {
  constexpr int kFirstUnknown = 2038;
  const auto day = civil(days);
  if (int{day.year()} < kFirstUnknown) return 0;
  const unsigned month = day.month() < date::March ? 1 : 3;
  const std::int32_t begin = first_of_month(day.year(), month);
  for (int year = kFirstUnknown - 1;; --year) {
    const std::int32_t shift = first_of_month(date::year(year), month) - begin;
    if (shift % 7 == 0) return shift;
  }
}

}  // namespace

Result<Zone> Zone::find(std::string_view name) {
  std::string text(name.empty() ? "UTC" : name);
  const date::time_zone* zone = locate(text);
  if (zone != nullptr) return Zone(zone, std::move(text));
  return Error::invalid("time_zone", "time_zone", "there is no time zone \"" + text + "\"");
}

Local Zone::local(std::int64_t ms) const {
  const std::int64_t utc_days = ms / kDayMs - (ms % kDayMs < 0 ? 1 : 0);
  const std::int32_t shift = shift_to_known(static_cast<std::int32_t>(utc_days));
  const auto local = zone_at(zone_).to_local(moment_of(ms + shift * kDayMs)).time_since_epoch();
  const std::int64_t local_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(local).count();
  const std::int64_t days = local_ms / kDayMs - (local_ms % kDayMs < 0 ? 1 : 0);
  return {static_cast<std::int32_t>(days) - shift,
          static_cast<std::int32_t>((local_ms - days * kDayMs) / 1000)};
}

std::int64_t Zone::moment(Local local) const {
  if (const std::int32_t shift = shift_to_known(local.days)) {
    return moment({local.days + shift, local.seconds}) - shift * kDayMs;
  }
  const date::local_seconds point(
      std::chrono::seconds(std::int64_t{local.days} * 86'400 + local.seconds));
  const auto info = zone_at(zone_).get_info(point);
  const auto offset = info.first.offset;
  if (info.result == date::local_info::nonexistent) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(info.first.end.time_since_epoch())
        .count();
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(point.time_since_epoch() - offset)
      .count();
}

std::int32_t week_start(std::int32_t days) {
  const date::weekday day(date::sys_days(date::days{days}));
  return days - static_cast<std::int32_t>(day.iso_encoding()) + 1;
}

std::int32_t month_start(std::int32_t days) {
  const auto day = civil(days);
  return first_of_month(day.year(), static_cast<unsigned>(day.month()));
}

std::int32_t quarter_start(std::int32_t days) {
  const auto day = civil(days);
  return first_of_month(day.year(), (static_cast<unsigned>(day.month()) - 1) / 3 * 3 + 1);
}

std::int32_t year_start(std::int32_t days) { return first_of_month(civil(days).year(), 1); }

}  // namespace tenon::calendar
