#include <array>

#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 3> kActions{"warn", "block", "merge"};
constexpr std::array<std::string_view, 3> kReveals{"nothing", "owner", "title"};
constexpr std::array<std::string_view, 5> kForms{"exact", "text", "email", "phone", "company"};
constexpr int kOrderMax = 1'000'000;

MatchField read_field(json::Members& members) {
  MatchField field;
  field.field = members.required_text("field").value_or("");
  field.other = members.text("other").value_or(field.field);
  field.form = static_cast<NormalForm>(one_of(members, "form", kForms));
  return field;
}

void write_members(json::Writer& writer, const MatchField& field) {
  writer.key("field").text(field.field);
  if (field.other != field.field) writer.key("other").text(field.other);
  if (field.form != NormalForm::exact) {
    writer.key("form").text(kForms[static_cast<std::size_t>(field.form)]);
  }
}

void write(json::Writer& writer, const MatchField& field) {
  writer.begin_object();
  write_members(writer, field);
  writer.end_object();
}

}  // namespace

MatchField parse(json::Reader reader, json::To<MatchField>, Problems& problems) {
  json::Members members(reader, problems);
  MatchField field = read_field(members);
  members.finish();
  return field;
}

Duplicate parse(json::Reader reader, json::To<Duplicate>, Problems& problems) {
  json::Members members(reader, problems);
  Duplicate rule;
  read_names(members, rule);
  rule.label = optional_label(members, "label");
  rule.object = members.required_text("object").value_or("");
  rule.against = members.text("against").value_or(rule.object);
  rule.order = small_integer(members, "order", 0, -kOrderMax, kOrderMax);
  rule.fields = list_of<MatchField>(members, "fields");
  if (const auto similar = members.optional("similar")) {
    json::Members own(*similar, problems);
    rule.similar = read_field(own);
    rule.least = small_integer(own, "least", rule.least, 1, 100);
    own.finish();
  }
  rule.when = members.text("when").value_or("");
  rule.filter = members.text("filter").value_or("");
  members.required("action");
  rule.action = static_cast<OnDuplicate>(one_of(members, "action", kActions));
  rule.reveals = static_cast<Reveals>(one_of(members, "reveals", kReveals));
  rule.message = optional_label(members, "message");
  members.finish();
  return rule;
}

void write(json::Writer& writer, const Duplicate& rule) {
  writer.begin_object();
  write_names(writer, rule.id, rule.name);
  write_label(writer, "label", rule.label);
  writer.key("object").text(rule.object);
  if (rule.against != rule.object) writer.key("against").text(rule.against);
  if (rule.order != 0) writer.key("order").integer(rule.order);
  if (!rule.fields.empty()) {
    writer.key("fields").begin_array();
    for (const MatchField& field : rule.fields) write(writer, field);
    writer.end_array();
  }
  if (!rule.similar.field.empty()) {
    writer.key("similar").begin_object();
    write_members(writer, rule.similar);
    writer.key("least").integer(rule.least).end_object();
  }
  write_text(writer, "when", rule.when);
  write_text(writer, "filter", rule.filter);
  writer.key("action").text(kActions[static_cast<std::size_t>(rule.action)]);
  if (rule.reveals != Reveals::nothing) {
    writer.key("reveals").text(kReveals[static_cast<std::size_t>(rule.reveals)]);
  }
  write_label(writer, "message", rule.message);
  writer.end_object();
}

}  // namespace tenon::metadata
