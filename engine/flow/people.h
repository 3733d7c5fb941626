// People, as far as a flow must know them: handed in with the facts, never looked up.
//
// A PeopleQuestion says who is asked for; the answer holds those, everybody above them (managers,
// departments with their heads, 20 levels), members of the roles, holders of the positions, whoever
// they delegate to (3 hops) or hand over to, and the flow's admins. Pure data.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/id.h"

namespace tenon::flow {

using UserId = RecordId;
inline constexpr UserId kNobody{};

struct PeopleQuestion {
  std::vector<std::string> logins;
  std::vector<std::string> roles;      // Ids.
  std::vector<std::string> positions;  // Names.
  std::vector<UserId> users;
  friend bool operator==(const PeopleQuestion&, const PeopleQuestion&) = default;
};

struct Person {
  std::string login;
  bool is_active = true;
  UserId manager;
  RecordId department;
  UserId hand_over;  // Who takes over when this person leaves.
};

struct Department {
  RecordId parent;
  UserId head;
};

// Somebody's standing delegation; at most one holds at a moment for a flow.
struct Delegation {
  UserId from;
  UserId to;
  std::int64_t begins_ms = 0;
  std::int64_t ends_ms = 0;  // Behind it.
  std::string flow;          // Its id; "": of all flows.
};

struct Directory {
  std::map<UserId, Person> people;
  std::map<RecordId, Department> departments;
  std::map<std::string, std::vector<UserId>, std::less<>> roles;
  std::map<std::string, std::vector<UserId>, std::less<>> positions;  // Those that there are.
  std::vector<Delegation> delegations;
  std::vector<UserId> admins;  // Of flows.

  const Person* find(UserId user) const;
  bool is_active(UserId user) const;
  UserId by_login(std::string_view login) const;  // kNobody where there is none.
};

}  // namespace tenon::flow
