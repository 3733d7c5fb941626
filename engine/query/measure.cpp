#include "engine/query/measure.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/limits.h"
#include "engine/query/later.h"
#include "engine/text/currency.h"

namespace tenon::query {
namespace {

using storage::SqlBuilder;

constexpr std::array<std::pair<std::string_view, Measure::Of>, 7> kOf{{
    {"count", Measure::Of::count},
    {"sum", Measure::Of::sum},
    {"avg", Measure::Of::average},
    {"min", Measure::Of::minimum},
    {"max", Measure::Of::maximum},
    {"distinct", Measure::Of::distinct},
    {"median", Measure::Of::median},
}};

// Digits more than the field has. A mean of two in the middle needs one.
constexpr int kAverageDigits = 2;
constexpr int kMedianDigits = 1;

// The measures before a formula are its fields: numbers, by their place.
class MeasureNames final : public formula::Names {
 public:
  explicit MeasureNames(const std::vector<Measure>& measures) : measures_(measures) {}

  std::optional<Member> member(const std::string&, std::string_view name) const override {
    for (std::size_t place = 0; place < measures_.size(); ++place) {
      const Measure& measure = measures_[place];
      if (measure.name != name) continue;
      Member member{};
      member.id = measure.name;
      member.type = {measure.type.kind(), "", formula::unit_of(*measure.type.format)};
      if (!measure.currency.empty()) member.type.unit = formula::money_in(measure.currency);
      member.slot = static_cast<int>(place);
      member.scale = measure.type.scale;
      return member;
    }
    return std::nullopt;
  }

  std::vector<std::string> members(const std::string&) const override {
    std::vector<std::string> names;
    for (const Measure& measure : measures_) names.push_back(measure.name);
    return names;
  }

