#include "runtime/api/call.h"

#include <algorithm>
#include <charconv>

#include "engine/base/suggest.h"
#include "runtime/api/problem.h"

namespace tenon::api {
namespace {

// "application/json; charset=utf-8": the type, without its parameters, in any case.
bool is_json(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return type == "application/json" || type == "application/merge-patch+json";
}

}  // namespace

void Call::answer(http::Response response) {
  if (signed_in) {
    response.headers.emplace_back("Tenon-Application", std::to_string(app->version()));
  }
  respond(std::move(response));
}

void Call::json(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  answer(std::move(response));
}

void Call::json(int status, std::string body, std::string etag) {
  http::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  response.headers.emplace_back("ETag", std::move(etag));
  answer(std::move(response));
}

void Call::empty(int status) {
  http::Response response;
  response.status = status;
  answer(std::move(response));
}

void Call::fail(const Error& error) { answer(problem_response(error, request.request_id)); }

void read_for(const CallPointer& call, std::function<void(storage::Transaction&)> work,
              std::function<void()> then) {
  if (call->engine.read_shortly(work)) return then();
  const auto again = [call, work = std::move(work), then = std::move(then)] {
    call->engine.read(work);
    then();
  };
  if (!call->engine.work(again)) call->fail(Error{ErrorCode::busy, {}});
}

Result<json::Document> body_of(const Call& call) {
  const std::string_view type = call.request.header("content-type");
  if (!is_json(type)) {
    return Error::of(ErrorCode::unsupported, "", "content_type",
                     "send application/json, not \"" + std::string(type) + "\"");
  }
  return json::Document::parse(call.request.body);
}

Result<std::int64_t> integer_parameter(const Call& call, std::string_view name,
                                       std::int64_t otherwise, std::int64_t least,
                                       std::int64_t most) {
  const auto text = call.request.parameter(name);
  if (!text) return otherwise;
  std::int64_t value = 0;
  const auto [rest, failure] = std::from_chars(text->data(), text->data() + text->size(), value);
  const bool whole = failure == std::errc{} && rest == text->data() + text->size();
  if (whole && value >= least && value <= most) return value;
  return Error::of(
      ErrorCode::malformed, std::string(name), "range",
      "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

std::string text_parameter(const Call& call, std::string_view name) {
  return std::string(call.request.parameter(name).value_or(""));
}

std::string locale_parameter(const Call& call) {
  const std::string locale = text_parameter(call, "locale");
  const auto& locales = call.app->bundle().locales;
  const bool is_known = std::find(locales.begin(), locales.end(), locale) != locales.end();
  return is_known ? locale : call.actor().locale;
}

std::vector<std::string> list_parameter(const Call& call, std::string_view name) {
  std::vector<std::string> items;
  std::string_view rest = call.request.parameter(name).value_or("");
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    items.emplace_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return items;
}

Result<void> only_parameters(const Call& call, const std::vector<std::string_view>& known) {
  for (const auto& [name, value] : call.request.query) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return Error::of(ErrorCode::malformed, name, "unknown_parameter",
                     "there is no such parameter" +
                         did_you_mean(name, std::span<const std::string_view>(known)));
  }
  return done();
}

Result<std::optional<std::int64_t>> seen_version(const Call& call) {
  std::string_view text = call.request.header("if-match");
  if (text.empty() || text == "*") return std::optional<std::int64_t>{};
  if (text.starts_with("W/")) text.remove_prefix(2);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  std::int64_t version = 0;
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (failure == std::errc{} && rest == text.data() + text.size() && version > 0) {
    return std::optional(version);
  }
  return Error::of(ErrorCode::malformed, "If-Match", "version",
                   "must be the version in quotes, as in ETag");
}

Result<RecordId> id_of(std::string_view segment) {
  const auto id = parse_id_text(segment);
  if (!id) return Error::not_found();
  return RecordId{*id};
}

}  // namespace tenon::api
