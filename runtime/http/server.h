// An HTTP/1.1 server on one I/O thread: sessions are coroutines, slow clients cost a socket.
//
// Every phase of a session has a deadline (Limits); a request that breaks a limit gets a typed
// answer (application/problem+json) where it still can. Beast is in request_parser.cpp and
// client.cpp only.
// TLS: not yet. A session is written over one stream type (io_loop.h), where it would be put in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/http/handler.h"

namespace tenon::http {

struct Limits {
  std::size_t header_bytes_max = 16u << 10;
  int connections_max = 10'000;                    // Above: 503 and closed.
  std::chrono::milliseconds first_header{10'000};  // From its first byte to the whole header.
  std::chrono::milliseconds idle{60'000};          // Until the first byte of the next request.
  std::chrono::milliseconds body{30'000};          // And a second for each 64 KiB announced.
  std::chrono::milliseconds write{30'000};         // And a second for each 32 KiB.
  std::chrono::milliseconds linger{2'000};         // For a refused client to take the refusal.
  std::chrono::milliseconds ping{15'000};          // Silence on a stream before a comment line.
  std::chrono::milliseconds stop{10'000};          // For requests under way, at the end.
  std::chrono::milliseconds tick{250};             // How often deadlines are looked at.
};

struct ServerCounts {
  std::uint64_t requests = 0;     // Handed to the handler since the start.
  std::uint64_t refusals = 0;     // Refused by this room: malformed, too large, too slow.
  std::uint64_t overloads = 0;    // Connections turned away.
  std::uint64_t connections = 0;  // Open now.
  std::uint64_t streams = 0;      // Open now.
};

class Server {
 public:
  Server(Handler& handler, Limits limits);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Before run(). Where faults of handlers are told, with the request's id; else standard error.
  void log_to(std::function<void(std::string_view line)> log);

  // Before run(). Throws Fault where the address cannot be had. Port 0: any; answers the port.
  int listen(const std::string& address, int port);
  // A Unix-domain socket, mode 600. A file that nobody listens on any more is replaced.
  void listen_local(const std::string& path);

  void run();  // On the I/O thread; returns when stopped and every session has ended.
  // From any thread. Nobody new; what is idle and every stream is closed; requests under way are
  // finished, for up to Limits::stop.
  void stop();

  int connections() const;
  ServerCounts counts() const;  // From any thread.

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace tenon::http
