#include "engine/formula/sql_functions.h"

#include <array>

#include "engine/formula/sql.h"
#include "engine/formula/sql_operations.h"

namespace tenon::formula {
namespace {

// A function of the table has no closure in SQL: so there is one C++ function for each place.
constexpr std::size_t kFunctionsMax = 192;

template <std::size_t place>
Column function_at(Columns columns) {
  return call_function(*every_function()[place], columns);
}

template <std::size_t... places>
constexpr std::array<Entry, kFunctionsMax> function_entries(std::index_sequence<places...>) {
  return {entry<function_at<places>>("", -1)...};
}

constexpr auto kFunctionEntries = function_entries(std::make_index_sequence<kFunctionsMax>{});

// "formula_round(" and "formula_try_round(": what pieces of SQL point into.
struct Calls {
  const Entry* entry;
  const Function* function;  // Nothing for an operation.
  std::string plain;
  std::string tried;
};

class Registry {
 public:
  Registry() {
    if (every_function().size() > kFunctionsMax) throw Fault("raise kFunctionsMax");
    for (const Entry& operation : sql_operations()) {
      add(operation, nullptr, std::string(operation.name));
    }
    for (std::size_t place = 0; place < every_function().size(); ++place) {
      const Function* function = every_function()[place];
      if (function->op != Op::call || function->takes_only_rows()) continue;
      std::string name(function->name);
      for (char& c : name) {
        if (c == '.' || c == ' ') c = '_';
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      }
      add(kFunctionEntries[place], function, name);
    }
    for (const Calls& calls : calls_) {  // Only now: their texts do not move any more.
      const int arity = calls.entry->arity;
      if (calls.entry->plain) entries_.push_back({name(calls.plain), arity, calls.entry->plain});
      if (calls.entry->tried) entries_.push_back({name(calls.tried), arity, calls.entry->tried});
    }
  }

  std::span<const SqlFunctionEntry> entries() const { return entries_; }

  std::string_view find(const Function* function, std::string_view operation, bool checked) const {
    for (const Calls& calls : calls_) {
      const bool found = function != nullptr
                             ? calls.function == function
                             : calls.function == nullptr && calls.entry->name == operation;
      if (found) return checked ? calls.tried : calls.plain;
    }
    throw Fault("an operation of a formula has no name in SQL");
  }

 private:
  void add(const Entry& entry, const Function* function, const std::string& name) {
    calls_.push_back({&entry, function, "formula_" + name + "(", "formula_try_" + name + "("});
  }

  static std::string_view name(const std::string& call) {
    return std::string_view(call).substr(0, call.size() - 1);
  }

  std::vector<Calls> calls_;
  std::vector<SqlFunctionEntry> entries_;
};

const Registry& registry() {
  static const Registry registry;
  return registry;
}

std::string_view text_operation(Kind kind) {
  switch (kind) {
    case Kind::boolean: return "text_of_boolean";
    case Kind::date: return "text_of_date";
    case Kind::time: return "text_of_time";
    case Kind::datetime: return "text_of_datetime";
    case Kind::reference: return "text_of_reference";
    case Kind::reference_list: return "text_of_references";
    default: return "text_of_list";
  }
}

std::string_view operation_name(const Node& node) {
  switch (node.op) {
    case Op::add: return "add";
    case Op::subtract: return "subtract";
    case Op::multiply: return "multiply";
    case Op::divide: return "divide";
    case Op::power: return "raise";
    case Op::negate: return "negate";
    case Op::percent: return "percent";
    case Op::add_days: return "add_days";
    case Op::subtract_days: return "subtract_days";
    case Op::add_moment: return "add_moment";
    case Op::subtract_moment: return "subtract_moment";
    case Op::days_between: return "days_between";
    case Op::moments_between: return "moments_between";
    case Op::as_text: return text_operation(static_cast<Kind>(node.place));
    case Op::join: return "join";
    case Op::local_date: return "local_date";
    case Op::local_time: return "local_time";
    case Op::if_error: return "if_error";
    case Op::equal: return "equal";
    case Op::not_equal: return "not_equal";
    case Op::less: return "less";
    case Op::less_equal: return "less_equal";
    case Op::greater: return "greater";
    case Op::greater_equal: return "greater_equal";
    case Op::negation: return "not";
    case Op::is_blank: return "is_blank";
    case Op::among: return "among";
    case Op::all: return "all";
    case Op::any: return "any";
    case Op::choose:
    case Op::choose_first: return "choose";
    case Op::match: return "match";
    case Op::first_given: return "first_given";
    default: throw Fault("an operation of a formula has no name in SQL");
  }
}

}  // namespace

std::string_view sql_call(const Node& node, bool checked) {
  if (node.op == Op::call) return registry().find(node.function, "", checked);
  return sql_call(operation_name(node), checked);
}

std::string_view sql_call(std::string_view name, bool checked) {
  return registry().find(nullptr, name, checked);
}

std::span<const SqlFunctionEntry> sql_functions() { return registry().entries(); }

}  // namespace tenon::formula
