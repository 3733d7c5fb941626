#include "engine/metadata/translate.h"

#include "engine/metadata/currency.h"
#include "engine/metadata/field_part.h"

namespace tenon::metadata {
namespace {

// Of one object, at one place: saves saying both with every reference.
struct Walk {
  Translator& translator;
  std::string object;

  void field(std::string& reference, const Place& place) const {
    if (!reference.empty()) translator.field(object, reference, place);
  }
  void path(std::string& reference, const Place& place) const {
    if (!reference.empty()) translator.path(object, reference, place);
  }
  void formula(std::string& text, const Place& place) const {
    if (!text.empty()) translator.formula(object, text, place);
  }
  void fields(std::vector<std::string>& references, const Place& place) const {
    for (std::size_t i = 0; i < references.size(); ++i) field(references[i], place / i);
  }
  void paths(std::vector<std::string>& references, const Place& place) const {
    for (std::size_t i = 0; i < references.size(); ++i) path(references[i], place / i);
  }
  void keys(std::vector<std::vector<std::string>>& keys, const Place& place) const {
    for (std::size_t i = 0; i < keys.size(); ++i) fields(keys[i], place / i);
  }
  void sections(std::vector<Section>& sections, const Place& place) const {
    for (std::size_t i = 0; i < sections.size(); ++i) {
      fields(sections[i].fields, place / i / "fields");
    }
  }
};

}  // namespace

namespace {

void translate_pool(Pool& pool, const Walk& walk, const Place& place) {
  walk.formula(pool.when, place / "when");
  walk.formula(pool.open, place / "open");
  walk.formula(pool.claim.when, place / "claim" / "when");
  for (std::size_t i = 0; i < pool.returns.size(); ++i) {
    PoolReturn& one = pool.returns[i];
    const Place at = place / "returns" / i;
    walk.formula(one.when, at / "when");
    walk.formula(one.since, at / "since");
    walk.field(one.unchanged, at / "unchanged");
  }
  if (pool.extension) walk.formula(pool.extension->when, place / "extension" / "when");
  walk.fields(pool.hidden, place / "hidden");
}

}  // namespace

void translate(Object& object, Translator& translator, const Place& place) {
  const Walk walk{translator, object.id};
  for (std::size_t i = 0; i < object.fields.size(); ++i) {
    Field& field = object.fields[i];
    const Place at = place / "fields" / i;
    if (!field.to.empty() && !field.is_derived()) translator.object(field.to, at / "to");
    walk.formula(field.default_formula, at / "default_formula");
    walk.formula(field.formula, at / "formula");
    walk.path(field.path, at / "path");
    walk.field(field.scope, at / "scope");
    if (field.of.empty()) continue;
    const Walk rows{translator, translator.many(object.id, field.of, at / "of")};
    if (!rows.object.empty()) rows.formula(field.filter, at / "filter");
  }
  walk.field(object.title_field, place / "title_field");
  walk.field(object.owner_field, place / "ownership" / "field");
  for (std::size_t i = 0; i < object.pools.size(); ++i) {
    translate_pool(object.pools[i], walk, place / "ownership" / "pools" / i);
  }
  if (object.assignment) {
    AssignBy& by = *object.assignment;
    const Place at = place / "assignment";
    if (!by.table.empty()) translator.table(by.table, at / "table");
    walk.field(by.field, at / "field");
    walk.formula(by.when, at / "when");
    walk.formula(by.open, at / "open");
  }
  walk.keys(object.unique, place / "unique");
  walk.keys(object.indexes, place / "indexes");
  walk.paths(object.search, place / "search");
}

void translate(Rule& rule, Translator& translator, const Place& place) {
  const Walk walk{translator, translator.object(rule.object, place / "object")};
  walk.formula(rule.when, place / "when");
  if (rule.field.empty()) return;
  const std::string target = translator.field(walk.object, rule.field, place / "field");
  if (!rule.filter.empty() && !target.empty()) {
    translator.choice(walk.object, target, rule.filter, place / "filter");
  }
}

void translate(Role& role, Translator& translator, const Place& place) {
  std::map<std::string, ObjectGrant> objects;
  for (auto& [reference, grant] : role.objects) {
    const Place at = place / "objects" / reference;
    std::string object = reference;
    const Walk walk{translator, translator.object(object, at)};
    std::map<std::string, FieldRight> fields;
    for (const auto& [field_reference, right] : grant.fields) {
      std::string field = field_reference;
      walk.field(field, at / "fields" / field_reference);
      fields.emplace(std::move(field), right);
    }
    grant.fields = std::move(fields);
    objects.emplace(std::move(object), std::move(grant));
  }
  role.objects = std::move(objects);
  for (std::size_t i = 0; i < role.reports.size(); ++i) {
    if (role.reports[i] != "*") translator.report(role.reports[i], place / "reports" / i);
  }
}

void translate(View& view, Translator& translator, const Place& place) {
  const Walk walk{translator, translator.object(view.object, place / "object")};
  walk.field(view.group, place / "group");
  walk.field(view.sum, place / "sum");
  walk.paths(view.card, place / "card");
  walk.paths(view.columns, place / "columns");
  walk.formula(view.filter, place / "filter");
  walk.paths(view.sort, place / "sort");
}

void translate(Page& page, Translator& translator, const Place& place) {
  const Walk walk{translator, translator.object(page.object, place / "object")};
  walk.paths(page.facts, place / "facts");
  walk.sections(page.sections, place / "sections");
  for (std::size_t i = 0; i < page.related.size(); ++i) {
    Related& related = page.related[i];
    const Place at = place / "related" / i;
    const Walk other{translator, translator.object(related.object, at / "object")};
    other.field(related.field, at / "field");
    other.paths(related.columns, at / "columns");
    other.paths(related.sort, at / "sort");
  }
}

void translate(Form& form, Translator& translator, const Place& place) {
  const Walk walk{translator, translator.object(form.object, place / "object")};
  walk.sections(form.sections, place / "sections");
}

void translate(Menu& menu, Translator& translator, const Place& place) {
  for (std::size_t i = 0; i < menu.items.size(); ++i) {
    MenuItem& item = menu.items[i];
    const Place at = place / "items" / i;
    if (!item.object.empty()) translator.object(item.object, at / "object");
    if (!item.view.empty()) translator.view(item.view, at / "view");
    if (!item.report.empty()) translator.report(item.report, at / "report");
  }
}

void translate(Report& report, Translator& translator, const Place& place) {
  QueryBody& query = report.query;
  const Walk walk{translator, translator.object(query.object, place / "object")};
  walk.formula(query.filter, place / "filter");
  for (std::size_t i = 0; i < query.group.size(); ++i) {
    // "group/0" or "group/0/path": both stand on the same line.
    walk.path(query.group[i].path, place / "group" / i);
    translator.column_name(walk.object, query.group[i]);
  }
  for (std::size_t i = 0; i < query.measures.size(); ++i) {
    const Place at = place / "measures" / i;
    walk.path(query.measures[i].field, at / "field");
    walk.path(query.measures[i].on, at / "on");
    walk.formula(query.measures[i].filter, at / "filter");
  }
}

void translate(Duplicate& rule, Translator& translator, const Place& place) {
  const bool same = rule.against == rule.object;
  const Walk walk{translator, translator.object(rule.object, place / "object")};
  if (same) rule.against = rule.object;
  const std::string against =
      same ? walk.object : translator.object(rule.against, place / "against");
  const Walk other{translator, against};
  const auto match = [&](MatchField& field, const Place& at) {
    const bool is_one = same && field.other == field.field;
    walk.field(field.field, at / "field");
    if (is_one) {
      field.other = field.field;
    } else {
      other.field(field.other, at / "other");
    }
  };
  for (std::size_t i = 0; i < rule.fields.size(); ++i) match(rule.fields[i], place / "fields" / i);
  match(rule.similar, place / "similar");
  walk.formula(rule.when, place / "when");
  other.formula(rule.filter, place / "filter");
}

void translate(ImportMap& map, Translator& translator, const Place& place) {
  const Walk walk{translator, translator.object(map.object, place / "object")};
  const auto feed = [&](std::string& field, std::string& match, const Place& at,
                        const Place& match_at) {
    if (field.empty() || (map.users && field == kRolesField)) return;
    if (const auto part = money_part(field); part && part->part == kCurrency) {
      return translator.path(walk.object, field, at);
    }
    if (const auto part = field_part(field)) {
      std::string whole(part->field);
      const std::string name(part->part);
      translator.field(walk.object, whole, at);
      field = whole + "." + name;
      return;
    }
    const std::string target = translator.field(walk.object, field, at);
    if (match.empty() || match == kMatchKey || target.empty()) return;
    translator.field(target, match, match_at);
  };
  for (ImportColumn& column : map.columns) {
    const Place at = place / "columns" / column.header;
    for (std::size_t i = 0; i < column.feeds.size(); ++i) {
      const Place one = column.feeds.size() == 1 ? at : at / i;
      feed(column.feeds[i].field, column.feeds[i].match, one / "field", one / "match");
    }
  }
  std::string none;
  for (Joined& joined : map.joined) {
    const Place at = place / "joined" / joined.field;
    feed(joined.field, none, at, at);
  }
  for (Constant& constant : map.constants) {
    const Place at = place / "constants" / constant.field;
    feed(constant.field, constant.match, at, at / "match");
  }
}

}  // namespace tenon::metadata
