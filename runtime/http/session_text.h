// Small texts of a session: ids of requests, dates, problems that no endpoint made, the log of faults.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/http/message.h"

namespace tenon::http {

// Unique in this process's life: its start and a number.
std::string request_id(std::uint64_t number);
// The Date header, made anew once a second. One thread only.
std::string_view date_now();
Response problem_text(int status, std::string_view code, std::string_view title,
                      const std::string& request_id);
// To standard error, with the request's id, for the operator.
void log_fault(const std::string& request_id, const std::string& what);

}  // namespace tenon::http
