#include "engine/permission/rights.h"

#include <algorithm>

#include "engine/metadata/many.h"

namespace tenon::permission {
namespace {

using metadata::FieldRight;

ObjectRights nothing(const metadata::Object& object) {
  ObjectRights rights;
  rights.readable.assign(object.fields.size(), false);
  rights.writable.assign(object.fields.size(), false);
  return rights;
}

bool is_writable(const metadata::Field& field) {
  return !field.is_derived() && !field.read_only && field.held_by.empty();
}

ObjectRights everything(const metadata::Object& object) {
  ObjectRights rights;
  rights.read = rights.update = rights.erase = Reach::all;
  rights.create = true;
  rights.readable.assign(object.fields.size(), true);
  for (const metadata::Field& field : object.fields) {
    rights.writable.push_back(is_writable(field));
  }
  return rights;
}

FieldRight right_to(const metadata::ObjectGrant& grant, const metadata::Field& field) {
  // The currency of an amount is under the rights of the amount.
  const auto named = grant.fields.find(field.currency_of.empty() ? field.id : field.currency_of);
  return named == grant.fields.end() ? FieldRight::write : named->second;
}

// Neither a team nor a department holds the other: both together are more than either.
Reach wider(Reach a, Reach b) {
  if (a == Reach::all || b == Reach::all) return Reach::all;
  const Reach least = std::min(a, b);
  const Reach most = std::max(a, b);
  const bool apart = least == Reach::department && most == Reach::team;
  return apart ? Reach::team_and_department : most;
}

void add(const metadata::ObjectGrant& grant, const metadata::Object& object, ObjectRights& rights) {
  rights.read = wider(rights.read, grant.read);
  rights.create = rights.create || grant.create;
  rights.update = wider(rights.update, grant.update);
  rights.erase = wider(rights.erase, grant.erase);
  const bool writes = grant.create || grant.update != Reach::none;
  for (std::size_t slot = 0; slot < object.fields.size(); ++slot) {
    const metadata::Field& field = object.fields[slot];
    const FieldRight right = right_to(grant, field);
    if (right != FieldRight::none) rights.readable[slot] = true;
    if (right == FieldRight::write && writes && is_writable(field)) {
      rights.writable[slot] = true;
    }
  }
}

// Lines are under the rights of the record that holds them: whoever may read or write the field
// that holds them may do so with every field of a line. `may` is of the top record's object.
ObjectRights of_lines(const metadata::Object& lines, const ObjectRights& holder, int slot) {
  ObjectRights rights = nothing(lines);
  if (!holder.may_read(slot)) return rights;
  rights.read = holder.read;
  rights.readable.assign(lines.fields.size(), true);
  for (std::size_t place = 0; place < lines.fields.size(); ++place) {
    rights.writable[place] = holder.may_write(slot) && is_writable(lines.fields[place]);
  }
  return rights;
}

// From the top down: a line that holds lines has its rights before they do.
void give_lines(const metadata::Bundle& bundle, int holder, std::vector<ObjectRights>& rights) {
  const metadata::Object& object = bundle.objects[static_cast<std::size_t>(holder)];
  for (std::size_t slot = 0; slot < object.fields.size(); ++slot) {
    const metadata::Field& field = object.fields[slot];
    if (!field.is_children() || field.to == object.id) continue;
    const metadata::Object* lines = bundle.find_id(field.to);
    if (lines == nullptr) continue;
    const auto place = static_cast<int>(lines - bundle.objects.data());
    rights[static_cast<std::size_t>(place)] =
        of_lines(*lines, rights[static_cast<std::size_t>(holder)], static_cast<int>(slot));
    give_lines(bundle, place, rights);
  }
}

void give_lines(const metadata::Bundle& bundle, std::vector<ObjectRights>& rights) {
  for (std::size_t place = 0; place < bundle.objects.size(); ++place) {
    if (metadata::is_line_object(bundle.objects[place])) continue;
    give_lines(bundle, static_cast<int>(place), rights);
  }
}

const metadata::Role* role_named(const metadata::Bundle& bundle, std::string_view name) {
  for (const metadata::Role& role : bundle.roles) {
    if (role.name == name || role.id == name) return &role;
  }
  return nullptr;
}

void add(const metadata::Role& role, const metadata::Bundle& bundle, Rights& rights) {
  for (std::size_t place = 0; place < bundle.objects.size(); ++place) {
    const metadata::Object& object = bundle.objects[place];
    const auto grant = role.objects.find(object.id);
    if (grant != role.objects.end()) add(grant->second, object, rights.objects[place]);
  }
  for (std::size_t place = 0; place < bundle.reports.size(); ++place) {
    const auto granted = [&](const std::string& id) {
      return id == "*" || id == bundle.reports[place].id;
    };
    if (std::any_of(role.reports.begin(), role.reports.end(), granted)) {
      rights.reports[place] = true;
    }
  }
}

}  // namespace

Rights all_rights(const metadata::Bundle& bundle) {
  Rights rights;
  rights.everything = true;
  for (const metadata::Object& object : bundle.objects) {
    rights.objects.push_back(everything(object));
  }
  give_lines(bundle, rights.objects);
  rights.reports.assign(bundle.reports.size(), true);
  return rights;
}

Rights rights_of(const metadata::Bundle& bundle, std::span<const std::string> roles) {
  Rights rights;
  for (const metadata::Object& object : bundle.objects) rights.objects.push_back(nothing(object));
  rights.reports.assign(bundle.reports.size(), false);
  for (const std::string& name : roles) {
    const metadata::Role* role = role_named(bundle, name);
    if (role == nullptr) continue;
    if (role->everything) return all_rights(bundle);
    add(*role, bundle, rights);
  }
  give_lines(bundle, rights.objects);
  return rights;
}

metadata::Bundle readable_bundle(const metadata::Bundle& bundle, const Rights& rights) {
  metadata::Bundle readable = bundle;
  readable.objects.clear();
  for (std::size_t place = 0; place < bundle.objects.size(); ++place) {
    const ObjectRights& granted = rights.objects[place];
    if (granted.read == Reach::none) continue;
    metadata::Object object = bundle.objects[place];
    object.fields.clear();
    for (std::size_t slot = 0; slot < granted.readable.size(); ++slot) {
      if (granted.readable[slot]) object.fields.push_back(bundle.objects[place].fields[slot]);
    }
    readable.objects.push_back(std::move(object));
  }
  return readable;
}

RowFilter row_filter(Reach reach, const Actor& actor) {
  if (actor.is_system() || reach == Reach::all) return {RowFilter::Kind::all, {}};
  switch (reach) {
    case Reach::none: break;
    case Reach::own: return {RowFilter::Kind::own, {&actor.user.value, 1}};
    case Reach::team: return {RowFilter::Kind::team, actor.team};
    case Reach::department: return {RowFilter::Kind::department, actor.department};
    case Reach::team_and_department:
      return {RowFilter::Kind::team_and_department, actor.team_and_department};
    case Reach::all: return {RowFilter::Kind::all, {}};
  }
  return {RowFilter::Kind::none, {}};
}

bool reaches(Reach reach, const Actor& actor, RecordId owner) {
  const RowFilter filter = row_filter(reach, actor);
  if (filter.kind == RowFilter::Kind::all) return true;
  return std::binary_search(filter.owners.begin(), filter.owners.end(), owner.value);
}

}  // namespace tenon::permission
