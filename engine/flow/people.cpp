#include "engine/flow/people.h"

namespace tenon::flow {

const Person* Directory::find(UserId user) const {
  const auto found = people.find(user);
  return found == people.end() ? nullptr : &found->second;
}

bool Directory::is_active(UserId user) const {
  const Person* person = find(user);
  return person != nullptr && person->is_active;
}

UserId Directory::by_login(std::string_view login) const {
  for (const auto& [user, person] : people) {
    if (person.login == login) return user;
  }
  return kNobody;
}

}  // namespace tenon::flow
