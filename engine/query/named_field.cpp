#include "engine/query/named_field.h"

namespace tenon::query {
namespace {

int slot_of(const application::Object& object, std::string_view field) {
  const auto slot = object.find_slot(field);
  if (!slot) throw Fault("the system object " + object.id() + " lacks " + std::string(field));
  return *slot;
}

}  // namespace

const std::string& column_of(const application::Object& object, std::string_view field) {
  return record::find_column(object.table, slot_of(object, field))->name;
}

const Value& value_of(const application::Object& object, const record::Record& record,
                      std::string_view field) {
  return record.fields[static_cast<std::size_t>(slot_of(object, field))];
}

std::string text_of(const application::Object& object, const record::Record& record,
                    std::string_view field) {
  const auto* text = std::get_if<std::string>(&value_of(object, record, field));
  return text == nullptr ? "" : *text;
}

}  // namespace tenon::query
