#include "engine/run/values_json.h"

#include <array>

#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/value/type.h"

namespace tenon::run {
namespace {

constexpr std::array kKinds{Kind::boolean,   Kind::number,        Kind::text, Kind::date,
                            Kind::time,      Kind::datetime,      Kind::json, Kind::reference,
                            Kind::text_list, Kind::reference_list};

json::Document document_of(std::string_view text) {
  auto document = json::Document::parse(std::string(text));
  if (!document) throw Fault("a run holds what is no JSON");
  return document.take();
}

void write_value(json::Writer& writer, const Value& value) {
  if (is_empty(value)) {
    writer.null();
    return;
  }
  const Kind kind = kind_of(value);
  writer.begin_array().text(name_of(kind));
  if (const auto* number = std::get_if<Decimal>(&value)) {
    writer.text(number->text());
  } else if (const auto* list = std::get_if<TextList>(&value)) {
    writer.begin_array();
    for (const std::string& item : list->items) writer.text(item);
    writer.end_array();
  } else {
    write(writer, Type{.format = &format_of(kind)}, value);
  }
  writer.end_array();
}

Kind kind_named(std::string_view name) {
  for (const Kind kind : kKinds) {
    if (name_of(kind) == name) return kind;
  }
  throw Fault("a run holds a value of no kind: " + std::string(name));
}

Value parse_value(json::Reader reader) {
  if (reader.is_null()) return {};
  std::vector<json::Reader> parts;
  for (const json::Reader part : reader) parts.push_back(part);
  if (parts.size() != 2) throw Fault("a run holds a value without its kind");
  const Kind kind = kind_named(*parts[0].text());
  if (kind == Kind::text_list) {
    TextList list;
    for (const json::Reader item : parts[1]) list.items.emplace_back(*item.text());
    return list;
  }
  Result<Value> value = Value{};
  if (kind == Kind::number) {
    auto number = Decimal::parse(*parts[1].text());
    if (number) return *number;
    value = number.error();
  } else {
    value = parse(parts[1], Type{.format = &format_of(kind)});
  }
  if (!value) throw Fault("a run holds a value that cannot be read: " + describe(value.error()));
  return value.take();
}

}  // namespace

std::string text_of(const Values& values) {
  json::Writer writer;
  writer.begin_array();
  for (const Value& value : values) write_value(writer, value);
  return writer.end_array().take();
}

Values parse_values(std::string_view text) {
  Values values;
  if (text == "[]") return values;
  const json::Document document = document_of(text);
  for (const json::Reader value : document.root()) values.push_back(parse_value(value));
  return values;
}

std::string text_of(const std::map<int, std::vector<flow::UserId>>& people) {
  json::Writer writer;
  writer.begin_object();
  for (const auto& [node, users] : people) {
    writer.key(std::to_string(node)).begin_array();
    for (const flow::UserId user : users) writer.text(tenon::text_of(user));
    writer.end_array();
  }
  return writer.end_object().take();
}

std::map<int, std::vector<flow::UserId>> parse_people(std::string_view text) {
  std::map<int, std::vector<flow::UserId>> people;
  if (text == "{}") return people;
  const json::Document document = document_of(text);
  for (const json::Reader users : document.root()) {
    auto& list = people[std::stoi(std::string(users.name()))];
    for (const json::Reader user : users) {
      auto id = parse_id_text(*user.text());
      if (!id) throw Fault("a run names nobody: " + std::string(*user.text()));
      list.push_back({*id});
    }
  }
  return people;
}

std::string text_of(const std::vector<flow::GoneNode>& gone) {
  json::Writer writer;
  writer.begin_array();
  for (const flow::GoneNode& one : gone) {
    writer.begin_array().integer(one.version).integer(one.node).integer(one.region).end_array();
  }
  return writer.end_array().take();
}

std::vector<flow::GoneNode> parse_gone(std::string_view text) {
  std::vector<flow::GoneNode> gone;
  if (text == "[]") return gone;
  const json::Document document = document_of(text);
  for (const json::Reader one : document.root()) {
    std::vector<std::int64_t> parts;
    for (const json::Reader part : one) parts.push_back(*part.integer());
    if (parts.size() != 3) throw Fault("a run names a node that is gone in no way that is known");
    gone.push_back({parts[0], static_cast<int>(parts[1]), static_cast<int>(parts[2])});
  }
  return gone;
}

}  // namespace tenon::run
