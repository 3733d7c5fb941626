// The I/O thread's own: its event loop, its sessions, its coarse clock. Asio begins here.
//
// One owner: everything in it is touched on the I/O thread only, but inbox() (any thread) and the
// counts (read from any). Deadlines are looked at once a tick for all sessions together: a timer
// for each read and write would cost more than the read.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <unordered_set>

#include "runtime/http/gzip.h"
#include "runtime/http/inbox.h"
#include "runtime/http/server.h"

namespace tenon::http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> kAwait{};
using ErrorNumber = boost::system::error_code;
using TimePoint = std::chrono::steady_clock::time_point;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

// Of a session: TCP and local sockets alike. TLS would make this a stream over it.
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;

class Session;

struct LiveCounts {
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> refusals{0};
  std::atomic<std::uint64_t> overloads{0};
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> streams{0};
};

class IoLoop {
 public:
  IoLoop(Handler& handler, Limits limits);
  ~IoLoop();
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;

  void begin(Socket socket, std::string peer, bool is_local);  // A new session.
  void ended(Session& session);
  void run();    // Until every session has ended after drain().
  void drain();  // No new requests; cut off after Limits::stop.

  Handler& handler() { return handler_; }
  const Limits& limits() const { return limits_; }
  asio::io_context& context() { return context_; }
  const std::shared_ptr<Inbox>& inbox() { return inbox_; }
  Gzip& gzip() { return gzip_; }
  LiveCounts& counts() { return counts_; }
  TimePoint now() const { return now_; }  // At the last tick.
  std::string_view date() const { return date_; }
  bool is_draining() const { return is_draining_; }
  std::string next_request_id();

  void log(std::string_view line);
  void log_to(std::function<void(std::string_view)> log) { log_ = std::move(log); }

 private:
  Awaitable<void> tick_on();
  void tick();

  Handler& handler_;
  Limits limits_;
  asio::io_context context_{1};
  Timer timer_;
  std::shared_ptr<Inbox> inbox_;
  Gzip gzip_;
  LiveCounts counts_;
  std::function<void(std::string_view)> log_;
  std::unordered_set<Session*> sessions_;
  TimePoint now_;
  TimePoint cut_off_ = TimePoint::max();
  std::string date_;
  std::int64_t date_seconds_ = 0;
  std::string id_prefix_;
  std::uint64_t id_number_ = 0;
  bool is_draining_ = false;
};

}  // namespace tenon::http
