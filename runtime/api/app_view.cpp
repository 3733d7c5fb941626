#include "runtime/api/app_view.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/metadata/many.h"
#include "engine/query/context.h"

namespace tenon::api {
namespace {

using application::Object;

constexpr std::size_t kGeneratedColumns = 8;
constexpr std::size_t kGeneratedRelated = 6;

template <class Definitions>
auto by_order(const Definitions& definitions) {
  std::vector<const typename Definitions::value_type*> sorted;
  for (const auto& definition : definitions) sorted.push_back(&definition);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return a->order < b->order; });
  return sorted;
}

Seen seen(const metadata::Named& definition, const Object& object) {
  return {definition.name, definition.id, definition.label, object.name(), false};
}

// A generated definition is named for its object.
Seen generated(const Object& object, const metadata::Label& label) {
  return {object.name(), object.id(), label, object.name(), true};
}

}  // namespace

bool AppView::sees(const Object& object) const {
  return rights_.objects[static_cast<std::size_t>(object.place)].read != permission::Reach::none;
}

const Object* AppView::seen_object(std::string_view id) const {
  const Object* object = app_.find_id(id);
  return object != nullptr && sees(*object) ? object : nullptr;
}

std::vector<const Object*> AppView::objects() const {
  std::vector<const Object*> objects;
  for (const Object& object : app_.objects()) {
    if (sees(object)) objects.push_back(&object);
  }
  return objects;
}

std::string AppView::name_of_object(std::string_view id) const {
  const Object* object = app_.find_id(id);
  return object == nullptr ? std::string(id) : object->name();
}

int AppView::slot(const Object& object, std::string_view field) const {
  for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
    if (object.definition->fields[slot].id == field) return static_cast<int>(slot);
  }
  return -1;
}

std::string AppView::field_name(const Object& object, std::string_view field) const {
  const int at = slot(object, field);
  return at < 0 ? "" : object.field(at).name;
}

std::string AppView::path(const Object& object, std::string_view ids) const {
  std::string names;
  if (!ids.empty() && ids.front() == '-') {
    names = "-";
    ids.remove_prefix(1);
  }
  const Object* here = &object;
  for (bool first = true;; first = false) {
    const auto dot = ids.find('.');
    const std::string_view id = ids.substr(0, dot);
    if (here == nullptr || !sees(*here)) return "";
    if (!first) names += '.';
    if (query::system_slot(id)) {
      names += id;
      here = nullptr;
    } else {
      const int at = slot(*here, id);
      const auto& rights = rights_.objects[static_cast<std::size_t>(here->place)];
      if (at < 0 || !rights.may_read(at)) return "";
      names += here->field(at).name;
      if (here->type(at).has_currencies() && dot != std::string_view::npos) {
        return names.append(ids.substr(dot));  // Its amount or its currency.
      }
      here = app_.find_id(here->field(at).to);
    }
    if (dot == std::string_view::npos) return names;
    ids.remove_prefix(dot + 1);
  }
}

