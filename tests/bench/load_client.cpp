#include "tests/bench/load_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

namespace tenon::bench {
namespace {

using Clock = std::chrono::steady_clock;

// Microseconds up to 200 ms one by one; slower ones lie in the last place.
class Histogram {
 public:
  void add(Clock::duration time) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    const auto place = std::min(static_cast<std::size_t>(us), counts_.size() - 1);
    ++counts_[place];
    ++total_;
    max_us_ = std::max(max_us_, static_cast<std::uint64_t>(us));
  }

  double at_ms(double part) const {
    const auto wanted = static_cast<std::uint64_t>(static_cast<double>(total_) * part);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > wanted) return static_cast<double>(i) / 1000.0;
    }
    return max_ms();
  }
  double max_ms() const { return static_cast<double>(max_us_) / 1000.0; }

 private:
  std::vector<std::uint32_t> counts_ = std::vector<std::uint32_t>(200'000);
  std::uint64_t total_ = 0;
  std::uint64_t max_us_ = 0;
};

struct Connection {
  int number = -1;
  std::string out;
  std::size_t sent = 0;
  std::string in;
  Clock::time_point since;
};

// The size of the reply at the front; 0 while its head is not whole, npos where it has no length.
std::size_t reply_size(const std::string& in) {
  const auto head = in.find("\r\n\r\n");
  if (head == std::string::npos) return 0;
  constexpr std::string_view kLength = "\r\ncontent-length:";
  for (auto at = in.find("\r\n"); at < head; at = in.find("\r\n", at + 2)) {
    if (::strncasecmp(in.data() + at, kLength.data(), kLength.size()) != 0) continue;
    return head + 4 + std::strtoull(in.data() + at + kLength.size(), nullptr, 10);
  }
  return in.compare(9, 3, "204") == 0 || in.compare(9, 3, "304") == 0 ? head + 4
                                                                      : std::string::npos;
}

class LoadRun {
 public:
  explicit LoadRun(const Load& load) : load_(load), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
  ~LoadRun() {
    for (const auto& connection : connections_) ::close(connection->number);
    ::close(epoll_);
  }
  LoadRun(const LoadRun&) = delete;
  LoadRun& operator=(const LoadRun&) = delete;

  LoadResult run() {
    for (int i = 0; i < load_.connections; ++i) connect();
    counted_from_ = Clock::now() + load_.warm_up;
    ends_ = counted_from_ + load_.time;
    for (const auto& connection : connections_) ask(*connection);
    while (Clock::now() < ends_ && open_ > 0) wait();
    result_.seconds = std::chrono::duration<double>(Clock::now() - counted_from_).count();
    result_.p50_ms = times_.at_ms(0.5);
    result_.p99_ms = times_.at_ms(0.99);
    result_.max_ms = times_.max_ms();
    return result_;
  }

 private:
  void connect() {
    auto connection = std::make_unique<Connection>();
    connection->number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(load_.port));
    ::inet_pton(AF_INET, load_.host.c_str(), &address.sin_addr);
    if (::connect(connection->number, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect to " + load_.host);
    }
    const int on = 1;
    ::setsockopt(connection->number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = connection.get();
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection->number, &event);
    connections_.push_back(std::move(connection));
    ++open_;
  }

  // Requests are small beside the socket's buffer; what does not fit goes out with the next wait.
  void ask(Connection& connection) {
    connection.out = load_.request(number_++);
    connection.sent = 0;
    connection.since = Clock::now();
    push(connection);
  }

  void push(Connection& connection) {
    while (connection.sent < connection.out.size()) {
      const auto count = ::send(connection.number, connection.out.data() + connection.sent,
                                connection.out.size() - connection.sent, MSG_NOSIGNAL);
      if (count <= 0) return end(connection);
      connection.sent += static_cast<std::size_t>(count);
    }
  }

  void wait() {
    std::array<epoll_event, 256> events;
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 50);
    for (int i = 0; i < count; ++i) take(*static_cast<Connection*>(events[i].data.ptr));
  }

  void take(Connection& connection) {
    const auto count = ::recv(connection.number, bytes_.data(), bytes_.size(), 0);
    if (count <= 0) return end(connection);
    connection.in.append(bytes_.data(), static_cast<std::size_t>(count));
    const auto size = reply_size(connection.in);
    if (size == std::string::npos) return end(connection);
    if (size == 0 || connection.in.size() < size) return;
    const auto now = Clock::now();
    if (now >= counted_from_) {
      ++result_.replies;
      if (connection.in[9] >= '4') ++result_.refused;
      times_.add(now - connection.since);
    }
    connection.in.erase(0, size);
    ask(connection);
  }

  void end(Connection& connection) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.number, nullptr);
    ++result_.broken;
    --open_;
  }

  const Load& load_;
  int epoll_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<char> bytes_ = std::vector<char>(256u << 10);
  Histogram times_;
  LoadResult result_;
  Clock::time_point counted_from_;
  Clock::time_point ends_;
  std::uint64_t number_ = 0;
  int open_ = 0;
};

}  // namespace

LoadResult run(const Load& load) { return LoadRun(load).run(); }

std::string get_request(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

}  // namespace tenon::bench
