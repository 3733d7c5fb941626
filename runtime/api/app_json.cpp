#include "runtime/api/app_json.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/json/writer.h"
#include "engine/metadata/derived.h"
#include "runtime/api/app_view.h"

namespace tenon::api {
namespace {

using application::Application;
using application::Object;
using metadata::text_in;

class AppWriter {
 public:
  AppWriter(const Application& app, const permission::Rights& rights, std::string_view locale)
      : app_(app), rights_(rights), locale_(locale), view_(app, rights) {}

  std::string write(Date today) {
    const metadata::Bundle& bundle = app_.bundle();
    writer_.begin_object().key("version").integer(app_.version());
    text("name", bundle.name);
    label("label", bundle.label, bundle.name);
    text("locale", locale_);
    writer_.key("locales").begin_array();
    for (const std::string& one : bundle.locales) writer_.text(one);
    writer_.end_array();
    text("time_zone", bundle.time_zone);
    text("currency", bundle.currency);
    text("zone_today", text_of(today));
    list("objects", view_.objects(), [this](const Object* object) { write_object(*object); });
    list("views", view_.views(), [this](const auto& one) { write_view(one); });
    list("pages", view_.pages(), [this](const auto& one) { write_page(one); });
    list("forms", view_.forms(), [this](const auto& one) { write_form(one); });
    list("menus", view_.menus(), [this](const auto& one) { write_menu(one); });
    list("reports", view_.reports(), [this](const auto* one) { write_report(*one); });
    writer_.end_object();
    return writer_.take();
  }

 private:
  template <class Items, class Write>
  void list(std::string_view name, const Items& items, Write write) {
    writer_.key(name).begin_array();
    for (const auto& item : items) write(item);
    writer_.end_array();
  }

  void text(std::string_view name, std::string_view value) { writer_.key(name).text(value); }

  void text_or_null(std::string_view name, std::string_view value) {
    writer_.key(name);
    value.empty() ? writer_.null() : writer_.text(value);
  }

  void label(std::string_view name, const metadata::Label& label, const std::string& otherwise) {
    const std::string& translated = text_in(label, locale_);
    text(name, translated.empty() ? otherwise : translated);
  }

  void texts(std::string_view name, const std::vector<std::string>& values) {
    writer_.key(name).begin_array();
    for (const std::string& value : values) writer_.text(value);
    writer_.end_array();
  }

  void write_object(const Object& object) {
    const auto& rights = rights_.objects[static_cast<std::size_t>(object.place)];
    const metadata::Object& definition = *object.definition;
    writer_.begin_object();
    text("name", definition.name);
    text("id", definition.id);
    label("label", definition.label, definition.name);
    label("label_plural",
          definition.label_plural.empty() ? definition.label : definition.label_plural,
          definition.name);
    text_or_null("icon", definition.icon);
    text("title_field", object.title_slot < 0 ? "id" : object.field(object.title_slot).name);
    text_or_null("lines_of", object.is_line()
                                 ? app_.objects()[static_cast<std::size_t>(object.top)].name()
                                 : "");
    text_or_null("owner_field", object.owner_slot < 0 ? "" : object.field(object.owner_slot).name);
    writer_.key("pools").begin_array();
    for (const application::Pool& pool : object.pools) {
      writer_.begin_object();
      text("name", pool.definition->name);
      label("label", pool.definition->label, pool.definition->name);
      writer_.end_object();
    }
    writer_.end_array();
    writer_.key("may").begin_object();
    writer_.key("create").boolean(rights.create);
    writer_.key("update").boolean(rights.update != permission::Reach::none);
    writer_.key("delete").boolean(rights.erase != permission::Reach::none);
    writer_.end_object();
    writer_.key("fields").begin_array();
    for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
      if (!rights.may_read(slot) || application::is_currency(object, slot)) continue;
      write_field(object, slot, rights.may_write(slot));
    }
    write_system_fields();
    writer_.end_array();
    write_rules(object, rights);
    write_flows(object, rights);
    writer_.end_object();
  }

  // Those that the actor may start by hand (command::may_start).
  void write_flows(const Object& object, const permission::ObjectRights& rights) {
    const bool writes = rights.create || rights.update != permission::Reach::none;
    writer_.key("flows").begin_array();
    for (const application::Flow* flow : app_.flows_of(object.id())) {
      const bool submits = flow->has_trigger(metadata::TriggerKind::form);
      if (!writes || !(submits || flow->has_trigger(metadata::TriggerKind::button))) continue;
      write_flow(object, *flow->definition, submits);
    }
    writer_.end_array();
  }

