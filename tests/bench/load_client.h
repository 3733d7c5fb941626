// A load client for benches: keep-alive connections on one thread of its own kind (epoll, no
// Beast).
//
// Each connection sends a request, waits for the whole reply, sends the next: as many requests are
// under way as there are connections. Replies are read only as far as Content-Length tells where
// they end; a reply without one ends the connection and counts as a failure.
// Client and server share this machine: what is measured is the pair.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace tenon::bench {

struct Load {
  std::string host = "127.0.0.1";  // An IPv4 address.
  int port = 0;
  int connections = 32;
  std::chrono::milliseconds warm_up{300};  // Not counted.
  std::chrono::milliseconds time{2'000};
  // The bytes of the n-th request (from 0), head and body; asked once for each.
  std::function<std::string(std::uint64_t number)> request;
};

struct LoadResult {
  std::uint64_t replies = 0;
  std::uint64_t refused = 0;  // Among them: status 400 and above.
  std::uint64_t broken = 0;   // Connections that ended early.
  double seconds = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  double max_ms = 0;
  double server_us = 0;  // CPU of the I/O thread for a reply, where the bench can know it.

  double replies_per_second() const {
    return seconds > 0 ? static_cast<double>(replies) / seconds : 0;
  }
};

// Runs on the calling thread. Throws std::runtime_error where it cannot connect.
LoadResult run(const Load& load);

// "GET /target HTTP/1.1" with a Host, as browsers' smallest.
std::string get_request(const std::string& target);

}  // namespace tenon::bench
