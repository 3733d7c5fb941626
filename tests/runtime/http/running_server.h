// A server on a free loopback port with a handler made of functions, on a thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "runtime/http/server.h"

namespace tenon::http::test {

// Limits so short that a test can wait for them.
inline Limits short_limits() {
  using std::chrono::milliseconds;
  Limits limits;
  limits.first_header = milliseconds(200);
  limits.idle = milliseconds(400);
  limits.body = milliseconds(200);
  limits.write = milliseconds(1000);
  limits.linger = milliseconds(200);
  limits.ping = milliseconds(100);
  limits.stop = milliseconds(500);
  limits.tick = milliseconds(10);
  return limits;
}

// Patient ones, for tests that are about something else on a busy machine.
inline Limits quiet_limits() {
  Limits limits;
  limits.tick = std::chrono::milliseconds(10);
  limits.linger = std::chrono::milliseconds(200);
  return limits;
}

class Functions final : public Handler {
 public:
  std::function<void(Request, Respond)> on_request;
  std::size_t body_max = 1u << 20;

  void handle(Request request, Respond respond) override {
    on_request(std::move(request), std::move(respond));
  }
  std::size_t body_bytes_max(Method, std::string_view target) const override {
    return target == "/small" ? 10 : body_max;
  }
};

class RunningServer {
 public:
  explicit RunningServer(std::function<void(Request, Respond)> on_request,
                         Limits limits = quiet_limits(), const std::string& local_socket = "") {
    handler_.on_request = std::move(on_request);
    server_ = std::make_unique<Server>(handler_, limits);
    server_->log_to([](std::string_view) {});
    port_ = server_->listen("127.0.0.1", 0);
    if (!local_socket.empty()) server_->listen_local(local_socket);
    thread_ = std::thread([this] { server_->run(); });
  }
  ~RunningServer() { stop(); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  void stop() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }

  int port() const { return port_; }
  Server& server() { return *server_; }

 private:
  Functions handler_;
  std::unique_ptr<Server> server_;
  int port_ = 0;
  std::thread thread_;
};

inline Response text_response(std::string text) {
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

// Answers with what was asked: method, path, parameters and body.
inline void echo(Request request, Respond respond) {
  std::string text(name_of(request.method));
  for (const auto& segment : request.path) text.append(" [").append(segment).append("]");
  for (const auto& [name, value] : request.query) {
    text.append(" ").append(name).append("=").append(value);
  }
  respond(text_response(text.append(" ").append(request.body)));
}

}  // namespace tenon::http::test
