#include "runtime/api/me_json.h"

#include "engine/json/writer.h"
#include "engine/record/table.h"

namespace tenon::api {
namespace {

// Text fields of the person, told as they are; null where empty.
constexpr std::string_view kTexts[] = {"login", "name", "email", "locale", "time_zone", "theme"};

const Value& field(const application::Object& object, const record::Record& record,
                   std::string_view name) {
  return record.fields[static_cast<std::size_t>(*object.find_slot(name))];
}

void write_department(json::Writer& writer, const application::Application& app,
                      storage::Transaction& tx, const Value& reference) {
  writer.key("department");
  const auto* id = std::get_if<RecordId>(&reference);
  const application::Object& departments = app.system_object("department");
  const auto record =
      id == nullptr ? std::nullopt : record::read(tx, departments.table, *id);
  if (!record) {
    writer.null();
    return;
  }
  writer.begin_object().key("id").text(text_of(*id)).key("name");
  const int title = departments.title_slot;
  write(writer, departments.type(title), record->fields[static_cast<std::size_t>(title)]);
  writer.end_object();
}

}  // namespace

std::string me_json(const application::Application& app, storage::Transaction& tx,
                    const Actor& actor) {
  const application::Object& users = app.system_object("user");
  const auto record = record::read(tx, users.table, actor.user);
  json::Writer writer;
  writer.begin_object().key("id").text(text_of(actor.user));
  for (const std::string_view name : kTexts) {
    writer.key(name);
    const auto* text =
        record ? std::get_if<std::string>(&field(users, *record, name)) : nullptr;
    text == nullptr ? writer.null() : writer.text(*text);
  }
  writer.key("roles").begin_array();
  for (const std::string& role : actor.roles) writer.text(role);
  writer.end_array();
  write_department(writer, app, tx, record ? field(users, *record, "department") : Value{});
  writer.key("admin").boolean(app.rights(actor).everything).end_object();
  return writer.take();
}

}  // namespace tenon::api
