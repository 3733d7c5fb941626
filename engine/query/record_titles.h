// What lists say of the records that their rows are about: a title, and a few values.
//
// Read as the actor, one query for each object however many records there are; what the actor may
// not see is not there. Somebody's task extends their rights to its record as its node says: see
// titles_by_task().
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/query/select.h"

namespace tenon::query {

struct Fact {
  std::string field;  // A path of current names.
  std::string label;  // In the actor's language.
  const Type* type;
  Value value;
};

struct TitledRecord {
  std::string title;
  std::vector<Fact> facts;
};
using TitledRecords = std::map<RecordId, TitledRecord>;

inline constexpr std::size_t kFactsMax = 4;

// `facts`: also the first columns of the object's list, up to kFactsMax.
TitledRecords titles(const Context& context, const application::Object& object,
                     std::span<const RecordId> ids, bool facts);

// The same of records that the actor does not see but has a task about: these fields of them.
TitledRecords titles_by_task(const Context& context, const application::Object& object,
                             std::span<const RecordId> ids, const std::vector<int>& slots);

// Names of people, whoever asks: who is shown a run is shown who takes part in it. Those who were
// deleted, too, as they were called then.
std::map<RecordId, std::string> names_of_people(const Context& context,
                                                std::span<const RecordId> ids);

}  // namespace tenon::query
