// The table of routes: method and path → endpoint.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runtime/api/call.h"

namespace tenon::api {

struct Route {
  http::Method method;
  std::vector<std::string_view> path;  // Below /api/v1; "{}" stands for one segment.
  bool open;                           // Nobody needs to be signed in.
  std::function<void(CallPointer, const std::vector<std::string>& parts)> endpoint;
  std::vector<std::string_view> parameters = {};  // Of the query; others are refused.
  bool streams = false;                           // Goes on answering: guarded like a write.
};

struct Routed {
  const Route* route = nullptr;    // Null: no route of this method.
  bool path_known = false;         // Another method would be answered.
  std::vector<std::string> parts;  // What stood for each "{}".
};

Routed route_of(const http::Request& request);

}  // namespace tenon::api
