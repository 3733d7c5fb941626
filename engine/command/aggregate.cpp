#include "engine/command/aggregate.h"

#include "engine/value/type.h"

namespace tenon::command {

using metadata::Aggregate;

Result<void> Fold::add(const Value& value) {
  if (is_empty(value)) return done();
  ++count_;
  switch (function_) {
    case Aggregate::count: break;
    case Aggregate::sum:
    case Aggregate::average: {
      TENON_TRY(sum_, tenon::add(sum_, std::get<Decimal>(value)));
      break;
    }
    case Aggregate::minimum:
      if (count_ == 1 || compare(value, kept_) < 0) kept_ = value;
      break;
    case Aggregate::maximum:
      if (count_ == 1 || compare(value, kept_) > 0) kept_ = value;
      break;
    case Aggregate::first:
      if (count_ == 1) kept_ = value;
      break;
    case Aggregate::last: kept_ = value; break;
  }
  return done();
}

Result<Value> Fold::value() const {
  switch (function_) {
    case Aggregate::count: return Value{Decimal::of(count_)};
    case Aggregate::sum: return Value{sum_};
    case Aggregate::average: return average_of(sum_, count_);
    default: break;
  }
  return kept_;
}

Result<Value> average_of(const Decimal& sum, std::int64_t count) {
  if (count == 0) return Value{};
  TENON_TRY(const auto mean, divide(sum, Decimal::of(count)));
  return Value{mean};
}

Value of_no_rows(Aggregate function) {
  const bool is_zero = function == Aggregate::count || function == Aggregate::sum;
  return is_zero ? Value{Decimal::of(0)} : Value{};
}

}  // namespace tenon::command
