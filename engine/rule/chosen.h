// Judging a draft whose lists of references are narrowed by a rule: each record in the list is
// looked at on its own.
#pragma once

#include <functional>

#include "engine/rule/judge.h"

namespace tenon::rule {

// The values of the object's needs as they would be if the field at this slot referred to this
// record alone.
using PathsWith = std::function<Values(int slot, RecordId item)>;

Result<Verdict> judge(const Program& program, const Draft& draft, std::string_view locale,
                      const PathsWith& paths_with);

}  // namespace tenon::rule
