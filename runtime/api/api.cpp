#include "runtime/api/api.h"

#include "engine/base/limits.h"
#include "runtime/api/problem.h"
#include "runtime/api/router.h"
#include "runtime/auth/secret.h"

namespace tenon::api {
namespace {

constexpr std::string_view kCookie = "tenon_session=";

std::string_view session_cookie(const http::Request& request) {
  std::string_view rest = request.header("cookie");
  while (!rest.empty()) {
    const auto end = rest.find(';');
    std::string_view one = rest.substr(0, end);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    if (one.starts_with(kCookie)) return one.substr(kCookie.size());
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return {};
}

std::string_view bearer_token(const http::Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view header = request.header("authorization");
  return header.starts_with(kScheme) ? header.substr(kScheme.size()) : std::string_view{};
}

// Whoever holds the database's folder may do anything: the command line on the local socket.
std::shared_ptr<const auth::SignedIn> command_line() {
  static const auto signed_in = std::make_shared<const auth::SignedIn>(
      auth::SignedIn{system_actor(Surface::command_line, "the command line"), "", true, INT64_MAX});
  return signed_in;
}

std::shared_ptr<const auth::SignedIn> who_asks(Engine& engine, const AppPointer& app,
                                               const http::Request& request) {
  if (request.is_local_socket) return command_line();
  const std::string_view bearer = bearer_token(request);
  const std::string_view token = bearer.empty() ? session_cookie(request) : bearer;
  if (token.empty()) return nullptr;
  const std::string hash = auth::hash_token(token);
  const std::int64_t now = engine.process_now_ms();
  if (auto known = engine.sign_ins().find(hash, now)) return known;
  const std::int64_t generation = engine.sign_ins().generation();
  std::shared_ptr<const auth::SignedIn> loaded;
  engine.read([&](storage::Transaction& tx) {
    loaded = engine.sign_ins().load(*app, tx, hash, !bearer.empty(), now, generation);
  });
  return loaded;
}

bool is_unsafe(http::Method method) {
  return method != http::Method::get && method != http::Method::head &&
         method != http::Method::options;
}

// A page of another site must not write with this browser's cookie, nor listen with it. Browsers
// say where an unsafe request comes from; a program without a cookie need not.
bool comes_from_elsewhere(const Engine& engine, const http::Request& request) {
  const std::string_view site = request.header("sec-fetch-site");
  const std::string_view origin = request.header("origin");
  if (origin.empty()) {
    const bool writes = is_unsafe(request.method);
    if (site.empty()) return writes && !session_cookie(request).empty();
    return site != "same-origin" && (writes || site != "none");
  }
  if (!engine.public_url().empty()) return origin != engine.public_url();
  const auto host = origin.find("://");
  return host == std::string_view::npos || origin.substr(host + 3) != request.header("host");
}

void answer_text(http::Respond& respond, int status, std::string text) {
  http::Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  respond(std::move(response));
}

bool answer_probe(Engine& engine, const http::Request& request, http::Respond& respond) {
  if (request.path.size() != 1) return false;
  if (request.path[0] == "healthz") {
    answer_text(respond, 200, "ok\n");
    return true;
  }
  if (request.path[0] == "readyz") {
    const Readiness readiness = engine.readiness();
    answer_text(respond, readiness.ready ? 200 : 503, readiness.reason + "\n");
    return true;
  }
  if (request.path[0] != "metrics") return false;
  answer_text(respond, 200, engine.metrics());
  return true;
}

}  // namespace

std::size_t Api::body_bytes_max(http::Method, std::string_view target) const {
  if (target.starts_with("/api/v1/files")) return limits::kFileBytesMax;
  if (target.starts_with("/api/v1/design/")) return limits::kBundleBytesMax;
  return limits::kBodyBytesMax;
}

bool Api::owns(const http::Request& request) {
  if (request.path.empty()) return false;
  const std::string& first = request.path[0];
  return first == "api" || (request.path.size() == 1 &&
                            (first == "healthz" || first == "readyz" || first == "metrics"));
}

void Api::handle(http::Request request, http::Respond respond) {
  if (answer_probe(engine_, request, respond)) return;
  auto call = std::make_shared<Call>(Call{engine_, attempts_, std::move(request),
                                          std::move(respond), engine_.application(), nullptr});
  try {
    call->signed_in = who_asks(engine_, call->app, call->request);
    const Routed routed = route_of(call->request);
    const bool open = routed.route != nullptr && routed.route->open;
    // Nobody learns which addresses exist before signing in.
    if (!call->signed_in && !open) {
      return call->fail(Error::of(ErrorCode::unauthenticated, "", "session", "sign in first"));
    }
    if (routed.route == nullptr) {
      return call->fail(routed.path_known ? Error{ErrorCode::method, {}} : Error::not_found());
    }
    const bool by_token = call->signed_in && call->signed_in->is_token;
    const bool guarded = is_unsafe(call->request.method) || routed.route->streams;
    if (!by_token && guarded && comes_from_elsewhere(engine_, call->request)) {
      return call->fail(Error::denied("Origin", "this request comes from another site"));
    }
    if (const auto known = only_parameters(*call, routed.route->parameters); !known) {
      return call->fail(known.error());
    }
    routed.route->endpoint(call, routed.parts);
  } catch (const StorageFull& full) {
    call->fail(Error::of(ErrorCode::not_done, "", "storage", full.what()));
  }
}

}  // namespace tenon::api
