#include "runtime/http/server.h"

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <deque>
#include <mutex>
#include <set>

#include "engine/base/error.h"
#include "runtime/http/encoding.h"
#include "runtime/http/session_text.h"

namespace tenon::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Executor = asio::io_context::executor_type;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
constexpr asio::use_awaitable_t<Executor> kAwait;
using Code = boost::system::error_code;
using tcp = asio::ip::tcp;
using local = asio::local::stream_protocol;
template <class Protocol>
using StreamOf = beast::basic_stream<Protocol, Executor>;
template <class Protocol>
using AcceptorOf = asio::basic_socket_acceptor<Protocol, Executor>;

// Wakes a coroutine; runs on the I/O thread.
using Resume = std::function<void()>;

thread_local std::vector<std::pair<asio::io_context*, Resume>>* collected = nullptr;

void wake(asio::io_context& io, Resume resume) {
  if (collected != nullptr) {
    collected->emplace_back(&io, std::move(resume));
    return;
  }
  asio::post(io, std::move(resume));
}

// Where one request's answer arrives, from whatever thread.
class SessionSlot final : public Slot {
 public:
  explicit SessionSlot(asio::io_context& io) : io_(io) {}

  void answer(Response response) override {
    if (given_.exchange(true)) return;
    response_ = std::move(response);
    if (state_.exchange(kAnswered) == kWaiting) wake(io_, std::move(resume_));
  }

  bool is_answered() const { return state_.load() == kAnswered; }
  Response take() { return std::move(response_); }

  // Suspends the coroutine until the answer is there.
  Awaitable<void> wait() {
    return asio::async_initiate<const asio::use_awaitable_t<Executor>&, void()>(
        [this](auto handler) {
          auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          resume_ = [shared] { (*shared)(); };
          int expected = kOpen;
          if (!state_.compare_exchange_strong(expected, kWaiting)) asio::post(io_, resume_);
        },
        kAwait);
  }

 private:
  static constexpr int kOpen = 0, kAnswered = 1, kWaiting = 2;
  asio::io_context& io_;
  std::atomic<bool> given_{false};
  std::atomic<int> state_{kOpen};
  Response response_;
  Resume resume_;
};

// The queue of one client's events.
class EventStream final : public Stream {
 public:
  explicit EventStream(asio::io_context& io) : io_(io) {}

  bool write(std::string event) override {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    queued_bytes_ += event.size();
    if (queued_bytes_ > kQueueBytesMax) closed_ = true;
    if (!closed_) queue_ += event;
    wake_waiter();
    return !closed_;
  }

  void close() override {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    wake_waiter();
  }

  // The events queued since; empty once the stream is closed.
  std::string take() {
    const std::lock_guard lock(mutex_);
    queued_bytes_ = 0;
    return closed_ ? std::string{} : std::move(queue_);
  }

  Awaitable<void> wait() {
    return asio::async_initiate<const asio::use_awaitable_t<Executor>&, void()>(
        [this](auto handler) {
          auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          const std::lock_guard lock(mutex_);
          resume_ = [shared] { (*shared)(); };
          if (closed_ || !queue_.empty()) wake_waiter();
        },
        kAwait);
  }

 private:
  static constexpr std::size_t kQueueBytesMax = 256u << 10;

  void wake_waiter() {
    if (!resume_) return;
    asio::post(io_, std::move(resume_));
    resume_ = nullptr;
  }

  asio::io_context& io_;
  std::mutex mutex_;
  std::string queue_;
  std::size_t queued_bytes_ = 0;
  bool closed_ = false;
  Resume resume_;
};

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::get;
    case beast::http::verb::head: return Method::head;
    case beast::http::verb::post: return Method::post;
    case beast::http::verb::put: return Method::put;
    case beast::http::verb::patch: return Method::patch;
    case beast::http::verb::delete_: return Method::erase;
    case beast::http::verb::options: return Method::options;
    default: return Method::other;
  }
}

std::string peer_of(StreamOf<tcp>& stream) {
  Code code;
  const auto endpoint = stream.socket().remote_endpoint(code);
  return code ? "" : endpoint.address().to_string();
}

std::string peer_of(StreamOf<local>&) { return "local"; }

}  // namespace

Respond::~Respond() {
  if (slot_) slot_->answer(problem_text(500, "outcome_unknown", "The request was dropped", ""));
}

