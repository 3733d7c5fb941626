#include "runtime/http/client.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <cerrno>
#include <cstring>
#include <optional>

#include "engine/base/error.h"

namespace tenon::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::string_view;
using Deadline = std::chrono::steady_clock::time_point;

constexpr std::size_t kReadBytes = 64u << 10;

class ReplyParser final : public beast::http::basic_parser<false> {
 public:
  ReplyParser(bool is_head, std::size_t bytes_max) : bytes_max_(bytes_max) {
    skip(is_head);
    body_limit(boost::none);
    eager(true);
  }

  Reply reply;

 private:
  void on_request_impl(beast::http::verb, string_view, string_view, int, error_code&) override {}
  void on_response_impl(int status, string_view, int, error_code&) override {
    reply.status = status;
  }
  void on_field_impl(beast::http::field, string_view name, string_view value,
                     error_code&) override {
    reply.headers.add({name.data(), name.size()}, {value.data(), value.size()});
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t append(string_view bytes, error_code& ec) {
    if (reply.body.size() + bytes.size() > bytes_max_) ec = beast::http::error::body_limit;
    if (!ec) reply.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  std::size_t on_body_impl(string_view bytes, error_code& ec) override { return append(bytes, ec); }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) override {
    return append(bytes, ec);
  }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  std::size_t bytes_max_;
};

Error not_sent(const std::string& message) {
  return Error::of(ErrorCode::not_done, "", "connection", message);
}

Error unknown_outcome(const std::string& message) {
  return Error::of(ErrorCode::outcome_unknown, "", "connection", message);
}

// A connected socket that closes itself; all its waiting is bounded by a deadline.
class Connection {
 public:
  explicit Connection(int number) : number_(number) {}
  ~Connection() { ::close(number_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool wait_for(short what, Deadline deadline) const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd one{number_, what, 0};
    return left.count() > 0 && ::poll(&one, 1, static_cast<int>(left.count())) > 0;
  }

  bool send(std::string_view bytes, Deadline deadline) const {
    while (!bytes.empty()) {
      const auto sent = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      } else if (errno != EAGAIN || !wait_for(POLLOUT, deadline)) {
        return false;
      }
    }
    return true;
  }

  // The count; 0 at the end; below 0 where it broke or took too long.
  ssize_t receive(char* bytes, std::size_t count, Deadline deadline) const {
    while (true) {
      const auto got = ::recv(number_, bytes, count, 0);
      if (got >= 0 || (errno != EAGAIN && errno != EINTR)) return got;
      if (!wait_for(POLLIN, deadline)) return -1;
    }
  }

 private:
  int number_;
};

using ConnectionPointer = std::unique_ptr<Connection>;

ConnectionPointer connect_to(const sockaddr* address, socklen_t size, Deadline deadline) {
  const int number = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (number < 0) return nullptr;
  auto connection = std::make_unique<Connection>(number);
  if (::connect(number, address, size) == 0) return connection;
  if (errno != EINPROGRESS || !connection->wait_for(POLLOUT, deadline)) return nullptr;
  int failure = 0;
  socklen_t failure_size = sizeof failure;
  ::getsockopt(number, SOL_SOCKET, SO_ERROR, &failure, &failure_size);
  return failure == 0 ? std::move(connection) : nullptr;
}

ConnectionPointer connect_tcp(const std::string& host, int port, Deadline deadline) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
    return nullptr;
  }
  ConnectionPointer connection;
  for (auto* one = found; one != nullptr && !connection; one = one->ai_next) {
    connection = connect_to(one->ai_addr, one->ai_addrlen, deadline);
  }
  ::freeaddrinfo(found);
  return connection;
}

ConnectionPointer connect_local(const std::string& path, Deadline deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return nullptr;
  std::memcpy(address.sun_path, path.data(), path.size());
  return connect_to(reinterpret_cast<const sockaddr*>(&address), sizeof address, deadline);
}

bool is_repeatable(Method method) {
  return method == Method::get || method == Method::head || method == Method::options;
}

}  // namespace

class Client::State {
 public:
  State(std::string where, int port_number, ClientOptions chosen)
      : place(std::move(where)), port(port_number), options(chosen) {}

  bool is_connected() {
    if (!connection) connection = connect();
    return connection != nullptr;
  }

