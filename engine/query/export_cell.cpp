#include "engine/query/export_cell.h"

#include <algorithm>

#include "engine/html/plain.h"
#include "engine/value/date.h"
#include "engine/value/structures.h"

namespace tenon::query {
namespace {

using Kind = sheet::Cell::Kind;

std::string option_label(const CellFormat& format, const metadata::Field* field,
                         const std::string& name) {
  if (field == nullptr || format.purpose == ExportFor::programs) return name;
  const auto& options = field->outcome ? field->outcome->options : field->options;
  const auto option = std::find_if(options.begin(), options.end(),
                                   [&](const auto& one) { return one.name == name; });
  if (option == options.end()) return name;
  const std::string& label = metadata::text_in(option->label, format.locale);
  return label.empty() ? name : label;
}

std::string labels_of(const CellFormat& format, const metadata::Field* field,
                      const TextList& list) {
  std::string joined;
  for (const std::string& item : list.items) {
    if (!joined.empty()) joined += format.purpose == ExportFor::people ? "; " : ";";
    joined += option_label(format, field, item);
  }
  return joined;
}

std::string two(std::int32_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// "2026-11-23 09:30:00" on the clocks of the workspace.
std::string local_text(const CellFormat& format, DateTime moment) {
  const calendar::Local local = format.app->zone().local(moment.ms);
  return tenon::text_of(Date{local.days}) + " " + two(local.seconds / 3600) + ":" +
         two(local.seconds / 60 % 60) + ":" + two(local.seconds % 60);
}

std::string text_for(const CellFormat& format, const Type& type, const metadata::Field* field,
                     const std::string& text) {
  if (type.format->name == "choice") return option_label(format, field, text);
  const bool is_read = type.format->name == "rich_text" && format.purpose == ExportFor::people;
  return is_read ? html::plain(text) : text;
}

sheet::Cell number_cell(const Type& type, const Value& value) {
  std::string text = tenon::text_of(type, value);
  if (type.format->written == Written::duration) return {Kind::text, std::move(text)};
  return {Kind::number, std::move(text), type.scale};
}

}  // namespace

sheet::Cell cell_of(const CellFormat& format, const Type& type, const metadata::Field* field,
                    const Value& value) {
  if (is_empty(value)) return {};
  if (std::holds_alternative<Decimal>(value)) return number_cell(type, value);
  if (std::holds_alternative<bool>(value)) return {Kind::boolean, tenon::text_of(type, value)};
  if (std::holds_alternative<Date>(value)) return {Kind::date, tenon::text_of(type, value)};
  if (const auto* moment = std::get_if<DateTime>(&value)) {
    if (format.purpose == ExportFor::programs) return {Kind::text, tenon::text_of(*moment)};
    return {Kind::datetime, local_text(format, *moment)};
  }
  if (const auto* list = std::get_if<TextList>(&value)) {
    return {Kind::text, labels_of(format, field, *list)};
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return {Kind::text, text_for(format, type, field, *text)};
  }
  if (const auto* json = std::get_if<Json>(&value); json != nullptr && !parts_of(type).empty()) {
    if (format.purpose == ExportFor::people) {
      return {Kind::text, structure_text(type, *json, format.locale)};
    }
  }
  return {Kind::text, tenon::text_of(type, value)};
}

}  // namespace tenon::query