void Respond::operator()(Response response) {
  if (const auto slot = std::exchange(slot_, nullptr)) slot->answer(std::move(response));
}

CompletionBatch::CompletionBatch() {
  collected = new std::vector<std::pair<asio::io_context*, Resume>>;
}

CompletionBatch::~CompletionBatch() {
  const std::unique_ptr<std::vector<std::pair<asio::io_context*, Resume>>> batch(
      std::exchange(collected, nullptr));
  if (batch->empty()) return;
  asio::io_context* io = batch->front().first;
  asio::post(*io, [resumes = std::move(*batch)] {
    for (const auto& entry : resumes) entry.second();
  });
}

struct Server::State {
  State(Handler& handler_, Limits limits_) : handler(handler_), limits(limits_), io(1), stopped(io) {}

  Handler& handler;
  Limits limits;
  asio::io_context io;
  asio::steady_timer stopped;
  std::vector<AcceptorOf<tcp>> acceptors;
  std::vector<AcceptorOf<local>> local_acceptors;
  std::string local_path;
  std::atomic<int> connections{0};
  std::atomic<std::uint64_t> requests{0};
  bool stopping = false;
  std::set<std::function<void()>*> idle;  // Closes sessions that wait for a request.
  std::set<std::shared_ptr<EventStream>> streams;

  template <class Protocol>
  class Session;
  template <class Acceptor>
  Awaitable<void> accept(Acceptor& acceptor);
  template <class Protocol>
  Awaitable<void> serve(StreamOf<Protocol> stream);
  void stop();
};

// One connection: requests one after the other until it ends.
template <class Protocol>
class Server::State::Session {
 public:
  Session(State& state, StreamOf<Protocol> stream)
      : state_(state), stream_(std::move(stream)), peer_(peer_of(stream_)) {}

  Awaitable<void> run() {
    bool first = true;
    while (co_await serve_one(std::exchange(first, false))) {
    }
    Code ignored;
    stream_.socket().shutdown(Protocol::socket::shutdown_send, ignored);
  }

 private:
  using Parser = beast::http::request_parser<beast::http::string_body>;

