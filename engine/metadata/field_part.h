// A part of an address or a place, as a mapping names it: "office.city", by names or by ids.
#pragma once

#include <optional>
#include <string_view>

namespace tenon::metadata {

struct FieldPart {
  std::string_view field;
  std::string_view part;
};
// Nothing for a path of one name, or where no type has such a part (value/structures.h).
std::optional<FieldPart> field_part(std::string_view path);

}  // namespace tenon::metadata
