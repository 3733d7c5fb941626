// The log as a reader outside the engine sees it: what changed, for one class of equal rights.
//
// No values, only the names of readable fields. A record that the actor could see before or can see
// now is told; one that has left their sight is `gone`. Push and later webhooks read it.
#pragma once

#include <string>
#include <vector>

#include "engine/query/context.h"

namespace tenon::query {

struct ChangeNotice {
  enum class Kind { change, gone, application };
  Kind kind;
  std::int64_t seq;
  std::string object;  // Current name.
  RecordId id;
  std::int64_t version;  // Of the record; of an application its version.
  std::string verb;      // create, update, delete
  std::vector<std::string> fields;
};

struct ChangesPage {
  std::vector<ChangeNotice> notices;
  std::int64_t cursor;  // Of the last event looked at, seen or not.
};

ChangesPage changes_after(const Context& context, std::int64_t cursor, int count_max);
std::int64_t newest_cursor(storage::Transaction& tx);

}  // namespace tenon::query