  Awaitable<bool> serve_one(bool first) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(state_.limits.header_bytes_max));
    parser.body_limit(boost::none);
    Code code;
    std::function<void()> close = [this] { stream_.cancel(); };
    if (!first) state_.idle.insert(&close);
    stream_.expires_after(first ? state_.limits.first_header : state_.limits.idle);
    co_await beast::http::async_read_header(stream_, buffer_, parser,
                                            asio::redirect_error(kAwait, code));
    state_.idle.erase(&close);
    if (code) co_return co_await refuse_header(code);
    Request request;
    request.request_id = request_id(++state_.requests);
    Response response;
    bool keep = false;
    if (!read_head(parser, request)) {
      response = problem_text(400, "malformed", "The address cannot be read", request.request_id);
    } else if (!fits(parser)) {
      response = problem_text(413, "too_large", "The body is too large", request.request_id);
    } else {
      if (beast::iequals(parser.get()[beast::http::field::expect], "100-continue")) {
        co_await send_continue();
      }
      if (!parser.is_done()) {
        stream_.expires_after(state_.limits.body);
        co_await beast::http::async_read(stream_, buffer_, parser,
                                         asio::redirect_error(kAwait, code));
        if (code) co_return co_await refuse_body(code, request);
      }
      keep = parser.keep_alive() && !state_.stopping;
      request.body = std::move(parser.get().body());
      const bool head = request.method == Method::head;
      const std::string accepted(request.header("accept-encoding"));
      response = co_await ask(std::move(request));
      if (response.on_stream) co_return co_await send_stream(std::move(response));
      encode(response, accepted);
      co_return co_await send(response, head, keep) && keep;
    }
    co_await send(response, false, false);
    co_return false;
  }

  bool read_head(Parser& parser, Request& request) {
    const auto& message = parser.get();
    request.method = method_of(message.method());
    request.target = std::string(message.target());
    request.peer = peer_;
    request.is_local_socket = std::is_same_v<Protocol, local>;
    for (const auto& field : message) {
      std::string name(field.name_string());
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      request.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    return parse_target(request.target, request);
  }

  // Before a byte of the body is read; what comes in chunks is counted while it is read.
  bool fits(Parser& parser) {
    const auto& message = parser.get();
    const std::size_t most = state_.handler.body_bytes_max(
        method_of(message.method()), std::string_view(message.target().data(), message.target().size()));
    parser.body_limit(most);
    const auto length = parser.content_length();
    return !length || *length <= most;
  }

  Awaitable<Response> ask(Request request) {
    auto slot = std::make_shared<SessionSlot>(state_.io);
    const std::string id = request.request_id;
    try {
      stream_.expires_never();
      state_.handler.handle(std::move(request), Respond(slot));
    } catch (const std::exception& fault) {
      log_fault(id, fault.what());
      slot->answer(problem_text(500, "outcome_unknown", "Something failed on the server", id));
    }
    if (!slot->is_answered()) co_await slot->wait();
    co_return slot->take();
  }

  Awaitable<bool> refuse_header(const Code& code) {
    Response response;
    if (code == beast::http::error::header_limit) {
      response = problem_text(431, "too_large", "The header is too large", "");
    } else if (code == beast::error::timeout && buffer_.size() > 0) {
      response = problem_text(408, "malformed", "The header took too long", "");
    } else if (code.category() == beast::http::make_error_code(beast::http::error::bad_version).category() &&
               code != beast::http::error::end_of_stream) {
      response = problem_text(400, "malformed", "This is no HTTP request", "");
    } else {
      co_return false;
    }
    co_await send(response, false, false);
    co_return false;
  }

  Awaitable<bool> refuse_body(const Code& code, const Request& request) {
    Response response;
    if (code == beast::http::error::body_limit) {
      response = problem_text(413, "too_large", "The body is too large", request.request_id);
    } else if (code == beast::error::timeout) {
      response = problem_text(408, "malformed", "The body took too long", request.request_id);
    } else if (code == beast::http::error::partial_message || code == asio::error::eof) {
      co_return false;
    } else {
      response = problem_text(400, "malformed", "The body cannot be read", request.request_id);
    }
    co_await send(response, false, false);
    co_return false;
  }

  template <class Message>
  void put_headers(Message& message, const Response& response) {
    message.set(beast::http::field::date, date_now());
    if (!response.content_type.empty()) {
      message.set(beast::http::field::content_type, response.content_type);
    }
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    if (message.find("X-Content-Type-Options") == message.end()) {
      message.insert("X-Content-Type-Options", "nosniff");
    }
    if (message.find(beast::http::field::cache_control) == message.end()) {
      message.set(beast::http::field::cache_control, "no-store");
    }
  }

  Awaitable<bool> send(const Response& response, bool head, bool keep) {
    using Body = beast::http::span_body<const char>;
    const std::string& bytes = response.shared_body ? *response.shared_body : response.body;
    beast::http::response<Body> message(static_cast<beast::http::status>(response.status), 11);
    put_headers(message, response);
    message.keep_alive(keep);
    const bool bodyless = response.status == 204 || response.status == 304;
    if (!bodyless) message.content_length(bytes.size());
    if (!head && !bodyless) message.body() = {bytes.data(), bytes.size()};
    Code code;
    stream_.expires_after(state_.limits.write);
    beast::http::response_serializer<Body> serializer(message);
    if (head || bodyless) {
      co_await beast::http::async_write_header(stream_, serializer,
                                               asio::redirect_error(kAwait, code));
    } else {
      co_await beast::http::async_write(stream_, serializer, asio::redirect_error(kAwait, code));
    }
    co_return !code;
  }

  Awaitable<void> send_continue() {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    Code ignored;  // The body's read meets whatever is wrong.
    stream_.expires_after(state_.limits.write);
    co_await asio::async_write(stream_, asio::buffer(kContinue),
                               asio::redirect_error(kAwait, ignored));
  }

  Awaitable<bool> send_stream(Response response) {
    beast::http::response<beast::http::empty_body> message(beast::http::status::ok, 11);
    response.content_type = "text/event-stream";
    put_headers(message, response);
    message.chunked(true);
    message.keep_alive(true);
    Code code;
    stream_.expires_after(state_.limits.write);
    beast::http::response_serializer<beast::http::empty_body> serializer(message);
    co_await beast::http::async_write_header(stream_, serializer,
                                             asio::redirect_error(kAwait, code));
    if (code) co_return false;
    auto events = std::make_shared<EventStream>(state_.io);
    state_.streams.insert(events);
    response.on_stream(events);
    while (!code) {
      std::string text = events->take();
      if (text.empty()) {
        stream_.expires_never();
        co_await events->wait();
        text = events->take();
        if (text.empty()) break;  // Closed.
      }
      stream_.expires_after(state_.limits.write);
      co_await asio::async_write(stream_, beast::http::make_chunk(asio::buffer(text)),
                                 asio::redirect_error(kAwait, code));
    }
    events->close();
    state_.streams.erase(events);
    co_return false;
  }

  State& state_;
  StreamOf<Protocol> stream_;
  std::string peer_;
  beast::flat_buffer buffer_;
};

