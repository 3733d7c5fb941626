// A blocking client for the command line: one request at a time to a running server's socket.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "runtime/http/message.h"

namespace tenon::http {

struct Reply {
  int status = 0;
  std::string body;
};

class Client {
 public:
  // Throws Fault where nobody listens there.
  explicit Client(const std::string& socket_path);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Throws Fault where the connection is lost: whether it was carried out is unknown then.
  Reply send(Method method, const std::string& target, const std::string& json_body);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A text as it stands inside a target.
std::string percent_encoded(std::string_view text);

}  // namespace tenon::http
