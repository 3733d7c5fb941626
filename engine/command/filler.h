// Works out derived fields of records that were there before the fields' definitions.
//
// Record by record, again until nothing changes: what one field is made of may lie in another
// record. No events, no versions: nobody changed anything. Internal to fill.h.
#pragma once

#include "engine/command/context.h"
#include "engine/command/stale.h"

namespace tenon::command {

inline constexpr int kFillPassesMax = 64;  // Longer than any chain of objects that people follow.

class Filler {
 public:
  Filler(Context& context, const Stale& stale) : context_(context), stale_(stale) {}

  // Objects with such fields, in their order; of lines, the object that holds them. `all`: also
  // those where one UPDATE is enough.
  std::vector<const application::Object*> objects(bool all) const;
  // Whether anything changed. Refused where a value cannot be kept (a sum overflows).
  Result<bool> work_out(const application::Object& object, RecordId id);

 private:
  Context& context_;
  const Stale& stale_;
};

}  // namespace tenon::command