  void write_flow(const Object& object, const metadata::Flow& flow, bool submits) {
    writer_.begin_object();
    text("name", flow.name);
    label("label", flow.label, flow.name);
    text("kind", flow.kind == metadata::FlowKind::approval ? "approval" : "automation");
    text("object", object.name());
    writer_.key("submit").boolean(submits);
    writer_.key("buttons").begin_array();
    for (const metadata::FlowTrigger& trigger : flow.triggers) {
      if (trigger.kind != metadata::TriggerKind::button) continue;
      writer_.begin_object();
      label("label", trigger.label, flow.name);
      writer_.end_object();
    }
    writer_.end_array();
    const auto is_chosen = [](const metadata::Source& source) {
      return source.kind == metadata::SourceKind::chosen;
    };
    writer_.key("chooses").begin_array();
    for (const metadata::FlowNode& node : flow.nodes) {
      const auto& sources = node.approvers.sources;
      if (std::none_of(sources.begin(), sources.end(), is_chosen)) continue;
      writer_.begin_object();
      text("node", node.id);
      label("label", node.label, node.id);
      writer_.end_object();
    }
    writer_.end_array();
    writer_.end_object();
  }

  void write_field(const Object& object, int slot, bool writable) {
    const metadata::Field& field = object.field(slot);
    const Type& type = object.type(slot);
    writer_.begin_object();
    text("name", field.name);
    text("id", field.id);
    label("label", field.label, field.name);
    text_or_null("help", text_in(field.help, locale_));
    text("type", field.type);
    writer_.key("required").boolean(field.required);
    writer_.key("unique").boolean(field.unique);
    writer_.key("writable").boolean(writable && !field.is_auto_number());
    writer_.key("system").boolean(false);
    writer_.key("sortable").boolean(type.format->ordered);
    writer_.key("filterable").boolean(type.kind() != Kind::json);
    write_bounds(field, type);
    write_options(field);
    if (!field.to.empty()) text("to", view_.name_of_object(field.to));
    if (field.is_formula()) write_formula(object, field, type);
    if (field.is_rollup() || field.is_lookup()) text("result", result_of(type));
    if (field.is_rollup()) write_rollup(object, slot);
    if (field.is_children()) write_children(*object.find_children(slot));
    if (!field.default_json.empty()) writer_.key("default").raw(field.default_json);
    if (!field.default_formula.empty()) {
      view_.if_readable(object, field.default_formula,
                        [this](const std::string& formula) { text("default_formula", formula); });
    }
    writer_.end_object();
  }

  void write_bounds(const metadata::Field& field, const Type& type) {
    if (type.kind() == Kind::text && type.length_max > 0 && field.options.empty()) {
      writer_.key("length_max").integer(type.length_max);
    }
    if (type.kind() == Kind::number) writer_.key("scale").integer(type.scale);
    if (type.minimum) text("minimum", bound_text(type, *type.minimum));
    if (type.maximum) text("maximum", bound_text(type, *type.maximum));
    const std::string& said = field.outcome ? field.outcome->currency : field.currency;
    const std::string& currency = type.has_currencies() ? type.currency : said;
    if (!currency.empty())
      text("currency", currency);
    else if (type.format->name == "money")
      text("currency", app_.bundle().currency);
    if (type.has_currencies()) texts("currencies", type.currencies);
  }

  void write_options(const metadata::Field& field) {
    const auto& options = field.outcome ? field.outcome->options : field.options;
    if (options.empty()) return;
    writer_.key("options").begin_array();
    for (const metadata::Option& option : options) {
      writer_.begin_object();
      text("name", option.name);
      label("label", option.label, option.name);
      text_or_null("color", option.color);
      writer_.end_object();
    }
    writer_.end_array();
  }

  // As the values are written.
  static std::string bound_text(const Type& type, const Decimal& bound) {
    const bool is_duration = type.format->written == Written::duration;
    return is_duration ? text_of(type, Value{bound}) : bound.text();
  }

  static std::string_view result_of(const Type& type) {
    return type.format->written == Written::duration ? type.format->name : name_of(type.kind());
  }

  void write_formula(const Object& object, const metadata::Field& field, const Type& type) {
    text("result", result_of(type));
    view_.if_readable(object, field.formula,
                      [this](const std::string& formula) { text("formula", formula); });
  }

  bool may_read(const Object& object, int slot) const {
    return rights_.objects[static_cast<std::size_t>(object.place)].may_read(slot);
  }

  void write_children(const application::Children& children) {
    writer_.key("children").begin_object();
    text("object", children.lines->name());
    text("parent", children.lines->field(children.parent_slot).name);
    writer_.end_object();
  }

  // Of a rollup over lines: the formula that a form computes it by while the lines are edited.
  void write_rollup(const Object& object, int slot) {
    const auto rollup = std::find_if(object.rollups.begin(), object.rollups.end(),
                                     [slot](const auto& one) { return one.slot == slot; });
    if (rollup == object.rollups.end() || !rollup->is_of_lines) return;
    const auto held = std::find_if(
        object.children.begin(), object.children.end(), [&](const application::Children& one) {
          return one.lines->place == rollup->rows && one.parent_slot == rollup->reference;
        });
    if (held == object.children.end() || !may_read(object, held->slot)) return;
    const Object& lines = *held->lines;
    if (rollup->of >= 0 && !may_read(lines, rollup->of)) return;
    std::string formula = std::string(metadata::name_in_formulas(rollup->function)) + "(" +
                          object.field(held->slot).name;
    if (rollup->of >= 0) formula += "." + lines.field(rollup->of).name;
    const auto write = [&](const std::string& condition) {
      text("formula", formula + (condition.empty() ? "" : ", " + condition) + ")");
    };
    const std::string& filter = object.field(slot).filter;
    if (filter.empty()) {
      write("");
    } else {
      view_.if_readable(lines, filter, write);
    }
  }

