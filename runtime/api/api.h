// The API as an HTTP handler: who is asking, which endpoint, and nothing answered twice.
//
// Every route is in one table (router.cpp). A route that is not marked open needs somebody to be
// signed in; that is decided here, before the endpoint runs, so that no endpoint can forget it.
#pragma once

#include "runtime/api/attempts.h"
#include "runtime/api/engine.h"
#include "runtime/http/handler.h"

namespace tenon::api {

class Api final : public http::Handler {
 public:
  explicit Api(Engine& engine) : engine_(engine) {}

  // For every path under /api/, and /healthz, /readyz, /metrics.
  void handle(http::Request request, http::Respond respond) override;
  std::size_t body_bytes_max(http::Method method, std::string_view target) const override;
  static bool owns(const http::Request& request);

 private:
  Engine& engine_;
  Attempts attempts_;  // Failed sign-ins at this door.
};

}  // namespace tenon::api
