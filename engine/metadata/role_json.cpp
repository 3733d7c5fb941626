#include <array>

#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 5> kReaches{"none", "own", "department", "team", "all"};
constexpr std::array<std::string_view, 3> kFieldRights{"none", "read", "write"};

Reach read_reach(json::Members& members, std::string_view name) {
  return static_cast<Reach>(one_of(members, name, kReaches));
}

std::map<std::string, FieldRight> read_field_rights(json::Members& members) {
  std::map<std::string, FieldRight> rights;
  const auto object = members.optional("fields");
  if (!object) return rights;
  json::Members fields(*object, members.problems());
  if (object->kind() != json::Kind::object) return rights;
  for (const json::Reader field : *object) {
    const auto right = one_of(fields, field.name(), kFieldRights);
    rights[std::string(field.name())] = static_cast<FieldRight>(right);
  }
  return rights;
}

ObjectGrant parse_grant(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  ObjectGrant grant;
  grant.read = read_reach(members, "read");
  grant.create = members.boolean("create").value_or(false);
  grant.update = read_reach(members, "update");
  grant.erase = read_reach(members, "delete");
  grant.fields = read_field_rights(members);
  members.finish();
  return grant;
}

void read_grants(json::Reader objects, Role& role, Problems& problems) {
  if (objects.kind() == json::Kind::text && *objects.text() == "*") {
    role.everything = true;
    return;
  }
  if (objects.kind() != json::Kind::object) {
    problems.push_back(objects.problem("type", "must be \"*\", or a grant per object"));
    return;
  }
  for (const json::Reader grant : objects) {
    role.objects[std::string(grant.name())] = parse_grant(grant, problems);
  }
}

void write_reach(json::Writer& writer, std::string_view name, Reach reach) {
  if (reach != Reach::none) writer.key(name).text(kReaches[static_cast<std::size_t>(reach)]);
}

void write(json::Writer& writer, const ObjectGrant& grant) {
  writer.begin_object();
  write_reach(writer, "read", grant.read);
  if (grant.create) writer.key("create").boolean(true);
  write_reach(writer, "update", grant.update);
  write_reach(writer, "delete", grant.erase);
  if (!grant.fields.empty()) {
    writer.key("fields").begin_object();
    for (const auto& [field, right] : grant.fields) {
      writer.key(field).text(kFieldRights[static_cast<std::size_t>(right)]);
    }
    writer.end_object();
  }
  writer.end_object();
}

}  // namespace

Role parse(json::Reader reader, json::To<Role>, Problems& problems) {
  json::Members members(reader, problems);
  Role role;
  read_names(members, role);
  role.label = required_label(members, "label");
  if (const auto objects = members.required("objects")) read_grants(*objects, role, problems);
  role.reports = texts(members, "reports");
  role.administers_flows = members.boolean("flow_admin").value_or(false);
  members.finish();
  return role;
}

void write(json::Writer& writer, const Role& role) {
  writer.begin_object();
  write_names(writer, role.id, role.name);
  write_label(writer, "label", role.label);
  if (role.everything) {
    writer.key("objects").text("*");
  } else {
    writer.key("objects").begin_object();
    for (const auto& [object, grant] : role.objects) {
      writer.key(object);
      write(writer, grant);
    }
    writer.end_object();
  }
  write_texts(writer, "reports", role.reports);
  if (role.administers_flows) writer.key("flow_admin").boolean(true);
  writer.end_object();
}

}  // namespace tenon::metadata