  void write_system_fields() {
    for (const metadata::SystemField& field : metadata::system_fields()) {
      writer_.begin_object();
      text("name", field.name);
      text("id", field.name);
      label("label", field.label, std::string(field.name));
      writer_.key("help").null();
      text("type", field.format);
      writer_.key("required").boolean(false).key("unique").boolean(field.name == "id");
      writer_.key("writable").boolean(false).key("system").boolean(true);
      writer_.key("sortable").boolean(true).key("filterable").boolean(true);
      if (!field.to.empty()) text("to", view_.name_of_object(field.to));
      writer_.end_object();
    }
  }

  // Only rules whose inputs the actor may read; the others answer through …/check.
  void write_rules(const Object& object, const permission::ObjectRights& rights) {
    bool checked = false;
    writer_.key("rules").begin_array();
    for (const metadata::Rule* rule : view_.rules(object)) {
      const std::string field = view_.field_name(object, rule->field);
      bool shown = rule->field.empty() || rights.may_read(view_.slot(object, rule->field));
      std::string filter;
      if (shown && !rule->filter.empty()) {
        shown = view_.if_choice_readable(object, *rule, [&](std::string text) { filter = text; });
      }
      if (shown) {
        shown = view_.if_readable(object, rule->when, [&](const std::string& when) {
          writer_.begin_object();
          text("name", rule->name);
          text("when", when);
          text("effect", name_of(rule->effect));
          text_or_null("field", field);
          text("message", text_in(rule->message, locale_));
          if (!rule->options.empty()) {
            list("options", rule->options, [this](const auto& option) { writer_.text(option); });
          }
          if (!filter.empty()) text("filter", filter);
          writer_.end_object();
        });
      }
      checked = checked || !shown;
    }
    writer_.end_array();
    writer_.key("checked").boolean(checked);
  }

  void head(const auto& one) {
    text("name", one.name);
    if constexpr (requires { one.id; }) text("id", one.id);
    label("label", one.label, one.name);
    text("object", one.object);
    writer_.key("generated").boolean(one.generated);
  }

  void write_view(const SeenView& view) {
    writer_.begin_object();
    head(view);
    text("kind", view.board ? "board" : "list");
    texts("columns", view.columns);
    text_or_null("filter", view.filter);
    texts("sort", view.sort);
    text_or_null("group", view.group);
    text_or_null("sum", view.sum);
    texts("card", view.card);
    writer_.end_object();
  }

  void write_sections(const std::vector<SeenSection>& sections) {
    list("sections", sections, [this](const SeenSection& section) {
      writer_.begin_object();
      text_or_null("label", text_in(section.label, locale_));
      writer_.key("columns").integer(section.columns);
      texts("fields", section.fields);
      writer_.end_object();
    });
  }

  void write_page(const SeenPage& page) {
    writer_.begin_object();
    head(page);
    texts("facts", page.facts);
    write_sections(page.sections);
    list("related", page.related, [this](const SeenRelated& related) {
      writer_.begin_object();
      label("label", related.label, related.object);
      text("object", related.object);
      text("field", related.field);
      texts("columns", related.columns);
      texts("sort", related.sort);
      writer_.end_object();
    });
    writer_.end_object();
  }

  void write_form(const SeenForm& form) {
    writer_.begin_object();
    head(form);
    write_sections(form.sections);
    writer_.end_object();
  }

  void write_menu(const SeenMenu& menu) {
    writer_.begin_object();
    text("name", menu.name);
    label("label", menu.label, menu.name);
    list("items", menu.items, [this](const SeenItem& item) {
      writer_.begin_object();
      label("label", item.label, item.target);
      text_or_null("icon", item.icon);
      text(item.kind, item.target);
      if (item.kind == "view") text("object", item.object);
      writer_.end_object();
    });
    writer_.end_object();
  }

  void write_report(const metadata::Report& report) {
    writer_.begin_object();
    text("name", report.name);
    label("label", report.label, report.name);
    text("object", view_.name_of_object(report.query.object));
    writer_.key("chart").begin_object();
    text("kind", report.chart.kind);
    text("value", report.chart.value);
    writer_.end_object();
    writer_.end_object();
  }

  const Application& app_;
  const permission::Rights& rights_;
  std::string_view locale_;
  AppView view_;
  json::Writer writer_;
};

}  // namespace

std::string app_json(const Application& app, const permission::Rights& rights,
                     std::string_view locale, Date today) {
  return AppWriter(app, rights, locale).write(today);
}

}  // namespace tenon::api
