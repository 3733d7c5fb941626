// What a rollup makes of the values of many rows, one after the other.
//
// Pure and exact: sums are decimals. Empty values do not count. Of no rows a sum is 0, a count is
// 0, everything else is empty.
#pragma once

#include "engine/base/result.h"
#include "engine/metadata/object.h"
#include "engine/value/value.h"

namespace tenon::command {

class Fold {
 public:
  explicit Fold(metadata::Aggregate function) : function_(function) {}

  // In the order of the rows. Refused where a sum overflows.
  Result<void> add(const Value& value);
  Result<Value> value() const;
  // What it is made of so far: the sum of the values, where they are added up, and how many.
  const Decimal& sum() const { return sum_; }
  std::int64_t count() const { return count_; }

 private:
  metadata::Aggregate function_;
  std::int64_t count_ = 0;
  Decimal sum_;
  Value kept_;  // The least, greatest, first or last.
};

// The mean of so many values; empty where there are none.
Result<Value> average_of(const Decimal& sum, std::int64_t count);

// What a row counts as where only rows are counted.
inline Value counted() { return Value{true}; }

// The rollup of a record of which nothing is known yet: no row refers to it.
Value of_no_rows(metadata::Aggregate function);

}  // namespace tenon::command
