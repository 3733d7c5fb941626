// Of several numbers, or of the rows behind a name. Nulls are left out.
#include <algorithm>

#include "engine/formula/fixed.h"
#include "engine/formula/functions.h"
#include "engine/value/type.h"

namespace tenon::formula {
namespace {

std::vector<Decimal> given(Arguments arguments) {
  std::vector<Decimal> numbers;
  for (const Value* value : arguments) {
    if (const auto* number = std::get_if<Decimal>(value)) numbers.push_back(*number);
  }
  return numbers;
}

std::vector<Decimal> sorted(Arguments arguments) {
  auto numbers = given(arguments);
  std::stable_sort(numbers.begin(), numbers.end());
  return numbers;
}

Result<Value> product(Arguments arguments) {
  const auto numbers = given(arguments);
  if (numbers.empty()) return Value{};
  Decimal all = numbers.front();
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    TENON_TRY(all, multiply(all, numbers[i]));
  }
  return Value{all};
}

Result<Decimal> sum_of_squares(const std::vector<Decimal>& numbers) {
  Decimal sum;
  for (const Decimal& number : numbers) {
    TENON_TRY(const auto square, multiply(number, number));
    TENON_TRY(sum, add(sum, square));
  }
  return sum;
}

Result<Value> squares(Arguments arguments) { return value_of(sum_of_squares(given(arguments))); }

Result<Value> median(Arguments arguments) {
  const auto numbers = sorted(arguments);
  if (numbers.empty()) return Value{};
  const std::size_t middle = numbers.size() / 2;
  if (numbers.size() % 2 == 1) return Value{numbers[middle]};
  TENON_TRY(const auto both, add(numbers[middle - 1], numbers[middle]));
  return value_of(divide(both, Decimal::of(2)));
}

// (n Σx² - (Σx)²) / (n (n - `taken`)): exact up to the division, in more digits than a Decimal has.
Result<Value> variance(Arguments arguments, std::int64_t taken) {
  const auto numbers = given(arguments);
  const auto count = static_cast<std::int64_t>(numbers.size());
  if (count <= taken) return Value{};
  int scale = 0;
  for (const Decimal& number : numbers) scale = std::max(scale, number.scale());
  Wide sum;
  Wide squares;
  for (const Decimal& number : numbers) {
    const Wide units = Wide(number.coefficient()) * Wide::ten_to(scale - number.scale());
    sum = sum + units;
    squares = squares + units * units;
  }
  const Wide spread = squares * Wide(count) - sum * sum;
  return value_of(
      rounded_quotient(spread, Wide(count * (count - taken)) * Wide::ten_to(2 * scale)));
}

Result<Value> deviation(Arguments arguments, std::int64_t taken) {
  TENON_TRY(const auto spread, variance(arguments, taken));
  if (is_empty(spread)) return Value{};
  return raised(std::get<Decimal>(spread), Decimal::of_scaled(5, 1));
}

Result<Value> variance_of_sample(Arguments arguments) { return variance(arguments, 1); }
Result<Value> variance_of_all(Arguments arguments) { return variance(arguments, 0); }
Result<Value> deviation_of_sample(Arguments arguments) { return deviation(arguments, 1); }
Result<Value> deviation_of_all(Arguments arguments) { return deviation(arguments, 0); }

Value count_where(Arguments arguments, bool empty) {
  return Value{Decimal::of(std::count_if(arguments.begin(), arguments.end(),
                                         [&](const Value* v) { return is_empty(*v) == empty; }))};
}

Result<Value> count_given(Arguments arguments) { return count_where(arguments, false); }
Result<Value> count_empty(Arguments arguments) { return count_where(arguments, true); }

// Over rows: those that are empty are left out already.

Result<Value> first(Arguments arguments) {
  return arguments.empty() ? Value{} : *arguments.front();
}
Result<Value> last(Arguments arguments) { return arguments.empty() ? Value{} : *arguments.back(); }

Result<Value> count_distinct(Arguments arguments) {
  std::vector<std::string_view> texts;
  for (std::size_t i = 0; i < arguments.size(); ++i) texts.push_back(text_at(arguments, i));
  std::sort(texts.begin(), texts.end());
  return Value{Decimal::of(std::unique(texts.begin(), texts.end()) - texts.begin())};
}

Result<Value> any(Arguments arguments) {
  return Value{std::any_of(arguments.begin(), arguments.end(),
                           [](const Value* value) { return is_true(*value); })};
}

Result<Value> all(Arguments arguments) {
  return Value{std::all_of(arguments.begin(), arguments.end(),
                           [](const Value* value) { return is_true(*value); })};
}

// The place comes first, the rows behind it.
Result<Value> at_rank(Arguments arguments, bool from_above) {
  if (is_empty(*arguments[0])) return Value{};
  const std::int64_t rank = whole_at(arguments, 0);
  const auto numbers = sorted(arguments.subspan(1));
  const auto count = static_cast<std::int64_t>(numbers.size());
  if (rank < 1 || rank > count) return bad_argument("there are not so many numbers");
  return Value{numbers[static_cast<std::size_t>(from_above ? count - rank : rank - 1)]};
}

Result<Value> large(Arguments arguments) { return at_rank(arguments, true); }
Result<Value> small(Arguments arguments) { return at_rank(arguments, false); }

constexpr Parameter kNumber[] = {{"number", Takes::number}};
constexpr Parameter kAny[] = {{"value", Takes::any}};
constexpr Parameter kCondition{"condition", Takes::boolean, true};
constexpr Parameter kRows[] = {{"rows", Takes::many}, kCondition};
constexpr Parameter kSame[] = {{"rows", Takes::many_same}, kCondition};
constexpr Parameter kBooleans[] = {{"rows", Takes::many_booleans}, kCondition};
constexpr Parameter kRank[] = {{"rows", Takes::many_numbers}, {"rank", Takes::number}, kCondition};

constexpr Function number(std::string_view name, std::span<const Parameter> parameters, Nulls nulls,
                          Call call) {
  return {name, parameters, 1, Kind::number, nulls, Op::call, call, true};
}

constexpr Function of_rows(std::string_view name, std::span<const Parameter> parameters,
                           std::optional<Kind> kind, Call call) {
  return {name, parameters, 0, kind, Nulls::own, Op::call, call, true};
}

constexpr Function kFunctions[] = {
    number("COUNT", kAny, Nulls::own, count_given),
    number("COUNTA", kAny, Nulls::own, count_given),
    {"COUNTBLANK", kAny, 1, Kind::number, Nulls::own, Op::call, count_empty},
    number("PRODUCT", kNumber, Nulls::skip, product),
    number("SUMSQ", kNumber, Nulls::skip, squares),
    number("MEDIAN", kNumber, Nulls::skip, median),
    number("VAR.S", kNumber, Nulls::skip, variance_of_sample),
    number("VAR.P", kNumber, Nulls::skip, variance_of_all),
    number("STDEV.S", kNumber, Nulls::skip, deviation_of_sample),
    number("STDEV.P", kNumber, Nulls::skip, deviation_of_all),
};

constexpr Function kRowFunctions[] = {
    of_rows("FIRST", kSame, std::nullopt, first),
    of_rows("LAST", kSame, std::nullopt, last),
    of_rows("COUNTDISTINCT", kRows, Kind::number, count_distinct),
    of_rows("ANY", kBooleans, Kind::boolean, any),
    of_rows("ALL", kBooleans, Kind::boolean, all),
    of_rows("LARGE", kRank, Kind::number, large),
    of_rows("SMALL", kRank, Kind::number, small),
};

}  // namespace

std::span<const Function> statistics_functions() { return kFunctions; }
std::span<const Function> row_functions() { return kRowFunctions; }

}  // namespace tenon::formula
