// Random formulas that mostly compile: of every function, operator and kind.
#pragma once

#include <map>

#include "engine/formula/functions.h"
#include "tests/simulation/formula_fuzz/chance.h"
#include "tests/support/formula_vectors.h"

namespace tenon::fuzz {

class Expressions {
 public:
  Expressions(Chance& chance, const support::VectorNames& names) : chance_(chance), names_(names) {}

  std::string formula();
  // How often each function was written.
  const std::map<std::string_view, int>& written() const { return written_; }

 private:
  std::string of(Kind kind, int depth);
  std::string leaf(Kind kind);
  std::string literal(Kind kind);
  std::string name(Kind kind);
  std::string operation(Kind kind, int depth);
  std::string call(Kind kind, int depth);
  std::string call(const formula::Function& function, Kind kind, int depth);
  std::string aggregate(const formula::Function& function, Kind kind, int depth);
  std::string rows_path(formula::Takes takes, Kind kind);
  std::string argument(const formula::Function& function, const formula::Parameter& parameter,
                       Kind same, Kind matched, int depth);
  std::string number_argument(std::string_view name, int depth);
  std::string text_argument(std::string_view function, std::string_view name, int depth);
  std::string comparison(int depth);
  std::string duration(int depth);
  std::string duration_text();
  std::string number_text();
  std::string blank() { return chance_.in_hundred(10) ? "  " : ""; }
  Kind any_kind();
  Kind ordered_kind();
  const formula::Function* function_of(Kind kind);

  Chance& chance_;
  const support::VectorNames& names_;
  std::map<std::string_view, int> written_;
  std::string row_;                // The object of the rows that are looked at.
  Kind text_of_ = Kind::number;    // What TEXT has before its format.
  bool formats_duration_ = false;  // It is a duration.
};

}  // namespace tenon::fuzz
