// The target of a request line → path segments and query parameters, decoded and checked.
//
// Refused as `malformed`: a broken or over-long escape, text that is not UTF-8, control characters,
// "." and ".." segments, empty segments within the path, a parameter given twice. So no handler
// meets a path that means another one.
// Source: RFC 9112 section 3.2, RFC 3986.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "runtime/http_next/message.h"

namespace tenon::http {

inline constexpr std::size_t kSegmentsMax = 32;
inline constexpr std::size_t kParametersMax = 64;

// "/path?query" or "http://host/path?query", into request.path and request.query.
Result<void> parse_target(std::string_view target, Request& request);

}  // namespace tenon::http
