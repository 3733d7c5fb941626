#include "engine/metadata/derived.h"

#include "engine/metadata/currency.h"
#include "engine/metadata/many.h"

namespace tenon::metadata {
namespace {

// rewrite() asks about each name of a formula: that is how it is known what it reads.
void formula_readings(const Bundle& bundle, const std::string& text, const std::string& object,
                      const std::string& home, std::vector<Reading>& readings) {
  bool climbs = false;  // To a line of the same object above: its fields are no longer our own.
  const auto note = [&](const std::string& of, const std::string& field) {
    readings.push_back({of, field, of == home ? Reading::From::own : Reading::From::others});
    const Field* read = bundle.find_id(of)->find_id(field);
    climbs = climbs || (read != nullptr && !read->held_by.empty() && read->to == home);
    return std::optional<std::string>();
  };
  (void)formula::rewrite(text, object, BundleNames(bundle), note);  // What is broken was said.
  if (!climbs) return;
  for (Reading& reading : readings) reading.from = Reading::From::others;
}

void rollup_readings(const Bundle& bundle, const Object& object, const Field& field,
                     std::vector<Reading>& readings) {
  const auto [many_id, field_id] = many_path(field.of);
  const auto many = find_many(bundle, object.id, many_id, BundleNames::By::id);
  if (!many) return;
  const bool below = many->is_lines && many->rows == &object;
  const auto from = below ? Reading::From::below : Reading::From::others;
  if (!field_id.empty()) readings.push_back({many->rows->id, std::string(field_id), from});
  if (field.filter.empty()) return;
  std::vector<Reading> conditions;
  formula_readings(bundle, field.filter, many->rows->id, many->rows->id, conditions);
  for (Reading& reading : conditions) {
    if (reading.from == Reading::From::own) reading.from = from;
    readings.push_back(std::move(reading));
  }
}

void lookup_readings(const Bundle& bundle, const Object& object, const Field& field,
                     std::vector<Reading>& readings) {
  const Object* here = &object;
  std::string_view rest = field.path;
  while (here != nullptr) {
    const std::size_t dot = rest.find('.');
    const std::string step(rest.substr(0, dot));
    readings.push_back(
        {here->id, step, here == &object ? Reading::From::own : Reading::From::others});
    const Field* next = here->find_id(step);
    if (next != nullptr && next->has_currencies()) {
      if (rest.ends_with(kCurrency)) readings.back().field = currency_id(step);
      return;
    }
    if (dot == std::string_view::npos || next == nullptr) return;
    here = bundle.find_id(next->to);
    rest.remove_prefix(dot + 1);
  }
}

}  // namespace

std::vector<Reading> readings_of(const Bundle& bundle, const Object& object, const Field& field) {
  std::vector<Reading> readings;
  if (field.is_formula()) {
    formula_readings(bundle, field.formula, object.id, object.id, readings);
  } else if (field.is_rollup()) {
    rollup_readings(bundle, object, field, readings);
  } else if (field.is_lookup()) {
    lookup_readings(bundle, object, field, readings);
  }
  return readings;
}

std::string_view name_in_formulas(Aggregate function) {
  switch (function) {
    case Aggregate::count: return "COUNT";
    case Aggregate::sum: return "SUM";
    case Aggregate::minimum: return "MIN";
    case Aggregate::maximum: return "MAX";
    case Aggregate::average: return "AVERAGE";
    case Aggregate::first: return "FIRST";
    case Aggregate::last: return "LAST";
  }
  return "COUNT";
}

std::string as_formula(const Field& field) {
  if (field.is_lookup()) return field.path;
  if (!field.is_rollup()) return field.formula;
  const std::string condition = field.filter.empty() ? "" : ", " + field.filter;
  return std::string(name_in_formulas(field.function)) + "(" + field.of + condition + ")";
}

}  // namespace tenon::metadata
