// What the names in a flow's formulas mean: the record's fields, the flow's variables ($flow.x),
// and what was there before ($old). $user is who started the run.
//
// A variable's slot lies behind the object's fields: who evaluates hands in both, one behind the
// other, as Scope::fields.
#pragma once

#include "engine/metadata/bundle.h"
#include "engine/metadata/flow.h"

namespace tenon::metadata {

class FlowNames final : public formula::Names {
 public:
  FlowNames(const Bundle& bundle, const Flow& flow, BundleNames::By by = BundleNames::By::id)
      : bundle_(bundle), flow_(flow), names_(bundle, by) {}

  std::optional<Member> member(const std::string& object, std::string_view name) const override;
  std::vector<std::string> members(const std::string& object) const override;
  std::optional<Many> many(const std::string& object, std::string_view name) const override;
  bool tells_changes() const override { return true; }
  std::optional<Member> variable(std::string_view name) const override;
  std::vector<std::string> variables() const override;

 private:
  const Bundle& bundle_;
  const Flow& flow_;
  BundleNames names_;
};

}  // namespace tenon::metadata
