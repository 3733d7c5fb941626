// A JSON text with changes merged into it, as RFC 7396 says it. Pure.
#pragma once

#include <string>

namespace tenon::story {

// Both must be JSON that was read before; "" counts as an empty object.
std::string merged(const std::string& text, const std::string& changes);

}  // namespace tenon::story