template <class Protocol>
Awaitable<void> Server::State::serve(StreamOf<Protocol> stream) {
  ++connections;
  try {
    Session<Protocol> session(*this, std::move(stream));
    co_await session.run();
  } catch (const std::exception& fault) {
    log_fault("", fault.what());
  }
  --connections;
  if (stopping && connections == 0) stopped.cancel();
}

template <class Acceptor>
Awaitable<void> Server::State::accept(Acceptor& acceptor) {
  using Protocol = typename Acceptor::protocol_type;
  while (!stopping) {
    Code code;
    auto socket = co_await acceptor.async_accept(asio::redirect_error(kAwait, code));
    if (code == asio::error::operation_aborted || stopping) co_return;
    if (code) {
      // Out of descriptors: those in use must end first.
      asio::basic_waitable_timer<std::chrono::steady_clock,
                                 asio::wait_traits<std::chrono::steady_clock>, Executor>
          pause(io, std::chrono::milliseconds(50));
      co_await pause.async_wait(asio::redirect_error(kAwait, code));
      continue;
    }
    if (connections >= limits.connections_max) continue;  // Closed at once.
    if constexpr (std::is_same_v<Protocol, tcp>) {
      socket.set_option(tcp::no_delay(true), code);
    }
    asio::co_spawn(io.get_executor(), serve<Protocol>(StreamOf<Protocol>(std::move(socket))),
                   asio::detached);
  }
}

void Server::State::stop() {
  if (stopping) return;
  stopping = true;
  Code ignored;
  for (auto& acceptor : acceptors) acceptor.close(ignored);
  for (auto& acceptor : local_acceptors) acceptor.close(ignored);
  const auto waiting = idle;
  for (auto* close : waiting) (*close)();
  for (const auto& stream : std::set(streams)) stream->close();
  stopped.expires_after(limits.stop);
  if (connections == 0) stopped.expires_after(std::chrono::seconds(0));
  stopped.async_wait([this](Code) { io.stop(); });
}

Server::Server(Handler& handler, Limits limits)
    : state_(std::make_unique<State>(handler, limits)) {}

Server::~Server() {
  if (!state_->local_path.empty()) ::unlink(state_->local_path.c_str());
}

int Server::listen(const std::string& address, int port) {
  try {
    const tcp::endpoint endpoint(asio::ip::make_address(address),
                                 static_cast<unsigned short>(port));
    AcceptorOf<tcp> acceptor(state_->io.get_executor());
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen(1024);
    const int chosen = acceptor.local_endpoint().port();
    state_->acceptors.push_back(std::move(acceptor));
    return chosen;
  } catch (const boost::system::system_error& error) {
    throw Fault("cannot listen on " + address + ":" + std::to_string(port) + ": " +
                error.code().message() + "; is another server running there? --port chooses another");
  }
}

void Server::listen_local(const std::string& path) {
  ::unlink(path.c_str());
  try {
    const mode_t before = ::umask(0177);
    AcceptorOf<local> acceptor(state_->io.get_executor(), local::endpoint(path));
    ::umask(before);
    state_->local_acceptors.push_back(std::move(acceptor));
    state_->local_path = path;
  } catch (const boost::system::system_error& error) {
    throw Fault("cannot listen on " + path + ": " + error.code().message());
  }
}

void Server::run() {
  for (auto& acceptor : state_->acceptors) {
    asio::co_spawn(state_->io.get_executor(), state_->accept(acceptor), asio::detached);
  }
  for (auto& acceptor : state_->local_acceptors) {
    asio::co_spawn(state_->io.get_executor(), state_->accept(acceptor), asio::detached);
  }
  const auto work = asio::make_work_guard(state_->io);
  state_->io.run();
}

void Server::stop() {
  asio::post(state_->io, [this] { state_->stop(); });
}

int Server::connections() const { return state_->connections; }

}  // namespace tenon::http
