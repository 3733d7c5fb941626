// A record that is kept, as formulas see it: its fields, and what they need beyond it, as far as
// who asks may see that. For explaining; what a command needs of a draft is command/gather.h.
#pragma once

#include <optional>
#include <span>

#include "engine/query/rows.h"

namespace tenon::query {

class KeptScope {
 public:
  // The slots that formulas read, and their Needs, which must outlive this. Nothing where there is
  // no such record, or who asks may not see it; `limit` where it follows too much.
  static Result<std::optional<KeptScope>> read(const Context& context,
                                               const application::Object& object,
                                               const formula::Needs& needs,
                                               std::span<const int> slots, RecordId id);

  // As a rule sees a record which nobody changes: what was before is what is.
  formula::Scope scope() const;
  const Value& field(int slot) const {
    return slot < 0 ? system_[static_cast<std::size_t>(-slot - 1)]
                    : fields_[static_cast<std::size_t>(slot)];
  }
  const Value& path(int place) const { return paths_[static_cast<std::size_t>(place)]; }
  const KeptRows& rows(int place) const { return behind_[static_cast<std::size_t>(place)]; }

 private:
  explicit KeptScope(const Context& context) : context_(&context) {}
  void hand_rows();

  const Context* context_;
  RecordId id_;
  Values fields_;
  Values paths_;
  Values system_;
  std::vector<KeptRows> behind_;
  GatheredRows rows_;
};

}  // namespace tenon::query
