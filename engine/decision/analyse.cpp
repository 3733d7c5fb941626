#include "engine/decision/analyse.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/decision/grid.h"
#include "engine/decision/words.h"

namespace tenon::decision {
namespace {

// Of each kind of finding: about a second in a debug build.
constexpr std::int64_t kStepsMax = 400'000;

// One box: by axis the segments looked at.
using Box = std::vector<Bits>;

class Analyser {
 public:
  explicit Analyser(const Table& table) : table_(table), axes_(table.grid->axes()) {}

  Analysis run() {
    impossible();
    gaps();
    steps_ = 0;
    exhausted_ = false;
    if (table_.hit == Hit::unique || table_.hit == Hit::any) overlaps();
    if (table_.hit == Hit::first || table_.hit == Hit::priority) shadows();
    return std::move(analysis_);
  }

 private:
  std::size_t rows() const { return table_.rows.size(); }
  bool is_constant(std::size_t row) const { return table_.grid->constant_rows().has(row); }

  bool step() {
    if (++steps_ <= kStepsMax) return true;
    exhausted_ = true;
    analysis_.whole = false;
    return false;
  }

  Box possible() const {
    Box box;
    for (const Axis& axis : axes_) box.push_back(axis.possible);
    return box;
  }

  Box box_of(std::size_t row) const {
    Box box = possible();
    for (std::size_t i = 0; i < box.size(); ++i) box[i] &= axes_[i].of_rows[row];
    return box;
  }

  static bool is_nothing(const Box& box) {
    return std::any_of(box.begin(), box.end(), [](const Bits& bits) { return bits.none(); });
  }

  std::vector<std::string> cells(const Box& box) const {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < box.size(); ++i) cells.push_back(cell_of(axes_[i], box[i]));
    return cells;
  }

  void impossible() {
    for (std::size_t row = 0; row < rows(); ++row) {
      if (!is_nothing(box_of(row))) continue;
      analysis_.impossible.push_back(static_cast<int>(row));
      impossible_.insert(row);
    }
  }

  // Looks for parts of the box that none of the rows covers, and calls `found` with each until it
  // answers false. What was found covered once, from an axis on by these rows, is not looked at
  // again.
  template <class Found>
  bool uncovered(const Box& box, std::size_t axis, const Bits& rows, Box& way, Found& found) {
    if (!step()) return false;
    if (rows.none()) {
      for (std::size_t i = axis; i < box.size(); ++i) way[i] = box[i];
      return found(way);
    }
    if (axis == box.size() || rows.meets(whole_from_[axis])) return true;
    if (covered_.contains({axis, rows})) return true;
    bool clean = true;
    for (const auto& [left, segments] : split(box[axis], axis, rows)) {
      way[axis] = segments;
      const std::size_t before = found.count;
      if (!uncovered(box, axis + 1, left, way, found)) return false;
      clean = clean && before == found.count;
    }
    if (clean) covered_.insert({axis, rows});
    return true;
  }

  // By axis: rows that hold on everything of the box from there on.
  void begin(const Box& box) {
    covered_.clear();
    whole_from_.assign(box.size() + 1, Bits(rows(), true));
    for (std::size_t axis = box.size(); axis-- > 0;) {
      whole_from_[axis] = whole_from_[axis + 1];
      for (std::size_t row = 0; row < rows(); ++row) {
        if (!whole_from_[axis].has(row)) continue;
        if (!axes_[axis].of_rows[row].includes(box[axis])) whole_from_[axis].clear(row);
      }
    }
  }

  // The segments of an axis by which of the rows hold there.
  std::map<Bits, Bits> split(const Bits& within, std::size_t axis, const Bits& rows) const {
    std::map<Bits, Bits> parts;
    for (std::size_t s = 0; s < axes_[axis].segments(); ++s) {
      if (!within.has(s)) continue;
      Bits left = rows;
      left &= axes_[axis].at_segments[s];
      const auto part = parts.try_emplace(std::move(left), axes_[axis].segments()).first;
      part->second.set(s);
    }
    return parts;
  }

  void gaps() {
    struct Keep {
      Analyser& self;
      std::size_t count = 0;
      bool operator()(const Box& box) {
        ++count;
        self.analysis_.more_gaps = self.analysis_.gaps.size() == kReportedMax;
        if (!self.analysis_.more_gaps) self.analysis_.gaps.push_back({self.cells(box)});
        return !self.analysis_.more_gaps;
      }
    } keep{*this};
    const Box all = possible();
    if (is_nothing(all)) return;
    begin(all);
    Box way = all;
    uncovered(all, 0, Bits(rows(), true), way, keep);
  }

