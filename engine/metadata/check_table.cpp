// Decision tables: every cell of its column's kind, and a hit policy that can be followed.
#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/formula/tree.h"
#include "engine/metadata/checks.h"
#include "engine/metadata/named_field.h"
#include "engine/metadata/translate.h"
#include "engine/metadata/unary_test.h"
#include "engine/value/duration.h"

namespace tenon::metadata {
namespace {

bool is_compared(Kind kind) {
  return kind == Kind::number || kind == Kind::date || kind == Kind::time || kind == Kind::datetime;
}

bool asks_order(UnaryTest::Op op) {
  using Op = UnaryTest::Op;
  return op != Op::null && op != Op::equal && op != Op::not_equal;
}

struct Column {
  std::optional<Kind> kind;  // Nothing: what is wrong was said.
  std::vector<std::string> options;
  std::string object = {};        // Of references: what they refer to; an id.
  formula::Unit unit = {};        // What its numbers count.
  std::optional<Type> kept = {};  // Of an input that is a field: how its texts are kept.
};

bool reads_as(const Column& column, const std::string& text) {
  if (column.unit == formula::kDuration) return static_cast<bool>(parse_duration(text));
  switch (*column.kind) {
    case Kind::text: return true;
    case Kind::date: return static_cast<bool>(parse_date(text));
    case Kind::time: return static_cast<bool>(parse_time(text));
    case Kind::datetime: return static_cast<bool>(parse_datetime(text));
    case Kind::reference: return static_cast<bool>(parse_id_text(text));
    default: return false;
  }
}

class TableCheck {
 public:
  TableCheck(Draft& draft, const Bundle& whole, const Table& table)
      : draft_(draft), whole_(whole), table_(table), at_(draft.place("tables", table.id)) {}

  void run() {
    if (whole_.find_id(table_.object) == nullptr) return;
    bounds();
    policy();
    for (std::size_t i = 0; i < table_.inputs.size(); ++i) input(i);
    for (std::size_t i = 0; i < table_.outputs.size(); ++i) output(i);
    for (std::size_t i = 0; i < table_.rows.size(); ++i) row(i);
    if (table_.rows_from) rows_from();
  }

 private:
  void bounds() {
    if (table_.inputs.empty()) problem(at_ / "inputs", "required", "a table has inputs");
    if (table_.outputs.empty()) problem(at_ / "outputs", "required", "a table has outputs");
    const auto columns = table_.inputs.size() + table_.outputs.size();
    if (columns > static_cast<std::size_t>(limits::kTableColumnsMax)) {
      problem(at_ / "inputs", "limit", "a table has at most 40 inputs and outputs");
    }
    if (table_.rows.size() > static_cast<std::size_t>(limits::kTableRowsMax)) {
      problem(at_ / "rows", "limit", "a table has at most 2,000 rows; keep them as records");
    }
    if (table_.rows_from && !table_.rows.empty()) {
      problem(at_ / "rows_from", "contradiction", "the rows are in the file already");
    }
    if (!table_.rows_from && table_.rows.empty()) {
      problem(at_, "required", "a table has \"rows\" or \"rows_from\"");
    }
  }

  void policy() {
    const bool collects = table_.hit == Hit::collect;
    if (table_.collect != Collect::list && !collects) {
      problem(at_ / "collect", "contradiction", "only a table with \"hit\": \"collect\" collects");
    }
    if (collects && table_.collect != Collect::list) {
      const bool counts = table_.collect == Collect::sum || table_.collect == Collect::count;
      const bool fits = table_.outputs.size() == 1 &&
                        is_compared(type_of(table_.outputs[0]).kind()) &&
                        (!counts || type_of(table_.outputs[0]).kind() == Kind::number);
      if (!fits) {
        problem(at_ / "collect", "collect",
                "is made of one output that is a number (of a smallest or largest, also a date)");
      }
    }
    const bool ranks = table_.hit == Hit::priority || table_.hit == Hit::output_order;
    const bool ranked = std::any_of(table_.outputs.begin(), table_.outputs.end(),
                                    [](const Field& output) { return output.type == "choice"; });
    if (ranks && !ranked) {
      problem(at_ / "hit", "priority",
              "the order of priority is that of the options of an output of type choice");
    }
  }

