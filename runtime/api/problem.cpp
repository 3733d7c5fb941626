#include "runtime/api/problem.h"

#include "engine/json/writer.h"

namespace tenon::api {
namespace {

std::string_view title_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid: return "The input breaks a rule";
    case ErrorCode::malformed: return "The request cannot be read";
    case ErrorCode::denied: return "You may not do this";
    case ErrorCode::not_found: return "There is no such thing here";
    case ErrorCode::conflict: return "It changed meanwhile, or exists already";
    case ErrorCode::limit: return "A limit was reached";
    case ErrorCode::locked: return "The record is locked";
    case ErrorCode::unauthenticated: return "Sign in first";
    case ErrorCode::too_large: return "The request is too large";
    case ErrorCode::too_many: return "Too many requests";
    case ErrorCode::unsupported: return "This content type is not read here";
    case ErrorCode::method: return "This address does not answer that method";
    case ErrorCode::busy: return "The server is busy; try again shortly";
    case ErrorCode::not_done: return "It was not carried out; it may be sent again";
    case ErrorCode::outcome_unknown: return "It may or may not have been carried out";
  }
  return "";
}

}  // namespace

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid: return 422;
    case ErrorCode::malformed: return 400;
    case ErrorCode::denied: return 403;
    case ErrorCode::not_found: return 404;
    case ErrorCode::conflict: return 409;
    case ErrorCode::limit: return 422;
    case ErrorCode::locked: return 423;
    case ErrorCode::unauthenticated: return 401;
    case ErrorCode::too_large: return 413;
    case ErrorCode::too_many: return 429;
    case ErrorCode::unsupported: return 415;
    case ErrorCode::method: return 405;
    case ErrorCode::busy: return 503;
    case ErrorCode::not_done: return 507;
    case ErrorCode::outcome_unknown: return 500;
  }
  return 500;
}

std::string problem_json(const Error& error, const std::string& request_id) {
  json::Writer writer;
  writer.begin_object().key("type").text("about:blank");
  writer.key("title").text(title_of(error.code));
  writer.key("status").integer(status_of(error.code));
  writer.key("code").text(name_of(error.code));
  const bool has_detail = !error.problems.empty() && !error.problems.front().message.empty();
  writer.key("detail").text(has_detail ? std::string_view(error.problems.front().message)
                                       : title_of(error.code));
  writer.key("request_id").text(request_id);
  writer.key("problems").begin_array();
  for (const Problem& problem : error.problems) {
    writer.begin_object().key("at").text(problem.at);
    writer.key("rule").text(problem.rule).key("message").text(problem.message).end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

http::Response problem_response(const Error& error, const std::string& request_id) {
  http::Response response;
  response.status = status_of(error.code);
  response.content_type = "application/problem+json";
  response.body = problem_json(error, request_id);
  if (error.code == ErrorCode::too_many) {
    response.headers.emplace_back("Retry-After", "300");
  } else if (error.code == ErrorCode::busy || error.code == ErrorCode::not_done) {
    response.headers.emplace_back("Retry-After", "1");
  }
  return response;
}

}  // namespace tenon::api
