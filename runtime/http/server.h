// An HTTP/1.1 server on one I/O thread: sessions are coroutines, slow clients cost a socket.
//
// Limits and deadlines are in Limits; a request that breaks one gets a typed answer
// (application/problem+json) where it still can. Beast is in server.cpp and client.cpp only.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "runtime/http/handler.h"

namespace tenon::http {

struct Limits {
  std::size_t header_bytes_max = 16u << 10;
  int connections_max = 10'000;
  std::chrono::milliseconds first_header{10'000};  // From the connection to the whole header.
  std::chrono::milliseconds idle{60'000};          // Between two requests.
  std::chrono::milliseconds body{30'000};
  std::chrono::milliseconds write{30'000};
  std::chrono::milliseconds stop{10'000};          // For requests under way, at the end.
};

class Server {
 public:
  Server(Handler& handler, Limits limits);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Before run(). Throws Fault where the address cannot be had. Port 0: any; answers the port.
  int listen(const std::string& address, int port);
  void listen_local(const std::string& path);  // A Unix-domain socket, mode 600.

  void run();   // On the I/O thread; returns when stopped and every session has ended.
  void stop();  // From any thread or signal handler's thread: no new request, those begun end.
  int connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tenon::http
