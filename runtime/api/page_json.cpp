#include "runtime/api/page_json.h"

#include "engine/application/money.h"
#include "engine/query/sight.h"
#include "engine/value/references.h"
#include "runtime/api/ownership_json.h"

namespace tenon::api {
namespace {

void write_person(json::Writer& writer, std::string_view name, RecordId id) {
  writer.key(name);
  id.value == 0 ? writer.null() : writer.text(text_of(id));
}

void write_lines(json::Writer& writer, const query::LineSet& lines) {
  writer.begin_array();
  const application::Object& object = lines.object();
  for (const query::LineRow& row : lines.rows) {
    writer.begin_object().key("id").text(text_of(row.id));
    for (std::size_t slot = 0; slot < row.fields.size(); ++slot) {
      const metadata::Field& field = object.field(static_cast<int>(slot));
      if (!field.held_by.empty() || field.is_children() || !field.currency_of.empty()) continue;
      const int at = static_cast<int>(slot);
      writer.key(field.name);
      tenon::write(writer, object.type(at), application::written_value(object, at, row.fields));
    }
    for (const query::LineSet& below : row.lines) {
      writer.key(object.field(below.children->slot).name);
      write_lines(writer, below);
    }
    writer.end_object();
  }
  writer.end_array();
}

void write_target(json::Writer& writer, const query::Targets& targets, RecordId id);

void write_output(json::Writer& writer, const query::Page& page, std::size_t place,
                  const Values& row) {
  const query::Shape& shape = *page.shape;
  const query::Output& output = shape.outputs[place];
  writer.key(output.name);
  if (const auto lines = page.lines.find(place); lines != page.lines.end()) {
    const auto held = lines->second.find(std::get<RecordId>(row[0]).value);
    if (held != lines->second.end()) return write_lines(writer, held->second);
    writer.begin_array().end_array();
    return;
  }
  const Value& value = row[place];
  if (const auto list = page.targets.find(place); list != page.targets.end() && !is_empty(value)) {
    writer.begin_array();
    for (const RecordId id : targets_of(value)) write_target(writer, *list->second, id);
    writer.end_array();
    return;
  }
  if (output.behind.empty() || is_empty(value)) {
    tenon::write(writer, *output.type, value);
    return;
  }
  writer.begin_object().key("id");
  tenon::write(writer, *output.type, value);
  for (const std::size_t next : output.behind) {
    if (shape.outputs[next].name != "id") write_output(writer, page, next, row);
  }
  writer.end_object();
}

void write_hidden(json::Writer& writer, const application::Object& object,
                  const std::vector<bool>& hidden) {
  writer.key("hidden").begin_array();
  for (std::size_t slot = 0; slot < hidden.size(); ++slot) {
    const int at = static_cast<int>(slot);
    if (hidden[slot] && !application::is_currency(object, at)) writer.text(object.field(at).name);
  }
  writer.end_array();
}

// One of several: its id, and what was asked of it; null where it may not be seen.
void write_target(json::Writer& writer, const query::Targets& targets, RecordId id) {
  const query::Shape& shape = *targets.page.shape;
  const auto found = targets.rows.find(id.value);
  writer.begin_object().key("id").text(text_of(id));
  for (const std::size_t place : shape.top) {
    const std::string& name = shape.outputs[place].name;
    if (name == "id" || name == "version") continue;
    if (found != targets.rows.end()) {
      write_output(writer, targets.page, place, targets.page.rows[found->second]);
    } else {
      writer.key(name).null();
    }
  }
  writer.end_object();
}

void write_row(json::Writer& writer, const query::Page& page, std::size_t row, bool with_may) {
  writer.begin_object();
  for (const std::size_t place : page.shape->top) {
    write_output(writer, page, place, page.rows[row]);
  }
  if (with_may) {
    writer.key("may").begin_object();
    writer.key("update").boolean(page.may[row].update);
    writer.key("delete").boolean(page.may[row].erase);
    if (!page.object->pools.empty()) {
      write_actions(writer, page.may[row].actions);
      write_hidden(writer, *page.object, page.may[row].hidden);
    }
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

void write_warnings(json::Writer& writer, const std::vector<command::Warning>& warnings) {
  writer.begin_array();
  for (const command::Warning& warning : warnings) {
    writer.begin_object().key("at").text(warning.at).key("rule").text(warning.rule);
    writer.key("message").text(warning.message);
    if (warning.object != nullptr) {
      writer.key("record").begin_object().key("object").text(warning.object->name());
      writer.key("id").text(text_of(warning.record)).end_object();
    }
    writer.end_object();
  }
  writer.end_array();
}

std::string record_json(const command::Context& context, const command::Reply& reply) {
  const application::Object& object = *reply.object;
  const record::Record& record = *reply.record;
  const query::Context asked = command::as_query(context);
  const auto& granted = asked.rights.objects[static_cast<std::size_t>(object.place)];
  const auto hidden = query::hidden_in_pool(asked, object, record.fields);
  json::Writer writer;
  writer.begin_object().key("id").text(text_of(record.id));
  writer.key("version").integer(record.version);
  writer.key("created_at").text(text_of(record.created_at));
  write_person(writer, "created_by", record.created_by);
  writer.key("updated_at").text(text_of(record.updated_at));
  write_person(writer, "updated_by", record.updated_by);
  for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
    if (!granted.may_read(slot) || object.field(slot).is_children()) continue;
    if (application::is_currency(object, slot)) continue;
    writer.key(object.field(slot).name);
    const bool is_hidden = !hidden.empty() && hidden[static_cast<std::size_t>(slot)];
    write(writer, object.type(slot),
          is_hidden ? Value{} : application::written_value(object, slot, record.fields));
  }
  for (const query::LineSet& lines : query::lines_of(asked, object, record.id)) {
    writer.key(object.field(lines.children->slot).name);
    write_lines(writer, lines);
  }
  if (!reply.warnings.empty()) {
    writer.key("$warnings");
    write_warnings(writer, reply.warnings);
  }
  writer.end_object();
  return writer.take();
}

}  // namespace tenon::api