  Result<Reply> send(const ClientRequest& request) {
    const bool is_kept = connection != nullptr;
    auto reply = send_once(request);
    // The server may close a kept connection at the very moment it is used again.
    if (!reply && is_kept && is_unanswered && is_repeatable(request.method)) {
      return send_once(request);
    }
    return reply;
  }

 private:
  Result<Reply> send_once(const ClientRequest& request) {
    is_unanswered = true;
    if (!is_connected()) return not_sent("nobody answers at " + name());
    const auto deadline = std::chrono::steady_clock::now() + options.reply;
    auto open = std::move(connection);  // Kept again only after a whole reply.
    // A refusal may come before all is sent (413); so a failure to send is not the last word.
    const bool is_sent = open->send(head_of(request) + request.body, deadline);
    auto reply = receive(*open, request.method == Method::head, deadline);
    if (!reply) return is_sent ? reply : unknown_outcome("the connection to " + name() + " broke");
    if (is_sent && keeps_alive) connection = std::move(open);
    return reply;
  }

  Result<Reply> receive(const Connection& open, bool is_head, Deadline deadline) {
    auto parser = std::make_unique<ReplyParser>(is_head, options.reply_bytes_max);
    std::string waiting;
    std::array<char, kReadBytes> bytes;
    while (!parser->is_done()) {
      const auto count = open.receive(bytes.data(), bytes.size(), deadline);
      error_code ec;
      if (count > 0) is_unanswered = false;
      if (count == 0 && parser->got_some() && parser->is_header_done()) parser->put_eof(ec);
      if (count == 0 && parser->is_done()) break;
      if (count <= 0) return unknown_outcome("the reply of " + name() + " did not come");
      waiting.append(bytes.data(), static_cast<std::size_t>(count));
      feed(parser, waiting, is_head, ec);
      if (ec) return unknown_outcome("the reply of " + name() + " cannot be read: " + ec.message());
    }
    keeps_alive = parser->keep_alive();
    return std::move(parser->reply);
  }

  void feed(std::unique_ptr<ReplyParser>& parser, std::string& waiting, bool is_head,
            error_code& ec) {
    while (!waiting.empty() && !parser->is_done()) {
      const auto used = parser->put({waiting.data(), waiting.size()}, ec);
      waiting.erase(0, used);
      if (ec == beast::http::error::need_more) {
        ec = {};
        return;
      }
      if (ec) return;
      if (parser->is_done() && parser->reply.status == 100) {  // The reply itself follows.
        parser = std::make_unique<ReplyParser>(is_head, options.reply_bytes_max);
      }
    }
  }

  ConnectionPointer connect() const {
    const auto deadline = std::chrono::steady_clock::now() + options.connect;
    return port < 0 ? connect_local(place, deadline) : connect_tcp(place, port, deadline);
  }

  std::string name() const { return port < 0 ? place : place + ":" + std::to_string(port); }

  std::string head_of(const ClientRequest& request) const {
    std::string head(name_of(request.method));
    head.append(" ").append(request.target).append(" HTTP/1.1\r\nHost: ");
    head.append(port < 0 ? "localhost" : name()).append("\r\n");
    for (const auto& [key, value] : request.headers) {
      head.append(key).append(": ").append(value).append("\r\n");
    }
    if (!request.body.empty() || !is_repeatable(request.method)) {
      head.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    }
    return head.append("\r\n");
  }

  std::string place;
  int port;
  ClientOptions options;
  ConnectionPointer connection;
  bool is_unanswered = true;
  bool keeps_alive = false;
};

Client::Client(std::unique_ptr<State> state) : state_(std::move(state)) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

Client Client::tcp(std::string host, int port, ClientOptions options) {
  return Client(std::make_unique<State>(std::move(host), port, options));
}

Client Client::local(std::string path, ClientOptions options) {
  return Client(std::make_unique<State>(std::move(path), -1, options));
}

Client::Client(const std::string& socket_path)
    : state_(std::make_unique<State>(socket_path, -1, ClientOptions{})) {
  if (!state_->is_connected()) throw Fault("nobody listens on " + socket_path);
}

Result<Reply> Client::send(const ClientRequest& request) { return state_->send(request); }

Reply Client::send(Method method, const std::string& target, const std::string& json_body) {
  ClientRequest request{method, target, {}, json_body};
  if (!json_body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  auto reply = send(request);
  if (!reply) throw Fault(describe(reply.error()));
  return reply.take();
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      result += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return result;
}

}  // namespace tenon::http
