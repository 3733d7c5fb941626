#include "engine/value/column.h"

#include "engine/json/document.h"
#include "engine/json/writer.h"

namespace tenon {
namespace {

std::string text_of_list(const TextList& list) {
  json::Writer writer;
  writer.begin_array();
  for (const std::string& item : list.items) writer.text(item);
  writer.end_array();
  return writer.take();
}

std::string text_of_list(const ReferenceList& list) {
  json::Writer writer;
  writer.begin_array();
  for (const RecordId id : list.items) writer.integer(id.value);
  writer.end_array();
  return writer.take();
}

ReferenceList references_of_text(std::string text) {
  const auto document = json::Document::parse(std::move(text), 1);
  if (!document) throw Fault("a column of references holds no JSON array");
  ReferenceList list;
  for (const json::Reader item : document->root()) list.items.push_back({*item.integer()});
  return list;
}

TextList list_of_text(std::string text) {
  const auto document = json::Document::parse(std::move(text), 1);
  if (!document) throw Fault("a list column holds no JSON array");
  TextList list;
  for (const json::Reader item : document->root()) list.items.emplace_back(*item.text());
  return list;
}

}  // namespace

bool is_integer_column(Kind kind) {
  return kind != Kind::text && kind != Kind::text_list && kind != Kind::json &&
         kind != Kind::reference_list;
}

Column to_column(const Type& type, const Value& value) {
  if (is_empty(value)) return {};
  if (kind_of(value) != type.kind()) {
    throw Fault("a value of another kind for a column of kind " +
                std::string(name_of(type.kind())));
  }
  if (const auto* number = std::get_if<Decimal>(&value)) {
    const auto scaled = number->scaled(type.scale);
    if (!scaled) throw Fault("a number does not fit its column: " + number->text());
    return *scaled;
  }
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* truth = std::get_if<bool>(&value)) return std::int64_t{*truth};
  if (const auto* id = std::get_if<RecordId>(&value)) return id->value;
  if (const auto* date = std::get_if<Date>(&value)) return std::int64_t{date->days};
  if (const auto* time = std::get_if<Time>(&value)) return std::int64_t{time->seconds};
  if (const auto* moment = std::get_if<DateTime>(&value)) return moment->ms;
  if (const auto* list = std::get_if<TextList>(&value)) return text_of_list(*list);
  if (const auto* list = std::get_if<ReferenceList>(&value)) return text_of_list(*list);
  if (const auto* json = std::get_if<Json>(&value)) return json->text;
  return {};
}

Value from_column(const Type& type, std::int64_t integer) {
  switch (type.kind()) {
    case Kind::boolean: return integer != 0;
    case Kind::number: return Decimal::of_scaled(integer, type.scale);
    case Kind::date: return Date{static_cast<std::int32_t>(integer)};
    case Kind::time: return Time{static_cast<std::int32_t>(integer)};
    case Kind::datetime: return DateTime{integer};
    case Kind::reference: return RecordId{integer};
    default: throw Fault("an integer stands in a column of texts");
  }
}

Value from_column(const Type& type, std::string text) {
  switch (type.kind()) {
    case Kind::text: return text.empty() ? Value{} : Value{std::move(text)};
    case Kind::text_list: return list_of_text(std::move(text));
    case Kind::reference_list: return references_of_text(std::move(text));
    case Kind::json: return Json{std::move(text)};
    default: throw Fault("a text stands in a column of integers");
  }
}

}  // namespace tenon
