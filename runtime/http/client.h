// A blocking HTTP/1.1 client for the command line and tests: one connection, kept alive.
//
// Over TCP or over the local socket of a running server. Not for the internet: no TLS, no
// redirects, no proxies; requests to foreign hosts go through runtime/connectors.
// A request is sent again on a fresh connection only where the kept one was closed before any
// byte of an answer came and the method is safe; otherwise the outcome is unknown, and said so.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "runtime/http/message.h"

namespace tenon::http {

struct ClientRequest {
  Method method = Method::get;
  std::string target = "/";  // Path and query, already escaped: see percent_encoded().
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct Reply {
  int status = 0;
  Headers headers;
  std::string body;

  std::string_view header(std::string_view name) const { return headers.find(name); }
};

struct ClientOptions {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds reply{600'000};  // From the request's first byte to the reply's last.
  std::size_t reply_bytes_max = 256u << 20;
};

class Client {
 public:
  static Client tcp(std::string host, int port, ClientOptions options = {});
  static Client local(std::string path, ClientOptions options = {});
  // To a local socket, connected at once. Throws Fault where nobody listens there.
  explicit Client(const std::string& socket_path);
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  // Refused: `not_done` where nothing was sent (nobody listens there), `outcome_unknown` where the
  // connection broke or the time ran out after that. Any status is a reply.
  Result<Reply> send(const ClientRequest& request);
  // The same for callers to whom a lost connection is a fault: it is thrown.
  Reply send(Method method, const std::string& target, const std::string& json_body);

 private:
  class State;
  explicit Client(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A text as it stands inside a target: everything but letters, digits and "-._~" as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace tenon::http
