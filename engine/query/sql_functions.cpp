#include "engine/query/sql_functions.h"

#include <algorithm>
#include <charconv>

#include "engine/calendar/zone.h"
#include "engine/formula/sql.h"
#include "engine/html/plain.h"
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

// tenon_plain(text): a text with marks as it is read.
Column plain(std::span<const Column> arguments) {
  const std::string* text = text_at(arguments, 0);
  return text == nullptr ? Column{} : Column{html::plain(*text)};
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

// The whole numbers of an array as JSON has it; nulls are passed over.
std::vector<std::int64_t> numbers_of(std::string_view list) {
  std::vector<std::int64_t> numbers;
  const char* at = list.data();
  const char* const end = at + list.size();
  while (at != end) {
    std::int64_t number = 0;
    const auto [behind, problem] = std::from_chars(at, end, number);
    if (problem == std::errc()) numbers.push_back(number);
    at = behind == at ? at + 1 : behind;
  }
  return numbers;
}

// tenon_median(whole numbers as a JSON array): the one in the middle, or the exact mean of the two
// there, as a decimal's text; NULL of none.
Column median(std::span<const Column> arguments) {
  const std::string* list = text_at(arguments, 0);
  if (list == nullptr) return {};
  auto numbers = numbers_of(*list);
  if (numbers.empty()) return {};
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  const Decimal upper = Decimal::of(*middle);
  if (numbers.size() % 2 == 1) return upper.text();
  const auto sum = add(Decimal::of(*std::max_element(numbers.begin(), middle)), upper);
  const auto mean = sum ? multiply(*sum, Decimal::of_scaled(5, 1)) : sum;
  return mean ? Column{mean->text()} : Column{};
}

}  // namespace

std::vector<storage::SqlFunction> sql_functions() {
  std::vector<storage::SqlFunction> functions{
      {"tenon_contains", 2, contains},
      {"tenon_period", 3, period},
      {"tenon_median", 1, median},
      {"tenon_plain", 1, plain},
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