  // Pairs are few enough to be looked at all. Those that may agree leave the others their room.
  void overlaps() {
    std::map<Results, std::size_t> counts;
    for (std::size_t second = 1; second < rows(); ++second) {
      for (std::size_t first = 0; first < second; ++first) {
        if (!is_constant(first) || !is_constant(second) || !meet(first, second)) continue;
        const Results results = compared(first, second);
        const bool is_unique = table_.hit == Hit::unique;
        if (++counts[is_unique ? Results::different : results] <= kReportedMax) {
          report_overlap(first, second, results);
          continue;
        }
        if (is_unique || results != Results::same) analysis_.more_overlaps = true;
        if (is_unique || results == Results::different) return;
      }
    }
  }

  bool meet(std::size_t first, std::size_t second) const {
    return std::all_of(axes_.begin(), axes_.end(), [&](const Axis& axis) {
      if (!axis.of_rows[first].meets(axis.of_rows[second])) return false;
      Bits both = axis.of_rows[first];
      both &= axis.of_rows[second];
      return both.meets(axis.possible);
    });
  }

  enum class Results { same, different, unknown };

  Results compared(std::size_t first, std::size_t second) const {
    const auto& a = table_.rows[first].results;
    const auto& b = table_.rows[second].results;
    bool known = true;
    bool equal = true;
    for (std::size_t i = 0; i < a.size(); ++i) {
      known = known && !a[i].formula && !b[i].formula;
      equal = equal && same(a[i].value, b[i].value);
    }
    if (!known) return Results::unknown;
    return equal ? Results::same : Results::different;
  }

  void report_overlap(std::size_t first, std::size_t second, Results results) {
    Box box = box_of(first);
    for (std::size_t i = 0; i < box.size(); ++i) box[i] &= axes_[i].of_rows[second];
    analysis_.overlaps.push_back({.first = static_cast<int>(first),
                                  .second = static_cast<int>(second),
                                  .agrees = results == Results::same,
                                  .differs = results == Results::different,
                                  .cells = cells(box)});
  }

  // Whether row `a` wins over row `b` wherever both apply.
  bool wins(std::size_t a, std::size_t b) const {
    if (table_.hit == Hit::first) return a < b;
    for (std::size_t i = 0; i < table_.outputs.size(); ++i) {
      const auto& options = table_.outputs[i].type.options;
      if (options.empty()) continue;
      const Operand& left = table_.rows[a].results[i];
      const Operand& right = table_.rows[b].results[i];
      if (left.formula || right.formula) return false;
      const auto place = [&](const Value& value) {
        return std::find_if(options.begin(), options.end(),
                            [&](const auto& option) { return value == Value{option}; });
      };
      if (place(left.value) != place(right.value)) return place(left.value) < place(right.value);
    }
    return a < b;
  }

  void shadows() {
    struct Stop {
      std::size_t count = 0;
      bool operator()(const Box&) {
        ++count;
        return false;
      }
    };
    for (std::size_t row = 0; row < rows(); ++row) {
      if (impossible_.contains(row)) continue;
      Bits above(rows());
      for (std::size_t other = 0; other < rows(); ++other) {
        if (other != row && is_constant(other) && wins(other, row)) above.set(other);
      }
      if (above.none()) continue;
      const Box box = box_of(row);
      begin(box);
      Box way = box;
      Stop stop;
      uncovered(box, 0, above, way, stop);
      if (exhausted_) return;
      if (stop.count == 0) analysis_.shadowed.push_back(static_cast<int>(row));
    }
  }

  const Table& table_;
  const std::vector<Axis>& axes_;
  Analysis analysis_;
  std::set<std::size_t> impossible_;
  std::set<std::pair<std::size_t, Bits>> covered_;
  std::vector<Bits> whole_from_;
  std::int64_t steps_ = 0;
  bool exhausted_ = false;
};

}  // namespace

Analysis analyse(const Table& table) {
  if (table.grid == nullptr) return {};  // Rows that are records change without a publish.
  return Analyser(table).run();
}

}  // namespace tenon::decision
