#include "engine/formula/functions.h"

#include <algorithm>
#include <limits>

namespace tenon::formula {
namespace {

constexpr std::size_t kArgumentsMax = 255;  // As in Excel.
constexpr std::int64_t kWholeMax = std::numeric_limits<std::int32_t>::max();

std::vector<const Function*> all_of_families(bool by_name_only) {
  std::vector<const Function*> all;
  const auto add = [&](std::span<const Function> family) {
    for (const Function& function : family) all.push_back(&function);
  };
  for (const auto family :
       {logic_functions(), text_functions(), text_part_functions(), number_functions(),
        whole_functions(), statistics_functions(), looked_up_functions(), payment_functions(),
        date_functions(), working_day_functions(), list_functions(), row_functions(),
        change_functions()}) {
    add(family);
  }
  if (!by_name_only) {
    add(format_functions());
    add(calendar_functions());
  }
  return all;
}

// A group may be left out altogether where all of it is optional (WORKDAY's holidays).
bool is_free_group(const Function& function) {
  const auto group = static_cast<std::size_t>(function.repeat);
  const auto last = function.parameters.last(group);
  return group > 0 &&
         std::all_of(last.begin(), last.end(), [](const Parameter& p) { return p.optional; });
}

bool is_trailing_optional(const Function& function) {
  return function.repeat > 0 && function.parameters.back().optional && !is_free_group(function);
}

std::string joined_list(const TextList& list) {
  std::string text;
  bool first = true;
  for (const std::string& item : list.items) {
    text += (first ? "" : ", ") + item;
    first = false;
  }
  return text;
}

std::string joined_ids(const ReferenceList& list) {
  std::string text;
  for (const RecordId item : list.items) text += (text.empty() ? "" : ", ") + text_of(item);
  return text;
}

}  // namespace

bool Function::takes_count(std::size_t count) const {
  if (count > kArgumentsMax) return false;
  const std::size_t most = parameters.size();
  if (repeat == 0) {
    const auto optional = [](const Parameter& parameter) { return parameter.optional; };
    const auto least = most - static_cast<std::size_t>(
                                  std::count_if(parameters.begin(), parameters.end(), optional));
    return count >= least && count <= most;
  }
  if (is_free_group(*this)) {
    const auto given = parameters.first(most - static_cast<std::size_t>(repeat));
    return count >= static_cast<std::size_t>(std::count_if(
                        given.begin(), given.end(), [](const auto& p) { return !p.optional; }));
  }
  const std::size_t trailing = is_trailing_optional(*this) ? 1 : 0;
  if (count + trailing < most) return false;
  const auto group = static_cast<std::size_t>(repeat);
  const std::size_t head = most - trailing - group;
  return (count - head) % group == 0 || (count - head) % group == trailing;
}

const Parameter& Function::parameter(std::size_t place, std::size_t count) const {
  if (repeat == 0) return parameters[place];
  const std::size_t trailing = is_trailing_optional(*this) ? 1 : 0;
  const auto group = static_cast<std::size_t>(repeat);
  const std::size_t head = parameters.size() - trailing - group;
  if (place < head) return parameters[place];
  const bool is_last = trailing > 0 && place + 1 == count && (count - head) % group != 0;
  return is_last ? parameters.back() : parameters[head + (place - head) % group];
}

bool Function::takes_ordered() const { return nulls == Nulls::skip; }

std::size_t Function::place_of_rows() const {
  return takes_only_rows() ? 0 : parameters.size() - static_cast<std::size_t>(repeat);
}

std::size_t Function::count_beside_rows() const {
  return takes_only_rows() ? parameters.size() - 2 : place_of_rows();
}

const Parameter& Function::parameter_beside_rows(std::size_t place) const {
  return parameters[takes_only_rows() ? place + 1 : place];
}

std::span<const Function* const> functions() {
  static const std::vector<const Function*> all = all_of_families(true);
  return all;
}

std::span<const Function* const> every_function() {
  static const std::vector<const Function*> all = all_of_families(false);
  return all;
}

const Function* find_function(std::string_view name) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  for (const Function* function : functions()) {
    const std::string_view other = function->name;
    const bool same = std::equal(name.begin(), name.end(), other.begin(), other.end(),
                                 [&](char a, char b) { return upper(a) == b; });
    if (same) return function;
  }
  return nullptr;
}

std::int64_t whole_at(Arguments arguments, std::size_t place, std::int64_t otherwise) {
  if (place >= arguments.size()) return otherwise;
  const Decimal& number = number_at(arguments, place);
  const std::int64_t beyond = number.is_negative() ? -kWholeMax : kWholeMax;
  return std::clamp(number.truncated(0).whole().value_or(beyond), -kWholeMax, kWholeMax);
}

Error bad_argument(std::string message) {
  return Error::invalid("", "argument", std::move(message));
}

Error out_of_range(std::string message) {
  return Error::invalid("", "overflow", std::move(message));
}

Error too_much(std::string message) { return Error::invalid("", "limit", std::move(message)); }

Result<Value> value_of(Result<Decimal> number) {
  if (!number) return std::move(number.error());
  return Value{*number};
}

std::string joined_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<Decimal>(&value)) return number->text();
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "TRUE" : "FALSE";
  if (const auto* date = std::get_if<Date>(&value)) return text_of(*date);
  if (const auto* time = std::get_if<Time>(&value)) return text_of(*time);
  if (const auto* moment = std::get_if<DateTime>(&value)) return text_of(*moment);
  if (const auto* id = std::get_if<RecordId>(&value)) return text_of(*id);
  if (const auto* list = std::get_if<TextList>(&value)) return joined_list(*list);
  if (const auto* list = std::get_if<ReferenceList>(&value)) return joined_ids(*list);
  if (const auto* json = std::get_if<Json>(&value)) return json->text;
  return "";
}

}  // namespace tenon::formula