std::vector<std::string> AppView::paths(const Object& object,
                                        const std::vector<std::string>& ids) const {
  std::vector<std::string> names;
  for (const std::string& one : ids) {
    std::string name = path(object, one);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> AppView::readable_fields(const Object& object) const {
  const auto& rights = rights_.objects[static_cast<std::size_t>(object.place)];
  std::vector<std::string> names;
  if (object.title_slot >= 0 && rights.may_read(object.title_slot)) {
    names.push_back(object.field(object.title_slot).name);
  }
  for (int at = 0; at < static_cast<int>(object.types.size()); ++at) {
    if (at == object.title_slot || !rights.may_read(at)) continue;
    if (application::is_currency(object, at)) continue;
    if (!object.field(at).is_children()) names.push_back(object.field(at).name);
  }
  return names;
}

std::vector<std::string> AppView::readable_lines(const Object& object) const {
  const auto& rights = rights_.objects[static_cast<std::size_t>(object.place)];
  std::vector<std::string> names;
  for (const application::Children& children : object.children) {
    if (rights.may_read(children.slot)) names.push_back(object.field(children.slot).name);
  }
  return names;
}

bool AppView::may_read(const Object& object, int slot) const {
  return rights_.objects[static_cast<std::size_t>(object.place)].may_read(slot);
}

bool AppView::may_read(const Object& object, const std::vector<formula::Path>& paths) const {
  return std::all_of(paths.begin(), paths.end(), [&](const formula::Path& need) {
    if (need.root == formula::Path::Root::user) return true;  // About oneself.
    std::string ids;
    for (const auto& step : need.steps) ids += (ids.empty() ? "" : ".") + step.id;
    return !path(object, ids).empty();
  });
}

// The rows, by what they are told, and what is read of them.
bool AppView::may_read(const Object& object, const formula::ManyNeed& need) const {
  const application::Many* many = object.find_many(need.many.id);
  if (many == nullptr) return false;
  const Object& rows = app_.objects()[static_cast<std::size_t>(many->rows)];
  const bool told =
      many->is_lines() ? may_read(object, many->children) : may_read(rows, many->reference);
  return told && sees(rows) && may_read(rows, need.paths) &&
         std::all_of(need.slots.begin(), need.slots.end(),
                     [&](int slot) { return may_read(rows, slot); });
}

bool AppView::if_readable(const Object& object, const std::string& formula,
                          const std::function<void(const std::string&)>& write) const {
  return if_readable(object, formula, names_, write);
}

bool AppView::if_filter_readable(const Object& object, const std::string& formula,
                                 const std::function<void(const std::string&)>& write) const {
  return if_readable(object, formula, names_of_readers_, write);
}

bool AppView::if_readable(const Object& object, const std::string& formula,
                          const metadata::BundleNames& names,
                          const std::function<void(const std::string&)>& write) const {
  formula::Needs needs;
  const auto compiled = formula::compile(formula, object.id(), names, needs);
  if (!compiled) return false;
  if (!may_read(object, *compiled, needs)) return false;
  const auto text = formula::rewrite(formula, object.id(), names, current_names());
  if (!text) return false;
  write(*text);
  return true;
}

bool AppView::if_choice_readable(const Object& object, const metadata::Rule& rule,
                                 const std::function<void(const std::string&)>& write) const {
  formula::Needs needs;
  const auto compiled =
      formula::compile_choice(rule.filter, object.id(), rule.field, names_, needs);
  if (!compiled || !may_read(object, *compiled, needs)) return false;
  const std::string& target = object.field(slot(object, rule.field)).to;
  const auto text =
      formula::rewrite_choice(rule.filter, object.id(), target, names_, current_names());
  if (!text) return false;
  write(*text);
  return true;
}

std::function<std::optional<std::string>(const std::string&, const std::string&)>
AppView::current_names() const {
  return [this](const std::string& owner, const std::string& id) {
    return std::optional(metadata::current_name(app_.bundle(), owner, id));
  };
}

bool AppView::may_read(const Object& object, const formula::Formula& formula,
                       const formula::Needs& needs) const {
  const auto reads = [&](int at) { return may_read(object, at); };
  const auto& slots = formula.slots();
  const auto& old = formula.old_slots();
  return std::all_of(slots.begin(), slots.end(), reads) &&
         std::all_of(old.begin(), old.end(), reads) && may_read(object, needs.paths) &&
         std::all_of(needs.many.begin(), needs.many.end(),
                     [&](const auto& need) { return may_read(object, need); });
}

SeenView AppView::view_of(const metadata::View& view, const Object& object) const {
  SeenView made{seen(view, object)};
  made.board = view.kind == metadata::View::Kind::board;
  made.columns = paths(object, view.columns);
  made.sort = paths(object, view.sort);
  made.group = path(object, view.group);
  made.sum = view.sum.empty() ? "" : path(object, view.sum);
  made.card = paths(object, view.card);
  if (!view.filter.empty()) {
    if_filter_readable(object, view.filter, [&](const std::string& text) { made.filter = text; });
  }
  return made;
}

bool AppView::is_whole(const metadata::View& view, const Object& object) const {
  if (!view.group.empty() && path(object, view.group).empty()) return false;
  return view.filter.empty() || if_filter_readable(object, view.filter, [](const std::string&) {});
}

SeenView AppView::generated_view(const Object& object) const {
  SeenView made{generated(object, object.definition->label_plural)};
  made.columns = readable_fields(object);
  if (made.columns.size() > kGeneratedColumns) made.columns.resize(kGeneratedColumns);
  return made;
}

std::vector<SeenView> AppView::views() const {
  std::vector<SeenView> made;
  const auto definitions = by_order(app_.bundle().views);
  for (const Object* object : objects()) {
    if (object->is_line()) continue;
    const std::size_t before = made.size();
    for (const metadata::View* view : definitions) {
      if (view->object != object->id()) continue;
      if (is_whole(*view, *object)) made.push_back(view_of(*view, *object));
    }
    const auto is_list = [](const SeenView& view) { return !view.board; };
    if (std::none_of(made.begin() + static_cast<std::ptrdiff_t>(before), made.end(), is_list)) {
      made.push_back(generated_view(*object));
    }
  }
  return made;
}

std::vector<SeenSection> AppView::sections(
    const Object& object, const std::vector<metadata::Section>& definitions) const {
  std::vector<SeenSection> made;
  for (const metadata::Section& section : definitions) {
    SeenSection one{section.label, section.columns, paths(object, section.fields)};
    if (!one.fields.empty()) made.push_back(std::move(one));
  }
  return made;
}

std::vector<SeenRelated> AppView::related(const metadata::Page& page) const {
  std::vector<SeenRelated> made;
  for (const metadata::Related& related : page.related) {
    const Object* object = seen_object(related.object);
    if (object == nullptr) continue;
    SeenRelated one{related.label, object->name(), path(*object, related.field),
                    paths(*object, related.columns), paths(*object, related.sort)};
    if (one.label.empty()) one.label = object->definition->label_plural;
    if (!one.field.empty()) made.push_back(std::move(one));
  }
  return made;
}

std::vector<SeenRelated> AppView::generated_related(const Object& object) const {
  std::vector<SeenRelated> made;
  for (const application::BackReference& back : object.back_references) {
    const Object& from = app_.objects()[static_cast<std::size_t>(back.object)];
    const auto& rights = rights_.objects[static_cast<std::size_t>(from.place)];
    if (!sees(from) || !rights.may_read(back.slot) || made.size() == kGeneratedRelated) continue;
    SeenRelated one{from.definition->label_plural,
                    from.name(),
                    from.field(back.slot).name,
                    readable_fields(from),
                    {}};
    if (one.columns.size() > kGeneratedColumns) one.columns.resize(kGeneratedColumns);
    made.push_back(std::move(one));
  }
  return made;
}

std::vector<SeenPage> AppView::pages() const {
  std::vector<SeenPage> made;
  for (const Object* object : objects()) {
    if (object->is_line()) continue;
    const auto& pages = app_.bundle().pages;
    const auto page = std::find_if(pages.begin(), pages.end(), [&](const metadata::Page& one) {
      return one.object == object->id();
    });
    SeenPage one{page == pages.end() ? generated(*object, object->definition->label)
                                     : seen(*page, *object)};
    if (page == pages.end()) {
      one.sections = {{{}, 2, readable_fields(*object)}};
      for (const std::string& lines : readable_lines(*object)) {
        one.sections.push_back({object->definition->find(lines)->label, 1, {lines}});
      }
      one.related = generated_related(*object);
    } else {
      one.facts = paths(*object, page->facts);
      one.sections = sections(*object, page->sections);
      one.related = related(*page);
    }
    made.push_back(std::move(one));
  }
  return made;
}

std::vector<SeenForm> AppView::forms() const {
  std::vector<SeenForm> made;
  for (const Object* object : objects()) {
    if (object->is_line()) continue;
    const auto& forms = app_.bundle().forms;
    const auto form = std::find_if(forms.begin(), forms.end(), [&](const metadata::Form& one) {
      return one.object == object->id();
    });
    SeenForm one{form == forms.end() ? generated(*object, object->definition->label)
                                     : seen(*form, *object)};
    if (form == forms.end()) {
      std::vector<std::string> fields;
      for (const std::string& name : readable_fields(*object)) {
        const bool computed = object->definition->find(name)->is_derived();
        if (!computed) fields.push_back(name);
      }
      one.sections = {{{}, 2, std::move(fields)}};
      for (const std::string& lines : readable_lines(*object)) {
        one.sections.push_back({object->definition->find(lines)->label, 1, {lines}});
      }
    } else {
      one.sections = sections(*object, form->sections);
    }
    made.push_back(std::move(one));
  }
  return made;
}

bool AppView::fill(SeenItem& item, const metadata::MenuItem& definition) const {
  const metadata::Bundle& bundle = app_.bundle();
  const auto named = [](const auto& definitions, const std::string& id) {
    return std::find_if(definitions.begin(), definitions.end(),
                        [&](const auto& one) { return one.id == id; });
  };
  if (!definition.object.empty()) {
    const Object* object = seen_object(definition.object);
    if (object == nullptr) return false;
    if (item.label.empty()) item.label = object->definition->label_plural;
    if (item.icon.empty()) item.icon = object->definition->icon;
    item.kind = "object";
    item.target = object->name();
    return true;
  }
  if (!definition.view.empty()) {
    const auto view = named(bundle.views, definition.view);
    if (view == bundle.views.end()) return false;
    const Object* object = seen_object(view->object);
    if (object == nullptr || !is_whole(*view, *object)) return false;
    if (item.label.empty()) item.label = view->label;
    if (item.icon.empty()) item.icon = object->definition->icon;
    item.kind = "view";
    item.target = view->name;
    item.object = object->name();
    return true;
  }
  for (const metadata::Report* report : reports()) {
    if (report->id != definition.report) continue;
    if (item.label.empty()) item.label = report->label;
    item.kind = "report";
    item.target = report->name;
    return true;
  }
  return false;
}

std::vector<SeenMenu> AppView::menus() const {
  std::vector<SeenMenu> made;
  for (const metadata::Menu* menu : by_order(app_.bundle().menus)) {
    SeenMenu one{menu->name, menu->label, {}};
    for (const metadata::MenuItem& definition : menu->items) {
      SeenItem item{definition.label, definition.icon, "", "", ""};
      if (fill(item, definition)) one.items.push_back(std::move(item));
    }
    if (!one.items.empty()) made.push_back(std::move(one));
  }
  return made;
}

bool AppView::is_readable(const metadata::QueryBody& query) const {
  const Object* object = seen_object(query.object);
  if (object == nullptr) return false;
  const auto reads = [&](const std::string& formula) {
    return formula.empty() || if_filter_readable(*object, formula, [](const std::string&) {});
  };
  const auto reaches = [&](const std::string& ids) {
    return ids.empty() || !path(*object, ids).empty();
  };
  return reads(query.filter) &&
         std::all_of(query.group.begin(), query.group.end(),
                     [&](const metadata::GroupKey& key) { return reaches(key.path); }) &&
         std::all_of(
             query.measures.begin(), query.measures.end(), [&](const metadata::Measure& measure) {
               return reaches(measure.field) && reaches(measure.on) && reads(measure.filter);
             });
}

std::vector<const metadata::Report*> AppView::reports() const {
  std::vector<const metadata::Report*> made;
  const auto& reports = app_.bundle().reports;
  for (std::size_t place = 0; place < reports.size(); ++place) {
    if (rights_.reports[place] && is_readable(reports[place].query)) {
      made.push_back(&reports[place]);
    }
  }
  return made;
}

std::vector<const metadata::Rule*> AppView::rules(const Object& object) const {
  std::vector<const metadata::Rule*> rules;
  for (const metadata::Rule& rule : app_.bundle().rules) {
    if (rule.object == object.id()) rules.push_back(&rule);
  }
  std::sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) {
    return std::tie(a->order, a->name) < std::tie(b->order, b->name);
  });
  return rules;
}

}  // namespace tenon::api
