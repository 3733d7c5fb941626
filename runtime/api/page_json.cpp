#include "runtime/api/page_json.h"

namespace tenon::api {
namespace {

void write_person(json::Writer& writer, std::string_view name, RecordId id) {
  writer.key(name);
  id.value == 0 ? writer.null() : writer.text(text_of(id));
}

}  // namespace

PageShape::PageShape(const query::Page& page) : page_(page) {
  for (std::size_t i = 0; i < page.outputs.size(); ++i) add(nodes_, page.outputs[i].path.text, i);
}

// A reference is always there before what lies behind it: query::list sees to it.
void PageShape::add(std::vector<Node>& nodes, const std::string& path, std::size_t output) {
  const auto dot = path.find('.');
  if (dot == std::string::npos) {
    nodes.push_back({path, output, {}});
    return;
  }
  for (Node& node : nodes) {
    if (node.name == path.substr(0, dot)) return add(node.children, path.substr(dot + 1), output);
  }
}

void PageShape::write_node(json::Writer& writer, const Node& node, const Values& row) const {
  writer.key(node.name);
  const Value& value = row[node.output];
  if (node.children.empty() || is_empty(value)) {
    tenon::write(writer, *page_.outputs[node.output].type, value);
    return;
  }
  writer.begin_object().key("id");
  tenon::write(writer, *page_.outputs[node.output].type, value);
  for (const Node& child : node.children) {
    if (child.name != "id") write_node(writer, child, row);
  }
  writer.end_object();
}

void PageShape::write(json::Writer& writer, std::size_t row, bool with_may) const {
  writer.begin_object();
  for (const Node& node : nodes_) write_node(writer, node, page_.rows[row]);
  if (with_may) {
    writer.key("may").begin_object();
    writer.key("update").boolean(page_.may[row].update);
    writer.key("delete").boolean(page_.may[row].erase);
    writer.end_object();
  }
  writer.end_object();
}

std::string page_json(const query::Page& page, bool with_may) {
  const PageShape shape(page);
  json::Writer writer;
  writer.begin_object().key("records").begin_array();
  for (std::size_t row = 0; row < page.rows.size(); ++row) shape.write(writer, row, with_may);
  writer.end_array().key("next");
  page.next.empty() ? writer.null() : writer.text(page.next);
  if (page.count) writer.key("count").integer(*page.count);
  if (page.count_more) writer.key("count_more").boolean(true);
  writer.end_object();
  return writer.take();
}

std::string record_json(const query::Page& page, bool with_may) {
  json::Writer writer;
  PageShape(page).write(writer, 0, with_may);
  return writer.take();
}

std::string record_json(const application::Object& object, const record::Record& record,
                        const permission::Rights& rights) {
  const auto& granted = rights.objects[static_cast<std::size_t>(object.place)];
  json::Writer writer;
  writer.begin_object().key("id").text(text_of(record.id));
  writer.key("version").integer(record.version);
  writer.key("created_at").text(text_of(record.created_at));
  write_person(writer, "created_by", record.created_by);
  writer.key("updated_at").text(text_of(record.updated_at));
  write_person(writer, "updated_by", record.updated_by);
  for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
    if (!granted.may_read(slot)) continue;
    writer.key(object.field(slot).name);
    write(writer, object.type(slot), record.fields[static_cast<std::size_t>(slot)]);
  }
  writer.end_object();
  return writer.take();
}

}  // namespace tenon::api
