#include "tests/runtime/api/rename_all.h"

#include <random>

#include "engine/json/layout.h"
#include "engine/metadata/import.h"
#include "engine/metadata/resolve.h"
#include "engine/metadata/story.h"

namespace tenon::api::test {
namespace {

using metadata::Bundle;
using metadata::ImportMap;
using metadata::Story;

template <class T>
T sound(Result<T> result) {
  if (!result) throw std::logic_error(describe(result.error()));
  return result.take();
}

// Calls f(key, name) for every name that the bundle brings itself.
template <class F>
void each_name(Bundle& bundle, F f) {
  for (metadata::Object& object : bundle.objects) {
    if (object.bundle != bundle.name) continue;
    for (metadata::Field& field : object.fields) {
      for (metadata::Option& option : field.options) f("=" + option.name, option.name);
      f(object.id + "." + field.id, field.name);
    }
    f(object.id, object.name);
  }
  for (auto& role : bundle.roles) {
    if (role.bundle == bundle.name) f("@" + role.name, role.name);
  }
  for (auto& view : bundle.views) f("#" + view.name, view.name);
  for (auto& report : bundle.reports) f("%" + report.name, report.name);
}

class Renamer {
 public:
  Renamer(std::uint32_t seed, Names& names) : random_(seed), names_(names) {}

  void rename(Bundle& bundle) {
    each_name(bundle, [this](const std::string& key, std::string& name) { name = new_name(key); });
    for (metadata::Object& object : bundle.objects) {
      for (metadata::Field& field : object.fields) in_field(field);
      for (metadata::Pool& pool : object.pools) in_pool(pool);
      if (!object.assignment) continue;
      in_formula(object.assignment->when);
      in_formula(object.assignment->open);
    }
    for (metadata::Rule& rule : bundle.rules) {
      const std::string old = rule.name;
      rule.name = rules_[old] = word();
      in_formula(rule.when);
      in_formula(rule.filter);
    }
    for (metadata::Table& table : bundle.tables) {
      table.name = word();
      for (metadata::TableInput& input : table.inputs) in_formula(input.formula);
      for (metadata::TableRow& row : table.rows) {
        for (std::string& cell : row.when) in_formula(cell);
      }
    }
    for (metadata::Duplicate& rule : bundle.duplicates) {
      rule.name = word();
      in_formula(rule.when);
      in_formula(rule.filter);
    }
    for (metadata::View& view : bundle.views) in_formula(view.filter);
    for (metadata::Page& page : bundle.pages) page.name = word();
    for (metadata::Form& form : bundle.forms) form.name = word();
    for (metadata::Menu& menu : bundle.menus) menu.name = word();
    for (metadata::Report& report : bundle.reports) in_report(report);
    in_bundle(bundle);
  }

  void rename(ImportMap& map) {
    const std::string old = map.name;
    map.name = mappings_[old] = word();
    for (metadata::ImportColumn& column : map.columns) {
      for (metadata::Feed& feed : column.feeds) {
        for (auto& [written, meant] : feed.aliases) meant = option(meant);
      }
    }
    for (metadata::Constant& constant : map.constants) {
      for (const auto& [key, name] : names_.all()) {
        if (key.front() == '@') put(constant.json, "\"" + key.substr(1) + "\"", "\"" + name + "\"");
      }
    }
  }

  // After the mappings, which it may name. What the story calls its records stays.
  void rename(Story& story) {
    story.name = word();
    for (metadata::StoryPerson& person : story.people) {
      for (std::string& name : person.roles) name = role(name);
    }
    for (metadata::StoryRecord& record : story.records) {
      record.as = role(record.as);
      in_values(record.set);
    }
    for (metadata::StoryStep& step : story.steps) {
      step.as = role(step.as);
      in_values(step.set);
      step.mapping = now(mappings_, step.mapping);
      in_rows(step.rows);
      in_expect(step.expect);
    }
  }

