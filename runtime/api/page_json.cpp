#include "runtime/api/page_json.h"

namespace tenon::api {
namespace {

void write_person(json::Writer& writer, std::string_view name, RecordId id) {
  writer.key(name);
  id.value == 0 ? writer.null() : writer.text(text_of(id));
}

void write_output(json::Writer& writer, const query::Shape& shape, std::size_t place,
                  const Values& row) {
  const query::Output& output = shape.outputs[place];
  writer.key(output.name);
  const Value& value = row[place];
  if (output.behind.empty() || is_empty(value)) {
    tenon::write(writer, *output.type, value);
    return;
  }
  writer.begin_object().key("id");
  tenon::write(writer, *output.type, value);
  for (const std::size_t next : output.behind) {
    if (shape.outputs[next].name != "id") write_output(writer, shape, next, row);
  }
  writer.end_object();
}

void write_row(json::Writer& writer, const query::Page& page, std::size_t row, bool with_may) {
  writer.begin_object();
  for (const std::size_t place : page.shape->top) {
    write_output(writer, *page.shape, place, page.rows[row]);
  }
  if (with_may) {
    writer.key("may").begin_object();
    writer.key("update").boolean(page.may[row].update);
    writer.key("delete").boolean(page.may[row].erase);
    writer.end_object();
  }
  writer.end_object();
}

}  // namespace

std::string page_json(const query::Page& page, bool with_may) {
  json::Writer writer;
  writer.begin_object().key("records").begin_array();
  for (std::size_t row = 0; row < page.rows.size(); ++row) {
    write_row(writer, page, row, with_may);
  }
  writer.end_array().key("next");
  page.next.empty() ? writer.null() : writer.text(page.next);
  if (page.count) writer.key("count").integer(*page.count);
  if (page.count_more) writer.key("count_more").boolean(true);
  writer.end_object();
  return writer.take();
}

std::string record_json(const query::Page& page, bool with_may) {
  json::Writer writer;
  write_row(writer, page, 0, with_may);
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
