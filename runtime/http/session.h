// One connection: requests one after the other, each read, answered and written before the next.
//
//   read_head → read_body → ask the handler → send → …, and at the end linger and close.
//
// A coroutine on the I/O thread; only answer() comes from other threads, through the inbox. What is
// waited for has a deadline, looked at once a tick. session.cpp reads, session_send.cpp writes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/http/event_queue.h"
#include "runtime/http/handler.h"
#include "runtime/http/inbox.h"
#include "runtime/http/io_loop.h"
#include "runtime/http/read_buffer.h"
#include "runtime/http/request_parser.h"
#include "runtime/http/response_head.h"

namespace tenon::http {

class Session final : public Slot, public Wakeable, public std::enable_shared_from_this<Session> {
 public:
  Session(IoLoop& loop, Socket socket, std::string peer, bool is_local);

  static Awaitable<void> live(std::shared_ptr<Session> session);

  void answer(Response response) override;  // Any thread.
  void abandon() override;                  // Any thread.
  void woken() noexcept override;

  // By the loop, on the I/O thread.
  void look_at_deadline();
  void drain();    // No request after the one under way.
  void cut_off();  // End now.

 private:
  // What of the request is needed once it has gone to the handler.
  struct Asked {
    bool is_head = false;
    bool keeps_alive = false;
    bool takes_gzip = false;
    std::string request_id;
  };
  struct Waiter {
    virtual ~Waiter() = default;
    virtual void resume() = 0;
  };

  Awaitable<void> serve();
  Awaitable<bool> read_head();
  Awaitable<bool> read_body();
  Awaitable<bool> read_some(std::size_t bytes);
  bool feed();  // False while more bytes are needed.
  bool has_room_for_body();
  void ask();
  Awaitable<bool> answer_one();

  Awaitable<bool> send(Response response);
  Awaitable<bool> send_file(const Response& response, Framing framing);
  Awaitable<bool> send_events(Response response);
  Awaitable<void> pass_events_on(const std::shared_ptr<EventQueue>& events);
  static Awaitable<void> watch_for_end(std::shared_ptr<Session> session,
                                       std::shared_ptr<EventQueue> events);
  // Views, not strings: g++ 12 destroys a braced temporary in a co_await expression twice.
  Awaitable<void> refuse(int status, std::string_view code, std::string_view detail);
  Awaitable<bool> write(std::string_view head, std::string_view body);
  Awaitable<void> linger();

  Awaitable<void> wait_until_woken();
  void resume();
  void arm(std::chrono::milliseconds time) {
    deadline_ = loop_.now() + time;
    is_late_ = false;
  }
  void disarm() { deadline_ = TimePoint::max(); }

  IoLoop& loop_;                  // May be gone when an answer comes that nobody waits for:
  std::shared_ptr<Inbox> inbox_;  // such an answer meets a closed inbox.
  std::optional<Socket> socket_;  // Nothing of the loop is left here once the session has ended.
  std::string peer_;
  bool is_local_;
  RequestParser parser_;
  ReadBuffer read_;
  std::string out_;  // A head and a small body; its memory is used again.
  Asked asked_;
  Response answer_;  // Another thread's until woken().
  std::unique_ptr<Waiter> waiter_;
  std::weak_ptr<EventQueue> events_;
  TimePoint deadline_ = TimePoint::max();
  int turns_ = 0;  // Requests served without giving others a turn.
  bool is_answered_ = false;
  bool is_woken_ = false;
  bool is_late_ = false;  // The deadline passed.
  bool is_cut_off_ = false;
  bool is_idle_ = false;  // Between two requests.
  bool must_linger_ = false;
};

}  // namespace tenon::http
