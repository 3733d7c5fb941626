// How an auto number is written: "Q-{yyyy}{mm}-{0000}". Pure.
//
// One counter between braces, at least as wide as its zeros; date parts yyyy, yy, mm, dd; all else
// stands for itself. Whoever has one counter for each scope() gives no number twice: the date parts
// that count are in the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/value/date.h"

namespace tenon {

class NumberPattern {
 public:
  static constexpr std::int64_t kCounterMax = 999'999'999'999;
  static constexpr std::size_t kLengthMax = 64;  // Of what it writes.

  // `invalid` with the rule "pattern": no counter or two, an unknown part, a brace left open.
  static Result<NumberPattern> parse(std::string_view text);

  // What is counted apart: "2026-11" of {yyyy} and {mm}, "" without date parts.
  std::string scope(Date day) const;
  std::string text(Date day, std::int64_t counter) const;

  struct Read {
    std::string scope;
    std::int64_t counter;
  };
  // Of a number that this pattern could have written; nothing: it is written otherwise.
  std::optional<Read> read(std::string_view number) const;

 private:
  struct Part {
    enum class Kind { literal, year, short_year, month, day, counter };
    Kind kind;
    std::string literal;
    std::size_t width = 0;  // Of the counter the least.
  };

  static Result<Part> part_of(std::string_view name);
  static std::string digits(const Part& part, Date day);

  std::vector<Part> parts_;
};

// A field of an object that is numbered so.
struct AutoNumber {
  int slot;
  NumberPattern pattern;
  int scope_slot = -1;  // Of the field whose values count apart; none: all count together.
};

}  // namespace tenon
