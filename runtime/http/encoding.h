// Compresses answers for clients that take it.
#pragma once

#include <string>

#include "runtime/http/message.h"

namespace tenon::http {

// gzip, where the client accepts it and the body is JSON or text of at least 1 KiB.
void encode(Response& response, const std::string& accepted);

}  // namespace tenon::http
