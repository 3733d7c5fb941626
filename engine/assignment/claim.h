// May somebody take a record out of a pool now; and why not, with numbers and from when on.
//
// Pure: what is known is gathered by engine/query (ownership.h). Every obstacle is told, not only
// the first. Vectors: tests/vectors/assignment/claim.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/value/date.h"

namespace tenon::assignment {

struct Claim {
  DateTime now;
  bool is_member = true;
  bool is_active = true;  // Of the person: may be given records at all.
  bool applies = true;    // The pool's condition on the record.
  std::optional<std::int64_t> daily_limit;
  std::int64_t today = 0;  // Taken since the day began.
  DateTime day_ends;
  std::optional<std::int64_t> capacity;
  std::int64_t open = 0;                    // In their hands, as far as they count.
  std::optional<DateTime> cool_down_until;  // Of who had this record before.
};

enum class Obstacle { not_a_member, inactive, condition, daily_limit, capacity, cool_down };
std::string_view name_of(Obstacle obstacle);

struct Hindrance {
  Obstacle obstacle;
  std::int64_t bound = 0;         // Of limits: how many there may be
  std::int64_t count = 0;         // and how many there are.
  std::optional<DateTime> until;  // When it ends by itself.
  friend bool operator==(const Hindrance&, const Hindrance&) = default;
};

// None: they may.
std::vector<Hindrance> judge_claim(const Claim& claim);

// When all of them have ended by themselves; nothing where one does not.
std::optional<DateTime> possible_at(const std::vector<Hindrance>& hindrances);

}  // namespace tenon::assignment