  void input(std::size_t place) {
    const TableInput& input = table_.inputs[place];
    const Place at = at_ / "inputs" / place;
    Column column{.kind = std::nullopt, .options = input.options};
    const auto formula =
        type_formula(draft_, whole_, table_.object, at / "formula", std::nullopt, Asked::of_draft);
    if (formula) {
      column.kind = formula->type().kind;
      column.object = formula->type().object;
      column.unit = formula->type().unit;
    }
    if (column.kind && (is_list(*column.kind) || column.kind == Kind::json)) {
      problem(at / "formula", "table", "a list or JSON cannot be tested; test a part of it");
      column.kind.reset();
    }
    if (formula && formula->type().unit == formula::kDuration) {
      problem(at / "formula", "table",
              "a duration cannot be tested; divided by \"PT1H\" it is a number of hours");
      column.kind.reset();
    }
    if (column.kind) words_of(input, *column.kind, at);
    const auto named = named_field(whole_, table_.object, input.formula);
    if (named && column.options.empty()) column.options = type_of(*named->field).options;
    if (named && column.kind == Kind::text) column.kept = type_of(*named->field);
    inputs_.push_back(std::move(column));
  }

  // Which values there can be, where the input says so itself.
  void words_of(const TableInput& input, Kind kind, const Place& at) {
    if (!input.options.empty() && kind != Kind::text) {
      problem(at / "options", "table",
              "only a text has options; this input is a " + std::string(name_of(kind)));
    }
    const bool bounded = input.minimum || input.maximum;
    if (bounded && kind != Kind::number) {
      problem(at / (input.minimum ? "minimum" : "maximum"), "table",
              "only a number has bounds; this input is a " + std::string(name_of(kind)));
    }
    if (input.minimum && input.maximum && *input.minimum > *input.maximum) {
      problem(at / "maximum", "contradiction", "the maximum is below the minimum");
    }
  }

  void output(std::size_t place) {
    const Field& output = table_.outputs[place];
    const Place at = at_ / "outputs" / place;
    const Type type = type_of(output);
    Column column{.kind = type.kind(),
                  .options = type.options,
                  .object = output.to,
                  .unit = formula::unit_of(*type.format)};
    if (output.type == "money") {
      column.unit = formula::money_in(output.currency.empty() ? whole_.currency : output.currency);
    }
    if (output.is_formula() || find_format(output.type) == nullptr) {
      if (output.is_formula()) problem(at / "type", "table", "an output is what its cells say");
      column.kind.reset();
    }
    if (output.has_currencies()) {
      problem(at / "currencies", "table",
              "an output is one value: give the amount and the currency by two outputs");
    }
    if (output.required || output.unique || output.read_only) {
      problem(at, "table", "an output is not stored: it is not required, unique or read-only");
    }
    if (!output.default_json.empty()) {
      problem(at / "default", "table",
              "write default_formula: what comes out where no row applies");
    }
    if (!output.default_formula.empty())
      value(column, output.default_formula, at / "default_formula");
    outputs_.push_back(std::move(column));
  }

  void row(std::size_t place) {
    const TableRow& row = table_.rows[place];
    const Place at = at_ / "rows" / place;
    for (std::size_t i = 0; i < row.when.size(); ++i) {
      if (!row.when[i].empty()) test(inputs_[i], row.when[i], at / "when" / table_.inputs[i].name);
    }
    for (std::size_t i = 0; i < row.then.size(); ++i) {
      if (!row.then[i].empty())
        value(outputs_[i], row.then[i], at / "then" / table_.outputs[i].name);
    }
  }

  void test(const Column& column, const std::string& cell, const Place& at) {
    const auto parsed = parse_unary_test(cell);
    if (!parsed) {
      for (const Problem& found : parsed.error().problems) {
        problem(at, found.rule, "at " + found.at + ": " + found.message);
      }
      return;
    }
    const auto spans = parsed->formulas();
    for (std::size_t i = 0; i < spans.size(); ++i) {
      value(column, std::string(spans[i].in(cell)), cell_formula_place(at, i, spans.size()));
    }
    const bool ordered = std::any_of(parsed->parts.begin(), parsed->parts.end(),
                                     [](const auto& part) { return asks_order(part.op); });
    if (ordered && column.kind && !is_compared(*column.kind)) {
      problem(at, "unary_test", "only numbers, dates and times have an order to compare by");
    }
  }

  // A text that is one literal is read as the column's kind; anything else is a formula of it.
  void value(const Column& column, const std::string& text, const Place& at) {
    if (!column.kind) return;
    const auto literal = text_literal(text);
    if (!literal) {
      const auto formula =
          type_formula(draft_, whole_, table_.object, at, column.kind, Asked::of_draft);
      if (formula && !formula->tree().node(formula->tree().root).null) {
        goes_with(column, formula->type(), at);
      }
      return;
    }
    if (!reads_as(column, *literal)) {
      problem(at, "table",
              "\"" + *literal + "\" cannot be read as a " + std::string(name_of(*column.kind)));
      return;
    }
    const auto& options = column.options;
    const bool known = std::find(options.begin(), options.end(), *literal) != options.end();
    if (options.empty()) is_kept_so(column, *literal, at);
    if (options.empty() || known) return;
    problem(at, "option",
            "there is no option \"" + *literal + "\"" +
                did_you_mean(*literal, std::span<const std::string>(options)));
  }

