// The rows of a table over the axes of its inputs: each axis is cut at the values that tests name,
// and a row holds on some of the segments. Internal to the room.
//
// Segments of an axis with points p0 < p1 …: 0 is below p0, 1 is p0 itself, 2 between p0 and p1 …,
// the last one is the empty value. decide() looks up where a record's values fall; analyse() looks
// for what no row or more than one row covers. A test with a formula may hold anywhere.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/decision/table.h"

namespace tenon::decision {

// A set of small numbers.
class Bits {
 public:
  explicit Bits(std::size_t size = 0, bool all = false);
  void set(std::size_t place) { words_[place / 64] |= std::uint64_t{1} << (place % 64); }
  void clear(std::size_t place) { words_[place / 64] &= ~(std::uint64_t{1} << (place % 64)); }
  bool has(std::size_t place) const { return (words_[place / 64] >> (place % 64) & 1) != 0; }
  void set(std::size_t from, std::size_t to);  // Both inclusive.
  bool none() const;
  std::size_t next(std::size_t from) const;  // The first from there on; size() where there is none.
  bool meets(const Bits& other) const;
  bool includes(const Bits& other) const;
  std::size_t size() const { return size_; }
  Bits& operator&=(const Bits& other);
  Bits& operator|=(const Bits& other);
  void flip();
  friend auto operator<=>(const Bits&, const Bits&) = default;

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

struct Axis {
  Kind kind = Kind::text;
  std::vector<Value> points;      // Rising.
  Bits possible;                  // Segments in which the input's domain has a value.
  std::vector<Bits> of_rows;      // By row: the segments on which its test holds, or may hold.
  std::vector<Bits> at_segments;  // The same the other way: by segment the rows.

  std::size_t segments() const { return points.size() * 2 + 2; }
  std::size_t empty_segment() const { return points.size() * 2 + 1; }
  std::size_t segment_of(const Value& value) const;
};

class Grid {
 public:
  explicit Grid(const Table& table);

  const std::vector<Axis>& axes() const { return axes_; }
  // Rows all of whose tests are known at publish.
  const Bits& constant_rows() const { return constant_; }
  // Rows that hold for these values, and those with a formula that may.
  Bits candidates(std::span<const Value> inputs) const;

 private:
  std::vector<Axis> axes_;
  Bits constant_;
  std::size_t rows_;
};

}  // namespace tenon::decision
