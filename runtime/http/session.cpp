#include "runtime/http/session.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <exception>

namespace tenon::http {
namespace {

constexpr std::size_t kReadBytes = 4096;
constexpr std::size_t kBodyReadBytes = 64u << 10;
constexpr std::size_t kBodyBytesPerSecond = 64u << 10;
constexpr int kTurnsMax = 16;  // Of one pipelining client, before others are looked at.

}  // namespace

Session::Session(IoLoop& loop, Socket socket, std::string peer, bool is_local)
    : loop_(loop),
      inbox_(loop.inbox()),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      is_local_(is_local),
      parser_(loop.limits().header_bytes_max) {}

Awaitable<void> Session::live(std::shared_ptr<Session> session) {
  try {
    co_await session->serve();
    if (session->must_linger_) co_await session->linger();
  } catch (const std::exception& fault) {
    session->loop_.log(session->asked_.request_id + ": " + fault.what());
  }
  // Whoever holds an unused Respond holds the session, perhaps longer than there is a loop.
  session->socket_.reset();
  session->loop_.ended(*session);
}

Awaitable<void> Session::serve() {
  bool goes_on = true;
  while (goes_on) {
    const bool has_head = co_await read_head();
    if (!has_head) co_return;
    const bool has_body = co_await read_body();
    if (!has_body) co_return;
    goes_on = co_await answer_one();
    if (++turns_ < kTurnsMax) continue;
    turns_ = 0;
    co_await asio::post(loop_.context().get_executor(), kAwait);
  }
}

bool Session::feed() {
  if (read_.is_empty()) return false;
  read_.use(parser_.feed(read_.unused()));
  return parser_.refusal() != nullptr;
}

Awaitable<bool> Session::read_some(std::size_t bytes) {
  ErrorNumber error;
  const auto count = co_await socket_->async_read_some(asio::buffer(read_.room(bytes), bytes),
                                                       asio::redirect_error(kAwait, error));
  if (error) co_return false;
  turns_ = 0;
  read_.add(count);
  co_return true;
}

Awaitable<bool> Session::read_head() {
  parser_.begin();
  read_.shrink(loop_.limits().header_bytes_max);
  is_idle_ = read_.is_empty();
  arm(is_idle_ ? loop_.limits().idle : loop_.limits().first_header);
  ErrorNumber ignored;
  if (is_idle_ && loop_.is_draining() && socket_->available(ignored) == 0) co_return false;
  while (!feed() && !parser_.has_head()) {
    const bool is_read = co_await read_some(kReadBytes);
    if (!is_read) {
      if (is_late_ && !is_idle_) {
        co_await refuse(408, "malformed", "the request's head took too long");
      }
      co_return false;
    }
    if (is_idle_) arm(loop_.limits().first_header);
    is_idle_ = false;
  }
  if (const Refusal* refusal = parser_.refusal()) {
    co_await refuse(refusal->status, refusal->code, refusal->detail);
    co_return false;
  }
  co_return true;
}

// Asked before any of it is read; what comes in chunks is counted while it is read.
bool Session::has_room_for_body() {
  const Request& request = parser_.request();
  parser_.allow_body(loop_.handler().body_bytes_max(request.method, request.target));
  return parser_.refusal() == nullptr;
}

Awaitable<bool> Session::read_body() {
  if (parser_.is_done()) co_return true;
  const bool has_room = has_room_for_body();
  if (has_room && parser_.expects_continue() && read_.is_empty()) {
    co_await write("HTTP/1.1 100 Continue\r\n\r\n", {});  // A failure is met by the read.
  }
  const auto length = parser_.content_length().value_or(0);
  arm(loop_.limits().body + std::chrono::seconds(length / kBodyBytesPerSecond));
  bool is_refused = !has_room;
  while (!is_refused && !parser_.is_done()) {
    is_refused = feed();
    if (is_refused || parser_.is_done()) continue;
    const bool is_read = co_await read_some(kBodyReadBytes);
    if (is_read) continue;
    if (is_late_) co_await refuse(408, "malformed", "the request's body took too long");
    co_return false;
  }
  if (!is_refused) co_return true;
  const Refusal* refusal = parser_.refusal();
  co_await refuse(refusal->status, refusal->code, refusal->detail);
  co_return false;
}

void Session::ask() {
  asked_.is_head = parser_.request().method == Method::head;
  asked_.keeps_alive = parser_.keeps_alive();
  asked_.takes_gzip = !is_local_ && accepts(parser_.request().header("accept-encoding"), "gzip");
  asked_.request_id = loop_.next_request_id();
  ++loop_.counts().requests;
  Request request = parser_.take();
  request.peer = peer_;
  request.is_local_socket = is_local_;
  request.request_id = asked_.request_id;
  try {
    loop_.handler().handle(std::move(request), Respond(shared_from_this()));
  } catch (const std::exception& fault) {
    loop_.log(asked_.request_id + ": " + fault.what());
  }
}

Awaitable<bool> Session::answer_one() {
  disarm();  // The handler's queues have deadlines of their own.
  is_answered_ = false;
  is_woken_ = false;
  ask();
  while (!is_answered_ && !is_cut_off_) {
    co_await wait_until_woken();
    is_answered_ = is_woken_ && !is_cut_off_;
  }
  if (is_cut_off_) co_return false;
  if (loop_.is_draining()) asked_.keeps_alive = false;
  const bool is_sent = co_await send(std::move(answer_));
  co_return is_sent&& asked_.keeps_alive && !is_cut_off_;
}

void Session::answer(Response response) {
  answer_ = std::move(response);
  if (inbox_->is_here() && !waiter_) {
    is_answered_ = true;  // Within handle(): the coroutine finds it without being woken.
  } else {
    Inbox::put(inbox_, shared_from_this());
  }
}

void Session::abandon() {
  answer(refusal(500, "outcome_unknown", "the request was not answered", asked_.request_id));
}

void Session::woken() noexcept {
  is_woken_ = true;
  const auto events = events_.lock();
  if (!waiter_ && events && events->is_too_slow()) cut_off();  // In the middle of a write.
  resume();
}

void Session::look_at_deadline() {
  if (loop_.now() < deadline_) return;
  disarm();
  is_late_ = true;
  ErrorNumber ignored;
  if (waiter_) {
    resume();
  } else {
    socket_->cancel(ignored);
  }
}

void Session::drain() {
  if (const auto events = events_.lock()) events->close();
  ErrorNumber ignored;
  // What has arrived and was not read yet is a request all the same.
  if (is_idle_ && socket_->available(ignored) == 0) socket_->cancel(ignored);
}

void Session::cut_off() {
  is_cut_off_ = true;
  if (const auto events = events_.lock()) events->close();
  ErrorNumber ignored;
  if (socket_) socket_->close(ignored);  // Woken once more after its end, it has none.
  resume();
}

}  // namespace tenon::http
