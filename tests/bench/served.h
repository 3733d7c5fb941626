// A handler served on a free port by a thread of its own; and a handler that always says the same.
#pragma once

#include <chrono>
#include <thread>

#include "runtime/http/server.h"

namespace tenon::bench {

class Served {
 public:
  explicit Served(http::Handler& handler)
      : server_(handler, limits()),
        port_(server_.listen("127.0.0.1", 0)),
        thread_([this] { server_.run(); }) {}
  ~Served() {
    server_.stop();
    thread_.join();
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  int port() const { return port_; }

 private:
  static http::Limits limits() {
    http::Limits limits;
    limits.stop = std::chrono::milliseconds(200);
    return limits;
  }

  http::Server server_;
  int port_;
  std::thread thread_;
};

class SameReply final : public http::Handler {
 public:
  explicit SameReply(http::Response response) : response_(std::move(response)) {}
  void handle(http::Request, http::Respond respond) override { respond(response_); }
  std::size_t body_bytes_max(http::Method, std::string_view) const override { return 1u << 20; }

 private:
  http::Response response_;
};

}  // namespace tenon::bench
