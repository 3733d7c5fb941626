// A pool: where records of an object lie that are in nobody's hands, and by which rules they are
// taken out, kept and given back.
//
// Part of an object's `ownership`. A record without an owner lies in the first pool whose `when`
// holds for it, and while it has one the same pool's rules bind its owner. Who belongs to a pool is
// said by roles and by teams, which are records. Days are those of the workspace's calendar.
// Schema: object.schema.json; the words are explained in schemas/README.md, "Pools".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/metadata/label.h"

namespace tenon::metadata {

// Roles by id; a team by its name, for it is a record.
struct PoolPeople {
  std::vector<std::string> roles;
  std::string team;
  friend bool operator==(const PoolPeople&, const PoolPeople&) = default;
};

struct PoolClaim {
  std::string when;                // A condition on the record; "": any.
  std::optional<int> daily_limit;  // Records taken out in one day of the workspace.
  std::optional<int> capacity;     // `open` records in one person's hands.
  int cool_down_days = 0;          // Until who gave a record back, or lost it, may take it again.
  friend bool operator==(const PoolClaim&, const PoolClaim&) = default;
};

// When a record goes back by itself: `days` after `since`, after `unchanged` last changed, or after
// it came into its owner's hands, whichever is latest.
struct PoolReturn {
  std::string name;
  Label label;
  std::string when;       // "": always.
  std::string since;      // A formula that yields a date or a moment; "": none.
  std::string unchanged;  // A field's id; "": none.
  int days = 0;
  friend bool operator==(const PoolReturn&, const PoolReturn&) = default;
};

// What an owner may add to the time they have.
struct PoolExtension {
  std::string when;
  int days = 0;
  int count_max = 1;
  friend bool operator==(const PoolExtension&, const PoolExtension&) = default;
};

struct Pool {
  std::string id;
  std::string name;
  Label label;
  std::string when;  // Which of the object's records; "": all that no pool before it has.
  PoolPeople members;
  PoolPeople managers;
  std::string open;  // Which of somebody's records count against `capacity`; "": all.
  PoolClaim claim;
  int protection_days = 0;  // In which nothing goes back by itself.
  std::vector<PoolReturn> returns;
  std::optional<PoolExtension> extension;
  std::vector<std::string> hidden;  // Field ids; from all but managers, while in the pool.
  friend bool operator==(const Pool&, const Pool&) = default;
};

}  // namespace tenon::metadata
