// Finding records that are likely the same as a draft, by the object's duplicate rules.
//
// Step 5 of the write path, after the rules: what blocks is a problem among the others, what warns
// is told by check. Looked at as the system, told as each rule reveals. Keys are kept in the
// transaction that changes a record, so that one command sees what it wrote itself.
#pragma once

#include <optional>
#include <vector>

#include "engine/command/draft.h"
#include "engine/metadata/duplicate.h"

namespace tenon::command {

struct Duplicates {
  std::vector<Problem> problems;  // Of rules that block.
  std::vector<Warning> warnings;
  std::optional<RecordId> merge_into;  // Of a new record: the one it should become a part of.
};

// The draft is one that was judged. `before`: of the record that changes; only rules one of whose
// fields changed are asked then.
Result<Duplicates> find_duplicates(Context& context, const application::Object& object,
                                   const record::Record* before, Draft& draft);

// After a record was written or erased (`after` null). Called with every write.
void keep_keys(Context& context, const application::Object& object, const record::Record* before,
               const record::Record* after);

// The keys by which this rule finds a record with these fields.
std::vector<std::string> match_keys(const Context& context, const application::DuplicateRule& rule,
                                    const Values& fields);

}  // namespace tenon::command
