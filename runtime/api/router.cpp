#include "runtime/api/router.h"

#include "runtime/api/endpoints.h"

namespace tenon::api {
namespace {

using http::Method;
using Parts = const std::vector<std::string>&;

const std::vector<Route>& routes() {
  static const std::vector<Route> table{
      {Method::get, {"session", "options"}, true, [](auto c, Parts) { session_options(c); }},
      {Method::post, {"session"}, true, [](auto c, Parts) { sign_in(c); }},
      {Method::erase, {"session"}, false, [](auto c, Parts) { sign_out(c); }},
      {Method::get, {"me"}, false, [](auto c, Parts) { read_me(c); }},
      {Method::patch, {"me"}, false, [](auto c, Parts) { update_me(c); }},
      {Method::post, {"me", "password"}, false, [](auto c, Parts) { change_password(c); }},
      {Method::post,
       {"users", "{}", "password"},
       false,
       [](auto c, Parts p) { set_password(c, p[0]); }},
      {Method::get, {"tokens"}, false, [](auto c, Parts) { list_tokens(c); }},
      {Method::post, {"tokens"}, false, [](auto c, Parts) { create_token(c); }},
      {Method::erase, {"tokens", "{}"}, false, [](auto c, Parts p) { revoke_token(c, p[0]); }},
      {Method::get, {"app"}, false, [](auto c, Parts) { read_app(c); }},
      {Method::get, {"openapi.json"}, false, [](auto c, Parts) { openapi(c); }},
      {Method::get, {"records", "{}"}, false, [](auto c, Parts p) { list_records(c, p[0]); }},
      {Method::post, {"records", "{}"}, false, [](auto c, Parts p) { create_record(c, p[0]); }},
      {Method::post,
       {"records", "{}", "batch"},
       false,
       [](auto c, Parts p) { batch_records(c, p[0]); }},
      {Method::post,
       {"records", "{}", "check"},
       false,
       [](auto c, Parts p) { check_record(c, p[0]); }},
      {Method::get,
       {"records", "{}", "{}"},
       false,
       [](auto c, Parts p) { read_record(c, p[0], p[1]); }},
      {Method::patch,
       {"records", "{}", "{}"},
       false,
       [](auto c, Parts p) { update_record(c, p[0], p[1]); }},
      {Method::erase,
       {"records", "{}", "{}"},
       false,
       [](auto c, Parts p) { delete_record(c, p[0], p[1]); }},
      {Method::get,
       {"records", "{}", "{}", "history"},
       false,
       [](auto c, Parts p) { record_history(c, p[0], p[1]); }},
      {Method::post, {"query"}, false, [](auto c, Parts) { run_query(c); }},
      {Method::get, {"reports", "{}"}, false, [](auto c, Parts p) { run_report(c, p[0]); }},
      {Method::post, {"files"}, false, [](auto c, Parts) { upload_file(c); }},
      {Method::get, {"files", "{}"}, false, [](auto c, Parts p) { download_file(c, p[0]); }},
      {Method::get, {"stream"}, false, [](auto c, Parts) { c->engine.open_stream(c); }},
      {Method::post, {"design", "check"}, false, [](auto c, Parts) { check_design(c); }},
      {Method::post, {"design", "plan"}, false, [](auto c, Parts) { plan_design(c); }},
      {Method::post, {"design", "publish"}, false, [](auto c, Parts) { publish_design(c); }},
      {Method::post, {"imports"}, false, [](auto c, Parts) { import_chunk(c); }},
  };
  return table;
}

bool fits(const Route& route, const http::Request& request, std::vector<std::string>& parts) {
  constexpr std::size_t kPrefix = 2;  // api, v1
  if (request.path.size() != route.path.size() + kPrefix) return false;
  parts.clear();
  for (std::size_t i = 0; i < route.path.size(); ++i) {
    const std::string& segment = request.path[i + kPrefix];
    if (route.path[i] == "{}") {
      parts.push_back(segment);
    } else if (route.path[i] != segment) {
      return false;
    }
  }
  return true;
}

}  // namespace

Routed route_of(const http::Request& request) {
  Routed routed;
  std::vector<std::string> parts;
  const bool versioned = request.path.size() > 1 && request.path[1] == "v1";
  if (!versioned) return routed;
  const Method method = request.method == Method::head ? Method::get : request.method;
  for (const Route& route : routes()) {
    if (!fits(route, request, parts)) continue;
    routed.path_known = true;
    if (route.method != method) continue;
    routed.route = &route;
    routed.parts = std::move(parts);
    return routed;
  }
  return routed;
}

}  // namespace tenon::api
