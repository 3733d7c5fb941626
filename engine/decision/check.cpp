#include "engine/decision/check.h"

#include "engine/decision/analyse.h"

namespace tenon::decision {
namespace {

class TableFindings {
 public:
  TableFindings(const Table& table, metadata::Findings& findings)
      : table_(table), findings_(findings) {}

  void run() {
    const Analysis analysis = analyse(table_);
    for (const int row : analysis.impossible) {
      warn(row, "decision.impossible", "no value passes all tests of this row");
    }
    for (const Overlap& overlap : analysis.overlaps) report(overlap);
    if (analysis.more_overlaps) more("rows that apply together");
    for (const int row : analysis.shadowed) {
      warn(row, "decision.shadowed", "this row is never reached: others cover it whole");
    }
    if (wants_all()) {
      for (const Gap& gap : analysis.gaps) {
        findings_.warnings.push_back(
            {file() + ": rows", "decision.gap", "no row applies where " + where(gap.cells)});
      }
      if (analysis.more_gaps) more("gaps");
    }
    if (analysis.whole) return;
    findings_.warnings.push_back({file() + ": rows", "decision.large",
                                  "the table is too large to be looked at whole: there may be "
                                  "gaps, overlaps and rows in vain that are not named here"});
  }

 private:
  std::string file() const { return "tables/" + table_.name + ".json"; }
  std::string place(int row) const { return file() + ": rows/" + std::to_string(row); }

  void warn(int row, std::string rule, std::string message) {
    findings_.warnings.push_back({place(row), std::move(rule), std::move(message)});
  }

  void more(const std::string& what) {
    findings_.warnings.push_back({file() + ": rows", "decision.more",
                                  "there are more " + what + " than the " +
                                      std::to_string(kReportedMax) + " that are named here"});
  }

  // Lists may be empty, and a default answers for what no row covers.
  bool wants_all() const {
    const bool lists = table_.hit == Hit::collect || table_.hit == Hit::rule_order ||
                       table_.hit == Hit::output_order;
    return !lists &&
           std::none_of(table_.outputs.begin(), table_.outputs.end(),
                        [](const Output& output) { return output.otherwise.has_value(); });
  }

  std::string where(const std::vector<std::string>& cells) const {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i] == "-") continue;
      text += (text.empty() ? "" : " and ") + table_.inputs[i].name + " is " + cells[i];
    }
    return text.empty() ? "anything is given" : text;
  }

  void report(const Overlap& overlap) {
    const std::string message = "rows " + std::to_string(overlap.first + 1) + " and " +
                                std::to_string(overlap.second + 1) + " apply together where " +
                                where(overlap.cells);
    const Problem problem{place(overlap.second), "decision.overlap", message};
    if (table_.hit == Hit::unique) findings_.problems.push_back(problem);
    if (table_.hit != Hit::any || overlap.agrees) return;
    (overlap.differs ? findings_.problems : findings_.warnings)
        .push_back(
            {problem.at, problem.rule,
             message + ", and " + (overlap.differs ? "do not" : "may not") + " say the same"});
  }

  const Table& table_;
  metadata::Findings& findings_;
};

}  // namespace

metadata::Findings check(const metadata::Bundle& bundle) {
  metadata::Findings findings;
  const metadata::BundleNames names(bundle);
  for (const metadata::Table& definition : bundle.tables) {
    if (definition.bundle != bundle.name) continue;
    formula::Needs needs;
    auto table = compile(bundle, definition, names, needs);
    if (table) {
      TableFindings(*table, findings).run();
      continue;
    }
    for (Problem& problem : table.error().problems) {
      problem.at = "tables/" + definition.name + ".json: " + problem.at;
      findings.problems.push_back(std::move(problem));
    }
  }
  return findings;
}

}  // namespace tenon::decision
