#include "runtime/cli/problem_text.h"

#include "engine/json/document.h"
#include "runtime/cli/member_text.h"

namespace tenon::cli {
namespace {

ErrorCode code_of(int status) {
  switch (status) {
    case 403: return ErrorCode::denied;
    case 404: return ErrorCode::not_found;
    case 409: return ErrorCode::conflict;
    default: return ErrorCode::invalid;
  }
}

}  // namespace

Error error_of(const Reply& reply) {
  Error error{code_of(reply.status), {}};
  const auto document = json::Document::parse(reply.body);
  if (!document) {
    error.problems.push_back({"", "status " + std::to_string(reply.status), reply.body});
    return error;
  }
  if (const auto problems = document->root().member("problems")) {
    for (const json::Reader problem : *problems) {
      error.problems.push_back(
          {text_at(problem, "at"), text_at(problem, "rule"), text_at(problem, "message")});
    }
  }
  if (error.problems.empty()) {
    error.problems.push_back(
        {"", text_at(document->root(), "code"), text_at(document->root(), "detail")});
  }
  return error;
}

std::string lines_of(const Error& error) {
  std::string lines;
  for (const Problem& problem : error.problems) {
    lines += problem.at.empty() ? "" : problem.at + ": ";
    lines += problem.message.empty() ? problem.rule : problem.message;
    lines += '\n';
  }
  return lines.empty() ? std::string(name_of(error.code)) + "\n" : lines;
}

}  // namespace tenon::cli
