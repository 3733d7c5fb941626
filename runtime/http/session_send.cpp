#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include "runtime/http/session.h"

namespace tenon::http {
namespace {

constexpr std::size_t kWriteBytesPerSecond = 32u << 10;
constexpr std::size_t kCopiedBytesMax = 8u << 10;  // Beside its head a body is sent in one piece.
constexpr std::size_t kKeptBytesMax = 16u << 10;
constexpr std::size_t kFileBytes = 128u << 10;
constexpr std::size_t kLingerBytesMax = 4u << 20;
constexpr std::string_view kPing = ":\n\n";  // A comment.

bool is_bodyless(int status) { return status == 204 || status == 304; }

class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat facts {};
    if (number_ < 0 || ::fstat(number_, &facts) != 0 || !S_ISREG(facts.st_mode)) return;
    is_open_ = true;
    size_ = static_cast<std::size_t>(facts.st_size);
  }
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool is_open() const { return is_open_; }
  std::size_t size() const { return size_; }
  // 0 at the end, or where the disk fails: then the client gets less than was announced.
  std::size_t read(std::size_t at, char* bytes, std::size_t count) const {
    const auto got = ::pread(number_, bytes, count, static_cast<off_t>(at));
    return got < 0 ? 0 : static_cast<std::size_t>(got);
  }

 private:
  int number_;
  bool is_open_ = false;
  std::size_t size_ = 0;
};

// Counted, and closed whatever happens.
class OpenStream {
 public:
  OpenStream(std::atomic<std::uint64_t>& count, EventQueue& events)
      : count_(count), events_(events) {
    ++count_;
  }
  ~OpenStream() {
    events_.close();
    --count_;
  }
  OpenStream(const OpenStream&) = delete;
  OpenStream& operator=(const OpenStream&) = delete;

 private:
  std::atomic<std::uint64_t>& count_;
  EventQueue& events_;
};

template <class Handler, class Interface>
struct WaiterOf final : Interface {
  explicit WaiterOf(Handler to_resume) : handler(std::move(to_resume)) {}
  void resume() override { std::move(handler)(); }
  Handler handler;
};

}  // namespace

Awaitable<void> Session::wait_until_woken() {
  if (is_woken_ || is_cut_off_) co_return;
  co_await asio::async_initiate<const asio::use_awaitable_t<Executor>&, void()>(
      [this](auto handler) {
        waiter_ = std::make_unique<WaiterOf<decltype(handler), Waiter>>(std::move(handler));
      },
      kAwait);
}

void Session::resume() {
  if (const auto waiter = std::move(waiter_)) waiter->resume();
}

Awaitable<bool> Session::write(std::string_view head, std::string_view body) {
  std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(body)};
  const std::size_t size = head.size() + body.size();
  ErrorNumber error;
  // Nearly every answer fits into the socket's buffer at once, and then nothing is waited for.
  const std::size_t sent = socket_->write_some(buffers, error);
  if (sent == size) co_return true;
  if (error && error != asio::error::would_block) co_return false;
  arm(loop_.limits().write + std::chrono::seconds(size / kWriteBytesPerSecond));
  const std::size_t head_sent = std::min(sent, head.size());
  buffers = {asio::buffer(head) + head_sent, asio::buffer(body) + (sent - head_sent)};
  co_await asio::async_write(*socket_, buffers, asio::redirect_error(kAwait, error));
  co_return !error;
}

Awaitable<bool> Session::send(Response response) {
  if (response.on_stream) co_return co_await send_events(std::move(response));
  Framing framing;
  framing.keeps_alive = asked_.keeps_alive;
  framing.date = loop_.date();
  if (!response.file.empty()) co_return co_await send_file(response, framing);

  std::string_view body = response.shared_body ? *response.shared_body : response.body;
  std::string smaller;
  framing.varies = !response.is_encoded && body.size() >= kGzipBytesMin &&
                   is_compressible(response.content_type);
  if (framing.varies && asked_.takes_gzip && !is_bodyless(response.status)) {
    smaller = loop_.gzip().compress(body);
    framing.is_gzip = true;
    body = smaller;
  }
  if (!is_bodyless(response.status)) framing.content_length = body.size();
  if (is_bodyless(response.status) || asked_.is_head) body = {};
  out_.clear();
  write_head(response, framing, out_);
  if (body.size() <= kCopiedBytesMax) {
    out_.append(body);
    body = {};
  }
  const bool is_sent = co_await write(out_, body);
  if (out_.capacity() > kKeptBytesMax) std::string().swap(out_);
  co_return is_sent;
}

