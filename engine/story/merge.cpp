#include "engine/story/merge.h"

#include <optional>

#include "engine/base/error.h"
#include "engine/json/document.h"
#include "engine/json/layout.h"
#include "engine/json/writer.h"

namespace tenon::story {
namespace {

json::Document document_of(const std::string& text) {
  auto document = json::Document::parse(text.empty() ? "{}" : text);
  if (!document) throw Fault("a story publishes what is no JSON");
  return document.take();
}

void merge(std::optional<json::Reader> target, json::Reader changes, json::Writer& writer) {
  if (changes.kind() != json::Kind::object) return json::copy(changes, writer);
  if (target && target->kind() != json::Kind::object) target.reset();
  writer.begin_object();
  if (target) {
    for (const json::Reader member : *target) {
      const auto change = changes.member(member.name());
      if (change && change->is_null()) continue;
      writer.key(member.name());
      change ? merge(member, *change, writer) : json::copy(member, writer);
    }
  }
  for (const json::Reader change : changes) {
    if (change.is_null() || (target && target->member(change.name()))) continue;
    merge(std::nullopt, change, writer.key(change.name()));
  }
  writer.end_object();
}

}  // namespace

std::string merged(const std::string& text, const std::string& changes) {
  const json::Document before = document_of(text);
  const json::Document patch = document_of(changes);
  json::Writer writer;
  merge(before.root(), patch.root(), writer);
  return writer.take();
}

}  // namespace tenon::story
