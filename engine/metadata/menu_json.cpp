#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr int kOrderMax = 1'000'000;

}  // namespace

MenuItem parse(json::Reader reader, json::To<MenuItem>, Problems& problems) {
  json::Members members(reader, problems);
  MenuItem item;
  item.object = members.text("object").value_or("");
  item.view = members.text("view").value_or("");
  item.report = members.text("report").value_or("");
  item.label = optional_label(members, "label");
  item.icon = members.text("icon").value_or("");
  members.finish();
  const int targets = !item.object.empty() + !item.view.empty() + !item.report.empty();
  if (targets != 1) {
    problems.push_back(
        reader.problem("menu_item", "must have exactly one of object, view and report"));
  }
  return item;
}

Menu parse(json::Reader reader, json::To<Menu>, Problems& problems) {
  json::Members members(reader, problems);
  Menu menu;
  read_names(members, menu);
  menu.label = required_label(members, "label");
  menu.order = small_integer(members, "order", 0, -kOrderMax, kOrderMax);
  members.required("items");
  menu.items = list_of<MenuItem>(members, "items");
  members.finish();
  return menu;
}

void write(json::Writer& writer, const MenuItem& item) {
  writer.begin_object();
  write_text(writer, "object", item.object);
  write_text(writer, "view", item.view);
  write_text(writer, "report", item.report);
  write_label(writer, "label", item.label);
  write_text(writer, "icon", item.icon);
  writer.end_object();
}

void write(json::Writer& writer, const Menu& menu) {
  writer.begin_object();
  write_names(writer, menu.id, menu.name);
  write_label(writer, "label", menu.label);
  if (menu.order != 0) writer.key("order").integer(menu.order);
  write_list(writer, "items", menu.items);
  writer.end_object();
}

}  // namespace tenon::metadata
