// Judging a draft together with whoever made it: what the judge asks of them while it judges.
#pragma once

#include <functional>

#include "engine/rule/judge.h"

namespace tenon::rule {

struct Maker {
  // The values of the object's needs as they would be if the field at this slot referred to this
  // record alone: each record in a list is looked at on its own.
  std::function<Values(int slot, RecordId item)> paths_with;
  // The draft once the field at this slot is empty (a children field: once its lines are gone),
  // with all that derives from that worked out again.
  std::function<Result<Draft>(int slot)> emptied;
};

Result<Verdict> judge(const Program& program, const Draft& draft, std::string_view locale,
                      const Maker& maker);

}  // namespace tenon::rule
