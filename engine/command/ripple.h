// What derives from a change: rollups and lookups of other records, through chains, in the same
// transaction (step 8 of the write path).
//
// Done as the system: no door, no rules, no lock. Counts, sums and averages move by what came and
// went; the least and greatest are looked for again only when they went, of the first and last one
// row is read. What changes so raises its version once, has an event, and may ripple on; load() has
// refused circles. Rollups over lines are no matter of this: they are worked out in the draft.
#pragma once

#include <deque>
#include <set>

#include "engine/command/context.h"
#include "engine/command/input.h"

namespace tenon::command {

class Ripple {
 public:
  explicit Ripple(Context& context) : context_(context) {}

  // A record or line as it was and as it now is; null: it was not, it is no more.
  void add(const application::Object& object, const record::Record* before,
           const record::Record* after);
  // Of a record that is there again: its rollups are counted anew. `input`: what else changes.
  Result<void> recount(const application::Object& object, RecordId record, Input input);
  // Until nothing more follows. Refused where more records would change than one command may.
  Result<void> run();

 private:
  struct Step {
    const application::Object* object;
    std::optional<record::Record> before;
    std::optional<record::Record> after;
  };
  // What one row gives to a rollup: to which records, each once, which value.
  struct Share {
    std::set<RecordId> targets;
    Value value;
  };

  Result<void> follow(const Step& step);
  Result<void> roll_up(const Step& step, const application::Use& use);
  Result<void> look_up(const Step& step, const application::Use& use);
  Result<std::optional<Share>> share_of(const application::Rollup& rollup,
                                        const std::optional<record::Record>& row) const;
  Result<void> adjust(const application::Object& object, const application::Rollup& rollup,
                      RecordId target, const Value* gone, const Value* come);
  Result<std::optional<Value>> moved_average(const application::Object& object,
                                             const application::Rollup& rollup, RecordId target,
                                             const Value* gone, const Value* come);
  Result<void> derive_again(const application::Object& object, RecordId record, const Input& input);

  Context& context_;
  std::deque<Step> steps_;
  int derived_ = 0;
};

// The rollup over back references as its rows are now.
Result<Value> recounted(Context& context, const application::Rollup& rollup, RecordId record);
// The same, and what an average is made of is kept for the next change (record/rollup_table.h).
Result<Value> counted_anew(Context& context, const application::Object& object,
                           const application::Rollup& rollup, RecordId record);
// What is kept so may be out of date: rows changed without a ripple.
void forget_counted(Context& context, const application::Object& object,
                    const application::Rollup& rollup, RecordId record);

}  // namespace tenon::command
