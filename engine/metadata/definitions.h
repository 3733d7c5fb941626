// The other definitions of a bundle: rules, roles, views, pages, forms, menus, reports.
// Schemas: schemas/metadata/<kind>.schema.json; the words are explained in schemas/README.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/metadata/label.h"

namespace tenon::metadata {

// What every definition has.
struct Named {
  std::string id;
  std::string name;
  std::string bundle;  // The one that brought it.
  Label label;
  friend bool operator==(const Named&, const Named&) = default;
};

enum class Effect { require, hide, clear, reject, read_only, options };
std::string_view name_of(Effect effect);

struct Rule : Named {
  std::string object;  // Object id.
  int order = 0;
  std::string when;
  Effect effect = Effect::reject;
  std::string field;  // Field id; "" for a rule about the record.
  // Of `options`, one of the two: what may be chosen of a choice, or a condition on what a
  // reference leads to (formula::compile_choice).
  std::vector<std::string> options;
  std::string filter;
  Label message;
  friend bool operator==(const Rule&, const Rule&) = default;
};

// Of a grant: to which records. The last is of roles that add up; no file says it.
enum class Reach { none, own, department, team, all, team_and_department };
enum class FieldRight { none, read, write };

struct ObjectGrant {
  Reach read = Reach::none;
  bool create = false;
  Reach update = Reach::none;
  Reach erase = Reach::none;                 // The member "delete".
  std::map<std::string, FieldRight> fields;  // By field id; not named: write.
  friend bool operator==(const ObjectGrant&, const ObjectGrant&) = default;
};

struct Role : Named {
  bool everything = false;                     // "objects": "*"
  std::map<std::string, ObjectGrant> objects;  // By object id.
  std::vector<std::string> reports;            // Report ids, or "*".
  bool administers_flows = false;              // The member "flow_admin".
  friend bool operator==(const Role&, const Role&) = default;
};

// Paths are field ids joined by "."; a leading "-" in a sort key means descending.
struct View : Named {
  enum class Kind { list, board };
  std::string object;
  Kind kind = Kind::list;
  int order = 0;
  std::vector<std::string> columns;
  std::string filter;
  std::vector<std::string> sort;
  std::string group;  // Of a board: a field of type choice.
  std::string sum;
  std::vector<std::string> card;
  friend bool operator==(const View&, const View&) = default;
};

struct Section {
  Label label;
  int columns = 1;
  std::vector<std::string> fields;
  friend bool operator==(const Section&, const Section&) = default;
};

struct Related {
  Label label;
  std::string object;
  std::string field;  // Of that object: the reference back.
  std::vector<std::string> columns;
  std::vector<std::string> sort;
  friend bool operator==(const Related&, const Related&) = default;
};

struct Page : Named {
  std::string object;
  std::vector<std::string> facts;
  std::vector<Section> sections;
  std::vector<Related> related;
  friend bool operator==(const Page&, const Page&) = default;
};

struct Form : Named {
  std::string object;
  std::vector<Section> sections;
  friend bool operator==(const Form&, const Form&) = default;
};

struct MenuItem {
  Label label;
  std::string icon;
  std::string object;  // Exactly one of these three.
  std::string view;
  std::string report;
  friend bool operator==(const MenuItem&, const MenuItem&) = default;
};

struct Menu : Named {
  int order = 0;
  std::vector<MenuItem> items;
  friend bool operator==(const Menu&, const Menu&) = default;
};

struct GroupKey {
  std::string path;
  std::string by;    // "" or day week month quarter year, of dates and date-times.
  std::string name;  // Of the column; where not given, load puts the path's last name.
  friend bool operator==(const GroupKey&, const GroupKey&) = default;
};

struct Measure {
  std::string name;
  Label label;
  std::string of;     // count sum avg min max distinct median; "" where there is a formula.
  std::string field;  // A path.
  std::string in;     // A currency that amounts are converted to; "": they are taken as they are.
  std::string on;     // The same: a path to the day whose rate counts; "": today.
  std::string filter;
  std::string formula;  // Over the names of measures before it.
  std::string type;     // Of a formula's result: number (default) or percent.
  friend bool operator==(const Measure&, const Measure&) = default;
};

struct Chart {
  std::string kind = "none";  // funnel bar line none
  std::string value;          // A measure's name.
  friend bool operator==(const Chart&, const Chart&) = default;
};

// What POST /query takes, too: query_body.h.
struct QueryBody {
  std::string object;
  std::string filter;
  std::vector<GroupKey> group;
  std::vector<Measure> measures;
  std::vector<std::string> sort;  // Names of columns, "-" descending.
  int limit = 0;                  // 0: the bound of limits.h.
  friend bool operator==(const QueryBody&, const QueryBody&) = default;
};

struct Report : Named {
  QueryBody query;
  Chart chart;
  friend bool operator==(const Report&, const Report&) = default;
};

}  // namespace tenon::metadata
