#include "runtime/http/io_loop.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <charconv>
#include <cstdio>
#include <random>

#include "runtime/http/response_head.h"
#include "runtime/http/session.h"

namespace tenon::http {
namespace {

// So that ids of two lives of the process can be told apart in a log.
std::string random_prefix() {
  constexpr std::string_view kLetters = "0123456789abcdefghjkmnpqrstvwxyz";
  std::random_device random;
  std::string prefix;
  for (int i = 0; i < 6; ++i) prefix += kLetters[random() % kLetters.size()];
  return prefix + "-";
}

}  // namespace

IoLoop::IoLoop(Handler& handler, Limits limits)
    : handler_(handler),
      limits_(limits),
      timer_(context_.get_executor()),
      inbox_(
          std::make_shared<Inbox>([this] { asio::post(context_, [this] { inbox_->drain(); }); })),
      id_prefix_(random_prefix()) {
  tick();
}

IoLoop::~IoLoop() { inbox_->close(); }

void IoLoop::begin(Socket socket, std::string peer, bool is_local) {
  auto session = std::make_shared<Session>(*this, std::move(socket), std::move(peer), is_local);
  sessions_.insert(session.get());
  ++counts_.connections;
  asio::co_spawn(context_.get_executor(), Session::live(std::move(session)), asio::detached);
}

void IoLoop::ended(Session& session) {
  sessions_.erase(&session);
  --counts_.connections;
}

void IoLoop::run() {
  inbox_->settle();
  asio::co_spawn(context_.get_executor(), tick_on(), asio::detached);
  context_.run();
  inbox_->close();
}

Awaitable<void> IoLoop::tick_on() {
  while (!is_draining_ || !sessions_.empty()) {
    ErrorNumber ignored;
    timer_.expires_after(is_draining_ ? std::min(limits_.tick, std::chrono::milliseconds(10))
                                      : limits_.tick);
    co_await timer_.async_wait(asio::redirect_error(kAwait, ignored));
    tick();
  }
  context_.stop();
}

void IoLoop::tick() {
  now_ = std::chrono::steady_clock::now();
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t seconds =
      std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count();
  if (seconds != date_seconds_) {
    date_seconds_ = seconds;
    date_ = date_text(seconds);
  }
  // A session may end, and leave the set, while it is told.
  const std::vector<Session*> sessions(sessions_.begin(), sessions_.end());
  for (Session* session : sessions) {
    if (sessions_.count(session) == 0) continue;
    if (now_ >= cut_off_) {
      session->cut_off();
    } else {
      session->look_at_deadline();
    }
  }
}

void IoLoop::drain() {
  if (is_draining_) return;
  is_draining_ = true;
  cut_off_ = std::chrono::steady_clock::now() + limits_.stop;
  const std::vector<Session*> sessions(sessions_.begin(), sessions_.end());
  for (Session* session : sessions) {
    if (sessions_.count(session) != 0) session->drain();
  }
  timer_.cancel();  // From now on looked at more often.
}

std::string IoLoop::next_request_id() {
  std::array<char, 16> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), ++id_number_, 16).ptr;
  std::string id = id_prefix_;
  return id.append(digits.data(), end);
}

void IoLoop::log(std::string_view line) {
  if (log_) return log_(line);
  std::fprintf(stderr, "tenon: %.*s\n", static_cast<int>(line.size()), line.data());
}

}  // namespace tenon::http
