#include "engine/decision/grid.h"

#include <algorithm>
#include <bit>

#include "engine/decision/domain.h"

namespace tenon::decision {
namespace {

using Op = metadata::UnaryTest::Op;

bool comes_before(const Value& a, const Value& b) { return compare(a, b) < 0; }

void add_points(const Test& test, std::vector<Value>& points) {
  if (!test.is_constant()) return;
  for (const Part& part : test.parts) {
    if (!is_empty(part.low.value)) points.push_back(part.low.value);
    if (!is_empty(part.high.value)) points.push_back(part.high.value);
  }
}

std::vector<Value> points_of(const Table& table, std::size_t place) {
  std::vector<Value> points = table.inputs[place].domain.options;
  const Domain& domain = table.inputs[place].domain;
  if (!is_empty(domain.minimum)) points.push_back(domain.minimum);
  if (!is_empty(domain.maximum)) points.push_back(domain.maximum);
  for (const Row& row : table.rows) add_points(row.tests[place], points);
  std::sort(points.begin(), points.end(), comes_before);
  points.erase(std::unique(points.begin(), points.end(), same), points.end());
  return points;
}

// Segments from `low` to `high` as a test names them; nothing where it holds nowhere.
void set_between(const Axis& axis, const Part& part, Bits& bits) {
  std::size_t from = 0;
  std::size_t to = axis.segments() - 2;
  const bool below = part.op == Op::less || part.op == Op::less_equal;
  if (below) {
    to = axis.segment_of(part.low.value) - (part.op == Op::less ? 1 : 0);
  } else {
    const bool open = part.op == Op::greater || (part.op == Op::between && part.open_low);
    from = axis.segment_of(part.low.value) + (open ? 1 : 0);
  }
  if (part.op == Op::between) {
    to = axis.segment_of(part.high.value) - (part.open_high ? 1 : 0);
  }
  if (from <= to) bits.set(from, to);
}

void set_part(const Axis& axis, const Part& part, Bits& bits) {
  if (part.op == Op::null) return bits.set(axis.empty_segment());
  if (part.op == Op::equal) return bits.set(axis.segment_of(part.low.value));
  if (part.op == Op::not_equal) {
    Bits others(axis.segments(), true);
    others.clear(axis.segment_of(part.low.value));
    bits |= others;
    return;
  }
  // Nothing is less or greater than what is empty.
  const bool empty_end =
      is_empty(part.low.value) || (part.op == Op::between && is_empty(part.high.value));
  if (!empty_end) set_between(axis, part, bits);
}

Bits segments_of(const Axis& axis, const Test& test) {
  if (test.is_any() || !test.is_constant()) return Bits(axis.segments(), true);
  Bits bits(axis.segments());
  for (const Part& part : test.parts) set_part(axis, part, bits);
  if (test.negated) bits.flip();
  return bits;
}

Bits possible_of(const Axis& axis, const Domain& domain) {
  Bits possible(axis.segments());
  if (domain.may_be_empty) possible.set(axis.empty_segment());
  const auto point = [&](std::size_t place) {
    return place < axis.points.size() ? axis.points[place] : Value{};
  };
  for (std::size_t i = 0; i <= axis.points.size(); ++i) {
    const Value low = i == 0 ? Value{} : point(i - 1);
    if (has_between(domain, low, point(i))) possible.set(2 * i);
    if (i < axis.points.size() && has_value(domain, point(i))) possible.set(2 * i + 1);
  }
  return possible;
}

}  // namespace

Bits::Bits(std::size_t size, bool all) : size_(size), words_((size + 63) / 64) {
  if (all && size > 0) set(0, size - 1);
}

void Bits::set(std::size_t from, std::size_t to) {
  const auto below = [](std::size_t bits) { return (std::uint64_t{1} << bits) - 1; };
  for (std::size_t word = from / 64; word <= to / 64; ++word) {
    std::uint64_t mask = ~std::uint64_t{0};
    if (word == from / 64) mask &= ~below(from % 64);
    if (word == to / 64 && to % 64 < 63) mask &= below(to % 64 + 1);
    words_[word] |= mask;
  }
}

std::size_t Bits::next(std::size_t from) const {
  if (from >= size_) return size_;
  std::size_t word = from / 64;
  std::uint64_t bits = words_[word] & (~std::uint64_t{0} << (from % 64));
  while (bits == 0) {
    if (++word == words_.size()) return size_;
    bits = words_[word];
  }
  return word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
}

bool Bits::none() const {
  return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}

bool Bits::meets(const Bits& other) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if ((words_[i] & other.words_[i]) != 0) return true;
  }
  return false;
}

bool Bits::includes(const Bits& other) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if ((other.words_[i] & ~words_[i]) != 0) return false;
  }
  return true;
}

Bits& Bits::operator&=(const Bits& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  return *this;
}

Bits& Bits::operator|=(const Bits& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

void Bits::flip() {
  const Bits before = *this;
  *this = Bits(size_, true);
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~before.words_[i];
}

std::size_t Axis::segment_of(const Value& value) const {
  if (is_empty(value)) return empty_segment();
  const auto at = std::lower_bound(points.begin(), points.end(), value, comes_before);
  const auto place = static_cast<std::size_t>(at - points.begin());
  return at != points.end() && same(*at, value) ? 2 * place + 1 : 2 * place;
}

Grid::Grid(const Table& table) : constant_(table.rows.size()), rows_(table.rows.size()) {
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    Axis axis;
    axis.points = points_of(table, i);
    axis.kind = table.inputs[i].kind;
    axis.possible = possible_of(axis, table.inputs[i].domain);
    axis.at_segments.assign(axis.segments(), Bits(rows_));
    for (std::size_t row = 0; row < rows_; ++row) {
      Bits segments = segments_of(axis, table.rows[row].tests[i]);
      for (std::size_t s = 0; s < axis.segments(); ++s) {
        if (segments.has(s)) axis.at_segments[s].set(row);
      }
      axis.of_rows.push_back(std::move(segments));
    }
    axes_.push_back(std::move(axis));
  }
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto& tests = table.rows[row].tests;
    const auto known = [](const Test& test) { return test.is_constant(); };
    if (std::all_of(tests.begin(), tests.end(), known)) constant_.set(row);
  }
}

Bits Grid::candidates(std::span<const Value> inputs) const {
  Bits rows(rows_, true);
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    rows &= axes_[i].at_segments[axes_[i].segment_of(inputs[i])];
  }
  return rows;
}

}  // namespace tenon::decision