 private:
  const std::vector<Measure>& measures_;
};

Type plain(Kind kind, int scale) {
  Type type{.format = &format_of(kind)};
  type.scale = scale;
  return type;
}

Result<void> compile_formula(const metadata::Measure& definition,
                             const std::vector<Measure>& before, Measure& measure) {
  const MeasureNames names(before);
  formula::Needs needs;
  auto formula = formula::compile_as(Kind::number, definition.formula, "", names, needs);
  if (!formula) {
    for (Problem& problem : formula.error().problems) {
      problem.at = "measures/" + definition.name + "/formula:" + problem.at;
    }
    return std::move(formula.error());
  }
  measure.of = Measure::Of::formula;
  measure.formula = formula.take();
  measure.type = definition.type == "percent" ? Type{.format = find_format("percent")}
                                              : plain(Kind::number, 2);
  measure.type.scale = definition.type == "percent" ? 4 : 2;
  if (measure.formula->type().unit == formula::kDuration) {
    measure.type = Type{.format = find_format("duration")};
  }
  return done();
}

Error wrong_kind(const metadata::Measure& definition, const char* wants) {
  return Error::invalid("measures/" + definition.name, "kind",
                        "\"" + definition.of + "\" takes " + wants);
}

// Each amount by the rate of its day, as EXCHANGE says it.
Result<void> convert(const Context& context, Select& select, const metadata::Measure& definition,
                     Measure& measure) {
  const std::string at = "measures/" + definition.name + "/in";
  if (!text::currency_digits(definition.in)) {
    return Error::invalid(at, "currency", "is an ISO 4217 code, as \"USD\"");
  }
  const std::string on = definition.on.empty() ? "" : ", " + definition.on;
  const ReadableNames names(context.app, context.rights);
  formula::Needs needs;
  auto formula = formula::compile_as(
      Kind::number, "EXCHANGE(" + definition.field + ", \"" + definition.in + "\"" + on + ")",
      select.object().id(), names, needs);
  if (!formula) {
    for (Problem& problem : formula.error().problems) problem.at = at;
    return std::move(formula.error());
  }
  measure.currency = definition.in;
  measure.converted = select.formula(*formula, needs, measure.scale);
  return done();
}

Result<void> compile_field(const Context& context, Select& select,
                           const metadata::Measure& definition, Measure& measure) {
  TENON_TRY(auto path, resolve(context, select.object(), definition.field,
                               "measures/" + definition.name + "/field"));
  TENON_CHECK(select.check_built(path, "measures/" + definition.name + "/field"));
  const Type& type = path.type();
  measure.scale = type.scale;
  switch (measure.of) {
    case Measure::Of::sum:
    case Measure::Of::average:
    case Measure::Of::median:
      if (type.kind() != Kind::number) return wrong_kind(definition, "a number");
      measure.type = type;
      if (measure.of != Measure::Of::sum) {
        const int digits = measure.of == Measure::Of::median ? kMedianDigits : kAverageDigits;
        measure.type.scale = std::min(type.scale + digits, 9);
        if (type.format->written == Written::duration) measure.type.scale = 0;
        if (type.format->written == Written::number) measure.type.format = &format_of(Kind::number);
      }
      break;
    case Measure::Of::minimum:
    case Measure::Of::maximum:
      if (!type.format->ordered) return wrong_kind(definition, "a field with an order");
      measure.type = type;
      break;
    default: break;  // A number of values, whatever they are.
  }
  if (!definition.in.empty()) {
    TENON_CHECK(convert(context, select, definition, measure));
  } else if (path.last().slot >= 0 && !type.has_currencies()) {
    measure.currency = path.last().object->field(path.last().slot).currency;
  }
  measure.path = std::move(path);
  return done();
}

bool is_of_amounts(const Measure& measure) {
  return measure.of != Measure::Of::count && measure.of != Measure::Of::distinct &&
         measure.of != Measure::Of::formula;
}

// A sum of yen and euros is neither; where they are apart, each group has one of the currency.
Result<void> keep_apart(const metadata::Measure& definition, const GroupNames& groups,
                        Measure& measure) {
  const bool mixes = measure.path && measure.path->is_whole() && is_of_amounts(measure);
  if (!mixes || measure.converted) return done();
  const auto group = groups.find(measure.path->text + ".currency");
  if (group == groups.end()) {
    return Error::invalid("measures/" + definition.name + "/field", "mixed_currencies",
                          "\"" + definition.of +
                              "\" of amounts in several currencies: convert them with \"in\" "
                              "(and \"on\", the day whose rate counts), or group by \"" +
                              measure.path->text + ".currency\"");
  }
  measure.currency_group = group->second;
  return done();
}

Result<Measure> compile_measure(const Context& context, Select& select,
                                const metadata::Measure& definition,
                                const std::vector<Measure>& before, const GroupNames& groups) {
  Measure measure{.name = definition.name};
  measure.label = metadata::text_in(definition.label, context.actor.locale);
  if (measure.label.empty()) measure.label = definition.name;
  if (!definition.formula.empty()) {
    TENON_CHECK(compile_formula(definition, before, measure));
    return measure;
  }
  const auto known = std::find_if(kOf.begin(), kOf.end(),
                                  [&](const auto& entry) { return entry.first == definition.of; });
  if (known == kOf.end()) {
    return Error::invalid("measures/" + definition.name + "/of", "measure",
                          "is one of count, sum, avg, min, max, distinct, median");
  }
  measure.of = known->second;
  measure.type = Type{.format = find_format("integer")};
  if (measure.of != Measure::Of::count) {
    TENON_CHECK(compile_field(context, select, definition, measure));
    TENON_CHECK(keep_apart(definition, groups, measure));
  }
  if (!definition.filter.empty()) {
    TENON_TRY(measure.filter,
              select.filter(definition.filter, "measures/" + definition.name + "/filter"));
  }
  return measure;
}

// The measured value where the measure's own filter holds, else NULL.
SqlBuilder filtered(const Measure& measure, SqlBuilder value) {
  if (!measure.filter) return value;
  SqlBuilder sql;
  sql.text("CASE WHEN ").append(*measure.filter).text(" THEN ").append(value).text(" END");
  return sql;
}

SqlBuilder one() {
  SqlBuilder sql;
  sql.text("1");
  return sql;
}

// Of money in several currencies 10 in one are not 10 in another.
SqlBuilder measured_column(Select& select, const Measure& measure) {
  if (measure.converted) return *measure.converted;
  if (!measure.path) return one();
  SqlBuilder column = select.column(*measure.path);
  if (measure.of != Measure::Of::distinct || !measure.path->is_whole()) return column;
  return std::move(column.text(" || ").append(select.column(measure.path->currency())));
}

// Two halves and the count: SQLite's own sum() fails beyond 64 bits.
SqlBuilder sum_columns(const Measure& measure, const SqlBuilder& column) {
  const SqlBuilder value = filtered(measure, column);
  SqlBuilder sql;
  sql.text("sum((").append(value).text(") >> 32), sum((").append(value);
  sql.text(") & 4294967295), count(").append(value).text(")");
  return sql;
}

Decimal::Coefficient sum_of(const storage::Row& row, int place) {
  const Decimal::Coefficient high = row.integer(place);
  return high * (Decimal::Coefficient{1} << 32) + row.integer(place + 1);
}

Result<Value> decimal_of(Decimal::Coefficient coefficient, int scale) {
  constexpr Decimal::Coefficient kBillion = 1'000'000'000'000'000'000;
  // Through two exact parts, so that no constructor from 128 bits is needed here.
  const auto high = static_cast<std::int64_t>(coefficient / kBillion);
  const auto low = static_cast<std::int64_t>(coefficient % kBillion);
  TENON_TRY(const auto upper, multiply(Decimal::of_scaled(high, scale),
                                       Decimal::of(static_cast<std::int64_t>(kBillion))));
  TENON_TRY(const auto sum, add(upper, Decimal::of_scaled(low, scale)));
  return Value{sum};
}

// What tenon_median() answers counts in the column's last digit.
Result<Value> median_of(const Measure& measure, const std::string& text) {
  TENON_TRY(const auto units, Decimal::parse(text));
  TENON_TRY(const auto number, multiply(units, Decimal::of_scaled(1, measure.scale)));
  TENON_TRY(const auto rounded, number.rounded(measure.type.scale));
  return Value{rounded};
}

Result<Value> value_at(const Measure& measure, const storage::Row& row, int place) {
  if (measure.of == Measure::Of::count || measure.of == Measure::Of::distinct) {
    return Value{Decimal::of(row.integer(place))};
  }
  if (measure.of == Measure::Of::minimum || measure.of == Measure::Of::maximum) {
    return query::value_at(row, place, measure.type);
  }
  if (measure.of == Measure::Of::median) {
    return row.is_null(place) ? Result<Value>(Value{}) : median_of(measure, row.text(place));
  }
  const std::int64_t counted = row.integer(place + 2);
  TENON_TRY(auto sum, decimal_of(sum_of(row, place), measure.scale));
  if (measure.of == Measure::Of::sum) return sum;
  if (counted == 0) return Value{};
  TENON_TRY(const auto mean, divide(std::get<Decimal>(sum), Decimal::of(counted)));
  return coerce(measure.type, Value{mean});
}

int columns_of(const Measure& measure) {
  switch (measure.of) {
    case Measure::Of::formula: return 0;
    case Measure::Of::sum:
    case Measure::Of::average: return 3;
    default: return 1;
  }
}

}  // namespace

Result<std::vector<Measure>> compile_measures(const Context& context, Select& select,
                                              const std::vector<metadata::Measure>& definitions,
                                              const GroupNames& groups) {
  if (definitions.size() > static_cast<std::size_t>(limits::kMeasuresMax)) {
    return Error::of(ErrorCode::limit, "measures", "measures", "at most 20 measures");
  }
  std::vector<Measure> measures;
  for (const metadata::Measure& definition : definitions) {
    TENON_TRY(auto measure, compile_measure(context, select, definition, measures, groups));
    measures.push_back(std::move(measure));
  }
  if (measures.empty()) {
    measures.push_back(
        {.name = "count", .label = "count", .type = Type{.format = find_format("integer")}});
  }
  return measures;
}

SqlBuilder measure_columns(Select& select, const std::vector<Measure>& measures) {
  SqlBuilder sql;
  bool first = true;
  for (const Measure& measure : measures) {
    if (measure.of == Measure::Of::formula) continue;
    if (!first) sql.text(", ");
    first = false;
    const SqlBuilder column = measured_column(select, measure);
    switch (measure.of) {
      case Measure::Of::sum:
      case Measure::Of::average: sql.append(sum_columns(measure, column)); continue;
      case Measure::Of::minimum: sql.text("min("); break;
      case Measure::Of::maximum: sql.text("max("); break;
      case Measure::Of::distinct: sql.text("count(DISTINCT "); break;
      case Measure::Of::median:
        sql.text("tenon_median(json_group_array(").append(filtered(measure, column)).text("))");
        continue;
      default: sql.text("count("); break;
    }
    sql.append(filtered(measure, column)).text(")");
  }
  if (first) sql.text("count(*)");  // Nothing but formulas.
  return sql;
}

Result<Values> measure_values(const Context& context, const std::vector<Measure>& measures,
                              const storage::Row& row, int place, Over over) {
  Values values;
  for (const Measure& measure : measures) {
    if (measure.of == Measure::Of::formula) {
      formula::Scope scope = moment_of(context);
      scope.fields = values;
      auto value = measure.formula->evaluate(scope);
      // A share of nothing is no number: the cell stays empty, the report goes on.
      values.push_back(value ? value.take() : Value{});
      if (!is_empty(values.back())) {
        TENON_TRY(values.back(), coerce(measure.type, std::move(values.back())));
      }
      continue;
    }
    TENON_TRY(auto value, value_at(measure, row, place));
    const bool mixed = over == Over::all && !measure.currency_group.empty();
    values.push_back(mixed ? Value{} : std::move(value));
    place += columns_of(measure);
  }
  return values;
}

}  // namespace tenon::query
