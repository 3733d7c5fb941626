// The field that a formula is, where it is nothing but the name of one: `level`, `account.level`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/metadata/bundle.h"

namespace tenon::metadata {

struct NamedField {
  const Field* field;
  bool is_always_given;  // Required, as is every reference on the way there.
};

// `formula` in ids, over the object. Nothing where it computes something, and of system fields.
std::optional<NamedField> named_field(const Bundle& whole, const std::string& object,
                                      std::string_view formula);

}  // namespace tenon::metadata
