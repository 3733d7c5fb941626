#include <array>

#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 6> kEffects{"require", "hide",      "clear",
                                                   "reject",  "read_only", "options"};
constexpr int kOrderMax = 1'000'000;

}  // namespace

std::string_view name_of(Effect effect) { return kEffects[static_cast<std::size_t>(effect)]; }

Rule parse(json::Reader reader, json::To<Rule>, Problems& problems) {
  json::Members members(reader, problems);
  Rule rule;
  read_names(members, rule);
  rule.object = members.required_text("object").value_or("");
  rule.order = small_integer(members, "order", 0, -kOrderMax, kOrderMax);
  rule.when = members.required_text("when").value_or("");
  members.required("effect");
  rule.effect = static_cast<Effect>(one_of(members, "effect", kEffects));
  rule.field = members.text("field").value_or("");
  rule.options = texts(members, "options");
  rule.filter = members.text("filter").value_or("");
  rule.message = optional_label(members, "message");
  members.finish();
  return rule;
}

void write(json::Writer& writer, const Rule& rule) {
  writer.begin_object();
  write_names(writer, rule.id, rule.name);
  writer.key("object").text(rule.object);
  if (rule.order != 0) writer.key("order").integer(rule.order);
  writer.key("when").text(rule.when);
  writer.key("effect").text(name_of(rule.effect));
  write_text(writer, "field", rule.field);
  if (!rule.options.empty()) write_texts(writer, "options", rule.options);
  write_text(writer, "filter", rule.filter);
  write_label(writer, "message", rule.message);
  writer.end_object();
}

}  // namespace tenon::metadata