  // A phone number is kept in one form, a domain in lower case: written otherwise it is never met.
  void is_kept_so(const Column& column, const std::string& literal, const Place& at) {
    if (!column.kept || literal.empty()) return;
    const auto kept = coerce(*column.kept, Value{literal});
    if (kept && same(*kept, Value{literal})) return;
    draft_.warning(at, "table",
                   "no record has \"" + literal + "\": " +
                       (kept ? "it is kept as \"" + tenon::text_of(*column.kept, *kept) + "\""
                             : "it " + kept.error().problems.front().message));
  }

  // As in formulas: amounts of one currency, durations among themselves, references to one object.
  void goes_with(const Column& column, const formula::Type& type, const Place& at) {
    const formula::Unit& wanted = column.unit;
    if (!column.object.empty() && !type.object.empty() && column.object != type.object) {
      problem(at, "formula.type",
              "refers to another object than the column: " + name_of_object(type.object) + " and " +
                  name_of_object(column.object));
    } else if (wanted.is_money() && type.unit.is_money() && wanted != type.unit) {
      problem(at, "formula.type",
              "must be an amount in " + wanted.currency() + ", and is one in " +
                  type.unit.currency() + "; EXCHANGE(…, \"" + wanted.currency() +
                  "\") converts it");
    } else if (wanted == formula::kDuration && type.unit != formula::kDuration) {
      problem(at, "formula.type", "must be a duration: \"PT1H\" is an hour");
    } else if (wanted != formula::kDuration && type.unit == formula::kDuration) {
      problem(at, "formula.type", "must be a plain number: divided by \"PT1H\" a duration is one");
    }
  }

  std::string name_of_object(const std::string& id) const {
    const Object* object = whole_.find_id(id);
    return object == nullptr ? id : object->name;
  }

  void rows_from() {
    const RowsFrom& from = *table_.rows_from;
    const Place at = at_ / "rows_from";
    const Object* object = whole_.find_id(from.object);
    if (object == nullptr) return;
    if (!from.filter.empty()) {
      type_formula(draft_, whole_, from.object, at / "filter", Kind::boolean, Asked::of_tables);
    }
    for (std::size_t i = 0; i < from.when.size(); ++i) {
      const RecordTest& test = from.when[i];
      const Place cell = at / "when" / table_.inputs[i].name;
      field(*object, test.equals, inputs_[i], false, cell / "equals");
      field(*object, test.from, inputs_[i], true, cell / "from");
      field(*object, test.to, inputs_[i], true, cell / "to");
      field(*object, test.below, inputs_[i], true, cell / "below");
    }
    for (std::size_t i = 0; i < from.then.size(); ++i) {
      const Place cell = at / "then" / table_.outputs[i].name;
      if (from.then[i].empty()) {
        problem(at, "required", "\"then\" names no field for " + table_.outputs[i].name);
      }
      field(*object, from.then[i], outputs_[i], false, cell);
    }
  }

  void field(const Object& object, const std::string& id, const Column& column, bool ordered,
             const Place& at) {
    const Field* found = id.empty() ? nullptr : object.find_id(id);
    if (found == nullptr || !column.kind) return;
    if (found->has_currencies()) {
      problem(at, "table",
              found->name + " holds amounts in several currencies, which cannot be compared");
    } else if (found->is_formula()) {
      problem(at, "table", "a computed field cannot be a cell of a table");
    } else if (type_of(*found).kind() != *column.kind) {
      problem(at, "table",
              found->name + " holds another kind of value than the column: " +
                  std::string(name_of(*column.kind)));
    } else if (ordered && !is_compared(*column.kind)) {
      problem(at, "table", "only numbers, dates and times have an order to compare by");
    } else if (const auto member = BundleNames(whole_).member(object.id, id)) {
      goes_with(column, member->type, at);
    }
  }

  void problem(const Place& at, std::string rule, std::string message) {
    draft_.problem(at, std::move(rule), std::move(message));
  }

  Draft& draft_;
  const Bundle& whole_;
  const Table& table_;
  Place at_;
  std::vector<Column> inputs_;
  std::vector<Column> outputs_;
};

}  // namespace

void check_tables(Draft& draft, const Bundle& whole) {
  for (const Table& table : draft.own.tables) TableCheck(draft, whole, table).run();
}

}  // namespace tenon::metadata