 private:
  std::string word() {
    std::string text = "q";  // Begins no word of formulas.
    for (int i = 0; i < 11; ++i) text += static_cast<char>('a' + random_() % 26);
    return text;
  }

  // The same option name in two fields gets the same new one: texts in formulas do not say whose.
  std::string new_name(const std::string& key) {
    if (!names_.all().contains(key)) names_.set(key, word());
    return names_.at(key);
  }

  std::string option(const std::string& name) const {
    const auto known = names_.all().find("=" + name);
    return known == names_.all().end() ? name : known->second;
  }

  // The name it has now; the same where it is not one of these.
  static std::string now(const std::map<std::string, std::string>& names, const std::string& old) {
    const auto known = names.find(old);
    return known == names.end() ? old : known->second;
  }

  std::string role(const std::string& name) const {
    const auto known = names_.all().find("@" + name);
    return known == names_.all().end() ? name : known->second;
  }

  // Options are texts; a role stands for who has it, as "@rep", too.
  void in_value(std::string& json) const {
    for (const auto& [key, name] : names_.all()) {
      if (key.front() == '=') put(json, "\"" + key.substr(1) + "\"", "\"" + name + "\"");
      if (key.front() == '@') put(json, "\"@" + key.substr(1) + "\"", "\"@" + name + "\"");
    }
  }

  void in_values(metadata::StoryValues& values) const {
    for (metadata::StoryValue& value : values) in_value(value.json);
  }

  // Cells are texts of the file, which its mapping translates: options are, logins that are roles.
  void in_rows(std::vector<std::vector<std::string>>& rows) const {
    for (auto& row : rows) {
      for (std::string& cell : row) cell = role(option(cell));
    }
  }

  void in_expect(metadata::StoryExpect& expect) const {
    if (expect.error && expect.error->problems) {
      for (auto& problem : *expect.error->problems) problem.rule = now(rules_, problem.rule);
    }
    in_values(expect.record);
    for (metadata::StoryLook& look : expect.records) {
      if (look.values) in_values(*look.values);
    }
    for (metadata::StoryCount& count : expect.counts) in_formula(count.filter);
    for (metadata::StoryLines& one : expect.ledgers) in_ledger(one.lines);
    if (expect.rows) {
      for (std::string& row : *expect.rows) {
        for (const auto& [old, name] : rules_) put(row, old, name);
      }
    }
    if (!expect.events) return;
    for (metadata::StoryEvent& event : *expect.events) {
      if (!event.changes) continue;
      for (metadata::StoryChange& change : *event.changes) {
        in_value(change.from);
        in_value(change.to);
      }
    }
  }

  // A return is named in the ledger; what people say there stays.
  void in_ledger(std::vector<std::string>& lines) const {
    for (std::string& line : lines) {
      for (const auto& [old, name] : rules_) put(line, ", " + old, ", " + name);
    }
  }

