// What of a formula's inputs somebody may read: by their rights, and of this one record.
#pragma once

#include <optional>

#include "engine/formula/explain.h"
#include "engine/query/kept_scope.h"

namespace tenon::query {

class InputSight {
 public:
  InputSight(const Context& context, const application::Object& object, const formula::Needs& needs)
      : context_(context), object_(object), needs_(needs) {}

  // The fields by their rights alone: what they name exists for who asks.
  bool names(const formula::Reads& reads) const;
  // With what is hidden of this record, or lies behind it: `seen` is it as who asks, `all` as it
  // is.
  bool sees(const formula::Reads& reads, const KeptScope& seen, const KeptScope& all) const;

 private:
  bool may_read(const application::Object& object, int slot) const;
  bool names_path(const formula::Path& path, const application::Object& object) const;
  bool names_rows(const formula::ManyUse& use) const;

  const Context& context_;
  const application::Object& object_;
  const formula::Needs& needs_;
};

// The context of the same asker, but with everything in sight: what is computed for everybody.
Context seeing_all(const Context& context);

}  // namespace tenon::query
