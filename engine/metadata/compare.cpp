#include "engine/metadata/compare.h"

#include "engine/metadata/many.h"

namespace tenon::metadata {
namespace {

using Verb = Change::Verb;

class Differences {
 public:
  Differences(const Bundle& before, const Bundle& after) : before_(before), after_(after) {}

  std::vector<Change> run();

 private:
  void objects();
  void fields(const Object& before, const Object& after);
  void field(const Object& object, const Field& before, const Field& after);
  void options(const Field& before, const Field& after, std::vector<std::string>& words) const;
  template <class Definition>
  void definitions(const std::string& kind, const std::vector<Definition>& before,
                   const std::vector<Definition>& after);
  void header();
  void add(Change change) { changes_.push_back(std::move(change)); }

  const Bundle& before_;
  const Bundle& after_;
  std::vector<Change> changes_;
};

template <class Definition>
const Definition* find_id(const std::vector<Definition>& list, const std::string& id) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const Definition& other) { return other.id == id; });
  return found == list.end() ? nullptr : &*found;
}

std::string capital(const std::string& kind) {
  std::string text = kind;
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

int scale_of(const Field& field) { return type_of(field).scale; }

// Why existing values could not be kept; "" where they can.
std::string refusal(const Field& before, const Field& after) {
  if (before.is_derived() != after.is_derived()) return "is computed in one version only";
  if (after.is_derived()) return "";
  if (before.is_children() != after.is_children()) return "holds lines in one version only";
  if (type_of(before).kind() != type_of(after).kind()) return "holds another kind of value";
  if (before.to != after.to) return "refers to another object";
  if (type_of(after).kind() == Kind::number && scale_of(after) < scale_of(before)) {
    return "keeps fewer digits";
  }
  return "";
}

std::string yes_no(std::string_view word, bool truth) {
  return (truth ? "becomes " : "is no longer ") + std::string(word);
}

// Amounts that are there are of the currency the field had, or lose theirs.
void currencies(const Field& before, const Field& after, std::vector<std::string>& words) {
  if (before.currencies == after.currencies) return;
  const auto has = [](const Field& field, const std::string& code) {
    return std::find(field.currencies.begin(), field.currencies.end(), code) !=
           field.currencies.end();
  };
  if (!before.has_currencies()) words.push_back("it takes several currencies");
  if (!after.has_currencies()) {
    words.push_back("its currencies are taken away: amounts lose theirs");
    return;
  }
  const std::size_t words_before = words.size();
  for (const std::string& code : before.currencies) {
    if (!has(after, code)) words.push_back("the currency " + code + " is removed");
  }
  for (const std::string& code : after.currencies) {
    if (!has(before, code)) words.push_back("the currency " + code + " is added");
  }
  if (words.size() == words_before) words.push_back("the order of its currencies changes");
}

// Everything of a field that counts but its name, type, options and formula.
void details(const Field& before, const Field& after, std::vector<std::string>& words) {
  if (before.required != after.required) words.push_back(yes_no("required", after.required));
  if (before.unique != after.unique) words.push_back(yes_no("unique", after.unique));
  if (before.read_only != after.read_only) words.push_back(yes_no("read-only", after.read_only));
  if (before.label != after.label || before.help != after.help) words.push_back("its texts change");
  if (before.default_json != after.default_json ||
      before.default_formula != after.default_formula) {
    words.push_back("its default changes");
  }
  if (before.minimum != after.minimum || before.maximum != after.maximum ||
      before.length_max != after.length_max) {
    words.push_back("its bounds change");
  }
  if (before.scale != after.scale) words.push_back("its scale changes");
  if (before.currency != after.currency) words.push_back("its currency changes");
  currencies(before, after, words);
  if (before.on_delete != after.on_delete) words.push_back("its on_delete changes");
  if (before.formula != after.formula) words.push_back("its formula changes");
  if (before.function != after.function || before.of != after.of || before.filter != after.filter ||
      before.path != after.path) {
    words.push_back("what it is made of changes");
  }
  if (before.pattern != after.pattern || before.gapless != after.gapless ||
      before.scope != after.scope) {
    words.push_back("its numbering changes");
  }
  if (before.back != after.back || before.parent != after.parent) {
    words.push_back("a name for it from outside changes");
  }
}

void Differences::options(const Field& before, const Field& after,
                          std::vector<std::string>& words) const {
  const auto find = [](const Field& field, const std::string& name) {
    const auto found = std::find_if(field.options.begin(), field.options.end(),
                                    [&](const Option& option) { return option.name == name; });
    return found == field.options.end() ? nullptr : &*found;
  };
  bool texts_change = false;
  for (const Option& option : before.options) {
    const Option* now = find(after, option.name);
    if (now == nullptr) words.push_back("the option " + option.name + " is removed");
    texts_change = texts_change || (now != nullptr && *now != option);
  }
  for (const Option& option : after.options) {
    if (find(before, option.name) == nullptr) {
      words.push_back("the option " + option.name + " is added");
    }
  }
  if (texts_change) words.push_back("texts or colours of options change");
  const bool same_set = words.empty() && before.options.size() == after.options.size();
  if (same_set && !texts_change && before.options != after.options) {
    words.push_back("the order of its options changes");
  }
}

void Differences::field(const Object& object, const Field& before, const Field& after) {
  const std::string before_name = object.name + "." + before.name;
  const Change change{.verb = Verb::change, .kind = "field", .object = object.id, .id = after.id};
  if (before.name != after.name) {
    Change rename = change;
    rename.verb = Verb::rename;
    rename.description = "Field " + before_name + " is renamed to " + after.name + ".";
    add(std::move(rename));
  }
  std::vector<std::string> words;
  options(before, after, words);
  if (before.type != after.type) {
    words.push_back("its type changes from " + before.type + " to " + after.type);
  }
  details(before, after, words);
  const std::string why = refusal(before, after);
  if (!why.empty()) words.push_back("refused: it " + why + "; remove it and add another");
  if (words.empty()) return;
  Change changed = change;
  changed.description = "Field " + object.name + "." + after.name + ": " + joined(words) + ".";
  changed.refused = !why.empty();
  changed.loses_data = before.has_currencies() && !after.has_currencies();
  add(std::move(changed));
}

void Differences::fields(const Object& before, const Object& after) {
  for (const Field& field : before.fields) {
    if (after.find_id(field.id) != nullptr || !field.currency_of.empty()) continue;
    add({.verb = Verb::remove,
         .kind = "field",
         .object = after.id,
         .id = field.id,
         .description = "Field " + after.name + "." + field.name + " is removed.",
         .loses_data = !field.is_derived()});
  }
  for (const Field& now : after.fields) {
    if (!now.currency_of.empty()) continue;  // Told with the field it is beside.
    if (const Field* old = before.find_id(now.id)) {
      field(after, *old, now);
      continue;
    }
    add({.verb = Verb::add,
         .kind = "field",
         .object = after.id,
         .id = now.id,
         .description = "Field " + after.name + "." + now.name + " is added."});
  }
}

void Differences::objects() {
  for (const Object& object : before_.objects) {
    if (after_.find_id(object.id) != nullptr) continue;
    add({.verb = Verb::remove,
         .kind = "object",
         .id = object.id,
         .description = "Object " + object.name + " is removed.",
         .loses_data = true});
  }
  const auto without_fields = [](Object object) {
    object.fields.clear();
    object.name.clear();
    object.extend = false;
    return object;
  };
  for (const Object& now : after_.objects) {
    const Object* old = before_.find_id(now.id);
    Change change{.verb = Verb::add, .kind = "object", .id = now.id};
    if (old == nullptr) {
      change.description = "Object " + now.name + " is added.";
      add(change);
    } else if (old->name != now.name) {
      change.verb = Verb::rename;
      change.description = "Object " + old->name + " is renamed to " + now.name + ".";
      add(change);
    }
    if (old != nullptr && is_line_object(*old) != is_line_object(now)) {
      change.verb = Verb::change;
      change.description = "Object " + now.name +
                           ": refused: its records are lines of others in one version only; "
                           "remove it and add another.";
      change.refused = true;
      add(change);
      change.refused = false;
    }
    if (old != nullptr && without_fields(*old) != without_fields(now)) {
      change.verb = Verb::change;
      change.description = "Object " + now.name + " changes.";
      add(change);
    }
  }
  for (const Object& now : after_.objects) {
    if (const Object* old = before_.find_id(now.id)) fields(*old, now);
  }
}

template <class Definition>
void Differences::definitions(const std::string& kind, const std::vector<Definition>& before,
                              const std::vector<Definition>& after) {
  for (const Definition& old : before) {
    if (find_id(after, old.id) != nullptr) continue;
    add({.verb = Verb::remove,
         .kind = kind,
         .id = old.id,
         .description = capital(kind) + " " + old.name + " is removed."});
  }
  for (const Definition& now : after) {
    const Definition* old = find_id(before, now.id);
    Change change{.verb = Verb::add, .kind = kind, .id = now.id};
    if (old == nullptr) {
      change.description = capital(kind) + " " + now.name + " is added.";
      add(change);
      continue;
    }
    if (old->name != now.name) {
      change.verb = Verb::rename;
      change.description = capital(kind) + " " + old->name + " is renamed to " + now.name + ".";
      add(change);
    }
    Definition unnamed = now;
    unnamed.name = old->name;
    if (unnamed == *old) continue;
    change.verb = Verb::change;
    change.description = capital(kind) + " " + now.name + " changes.";
    add(change);
  }
}

void Differences::header() {
  const auto note = [&](const std::string& what) {
    add({.verb = Verb::change,
         .kind = "bundle",
         .id = after_.name,
         .description = "The bundle's " + what + " changes."});
  };
  if (before_.version != after_.version) note("version");
  if (before_.label != after_.label) note("label");
  if (before_.locales != after_.locales) note("list of locales");
  if (before_.currency != after_.currency) note("currency");
  if (before_.time_zone != after_.time_zone) note("time zone");
  if (before_.country != after_.country) note("country");
}

std::vector<Change> Differences::run() {
  objects();
  definitions("rule", before_.rules, after_.rules);
  definitions("role", before_.roles, after_.roles);
  definitions("view", before_.views, after_.views);
  definitions("page", before_.pages, after_.pages);
  definitions("form", before_.forms, after_.forms);
  definitions("menu", before_.menus, after_.menus);
  definitions("report", before_.reports, after_.reports);
  definitions("table", before_.tables, after_.tables);
  definitions("duplicate", before_.duplicates, after_.duplicates);
  definitions("flow", before_.flows, after_.flows);
  header();
  return std::move(changes_);
}

}  // namespace

std::vector<Change> compare(const Bundle& before, const Bundle& after) {
  return Differences(before, after).run();
}

}  // namespace tenon::metadata