  static void put(std::string& text, const std::string& old, const std::string& now) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + now.size())) {
      text.replace(at, old.size(), now);
    }
  }

  // Names of fields are ids here and follow by themselves; options are texts.
  void in_formula(std::string& formula) const {
    for (const auto& [key, name] : names_.all()) {
      if (key.front() == '=') put(formula, "\"" + key.substr(1) + "\"", "\"" + name + "\"");
    }
  }

  void in_field(metadata::Field& field) const {
    in_formula(field.formula);
    in_formula(field.default_formula);
    if (!field.options.empty()) in_formula(field.default_json);
  }

  void in_pool(metadata::Pool& pool) {
    pool.name = word();
    for (auto* people : {&pool.members, &pool.managers}) {
      for (std::string& name : people->roles) name = role(name);
    }
    in_formula(pool.when);
    in_formula(pool.open);
    in_formula(pool.claim.when);
    if (pool.extension) in_formula(pool.extension->when);
    for (metadata::PoolReturn& one : pool.returns) {
      const std::string old = one.name;
      one.name = rules_[old] = word();
      in_formula(one.when);
      in_formula(one.since);
    }
  }

  void in_report(metadata::Report& report) {
    std::map<std::string, std::string> columns;
    for (metadata::GroupKey& key : report.query.group) {
      key.name = columns[key.name] = word();
    }
    for (metadata::Measure& measure : report.query.measures) {
      measure.name = columns[measure.name] = word();
      in_formula(measure.filter);
      measure.formula = with_columns(measure.formula, columns);
    }
    in_formula(report.query.filter);
    for (std::string& key : report.query.sort) key = with_columns(key, columns);
    report.chart.value = with_columns(report.chart.value, columns);
  }

  static std::string with_columns(const std::string& text,
                                  const std::map<std::string, std::string>& columns) {
    std::string result;
    std::string name;
    for (const char c : text + " ") {
      if (c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        name += c;
        continue;
      }
      const auto known = columns.find(name);
      result += known == columns.end() ? name : known->second;
      result += c;
      name.clear();
    }
    result.pop_back();
    return result;
  }

  void in_bundle(Bundle& bundle) {
    const std::string old = bundle.name;
    bundle.name = word();
    const auto follow = [&](auto& list) {
      for (auto& one : list) {
        if (one.bundle == old) one.bundle = bundle.name;
      }
    };
    for (metadata::Object& object : bundle.objects) follow(object.fields);
    follow(bundle.objects);
    follow(bundle.rules);
    follow(bundle.roles);
    follow(bundle.views);
    follow(bundle.pages);
    follow(bundle.forms);
    follow(bundle.menus);
    follow(bundle.reports);
    follow(bundle.tables);
    follow(bundle.duplicates);
  }

  std::mt19937 random_;
  Names& names_;
  std::map<std::string, std::string> rules_;
  std::map<std::string, std::string> mappings_;
};

// Without ids, so that the new names are the ids as well.
void copy_without_ids(json::Reader reader, json::Writer& writer) {
  if (reader.kind() == json::Kind::array) {
    writer.begin_array();
    for (const json::Reader item : reader) copy_without_ids(item, writer);
    writer.end_array();
  } else if (reader.kind() == json::Kind::object) {
    writer.begin_object();
    for (const json::Reader member : reader) {
      if (member.name() == "id") continue;
      copy_without_ids(member, writer.key(member.name()));
    }
    writer.end_object();
  } else {
    json::copy(reader, writer);
  }
}

}  // namespace

Names own_names(const metadata::Files& files) {
  Bundle bundle = sound(metadata::load(files, &metadata::system_bundle()));
  Names names;
  each_name(bundle, [&](const std::string& key, std::string& name) { names.set(key, name); });
  return names;
}

metadata::Files rename_all(const metadata::Files& files, std::uint32_t seed, Names& names) {
  Bundle bundle = sound(metadata::load(files, &metadata::system_bundle()));
  auto imports = sound(metadata::load_imports(files, bundle));
  auto stories = sound(metadata::load_stories(files, bundle));
  Renamer renamer(seed, names);
  renamer.rename(bundle);
  metadata::Files renamed = metadata::write(bundle);
  metadata::ToNames to_names(bundle);
  for (ImportMap& map : imports) {
    renamer.rename(map);
    translate(map, to_names, {});
    json::Writer writer;
    write(writer, map);
    renamed["data/" + map.name + ".json"] = writer.take();
  }
  for (Story& story : stories) {
    renamer.rename(story);
    translate(story, to_names, {});
    json::Writer writer;
    write(writer, story);
    renamed["stories/" + story.name + ".json"] = writer.take();
  }
  for (auto& [path, text] : renamed) {
    const auto document = sound(json::Document::parse(text));
    json::Writer writer;
    copy_without_ids(document.root(), writer);
    text = writer.take();
  }
  return renamed;
}

}  // namespace tenon::api::test
