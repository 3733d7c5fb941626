#include <set>

#include "engine/base/id.h"
#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/metadata/checks.h"
#include "engine/metadata/currency.h"
#include "engine/text/currency.h"

namespace tenon::metadata {
namespace {

// A measure's formula sees the measures before it, all numbers.
class MeasureNames final : public formula::Names {
 public:
  void add(const std::string& name, formula::Unit unit) {
    names_.push_back(name);
    units_.push_back(unit);
  }
  std::optional<Member> member(const std::string&, std::string_view name) const override {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return Member{
        .id = *found,
        .type = {Kind::number, "", units_[static_cast<std::size_t>(found - names_.begin())]},
        .slot = static_cast<int>(found - names_.begin()),
        .scale = 0,
        .options = {}};
  }
  std::vector<std::string> members(const std::string&) const override { return names_; }

 private:
  std::vector<std::string> names_;
  std::vector<formula::Unit> units_;
};

struct ReportCheck {
  Draft& draft;
  const Bundle& whole;
  const Report& report;
  Place at;
  std::vector<std::string> columns;
  MeasureNames measures;

  void run();
  void column(const std::string& name, const Place& place);
  void group(const GroupKey& key, const Place& place);
  void measure(const Measure& measure, const Place& place);
  formula::Unit aggregate(const Measure& measure, const Place& place);
  formula::Unit converted(const Measure& measure, const PathEnd& end, const Place& place);
  void refuse_mixed(const Measure& measure, const Place& place);
  void sort_and_chart();
};

void ReportCheck::column(const std::string& name, const Place& place) {
  if (!is_name(name)) {
    if (!name.empty()) draft.problem(place, "name", "\"" + name + "\" is no name");
    return;
  }
  if (std::find(columns.begin(), columns.end(), name) != columns.end()) {
    draft.problem(place, "duplicate",
                  "two columns are named \"" + name + "\"; give one a \"name\"");
  }
  columns.push_back(name);
}

void ReportCheck::group(const GroupKey& key, const Place& place) {
  const auto end = follow(whole, report.query.object, key.path);
  if (end) {
    const Kind kind = end->type.kind;
    const bool dated = kind == Kind::date || kind == Kind::datetime;
    if (!key.by.empty() && !dated) {
      draft.problem(place, "group", "\"by\" is for dates and date-times only");
    }
    if (end->type.unit == formula::kSeveral) {
      draft.problem(place, "group",
                    "\"" + end->field->name +
                        "\" is an amount in one of several currencies: group by its \"currency\", "
                        "or by its \"amount\"");
    }
    const bool several = kind == Kind::reference_list;
    if (!is_ordered(*end) || several)
      draft.problem(place, "group", "such a field cannot be grouped by");
    column(key.name, place);
  }
}

// A sum of yen and euros is neither.
void ReportCheck::refuse_mixed(const Measure& measure, const Place& place) {
  const auto& group = report.query.group;
  const bool apart = std::any_of(group.begin(), group.end(), [&](const GroupKey& key) {
    return key.path == measure.field + "." + std::string(kCurrency);
  });
  if (apart) return;
  draft.problem(
      place / "field", "mixed_currencies",
      "\"" + measure.of +
          "\" of amounts in several currencies: convert them with \"in\" "
          "(and \"on\", the day whose rate counts), or group by the field's \"currency\"");
}

// What "in" and "on" ask for.
formula::Unit ReportCheck::converted(const Measure& measure, const PathEnd& end,
                                     const Place& place) {
  if (!text::currency_digits(measure.in)) {
    draft.problem(
        place / "in", "currency",
        "there is no currency \"" + measure.in + "\"; it is an ISO 4217 code, as \"USD\"");
    return {};
  }
  if (end.type.unit != formula::kSeveral && !end.type.unit.is_money()) {
    draft.problem(place / "in", "measure", "only a field with money is converted");
    return {};
  }
  const auto on =
      measure.on.empty() ? std::nullopt : follow(whole, report.query.object, measure.on);
  if (on && on->type.kind != Kind::date && on->type.kind != Kind::datetime) {
    draft.problem(place / "on", "measure", "must be a date: the day whose rate counts");
  }
  return formula::money_in(measure.in);
}

// What the measured numbers count.
formula::Unit ReportCheck::aggregate(const Measure& measure, const Place& place) {
  if (measure.field.empty()) {
    if (measure.of != "count") {
      draft.problem(place, "required", "\"" + measure.of + "\" needs a field");
    }
    return {};
  }
  const auto end = follow(whole, report.query.object, measure.field);
  if (!end) return {};
  const Kind kind = end->type.kind;
  const bool adds = measure.of == "sum" || measure.of == "avg" || measure.of == "median";
  if (adds && kind != Kind::number) {
    draft.problem(place / "field", "measure",
                  "\"" + measure.of + "\" needs a number, not a " + std::string(name_of(kind)));
  }
  const bool compares = measure.of == "min" || measure.of == "max";
  if (compares && (!is_ordered(*end) || kind == Kind::reference)) {
    draft.problem(place / "field", "measure", "\"" + measure.of + "\" needs something ordered");
  }
  if (!measure.in.empty() && !adds && !compares) {
    draft.problem(place / "in", "measure", "\"" + measure.of + "\" is of no currency");
  }
  if (!adds && !compares) return {};
  if (!measure.in.empty()) return converted(measure, *end, place);
  if (end->type.unit != formula::kSeveral) return end->type.unit;
  refuse_mixed(measure, place);
  return {};
}

void ReportCheck::measure(const Measure& measure, const Place& place) {
  column(measure.name, place / "name");
  formula::Unit unit;
  if (!measure.of.empty()) unit = aggregate(measure, place);
  if (!measure.filter.empty()) {
    type_formula(draft, whole, report.query.object, place / "filter", Kind::boolean,
                 Asked::of_reader);
  }
  if (!measure.formula.empty()) {
    formula::Needs needs;
    const auto compiled = formula::compile_as(Kind::number, measure.formula, "", measures, needs);
    if (compiled) unit = compiled->type().unit;
    if (!compiled) {
      for (const Problem& problem : compiled.error().problems) {
        draft.problem(place / "formula", problem.rule, "at " + problem.at + ": " + problem.message);
      }
    }
  } else if (!measure.type.empty()) {
    draft.problem(place / "type", "measure", "only a formula's result has a \"type\"");
  }
  measures.add(measure.name, unit);
}

void ReportCheck::sort_and_chart() {
  const auto& sort = report.query.sort;
  for (std::size_t i = 0; i < sort.size(); ++i) {
    const std::string name = sort[i].starts_with('-') ? sort[i].substr(1) : sort[i];
    if (std::find(columns.begin(), columns.end(), name) != columns.end()) continue;
    draft.problem(at / "sort" / i, "unknown_column",
                  "there is no column \"" + name + "\"" + did_you_mean(name, columns));
  }
  const Chart& chart = report.chart;
  if (chart.kind == "none") return;
  const std::vector<std::string> names = measures.members("");
  if (std::find(names.begin(), names.end(), chart.value) == names.end()) {
    draft.problem(at / "chart", "unknown_measure",
                  "there is no measure \"" + chart.value + "\"" + did_you_mean(chart.value, names));
  }
  if (report.query.group.empty()) {
    draft.problem(at / "chart", "chart", "a chart needs something to group by");
  }
}

void ReportCheck::run() {
  const QueryBody& query = report.query;
  if (!query.filter.empty()) {
    type_formula(draft, whole, query.object, at / "filter", Kind::boolean, Asked::of_reader);
  }
  if (query.group.size() > limits::kGroupKeysMax) {
    draft.problem(at / "group", "limit", "at most 4 fields to group by");
  }
  if (query.measures.size() > limits::kMeasuresMax) {
    draft.problem(at / "measures", "limit", "at most 20 measures");
  }
  if (query.measures.empty()) draft.problem(at, "required", "a report needs a measure");
  for (std::size_t i = 0; i < query.group.size(); ++i) group(query.group[i], at / "group" / i);
  for (std::size_t i = 0; i < query.measures.size(); ++i) {
    measure(query.measures[i], at / "measures" / i);
  }
  sort_and_chart();
}

}  // namespace

void check_reports(Draft& draft, const Bundle& whole) {
  for (const Report& report : draft.own.reports) {
    const Place at = draft.place("reports", report.id);
    ReportCheck{draft, whole, report, at, {}, {}}.run();
  }
}

}  // namespace tenon::metadata
