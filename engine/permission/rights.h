// What a set of roles may do, worked out once per application; and the two questions asked of it.
//
// Pure: no storage. Several roles add up; nothing is granted where no role says so. The door (may
// such an actor do such a thing at all?) is answered without looking at a record, the outcome (may
// it be done to this record?) with its owner. The query room puts the same answer into every table
// reference as a RowFilter, so a list and a single read cannot differ.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/base/actor.h"
#include "engine/metadata/bundle.h"

namespace tenon::permission {

using metadata::Reach;

struct ObjectRights {
  Reach read = Reach::none;
  bool create = false;
  Reach update = Reach::none;
  Reach erase = Reach::none;
  std::vector<bool> readable;  // By slot.
  std::vector<bool> writable;

  bool may_read(int slot) const { return slot < 0 || readable[static_cast<std::size_t>(slot)]; }
  bool may_write(int slot) const { return slot >= 0 && writable[static_cast<std::size_t>(slot)]; }
};

struct Rights {
  bool everything = false;            // May also administer: users, publish.
  std::vector<ObjectRights> objects;  // By the object's place in the bundle.
  std::vector<bool> reports;          // By the report's place in the bundle.
};

// `roles` are names; one that the bundle does not know grants nothing.
Rights rights_of(const metadata::Bundle& bundle, std::span<const std::string> roles);
// Of the system actor, which is not refused anything.
Rights all_rights(const metadata::Bundle& bundle);

// The bundle without the objects and fields that may not be read: names looked up in it are
// unknown where they are hidden. For looking names up only: it is not sound.
metadata::Bundle readable_bundle(const metadata::Bundle& bundle, const Rights& rights);

// Whether a record with this owner (0: none) is within reach.
bool reaches(Reach reach, const Actor& actor, RecordId owner);

// Which rows of a table the actor may see.
struct RowFilter {
  enum class Kind { all, none, owners } kind = Kind::none;
  std::span<const std::int64_t> owners;  // Sorted; borrowed from the actor.
};
RowFilter row_filter(Reach reach, const Actor& actor);

}  // namespace tenon::permission
