#include <array>

#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 2> kKinds{"list", "board"};
constexpr int kOrderMax = 1'000'000;

}  // namespace

View parse(json::Reader reader, json::To<View>, Problems& problems) {
  json::Members members(reader, problems);
  View view;
  read_names(members, view);
  view.label = required_label(members, "label");
  view.object = members.required_text("object").value_or("");
  view.kind = static_cast<View::Kind>(one_of(members, "kind", kKinds));
  view.group = members.text("group").value_or("");
  view.sum = members.text("sum").value_or("");
  view.card = texts(members, "card");
  view.columns = texts(members, "columns");
  view.filter = members.text("filter").value_or("");
  view.sort = texts(members, "sort");
  view.order = small_integer(members, "order", 0, -kOrderMax, kOrderMax);
  members.finish();
  return view;
}

void write(json::Writer& writer, const View& view) {
  writer.begin_object();
  write_names(writer, view.id, view.name);
  write_label(writer, "label", view.label);
  writer.key("object").text(view.object);
  writer.key("kind").text(kKinds[static_cast<std::size_t>(view.kind)]);
  write_text(writer, "group", view.group);
  write_text(writer, "sum", view.sum);
  write_texts(writer, "card", view.card);
  write_texts(writer, "columns", view.columns);
  write_text(writer, "filter", view.filter);
  write_texts(writer, "sort", view.sort);
  if (view.order != 0) writer.key("order").integer(view.order);
  writer.end_object();
}

}  // namespace tenon::metadata