Awaitable<bool> Session::send_file(const Response& response, Framing framing) {
  const OpenFile file(response.file);
  if (!file.is_open()) {
    Response gone = refusal(404, "not_found", "the file is not there any more", asked_.request_id);
    co_return co_await send(std::move(gone));
  }
  framing.content_length = file.size();
  out_.clear();
  write_head(response, framing, out_);
  bool goes_on = co_await write(out_, {});
  if (asked_.is_head) co_return goes_on;
  std::vector<char> piece(std::min(kFileBytes, file.size()));
  std::size_t at = 0;
  while (goes_on && at < file.size()) {
    const auto count = file.read(at, piece.data(), std::min(piece.size(), file.size() - at));
    if (count == 0) co_return false;
    at += count;
    goes_on = co_await write(std::string_view(piece.data(), count), {});
  }
  co_return goes_on;
}

Awaitable<bool> Session::send_events(Response response) {
  Framing framing;
  framing.keeps_alive = false;  // The events end with the connection.
  framing.date = loop_.date();
  response.content_type = "text/event-stream; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Accel-Buffering", "no");
  out_.clear();
  write_head(response, framing, out_);
  const bool is_sent = co_await write(out_, {});
  if (!is_sent || asked_.is_head || loop_.is_draining()) co_return false;
  const auto events = std::make_shared<EventQueue>([inbox = inbox_, weak = weak_from_this()] {
    if (auto session = weak.lock()) Inbox::put(inbox, std::move(session));
  });
  events_ = events;
  const OpenStream open(loop_.counts().streams, *events);
  asio::co_spawn(loop_.context().get_executor(), watch_for_end(shared_from_this(), events),
                 asio::detached);
  response.on_stream(events);
  response.on_stream = nullptr;
  co_await pass_events_on(events);
  co_return false;
}

Awaitable<void> Session::pass_events_on(const std::shared_ptr<EventQueue>& events) {
  std::string text;
  bool goes_on = events->take(text);
  while (goes_on) {
    if (text.empty()) {
      is_woken_ = false;
      arm(loop_.limits().ping);
      co_await wait_until_woken();
      disarm();
      goes_on = events->take(text) && !is_cut_off_;
      if (text.empty() && is_late_) text = kPing;
      continue;
    }
    const bool is_sent = co_await write(text, {});
    disarm();
    is_woken_ = false;
    goes_on = is_sent && events->take(text) && !is_cut_off_;
  }
}

// A client of a stream has nothing more to say: what can be read is its end.
Awaitable<void> Session::watch_for_end(std::shared_ptr<Session> session,
                                       std::shared_ptr<EventQueue> events) {
  std::array<char, 1024> ignored{};
  ErrorNumber error;
  while (!error && !events->is_closed()) {
    co_await session->socket_->async_read_some(asio::buffer(ignored),
                                               asio::redirect_error(kAwait, error));
  }
  events->close();
}

Awaitable<void> Session::refuse(int status, std::string_view code, std::string_view detail) {
  ++loop_.counts().refusals;
  must_linger_ = true;
  asked_ = {};
  asked_.request_id = loop_.next_request_id();
  arm(loop_.limits().write);
  Response response = refusal(status, code, detail, asked_.request_id);
  if (status == 405) {
    response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }
  co_await send(std::move(response));
}

// Bytes that nobody reads would make the kernel cut the connection before the refusal is taken.
Awaitable<void> Session::linger() {
  ErrorNumber error;
  socket_->shutdown(asio::socket_base::shutdown_send, error);
  arm(loop_.limits().linger);
  std::size_t count = 0;
  std::vector<char> ignored(16u << 10);
  while (!error && count < kLingerBytesMax) {
    count += co_await socket_->async_read_some(asio::buffer(ignored),
                                               asio::redirect_error(kAwait, error));
  }
}

}  // namespace tenon::http
