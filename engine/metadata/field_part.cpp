#include "engine/metadata/field_part.h"

#include <algorithm>

#include "engine/value/structures.h"

namespace tenon::metadata {
namespace {

bool has_part(std::string_view format, std::string_view part) {
  const auto parts =
      parts_of(Type{.format = find_format(format), .minimum = {}, .maximum = {}, .options = {}});
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

}  // namespace

std::optional<FieldPart> field_part(std::string_view path) {
  const auto dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view part = path.substr(dot + 1);
  if (!has_part("address", part) && !has_part("location", part)) return std::nullopt;
  return FieldPart{path.substr(0, dot), part};
}

}  // namespace tenon::metadata
