// What of an application one set of roles sees: objects, views, pages, forms, menus, reports.
//
// Ids become current names here. What the roles may not read is left out: a column, a section that
// becomes empty, a menu without items. An object without view, page or form gets generated ones.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/application/application.h"

namespace tenon::api {

struct Seen {
  std::string name;
  std::string id;
  metadata::Label label;
  std::string object;  // Its current name.
  bool generated = false;
};

struct SeenView : Seen {
  bool board = false;
  std::vector<std::string> columns;
  std::string filter;
  std::vector<std::string> sort;
  std::string group;
  std::string sum;
  std::vector<std::string> card;
};

struct SeenSection {
  metadata::Label label;
  int columns = 1;
  std::vector<std::string> fields;
};

struct SeenRelated {
  metadata::Label label;
  std::string object;
  std::string field;
  std::vector<std::string> columns;
  std::vector<std::string> sort;
};

struct SeenPage : Seen {
  std::vector<std::string> facts;
  std::vector<SeenSection> sections;
  std::vector<SeenRelated> related;
};

struct SeenForm : Seen {
  std::vector<SeenSection> sections;
};

struct SeenItem {
  metadata::Label label;
  std::string icon;
  std::string kind;    // object, view, report
  std::string target;  // Its current name.
  std::string object;
};

struct SeenMenu {
  std::string name;
  metadata::Label label;
  std::vector<SeenItem> items;
};

class AppView {
 public:
  AppView(const application::Application& app, const permission::Rights& rights)
      : app_(app),
        rights_(rights),
        names_(app.bundle(), metadata::BundleNames::By::id, metadata::BundleNames::Changes::told),
        names_of_readers_(app.bundle(), metadata::BundleNames::By::id,
                          metadata::BundleNames::Changes::untold_to_readers) {}

  std::vector<const application::Object*> objects() const;
  std::vector<SeenView> views() const;
  std::vector<SeenPage> pages() const;
  std::vector<SeenForm> forms() const;
  std::vector<SeenMenu> menus() const;
  std::vector<const metadata::Report*> reports() const;
  std::vector<const metadata::Rule*> rules(const application::Object& object) const;

  std::string name_of_object(std::string_view id) const;
  int slot(const application::Object& object, std::string_view field) const;
  std::string field_name(const application::Object& object, std::string_view field) const;

  // Hands the formula, with current names, to `write` where all it reads may be read. Whether so.
  bool if_readable(const application::Object& object, const std::string& formula,
                   const std::function<void(const std::string&)>& write) const;

  // The same of a filter of a view or report.
  bool if_filter_readable(const application::Object& object, const std::string& formula,
                          const std::function<void(const std::string&)>& write) const;

  // The same of what a rule lets be chosen at a reference.
  bool if_choice_readable(const application::Object& object, const metadata::Rule& rule,
                          const std::function<void(const std::string&)>& write) const;

  // A path of ids as one of names; "" where a part may not be read. A leading "-" is kept.
  std::string path(const application::Object& object, std::string_view ids) const;

 private:
  bool if_readable(const application::Object& object, const std::string& formula,
                   const metadata::BundleNames& names,
                   const std::function<void(const std::string&)>& write) const;
  bool sees(const application::Object& object) const;
  bool may_read(const application::Object& object, int slot) const;
  bool may_read(const application::Object& object, const std::vector<formula::Path>& paths) const;
  bool may_read(const application::Object& object, const formula::ManyNeed& need) const;
  bool may_read(const application::Object& object, const formula::Formula& formula,
                const formula::Needs& needs) const;
  std::function<std::optional<std::string>(const std::string&, const std::string&)> current_names()
      const;
  const application::Object* seen_object(std::string_view id) const;
  std::vector<std::string> paths(const application::Object& object,
                                 const std::vector<std::string>& ids) const;
  std::vector<std::string> readable_fields(const application::Object& object) const;
  std::vector<std::string> readable_lines(const application::Object& object) const;
  std::vector<SeenSection> sections(const application::Object& object,
                                    const std::vector<metadata::Section>& sections) const;
  // A view whose filter or group may not be read would show something else than it says.
  bool is_whole(const metadata::View& view, const application::Object& object) const;
  SeenView view_of(const metadata::View& view, const application::Object& object) const;
  SeenView generated_view(const application::Object& object) const;
  std::vector<SeenRelated> related(const metadata::Page& page) const;
  std::vector<SeenRelated> generated_related(const application::Object& object) const;
  bool fill(SeenItem& item, const metadata::MenuItem& definition) const;
  // Whether all that the query names may be read.
  bool is_readable(const metadata::QueryBody& query) const;

  const application::Application& app_;
  const permission::Rights& rights_;
  metadata::BundleNames names_;
  metadata::BundleNames names_of_readers_;  // Of filters of views and reports.
};

}  // namespace tenon::api
