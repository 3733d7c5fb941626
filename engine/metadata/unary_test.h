// The grammar of a cell that tests an input: `>= 1000`, `[1..5)`, `"a", "b"`, `not(null)`, `-`.
//
// Only the form: what stands between the signs are formulas of their own, named by their span. The
// grammar is in schemas/README.md, "Unary tests"; it is that of FEEL (DMN) as far as it goes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tenon::metadata {

struct CellSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

struct UnaryTest {
  enum class Op { null, equal, not_equal, less, less_equal, greater, greater_equal, between };
  struct Part {
    Op op = Op::equal;
    CellSpan low;  // What is compared with; of `between` its lower end.
    CellSpan high;
    bool open_low = false;  // The end itself is outside.
    bool open_high = false;
  };
  bool negated = false;
  std::vector<Part> parts;  // One of them must hold; none at all: every value passes.

  bool is_any() const { return parts.empty(); }
  std::vector<CellSpan> formulas() const;  // In the order of the text.
};

// Refused at "<begin>-<end>" (byte places in the cell), rule "unary_test".
Result<UnaryTest> parse_unary_test(std::string_view text);

// What a cell says that is a text and nothing else: `"a ""b"""` → a "b".
std::optional<std::string> text_literal(std::string_view cell);

}  // namespace tenon::metadata
