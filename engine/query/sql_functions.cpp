#include "engine/query/sql_functions.h"

#include "engine/calendar/zone.h"
#include "engine/formula/sql.h"
#include "engine/query/period.h"
#include "engine/text/collate.h"
#include "engine/text/normal.h"

namespace tenon::query {
namespace {

const std::string* text_at(std::span<const Column> arguments, std::size_t place) {
  return std::get_if<std::string>(&arguments[place]);
}

// tenon_contains(text, needle): the needle folded already, the text not yet.
Column contains(std::span<const Column> arguments) {
  const std::string* haystack = text_at(arguments, 0);
  const std::string* needle = text_at(arguments, 1);
  const bool found =
      haystack != nullptr && needle != nullptr && text::contains_folded(*haystack, *needle);
  return std::int64_t{found};
}

// tenon_period(day or moment, period, zone or NULL): the first day of the period.
Column period(std::span<const Column> arguments) {
  const auto* point = std::get_if<std::int64_t>(&arguments[0]);
  const std::string* by = text_at(arguments, 1);
  if (point == nullptr || by == nullptr) return {};
  Date day{static_cast<std::int32_t>(*point)};
  if (const std::string* zone = text_at(arguments, 2)) {
    const auto found = calendar::Zone::find(*zone);
    if (!found) return {};
    day = {found->local(*point).days};
  }
  const auto wanted = parse_period(*by, Kind::date);
  return wanted ? Column{std::int64_t{start_of(*wanted, day).days}} : Column{};
}

}  // namespace

std::vector<storage::SqlFunction> sql_functions() {
  std::vector<storage::SqlFunction> functions{
      {"tenon_contains", 2, contains},
      {"tenon_period", 3, period},
  };
  for (const formula::SqlFunctionEntry& entry : formula::sql_functions()) {
    functions.push_back({std::string(entry.name), entry.arity, entry.call});
  }
  return functions;
}

std::vector<storage::SqlCollation> sql_collations() {
  return {
      {"tenon_text", [](std::string_view a, std::string_view b) { return text::collate(a, b); }}};
}

}  // namespace tenon::query
