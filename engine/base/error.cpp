#include "engine/base/error.h"

namespace tenon {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid: return "invalid";
    case ErrorCode::malformed: return "malformed";
    case ErrorCode::denied: return "denied";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::limit: return "limit";
    case ErrorCode::locked: return "locked";
    case ErrorCode::unauthenticated: return "unauthenticated";
    case ErrorCode::too_large: return "too_large";
    case ErrorCode::too_many: return "too_many";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::method: return "method";
    case ErrorCode::busy: return "busy";
    case ErrorCode::not_done: return "not_done";
    case ErrorCode::outcome_unknown: return "outcome_unknown";
  }
  return "invalid";
}

std::string describe(const Error& error) {
  std::string text(name_of(error.code));
  for (const Problem& problem : error.problems) {
    text += text.size() == name_of(error.code).size() ? ": " : "; ";
    if (!problem.at.empty()) text += problem.at + ": ";
    text += problem.rule;
    if (!problem.message.empty()) text += ": " + problem.message;
  }
  return text;
}

}  // namespace tenon
