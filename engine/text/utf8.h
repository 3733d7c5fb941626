// Whether bytes from outside are a text at all. Everything else in this room relies on it.
#pragma once

#include <string_view>

namespace tenon::text {

// As RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool is_utf8(std::string_view bytes);

}  // namespace tenon::text
