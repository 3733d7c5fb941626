// Payment plans: what is paid is negative, as in Excel. With 48 digits, rounded half-even to 20.
//
// Source of the equation: pv (1+r)^n + pmt (1 + r t) ((1+r)^n - 1) / r + fv = 0.
#include "engine/formula/fixed.h"
#include "engine/formula/functions.h"

namespace tenon::formula {
namespace {

constexpr int kDigits = 20;
constexpr std::int64_t kPeriodsMax = 10'000;

struct Plan {
  Fixed rate;
  std::int64_t periods = 0;
  Fixed payment;
  Fixed present;
  Fixed future;
  bool at_begin = false;

  Fixed growth() const { return (Fixed(1) + rate).power(periods); }
  Fixed begin_factor() const { return at_begin ? Fixed(1) + rate : Fixed(1); }
  // What one unit paid each period comes to at the end.
  Fixed annuity() const {
    if (rate.is_zero()) return Fixed(static_cast<int>(periods));
    return begin_factor() * (growth() - Fixed(1)) / rate;
  }
};

Fixed fixed_at(Arguments arguments, std::size_t place) {
  return place < arguments.size() ? Fixed(number_at(arguments, place)) : Fixed();
}

Fixed negated(const Fixed& value) { return Fixed() - value; }

Error no_plan() { return bad_argument("there is no such plan of payments"); }

Result<Value> rounded(const Fixed& value) {
  if (!value.is_some()) return no_plan();
  return value_of(value.rounded(kDigits));
}

bool is_rate(const Fixed& rate) { return Fixed(-1) < rate; }

bool are_periods(std::int64_t periods) { return periods <= kPeriodsMax && periods >= -kPeriodsMax; }

Fixed payment_of(const Plan& plan) {
  return negated(plan.present * plan.growth() + plan.future) / plan.annuity();
}

Fixed future_of(const Plan& plan) {
  return negated(plan.present * plan.growth() + plan.payment * plan.annuity());
}

// rate, periods, then two amounts, then type.
std::optional<Plan> plan_of(Arguments arguments, std::size_t from = 0) {
  Plan plan;
  plan.rate = fixed_at(arguments, 0);
  plan.periods = whole_at(arguments, from + 1);
  plan.at_begin = whole_at(arguments, from + 4) != 0;
  if (!is_rate(plan.rate) || !are_periods(plan.periods)) return std::nullopt;
  return plan;
}

Result<Value> payment(Arguments arguments) {
  auto plan = plan_of(arguments);
  if (!plan) return no_plan();
  plan->present = fixed_at(arguments, 2);
  plan->future = fixed_at(arguments, 3);
  return rounded(payment_of(*plan));
}

Result<Value> future_value(Arguments arguments) {
  auto plan = plan_of(arguments);
  if (!plan) return no_plan();
  plan->payment = fixed_at(arguments, 2);
  plan->present = fixed_at(arguments, 3);
  return rounded(future_of(*plan));
}

Result<Value> present_value(Arguments arguments) {
  auto plan = plan_of(arguments);
  if (!plan) return no_plan();
  plan->payment = fixed_at(arguments, 2);
  plan->future = fixed_at(arguments, 3);
  return rounded(negated(plan->future + plan->payment * plan->annuity()) / plan->growth());
}

// rate, period, periods, present, future, type
Result<Value> part_of_payment(Arguments arguments, bool for_use) {
  auto plan = plan_of(arguments, 1);
  const std::int64_t period = whole_at(arguments, 1);
  if (!plan || period < 1 || period > plan->periods) return no_plan();
  plan->present = fixed_at(arguments, 3);
  plan->future = fixed_at(arguments, 4);
  plan->payment = payment_of(*plan);
  Fixed share;
  if (!plan->at_begin || period > 1) {
    Plan before = *plan;
    before.periods = period - 1;
    share = future_of(before) * plan->rate / plan->begin_factor();
  }
  return rounded(for_use ? share : plan->payment - share);
}

Result<Value> use_part(Arguments arguments) { return part_of_payment(arguments, true); }
Result<Value> principal_part(Arguments arguments) { return part_of_payment(arguments, false); }

Result<Value> periods(Arguments arguments) {
  const Fixed rate = fixed_at(arguments, 0);
  const Fixed payment = fixed_at(arguments, 1);
  const Fixed present = fixed_at(arguments, 2);
  const Fixed future = fixed_at(arguments, 3);
  if (!is_rate(rate)) return no_plan();
  if (rate.is_zero()) return rounded(negated(present + future) / payment);
  const Fixed due = whole_at(arguments, 4) != 0 ? payment * (Fixed(1) + rate) : payment;
  const Fixed grown = (due - future * rate) / (due + present * rate);
  return rounded(grown.logarithm() / (Fixed(1) + rate).logarithm());
}

// The value of the equation at a rate, and how it changes with it.
struct Slope {
  Fixed value;
  Fixed change;
};

// Newton's way: until a step is too small to count. A step to -100 % or below it goes half the way
// there, so that great losses are found.
template <class Equation>
Result<Value> solved(Fixed rate, const Equation& equation) {
  constexpr int kStepsMax = 100;
  static const Fixed enough = Fixed::small(30);
  static const Fixed nothing = Fixed::small(15);
  for (int i = 0; i < kStepsMax; ++i) {
    const Slope slope = equation(rate);
    const Fixed step = slope.value / slope.change;
    const Fixed next = rate - step;
    if (!next.is_some()) return no_plan();
    const bool beyond = !is_rate(next);
    rate = beyond ? (rate - Fixed(1)) / Fixed(2) : next;
    if (beyond || !(step.magnitude() < enough)) continue;
    if (!(nothing < rate + Fixed(1))) return no_plan();  // All is lost: no rate of anything.
    return value_of(rate.rounded(15));
  }
  return no_plan();
}

Slope slope_of(Plan plan, const Fixed& rate) {
  static const Fixed nearly_nothing = Fixed::small(15);
  plan.rate = rate;
  const Fixed count(static_cast<int>(plan.periods));
  const Fixed begin(plan.at_begin ? 1 : 0);
  if (rate.magnitude() < nearly_nothing) {
    const Fixed pairs = count * (count - Fixed(1)) / Fixed(2);
    return {plan.present + plan.payment * count + plan.future,
            plan.present * count + plan.payment * (begin * count + pairs)};
  }
  const Fixed growth = plan.growth();
  const Fixed growing = count * growth / (Fixed(1) + rate);
  const Fixed sum = (growth - Fixed(1)) / rate;
  const Fixed summing = growing / rate - sum / rate;
  const Fixed factor = Fixed(1) + rate * begin;
  return {plan.present * growth + plan.payment * factor * sum + plan.future,
          plan.present * growing + plan.payment * (begin * sum + factor * summing)};
}

// The same of what all is worth at the begin: from there great rates are found.
Slope discounted(Slope slope, const Plan& plan, const Fixed& rate) {
  const Fixed count(static_cast<int>(plan.periods));
  slope.change = slope.change - slope.value * count / (Fixed(1) + rate);
  return slope;
}

// periods, payment, present, future, type, guess
Result<Value> rate(Arguments arguments) {
  Plan plan;
  plan.periods = whole_at(arguments, 0);
  plan.payment = fixed_at(arguments, 1);
  plan.present = fixed_at(arguments, 2);
  plan.future = fixed_at(arguments, 3);
  plan.at_begin = whole_at(arguments, 4) != 0;
  if (plan.periods < 1 || !are_periods(plan.periods)) return no_plan();
  const Fixed guess = arguments.size() > 5 ? fixed_at(arguments, 5) : Fixed(1) / Fixed(10);
  auto found = solved(guess, [&](const Fixed& at) { return slope_of(plan, at); });
  if (found) return found;
  return solved(guess, [&](const Fixed& at) { return discounted(slope_of(plan, at), plan, at); });
}

std::vector<Fixed> flows_of(Arguments arguments) {
  std::vector<Fixed> flows;
  for (const Value* value : arguments) {
    if (const auto* number = std::get_if<Decimal>(value)) flows.emplace_back(*number);
  }
  return flows;
}

Result<Value> net_present_value(Arguments arguments) {
  if (is_empty(*arguments[0])) return Value{};
  const Fixed grown = Fixed(1) + fixed_at(arguments, 0);
  Fixed growth(1);
  Fixed sum;
  for (const Fixed& flow : flows_of(arguments.subspan(1))) {
    growth = growth * grown;
    sum = sum + flow / growth;
  }
  return rounded(sum);
}

Slope slope_of(const std::vector<Fixed>& flows, const Fixed& rate) {
  const Fixed grown = Fixed(1) + rate;
  Fixed growth(1);
  Slope slope;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const Fixed now = flows[i] / growth;
    slope.value = slope.value + now;
    slope.change = slope.change - now * Fixed(static_cast<int>(i)) / grown;
    growth = growth * grown;
  }
  return slope;
}

Result<Value> internal_rate(Arguments arguments) {
  const auto flows = flows_of(arguments);
  bool in = false;
  bool out = false;
  for (const Fixed& flow : flows) {
    in = in || Fixed() < flow;
    out = out || flow.is_negative();
  }
  if (!in || !out) return bad_argument("IRR needs what is paid and what comes back");
  return solved(Fixed(1) / Fixed(10), [&](const Fixed& at) { return slope_of(flows, at); });
}

constexpr Parameter kRate{"rate", Takes::number};
constexpr Parameter kPeriods{"periods", Takes::number};
constexpr Parameter kPayment{"payment", Takes::number};
constexpr Parameter kPresent{"present", Takes::number};
constexpr Parameter kFuture{"future", Takes::number, true};
constexpr Parameter kType{"type", Takes::number, true};
constexpr Parameter kForPayment[] = {kRate, kPeriods, kPresent, kFuture, kType};
constexpr Parameter kForPart[] = {kRate, {"period", Takes::number}, kPeriods, kPresent, kFuture,
                                  kType};
constexpr Parameter kForPresent[] = {kRate, kPeriods, kPayment, kFuture, kType};
constexpr Parameter kForFuture[] = {
    kRate, kPeriods, kPayment, {"present", Takes::number, true}, kType};
constexpr Parameter kForPeriods[] = {kRate, kPayment, kPresent, kFuture, kType};
constexpr Parameter kForRate[] = {kPeriods, kPayment, kPresent,
                                  kFuture,  kType,    {"guess", Takes::number, true}};
constexpr Parameter kForNet[] = {kRate, {"payment", Takes::number}};
constexpr Parameter kFlows[] = {{"payment", Takes::number}};

constexpr Function kFunctions[] = {
    number_function("PMT", kForPayment, payment),
    number_function("IPMT", kForPart, use_part),
    number_function("PPMT", kForPart, principal_part),
    number_function("PV", kForPresent, present_value),
    number_function("FV", kForFuture, future_value),
    number_function("NPER", kForPeriods, periods),
    number_function("RATE", kForRate, rate),
    {"NPV", kForNet, 1, Kind::number, Nulls::own, Op::call, net_present_value, true},
    {"IRR", kFlows, 1, Kind::number, Nulls::skip, Op::call, internal_rate, true},
};

}  // namespace

std::span<const Function> payment_functions() { return kFunctions; }

}  // namespace tenon::formula
