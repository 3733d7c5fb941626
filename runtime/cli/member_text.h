// A text out of an answer of the API.
#pragma once

#include <string>

#include "engine/json/document.h"

namespace tenon::cli {

// "" where there is no such member, or where it is no text.
inline std::string text_at(const json::Reader& reader, std::string_view name) {
  const auto member = reader.member(name);
  return member && member->kind() == json::Kind::text ? std::string(*member->text()) : "";
}

}  // namespace tenon::cli
