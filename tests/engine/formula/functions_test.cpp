#include "engine/formula/functions.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "engine/json/document.h"

namespace tenon::formula {
namespace {

std::string registry_text() {
  std::ifstream file(TENON_SOURCE_DIR "/schemas/formula/functions.json");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string type_name(Takes takes) {
  switch (takes) {
    case Takes::boolean: return "boolean";
    case Takes::number: return "number";
    case Takes::text: return "text";
    case Takes::text_list: return "text_list";
    case Takes::list: return "list";
    case Takes::item: return "item";
    case Takes::day: return "date|datetime";
    case Takes::holiday: return "date|datetime|text";
    case Takes::clock: return "time|datetime";
    case Takes::text_or_moment: return "text|datetime";
    case Takes::text_or_number: return "number|text";
    case Takes::formattable: return "number|date|time|datetime";
    case Takes::own_field: return "field";
    case Takes::many: return "rows";
    case Takes::many_booleans: return "rows|boolean";
    case Takes::many_numbers: return "rows|number";
    case Takes::many_same: return "rows|T";
    case Takes::any: return "any";
    case Takes::same: return "T";
    case Takes::matched: return "S";
  }
  return "";
}

std::string nulls_name(Nulls nulls) {
  switch (nulls) {
    case Nulls::own: return "own";
    case Nulls::propagate: return "propagate";
    case Nulls::text: return "text";
    case Nulls::skip: return "skip";
  }
  return "";
}

// One line that says all the table knows of a function.
std::string line_of(const Function& function) {
  std::string line(function.name);
  for (const Parameter& parameter : function.parameters) {
    line += " " + std::string(parameter.name) + ":" + type_name(parameter.takes) +
            (parameter.optional ? "?" : "");
  }
  line += " repeat " + std::to_string(function.repeat);
  line += " -> " + (function.result ? std::string(name_of(*function.result)) : "T");
  line += " nulls " + nulls_name(function.nulls);
  line += function.is_live() ? " live" : "";
  line += function.looks_up() ? " looks_up" : "";
  line += function.aggregates ? " aggregates" : "";
  if (function.is_of_changes()) return line + " none";
  return line + (function.is_native() ? " native" : " function");
}

std::string line_of(json::Reader entry) {
  const auto text = [](json::Reader reader) { return std::string(*reader.text()); };
  std::string line = text(*entry.member("name"));
  const json::Reader parameters = *entry.member("parameters");
  for (const json::Reader parameter : parameters) {
    line += " " + text(*parameter.member("name")) + ":" + text(*parameter.member("type")) +
            (parameter.member("optional") ? "?" : "");
  }
  const auto repeat = entry.member("repeat");
  line += " repeat " + std::to_string(repeat ? *repeat->integer() : 0);
  line += " -> " + text(*entry.member("result"));
  line += " nulls " + text(*entry.member("nulls"));
  line += *entry.member("live")->boolean() ? " live" : "";
  line += entry.member("looks_up") ? " looks_up" : "";
  line += entry.member("aggregates") ? " aggregates" : "";
  return line + " " + text(*entry.member("sql"));
}

}  // namespace

TEST_CASE("the table of functions is the registry's, entry by entry", "[formula]") {
  const auto document = json::Document::parse(registry_text());
  REQUIRE(document);
  std::vector<std::string> registered;
  const json::Reader entries = *document->root().member("functions");
  for (const json::Reader entry : entries) {
    registered.push_back(line_of(entry));
    CHECK(entry.member("kinds").has_value() ==
          (*entry.member("result")->text() == "T" && *entry.member("nulls")->text() == "skip"));
    CHECK_FALSE(entry.member("doc")->member("en")->text()->empty());
    CHECK_FALSE(entry.member("doc")->member("zh-CN")->text()->empty());
  }
  std::vector<std::string> known;
  for (const Function* function : functions()) known.push_back(line_of(*function));
  CHECK(known == registered);
}

TEST_CASE("a function is found in any case", "[formula]") {
  REQUIRE(find_function("Round") != nullptr);
  CHECK(find_function("Round")->name == "ROUND");
  CHECK(find_function("rounds") == nullptr);
}

TEST_CASE("a group comes once or more, and SWITCH may end with its default", "[formula]") {
  const auto [name, count, taken] = GENERATE(table<std::string, std::size_t, bool>({
      {"ROUND", 0, false},        {"ROUND", 1, true},         {"ROUND", 2, true},
      {"ROUND", 3, false},        {"IFS", 1, false},          {"IFS", 2, true},
      {"IFS", 3, false},          {"IFS", 4, true},           {"SWITCH", 2, false},
      {"SWITCH", 3, true},        {"SWITCH", 4, true},        {"SWITCH", 5, true},
      {"SUM", 0, false},          {"SUM", 255, true},         {"SUM", 256, false},
      {"WORKDAY", 1, false},      {"WORKDAY", 2, true},       {"WORKDAY", 5, true},
      {"WORKDAY.INTL", 2, true},  {"WORKDAY.INTL", 3, true},  {"WORKDAY.INTL", 9, true},
      {"TODAY", 0, true},         {"TODAY", 1, false},        {"EXCHANGE_RATE", 1, false},
      {"EXCHANGE_RATE", 2, true}, {"EXCHANGE_RATE", 3, true},
  }));
  CAPTURE(name, count);
  CHECK(find_function(name)->takes_count(count) == taken);
}

}  // namespace tenon::formula
