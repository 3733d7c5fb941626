// bundle.json, and whether every text is there in every language.
#include "engine/metadata/checks.h"
#include "engine/text/phone.h"

namespace tenon::metadata {
namespace {

class LabelCheck {
 public:
  explicit LabelCheck(Draft& draft) : draft_(draft) {}

  // A text without a locale is meant for all of them (a number, a brand).
  void label(const Label& label, const Place& place) const {
    if (label.empty() || label.texts.front().first.empty()) return;
    const auto has = [&](const std::string& locale) {
      return std::any_of(label.texts.begin(), label.texts.end(),
                         [&](const auto& text) { return text.first == locale; });
    };
    for (const std::string& locale : draft_.own.locales) {
      if (!has(locale)) draft_.warning(place, "translation", "there is no text for " + locale);
    }
    const auto& declared = draft_.own.locales;
    for (const auto& [locale, text] : label.texts) {
      if (std::find(declared.begin(), declared.end(), locale) != declared.end()) continue;
      draft_.warning(place, "translation", "bundle.json does not declare the locale " + locale);
    }
  }

  void sections(const std::vector<Section>& sections, const Place& place) const {
    for (std::size_t i = 0; i < sections.size(); ++i) label(sections[i].label, place / i / "label");
  }

 private:
  Draft& draft_;
};

void check_object_labels(const Draft& draft, const LabelCheck& check) {
  for (const Object& object : draft.own.objects) {
    const Place at = draft.place("objects", object.id);
    check.label(object.label, at / "label");
    check.label(object.label_plural, at / "label_plural");
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
      const Field& field = object.fields[i];
      if (!field.currency_of.empty()) continue;
      const Place place = at / "fields" / i;
      check.label(field.label, place / "label");
      check.label(field.help, place / "help");
      for (std::size_t j = 0; j < field.options.size(); ++j) {
        check.label(field.options[j].label, place / "options" / j / "label");
      }
    }
  }
}

void check_screen_labels(const Draft& draft, const LabelCheck& check) {
  for (const View& view : draft.own.views) {
    check.label(view.label, draft.place("views", view.id) / "label");
  }
  for (const Page& page : draft.own.pages) {
    const Place at = draft.place("pages", page.id);
    check.sections(page.sections, at / "sections");
    for (std::size_t i = 0; i < page.related.size(); ++i) {
      check.label(page.related[i].label, at / "related" / i / "label");
    }
  }
  for (const Form& form : draft.own.forms) {
    check.sections(form.sections, draft.place("forms", form.id) / "sections");
  }
  for (const Menu& menu : draft.own.menus) {
    const Place at = draft.place("menus", menu.id);
    check.label(menu.label, at / "label");
    for (std::size_t i = 0; i < menu.items.size(); ++i) {
      check.label(menu.items[i].label, at / "items" / i / "label");
    }
  }
}

void check_table_labels(const Draft& draft, const LabelCheck& check) {
  for (const Table& table : draft.own.tables) {
    const Place at = draft.place("tables", table.id);
    check.label(table.label, at / "label");
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      check.label(table.inputs[i].label, at / "inputs" / i / "label");
    }
    for (std::size_t i = 0; i < table.outputs.size(); ++i) {
      check.label(table.outputs[i].label, at / "outputs" / i / "label");
    }
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      check.label(table.rows[i].label, at / "rows" / i / "label");
    }
  }
}

bool is_brought(const Bundle* required, const std::string& name) {
  if (required == nullptr) return false;
  const auto& others = required->requires_bundles;
  return required->name == name || std::find(others.begin(), others.end(), name) != others.end();
}

}  // namespace

void check_header(Draft& draft, const Bundle* required) {
  const Place at{"bundle.json", ""};
  const Bundle& own = draft.own;
  for (std::size_t i = 0; i < own.requires_bundles.size(); ++i) {
    if (is_brought(required, own.requires_bundles[i])) continue;
    draft.problem(at / "requires" / i, "unknown_bundle",
                  "the bundle \"" + own.requires_bundles[i] + "\" is not there");
  }
  const bool is_code =
      own.currency.empty() ||
      (own.currency.size() == 3 && std::all_of(own.currency.begin(), own.currency.end(),
                                               [](char c) { return c >= 'A' && c <= 'Z'; }));
  if (!is_code) {
    draft.problem(at / "currency", "currency", "must be an ISO 4217 code, as \"USD\"");
  }
  if (!own.country.empty() && !text::is_dialled_country(own.country)) {
    draft.problem(at / "country", "country", "must be an ISO 3166 code, as \"CN\"");
  }
}

void check_labels(Draft& draft) {
  const LabelCheck check(draft);
  check.label(draft.own.label, {"bundle.json", "label"});
  check_object_labels(draft, check);
  check_screen_labels(draft, check);
  for (const Rule& rule : draft.own.rules) {
    check.label(rule.message, draft.place("rules", rule.id) / "message");
  }
  for (const Role& role : draft.own.roles) {
    check.label(role.label, draft.place("roles", role.id) / "label");
  }
  check_table_labels(draft, check);
  for (const Duplicate& rule : draft.own.duplicates) {
    check.label(rule.label, draft.place("duplicates", rule.id) / "label");
    check.label(rule.message, draft.place("duplicates", rule.id) / "message");
  }
  for (const Report& report : draft.own.reports) {
    const Place at = draft.place("reports", report.id);
    check.label(report.label, at / "label");
    for (std::size_t i = 0; i < report.query.measures.size(); ++i) {
      check.label(report.query.measures[i].label, at / "measures" / i / "label");
    }
  }
}

}  // namespace tenon::metadata
