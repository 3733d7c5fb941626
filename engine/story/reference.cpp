#include "engine/story/reference.h"

#include "engine/json/layout.h"

namespace tenon::story {
namespace {

constexpr std::size_t kIdLetters = 13;

json::Document parsed(const std::string& json) {
  auto document = json::Document::parse(json);
  if (!document) throw Fault("a story's value is no JSON: " + json);
  return document.take();
}

}  // namespace

void References::keep(const std::string& name, Known known) {
  by_id_[known.id] = name;
  by_name_[name] = std::move(known);
}

const Known* References::find(const std::string& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &found->second;
}

const Known& References::at(const std::string& name) const {
  const Known* known = find(name);
  if (known == nullptr) throw Fault("the story has no @" + name + " by then");
  return *known;
}

void References::write_resolved(json::Reader reader, json::Writer& writer) const {
  if (reader.kind() == json::Kind::object) {
    writer.begin_object();
    for (const json::Reader member : reader) write_resolved(member, writer.key(member.name()));
    writer.end_object();
  } else if (reader.kind() == json::Kind::array) {
    writer.begin_array();
    for (const json::Reader item : reader) write_resolved(item, writer);
    writer.end_array();
  } else if (reader.kind() == json::Kind::text && reader.text()->starts_with("@@")) {
    writer.text(reader.text()->substr(1));
  } else if (reader.kind() == json::Kind::text && reader.text()->starts_with("@")) {
    writer.text(text_of(at(std::string(reader.text()->substr(1))).id));
  } else {
    json::copy(reader, writer);
  }
}

std::string References::resolved(const std::string& json) const {
  json::Writer writer;
  write_resolved(parsed(json).root(), writer);
  return writer.take();
}

void References::write_named(json::Reader reader, json::Writer& writer) const {
  if (reader.kind() == json::Kind::object) {
    writer.begin_object();
    for (const json::Reader member : reader) write_named(member, writer.key(member.name()));
    writer.end_object();
    return;
  }
  if (reader.kind() == json::Kind::array) {
    writer.begin_array();
    for (const json::Reader item : reader) write_named(item, writer);
    writer.end_array();
    return;
  }
  const bool may_be_id = reader.kind() == json::Kind::text && reader.text()->size() == kIdLetters;
  const auto id = may_be_id ? parse_id_text(*reader.text()) : Error::not_found();
  const auto known = id ? by_id_.find(RecordId{*id}) : by_id_.end();
  known == by_id_.end() ? json::copy(reader, writer)
                        : static_cast<void>(writer.text("@" + known->second));
}

std::string References::named(const std::string& json) const {
  json::Writer writer;
  write_named(parsed(json).root(), writer);
  return writer.take();
}

std::string References::name_of(RecordId id, const std::string& object) const {
  const auto known = by_id_.find(id);
  return known == by_id_.end() ? object : "@" + known->second;
}

}  // namespace tenon::story
