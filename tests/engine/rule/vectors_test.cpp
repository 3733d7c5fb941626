// The tables of tests/vectors/rule, which the browser's form is held to as well.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/json/layout.h"
#include "engine/rule/maker.h"
#include "tests/engine/rule/object_of_rules.h"

namespace tenon::rule {
namespace {

using Names = std::vector<std::string>;

json::Document read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  auto document = json::Document::parse(text.str());
  INFO(path << (document ? "" : describe(document.error())));
  REQUIRE(document);
  return document.take();
}

std::string json_of(json::Reader reader) {
  json::Writer writer;
  json::copy(reader, writer);
  return writer.take();
}

// {"type": …, "options": ["a"]} → a field of an object's file.
std::string field_file(json::Reader field) {
  json::Writer writer;
  writer.begin_object().key("name").text(field.name()).key("label").text(field.name());
  for (const json::Reader member : field) {
    if (member.name() != "options") {
      writer.key(member.name()).raw(json_of(member));
      continue;
    }
    writer.key("options").begin_array();
    for (const json::Reader option : member) {
      writer.begin_object().key("name").text(*option.text()).key("label").text("o").end_object();
    }
    writer.end_array();
  }
  return writer.end_object().take();
}

std::string rule_members(json::Reader rule) {
  std::string text;
  for (const char* name : {"when", "effect", "field"}) {
    if (rule.at(name).text()->empty()) continue;  // About the record.
    text += "\"" + std::string(name) + "\": " + json_of(rule.at(name)) + ", ";
  }
  if (const auto options = rule.member("options"))
    text += "\"options\": " + json_of(*options) + ", ";
  return text + R"("message": )" + json_of(rule.at("name"));
}

ObjectOfRules object_of(json::Reader table) {
  std::string fields;
  for (const json::Reader field : table.at("fields")) {
    fields += (fields.empty() ? "" : ", ") + field_file(field);
  }
  Names rules;
  for (const json::Reader rule : table.at("rules")) rules.push_back(rule_members(rule));
  return ObjectOfRules(fields, rules);
}

Names sorted(Names names) {
  std::sort(names.begin(), names.end());
  return names;
}

Names named(const ObjectOfRules& object, const std::vector<int>& slots) {
  Names names;
  for (const int slot : slots) {
    names.push_back(object.object().fields[static_cast<std::size_t>(slot)].name);
  }
  return sorted(names);
}

std::map<std::string, Names> narrowed(const ObjectOfRules& object, const Verdict& verdict) {
  std::map<std::string, Names> named;
  for (const auto& [slot, options] : verdict.options) {
    named[object.object().fields[static_cast<std::size_t>(slot)].name] = options;
  }
  return named;
}

std::map<std::string, Names> options_told(json::Reader one) {
  std::map<std::string, Names> told;
  const auto fields = one.member("options");
  if (!fields) return told;
  for (const json::Reader field : *fields) {
    Names& options = told[std::string(field.name())];
    for (const json::Reader option : field) options.emplace_back(*option.text());
  }
  return told;
}

// "field rule", the rule by its message, which is its name in the table.
Names told(const std::vector<Problem>& problems) {
  Names names;
  for (const Problem& problem : problems) {
    names.push_back(problem.at + " " +
                    (problem.rule == "required" ? problem.rule : problem.message));
  }
  return sorted(names);
}

Names texts(json::Reader one, const char* member) {
  Names names;
  const auto list = one.member(member);
  if (!list) return names;
  for (const json::Reader item : *list) {
    if (item.kind() == json::Kind::text) {
      names.emplace_back(*item.text());
      continue;
    }
    auto part = item.begin();
    const std::string field(*(*part).text());
    ++part;
    names.push_back(field + " " + std::string(*(*part).text()));
  }
  return sorted(names);
}

// As the write path does: what a rule empties is derived from again.
Result<Verdict> judged(const ObjectOfRules& object, Values& fields, Draft& draft) {
  const auto derived = [&]() -> const Draft& {
    object.derive(fields, draft.scope.today);
    draft.scope.fields = fields;
    return draft;
  };
  const auto none = [](int, RecordId) { return Values{}; };
  const auto emptied = [&](int slot) -> Result<Draft> {
    fields[static_cast<std::size_t>(slot)] = {};
    return derived();
  };
  return judge(object.program, derived(), "en", {none, emptied});
}

void check_case(const ObjectOfRules& object, json::Reader one, Date today) {
  INFO(one.line() << ": " << json_of(one.at("draft")));
  Values fields = object.values(one.at("draft"));
  std::optional<Values> before;
  if (const auto kept = one.member("before")) before = object.values(*kept);
  if (before) object.derive(*before, today);
  Draft draft{.scope = {}, .before = before ? &*before : nullptr, .changed = {}};
  draft.scope.today = today;
  for (std::size_t slot = 0; slot < fields.size(); ++slot) {
    draft.written.push_back(fields[slot] != (before ? (*before)[slot] : Value{}));
  }
  const auto verdict = judged(object, fields, draft);
  REQUIRE(verdict);
  CHECK(named(object, verdict->hidden) == texts(one, "hidden"));
  CHECK(named(object, verdict->required) == texts(one, "required"));
  CHECK(named(object, verdict->read_only) == texts(one, "read_only"));
  CHECK(narrowed(object, *verdict) == options_told(one));
  CHECK(named(object, verdict->cleared) == texts(one, "cleared"));
  CHECK(told(verdict->problems) == texts(one, "problems"));
  CHECK(told(verdict->warnings) == texts(one, "warnings"));
  for (const int slot : verdict->cleared) {
    CHECK(is_empty(verdict->fields[static_cast<std::size_t>(slot)]));
  }
  CHECK(verdict->fields == fields);
  const auto kept = one.member("fields");
  if (!kept) return;
  for (const json::Reader field : *kept) {
    INFO(field.name());
    const int slot = object.slot(field.name());
    const Type type = metadata::type_of(object.object().fields[static_cast<std::size_t>(slot)]);
    CHECK(text_of(type, fields[static_cast<std::size_t>(slot)]) == *field.text());
  }
}

}  // namespace

TEST_CASE("rules judge as the tables say", "[rule]") {
  int cases = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(TENON_SOURCE_DIR "/tests/vectors/rule")) {
    if (entry.path().extension() != ".json") continue;
    const json::Document table = read(entry.path());
    const ObjectOfRules object = object_of(table.root());
    const Date today = *parse_date(*table.root().at("today").text());
    INFO(entry.path().filename());
    for (const json::Reader one : table.root().at("cases")) {
      check_case(object, one, today);
      ++cases;
    }
  }
  CHECK(cases >= 50);
}

}  // namespace tenon::rule
