// Errors as they leave: application/problem+json (RFC 9457). The one table of codes and statuses.
#pragma once

#include <string>

#include "engine/base/error.h"
#include "runtime/http/message.h"

namespace tenon::api {

int status_of(ErrorCode code);
http::Response problem_response(const Error& error, const std::string& request_id);
// The same without a response: inside a batch's results.
std::string problem_json(const Error& error, const std::string& request_id);

}  // namespace tenon::api
