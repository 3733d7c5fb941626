#include "tests/simulation/formula_fuzz/expressions.h"

#include <algorithm>

namespace tenon::fuzz {
namespace {

using formula::Function;
using formula::Parameter;
using formula::Takes;

const std::vector<std::string> kTexts{"",
                                      "a",
                                      "Ab c",
                                      " a  b ",
                                      "合同",
                                      "张三、李四",
                                      "😀é",
                                      "ß",
                                      "ΑΣ",
                                      "İi",
                                      "12.5",
                                      "-3",
                                      "1,234",
                                      "50%",
                                      "open",
                                      "a-b-c",
                                      "ＡＢ１２　",
                                      "ǆ",
                                      "\"\"",
                                      "x\ny",
                                      "0000011",
                                      "2026-03-29",
                                      "02:30",
                                      "1e3",
                                      "\xEF\xBF\xBD",
                                      "\xF4\x8F\xBF\xBF",
                                      "o'neil x2y",
                                      "TRUE",
                                      "(5)",
                                      "($.5%)",
                                      "5.",
                                      "2026/1/5",
                                      "2026年2月29日 9:30",
                                      "12:05 am"};
const std::vector<std::string> kNumberFormats{
    "0",         "0.00",        "#,##0",          "#,##0.0#",
    "0%",        "00.0#",       "0.0%",           "¥#,##0.00",
    "###0.0",    "x",           "#,###",          "#.##",
    ".0#",       "0.00;(0.00)", "0;-0;\"\"-\"\"", "0 \"\"kg\"\"",
    "0.00E+00",  "#.####e-0",   "#,##0.0,",       "0.0,,\\M",
    "000-00-00", "0,000.0_)",   ";[Red]0",        "0.00E+00;(0E+0)",
    "0.#0%元"};
const std::vector<std::string> kDayFormats{"yyyy-mm-dd",       "yy/m/d",        "yyyy年m月d日",
                                           "dd.mm.yyyy",       "yyyy\"\"Q\"\"", "mmm",
                                           "[$-804]yyyy\\-m;@"};
const std::vector<std::string> kClockFormats{"hh:mm", "h:mm AM/PM", "hh:mm:ss", "s", "mm:ss", "m"};
const std::vector<std::string> kDurationFormats{"[h]:mm", "[hh]:mm:ss", "hh:mm:ss",        "h:m:s",
                                                "[m]",    "[s]",        "[m]\"\"m\"\" ss", "d hh",
                                                "MM:SS",  "x"};
const std::vector<std::string> kCurrencies{"CNY", "USD", "EUR", "JPY", "GBP", "QQQ"};
const std::vector<std::string> kCalendars{"China", "Gulf", "Never", "Once", "Mars"};
const std::vector<std::string> kUnits{"Y", "M", "D", "YM", "MD", "YD", "md", "x"};
const std::vector<std::string> kWeekends{"1",           "7",           "11",  "17", "\"0000011\"",
                                         "\"1010101\"", "\"1111111\"", "3.0", "0",  "\"abc\""};
const std::vector<std::string_view> kSmall{
    "digits", "count", "start", "nth",      "months", "days",   "mode", "instance",
    "place",  "index", "rank",  "basis",    "type",   "chosen", "hour", "minute",
    "second", "month", "day",   "exponent", "period", "periods"};

bool is_ordered(Kind kind) {
  return kind == Kind::number || kind == Kind::date || kind == Kind::time || kind == Kind::datetime;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

Kind Expressions::any_kind() {
  static const std::vector<Kind> kinds{Kind::boolean,   Kind::number,    Kind::number,
                                       Kind::text,      Kind::text,      Kind::date,
                                       Kind::time,      Kind::datetime,  Kind::date,
                                       Kind::reference, Kind::text_list, Kind::reference_list};
  return chance_.in_hundred(2) ? Kind::json : chance_.one_of(kinds);
}

Kind Expressions::ordered_kind() {
  static const std::vector<Kind> kinds{Kind::number, Kind::date, Kind::time, Kind::datetime};
  return chance_.one_of(kinds);
}

std::string Expressions::formula() {
  row_.clear();
  const int depth = static_cast<int>(chance_.between(1, 4));
  return of(any_kind(), depth);
}

std::string Expressions::of(Kind kind, int depth) {
  if (chance_.in_hundred(2)) return "NULL";
  if (chance_.in_hundred(1)) kind = any_kind();  // Mostly a problem.
  if (depth <= 0) return leaf(kind);
  if (chance_.in_hundred(45)) return operation(kind, depth - 1);
  return call(kind, depth - 1);
}

std::string Expressions::leaf(Kind kind) {
  const bool has_literal = !is_list(kind) && kind != Kind::json && kind != Kind::reference;
  return has_literal && chance_.in_hundred(45) ? literal(kind) : name(kind);
}

std::string Expressions::number_text() {
  switch (chance_.below(8)) {
    case 0: return std::to_string(chance_.between(0, 3));
    case 1: return std::to_string(chance_.between(0, 1000)) + ".5";
    case 2: return "0." + std::to_string(chance_.between(1, 999999));
    case 3: {
      std::string digits;
      for (std::size_t i = 1 + chance_.below(34); i > 0; --i) {
        digits += static_cast<char>('0' + chance_.below(10));
      }
      const std::size_t point = chance_.below(digits.size());
      return point == 0 ? digits : digits.substr(0, point) + "." + digits.substr(point);
    }
    case 4: return "9999999999999999999999999999999999";
    case 5: return "0.0000000000000000000000000000000001";
    default: return std::to_string(chance_.between(0, 100));
  }
}

std::string Expressions::literal(Kind kind) {
  const auto number = [&](std::int64_t least, std::int64_t most) {
    return std::to_string(chance_.between(least, most));
  };
  switch (kind) {
    case Kind::boolean: return chance_.in_hundred(50) ? "TRUE" : "false";
    case Kind::number: return number_text();
    case Kind::date:
      return "DATE(" + number(1890, 2110) + ", " + number(-2, 14) + ", " + number(-3, 33) + ")";
    case Kind::time:
      return "TIME(" + number(0, 25) + ", " + number(0, 61) + ", " + number(0, 61) + ")";
    case Kind::datetime: return chance_.in_hundred(50) ? "$now" : "NOW()";
    default: return quoted(chance_.one_of(kTexts));
  }
}

std::string Expressions::name(Kind kind) {
  std::vector<std::string> found;
  const auto add = [&](const std::string& object, const std::string& before, auto&& self,
                       int steps) -> void {
    for (const support::VectorField& field : names_.objects.at(object)) {
      const std::string path = before + field.name;
      if (field.type.kind() == kind && (field.type.options.empty() || chance_.in_hundred(25))) {
        found.push_back(path);
      }
      if (steps > 0 && !field.object.empty()) self(field.object, path + ".", self, steps - 1);
    }
  };
  if (row_.empty()) {
    add("",
        chance_.in_hundred(5)   ? "$record."
        : chance_.in_hundred(5) ? "$old."
                                : "",
        add, chance_.in_hundred(30) ? 1 : 0);
    if (chance_.in_hundred(5)) add("user", "$user.", add, 0);
  } else {
    add(row_, "", add, 1);
    if (chance_.in_hundred(20)) add("", "$record.", add, 0);
  }
  if (kind == Kind::date) found.emplace_back("$today");
  if (kind == Kind::reference) found.emplace_back("$user");
  if (found.empty()) return is_list(kind) || kind == Kind::json ? "NULL" : literal(kind);
  return chance_.one_of(found);
}

std::string Expressions::operation(Kind kind, int depth) {
  const auto pair = [&](Kind left, const char* sign, Kind right) {
    return blank() + of(left, depth) + " " + sign + blank() + " " + of(right, depth);
  };
  switch (kind) {
    case Kind::number: {
      static const std::vector<const char*> signs{"+", "-", "*", "/", "+", "-", "*"};
      if (chance_.in_hundred(12)) return duration(depth);
      switch (chance_.below(8)) {
        case 0: return "-" + of(kind, 0);
        case 1: return "(" + of(kind, depth) + ")%";
        case 2: return "(" + of(kind, depth) + ") ^ " + std::to_string(chance_.between(0, 5));
        case 3: return "(" + of(Kind::date, depth) + ") - (" + of(Kind::date, depth) + ")";
        case 4: return "(" + of(Kind::datetime, depth) + ") - (" + of(Kind::datetime, depth) + ")";
        default: return "(" + pair(kind, chance_.one_of(signs), kind) + ")";
      }
    }
    case Kind::boolean: return comparison(depth);
    case Kind::text: return "(" + pair(any_kind(), "&", any_kind()) + ")";
    case Kind::datetime:
      if (chance_.in_hundred(25)) {
        return "(" + of(kind, depth) + (chance_.in_hundred(50) ? " + " : " - ") + duration(depth) +
               ")";
      }
      return "(" + pair(kind, chance_.in_hundred(50) ? "+" : "-", Kind::number) + ")";
    case Kind::date:
      return "(" + pair(kind, chance_.in_hundred(50) ? "+" : "-", Kind::number) + ")";
    default: return call(kind, depth);
  }
}

std::string Expressions::duration_text() {
  static const std::vector<std::string> texts{"PT1H30M", "P1D",    "-PT5M", "PT0S",     "P2W",
                                              "PT90M",   "PT1S",   "P1M",   "P36500D",  "",
                                              "PT7H12M", "P1DT1S", "1:30",  "P3660000D"};
  return quoted(chance_.one_of(texts));
}

// Most of these fit; what does not is a problem in both.
std::string Expressions::duration(int depth) {
  static const std::vector<std::string> leaves{"spent", "planned", "customer.answers_in",
                                               "$old.spent", "NULL"};
  static const std::vector<const char*> signs{"+", "-", "+", "/"};
  if (!row_.empty()) return "DURATION(" + of(Kind::number, 0) + ")";
  if (depth <= 0) return chance_.one_of(leaves);
  const std::string one = duration(depth - 1);
  switch (chance_.below(9)) {
    case 0: return "DURATION(" + of(Kind::number, depth - 1) + ")";
    case 1: return "(" + one + " * " + of(Kind::number, depth - 1) + ")";
    case 2: return "(" + one + " / " + of(Kind::number, depth - 1) + ")";
    case 3: return "(" + one + " " + chance_.one_of(signs) + " " + duration_text() + ")";
    case 4: return "-" + chance_.one_of(leaves);
    case 5: return "SUM(" + one + ", " + duration(depth - 1) + ")";
    case 6: return "AVERAGE(tickets.spent)";
    case 7: return "MAX(" + one + ", " + duration(depth - 1) + ")";
    default: return "(" + one + " " + chance_.one_of(signs) + " " + duration(depth - 1) + ")";
  }
}

std::string Expressions::comparison(int depth) {
  static const std::vector<const char*> orders{"<", "<=", ">", ">=", "=", "<>"};
  const Kind kind = any_kind();
  const bool ordered = is_ordered(kind) || kind == Kind::text;
  const char* sign = ordered ? chance_.one_of(orders) : chance_.in_hundred(50) ? "=" : "!=";
  if (chance_.in_hundred(12)) {
    return "(" + duration(depth) + " " + chance_.one_of(orders) + " " +
           (chance_.in_hundred(50) ? duration_text() : duration(depth)) + ")";
  }
  switch (chance_.below(5)) {
    case 0: return "(" + of(Kind::boolean, depth) + " AND " + of(Kind::boolean, depth) + ")";
    case 1: return "(" + of(Kind::boolean, depth) + " or " + of(Kind::boolean, depth) + ")";
    case 2: return "NOT(" + of(Kind::boolean, depth) + ")";
    default: return "((" + of(kind, depth) + ") " + sign + " (" + of(kind, depth) + "))";
  }
}

// One that was written less than others.
const Function* Expressions::function_of(Kind kind) {
  std::vector<const Function*> fitting;
  for (const Function* function : formula::functions()) {
    const bool ordered_only = !function->result && function->takes_ordered();
    const bool same = !function->result && (!ordered_only || is_ordered(kind));
    if (function->result == kind || same) fitting.push_back(function);
  }
  if (fitting.empty()) return nullptr;
  const Function* best = chance_.one_of(fitting);
  for (int i = 0; i < 2; ++i) {
    const Function* other = chance_.one_of(fitting);
    if (written_[other->name] < written_[best->name]) best = other;
  }
  return best;
}

std::string Expressions::call(Kind kind, int depth) {
  const Function* function = function_of(kind);
  if (function == nullptr) return leaf(kind);
  ++written_[function->name];
  const bool rows = function->aggregates && row_.empty() &&
                    (function->takes_only_rows() || chance_.in_hundred(40));
  if (rows) return aggregate(*function, kind, depth);
  return call(*function, kind, depth);
}

std::string Expressions::call(const Function& function, Kind kind, int depth) {
  std::size_t count = function.parameters.size();
  for (; count > 0 && function.parameters[count - 1].optional && chance_.in_hundred(50);) --count;
  const bool trailing = function.repeat > 1 && function.parameters.back().optional;
  if (function.repeat > 0) {
    const auto group = static_cast<std::size_t>(function.repeat);
    if (trailing) count = function.parameters.size() - (chance_.in_hundred(50) ? 1 : 0);
    if (count >= function.parameters.size() - (trailing ? 1 : 0)) count += group * chance_.below(3);
  }
  const Kind same =
      function.result ? (function.takes_ordered() ? ordered_kind() : any_kind()) : kind;
  const Kind matched = any_kind();
  std::string text(function.name);
  if (chance_.in_hundred(10)) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  text += "(";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += argument(function, function.parameter(i, count), same, matched, depth);
  }
  return text + ")";
}

std::string Expressions::aggregate(const Function& function, Kind kind, int depth) {
  std::string text = std::string(function.name) + "(";
  const std::size_t place = function.place_of_rows();
  const std::size_t beside = function.count_beside_rows();
  for (std::size_t i = 0, other = 0; i < beside + 1; ++i) {
    if (i > 0) text += ", ";
    if (i == place) {
      text += rows_path(function.parameters[place].takes, kind);
    } else {
      text += argument(function, function.parameter_beside_rows(other++), kind, kind, depth);
    }
  }
  if (chance_.in_hundred(60)) {
    // rows_path() has chosen whose rows they are.
    const bool lines =
        text.find("(lines") != std::string::npos || text.find(" lines") != std::string::npos;
    row_ = lines ? "line" : "ticket";
    text += ", " + of(Kind::boolean, std::min(depth, 2));
    row_.clear();
  }
  return text + ")";
}

std::string Expressions::rows_path(Takes takes, Kind kind) {
  if (takes == Takes::number || takes == Takes::many_numbers) kind = Kind::number;
  if (takes == Takes::many_booleans) kind = Kind::boolean;
  if (takes == Takes::any || takes == Takes::many) kind = any_kind();
  if (takes == Takes::any && chance_.in_hundred(30)) return "lines";
  std::vector<std::string> found;
  for (const auto& [name, object] : names_.rows) {
    for (const support::VectorField& field : names_.objects.at(object)) {
      if (field.type.kind() == kind) found.push_back(name + "." + field.name);
      if (field.object != "product") continue;
      if (kind == Kind::text) found.push_back(name + ".product.name");
      if (kind == Kind::number) found.push_back(name + ".product.price");
    }
  }
  return found.empty() ? "lines.amount" : chance_.one_of(found);
}

std::string Expressions::argument(const Function& function, const Parameter& parameter, Kind same,
                                  Kind matched, int depth) {
  static const std::vector<std::string> fields{"amount", "name",   "due_on",
                                               "tags",   "active", "state"};
  switch (parameter.takes) {
    case Takes::boolean: return of(Kind::boolean, depth);
    case Takes::number: return number_argument(parameter.name, depth);
    case Takes::text: return text_argument(function.name, parameter.name, depth);
    case Takes::text_list: return of(Kind::text_list, depth);
    case Takes::holiday:
      if (chance_.in_hundred(50)) return text_argument(function.name, "calendar", depth);
      return of(chance_.in_hundred(70) ? Kind::date : Kind::datetime, depth);
    case Takes::day: return of(chance_.in_hundred(70) ? Kind::date : Kind::datetime, depth);
    case Takes::clock: return of(chance_.in_hundred(50) ? Kind::time : Kind::datetime, depth);
    case Takes::text_or_moment:
      return chance_.in_hundred(50) ? of(Kind::datetime, depth)
                                    : quoted(chance_.in_hundred(50) ? "2026-03-29" : " 02:30:15 ");
    case Takes::text_or_number: return chance_.one_of(kWeekends);
    case Takes::formattable:
      formats_duration_ = chance_.in_hundred(20);
      return formats_duration_ ? duration(depth) : of(text_of_ = ordered_kind(), depth);
    case Takes::any: return of(any_kind(), depth);
    case Takes::same: return of(same, depth);
    case Takes::matched: return of(matched, depth);
    default: return chance_.one_of(fields);
  }
}

std::string Expressions::number_argument(std::string_view name, int depth) {
  if (name == "year" && chance_.in_hundred(80)) return std::to_string(chance_.between(1890, 2110));
  const bool small = std::find(kSmall.begin(), kSmall.end(), name) != kSmall.end();
  if (name == "rate" && chance_.in_hundred(60))
    return "0.0" + std::to_string(chance_.between(0, 99));
  if (!small || chance_.in_hundred(15)) return of(Kind::number, depth);
  return std::to_string(chance_.between(chance_.in_hundred(15) ? -3 : 0, 12)) +
         (chance_.in_hundred(10) ? ".5" : "");
}

std::string Expressions::text_argument(std::string_view function, std::string_view name,
                                       int depth) {
  if (name == "calendar" && chance_.in_hundred(85)) return quoted(chance_.one_of(kCalendars));
  if (function == "EXCHANGE_RATE" && chance_.in_hundred(90)) {
    return quoted(chance_.one_of(kCurrencies));
  }
  if (name == "format" && chance_.in_hundred(95)) {
    if (formats_duration_) return quoted(chance_.one_of(kDurationFormats));
    if (text_of_ == Kind::number) return quoted(chance_.one_of(kNumberFormats));
    const bool day =
        text_of_ == Kind::date || (text_of_ == Kind::datetime && chance_.in_hundred(50));
    return quoted(chance_.one_of(day ? kDayFormats : kClockFormats));
  }
  if (name == "unit") return quoted(chance_.one_of(kUnits));
  const bool separator =
      name == "delimiter" || name == "part" || name == "old" || name == "separator";
  static const std::vector<std::string> separators{"-", "a", ", ", "", "合", "、", " ", "A"};
  if (separator && chance_.in_hundred(70)) return quoted(chance_.one_of(separators));
  const bool numeric = function == "VALUE" || function == "NUMBERVALUE";
  if (numeric && chance_.in_hundred(50)) return quoted(number_text());
  return of(Kind::text, depth);
}

}  // namespace tenon::fuzz
