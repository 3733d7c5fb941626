#include "tests/runtime/http/wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace tenon::http::test {
namespace {

constexpr int kPatienceMs = 5000;

int connected(int family, const sockaddr* address, socklen_t size) {
  const int number = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (number < 0 || ::connect(number, address, size) != 0) {
    throw std::runtime_error("cannot connect");
  }
  return number;
}

}  // namespace

std::string WireReply::header(std::string_view name) const {
  for (auto at = head.find("\r\n"); at + 2 < head.size(); at = head.find("\r\n", at + 2)) {
    const auto start = at + 2;
    if (::strncasecmp(head.data() + start, name.data(), name.size()) != 0) continue;
    if (head.compare(start + name.size(), 2, ": ") != 0) continue;
    const auto value = start + name.size() + 2;
    return head.substr(value, head.find("\r\n", value) - value);
  }
  return "";
}

Wire::Wire(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  number_ = connected(AF_INET, reinterpret_cast<sockaddr*>(&address), sizeof address);
}

Wire::Wire(const std::string& local_path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, local_path.data(), local_path.size());
  number_ = connected(AF_UNIX, reinterpret_cast<sockaddr*>(&address), sizeof address);
}

Wire::~Wire() { ::close(number_); }

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void Wire::end_sending() { ::shutdown(number_, SHUT_WR); }

bool Wire::fill() {
  pollfd one{number_, POLLIN, 0};
  if (::poll(&one, 1, kPatienceMs) <= 0) return false;
  std::array<char, 65536> bytes;
  const auto count = ::recv(number_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  in_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

WireReply Wire::reply(bool without_body) {
  WireReply reply;
  while (in_.find("\r\n\r\n") == std::string::npos) {
    if (!fill()) return reply;
  }
  const auto head_size = in_.find("\r\n\r\n") + 4;
  reply.head = in_.substr(0, head_size);
  in_.erase(0, head_size);
  const auto length =
      without_body ? 0 : std::strtoull(reply.header("content-length").c_str(), nullptr, 10);
  while (in_.size() < length) {
    if (!fill()) return reply;
  }
  reply.body = in_.substr(0, length);
  in_.erase(0, length);
  reply.status = std::atoi(reply.head.c_str() + 9);
  return reply;
}

WireReply Wire::ask(std::string_view request) {
  send(request);
  return reply();
}

std::string Wire::read_until(std::string_view text) {
  while (in_.find(text) == std::string::npos && fill()) {
  }
  return std::exchange(in_, {});
}

bool Wire::is_closed() {
  pollfd one{number_, POLLIN, 0};
  std::array<char, 65536> bytes;
  while (::poll(&one, 1, kPatienceMs) > 0) {
    if (::recv(number_, bytes.data(), bytes.size(), 0) <= 0) return true;
  }
  return false;
}

std::string get(std::string_view target, std::string_view more_headers) {
  std::string text("GET ");
  text.append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(more_headers);
  return text.append("\r\n");
}

std::string post(std::string_view target, std::string_view body) {
  std::string text("POST ");
  text.append(target).append(" HTTP/1.1\r\nHost: localhost\r\nContent-Length: ");
  return text.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
}

}  // namespace tenon::http::test
