// request_cost <check | read | bare> [rounds] [connections]: a fixed number of requests to the
// stage's API and nothing else, to be counted by callgrind, strace or a counting malloc: counts do
// not depend on what else the machine does. Prints the processor time of the I/O thread, too.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/served.h"
#include "tests/bench/stage.h"

namespace tenon::bench {
namespace {

constexpr std::int64_t kItems = 2'000;

double thread_cpu_us() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

int connected(int port) {
  const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(number, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect");
  }
  const int on = 1;
  ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return number;
}

// All replies to one kind of request are of one size but for a few bytes: short, read at once.
std::size_t take_reply(int number) {
  char bytes[16 << 10];
  const auto count = ::recv(number, bytes, sizeof bytes, 0);
  if (count < 13 || std::string_view(bytes + 9, 3) != "200") {
    throw std::runtime_error("not answered");
  }
  return static_cast<std::size_t>(count);
}

// Each round asks on every connection before it takes the replies.
void ask(int port, int connections, int rounds, const std::function<std::string(int)>& request) {
  std::vector<int> numbers;
  for (int i = 0; i < connections; ++i) numbers.push_back(connected(port));
  std::size_t asked = 0;
  std::size_t answered = 0;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const std::string bytes = request(round * connections + static_cast<int>(i));
      if (::send(numbers[i], bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
          static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error("not sent");
      }
      asked = bytes.size();
    }
    for (const int number : numbers) answered = take_reply(number);
  }
  for (const int number : numbers) ::close(number);
  std::printf("%zu bytes asked, %zu answered\n", asked, answered);
}

int measure(const std::string& what, int rounds, int connections) {
  Stage stage(kItems);
  const std::string items = "/api/v1/records/item";
  const auto body = [&](int number) {
    return R"({"fields":)" + item_json(stage, static_cast<std::uint64_t>(number)) + "}";
  };
  const auto check = [&](int number) { return stage.post(items + "/check", body(number)); };
  const auto read = [&](int number) {
    return stage.get(items + "/" + stage.own_item(static_cast<std::uint64_t>(number) % 16));
  };
  SameReply same(stage.answer(http::Method::post, items + "/check", body(0)));
  http::Limits limits;
  limits.stop = std::chrono::milliseconds(200);
  http::Server server(what == "bare" ? static_cast<http::Handler&>(same) : stage.api(), limits);
  const int port = server.listen("127.0.0.1", 0);
  double cpu_us = 0;
  std::thread io([&] {
    server.run();
    cpu_us = thread_cpu_us();
  });
  ask(port, connections, rounds, what == "read" ? std::function<std::string(int)>(read) : check);
  server.stop();
  io.join();
  std::printf("%s: %d requests, %.1f us of the I/O thread each\n", what.c_str(),
              rounds * connections, cpu_us / (static_cast<double>(rounds) * connections));
  return 0;
}

}  // namespace
}  // namespace tenon::bench

int main(int count, char** words) {
  const std::string what = count > 1 ? words[1] : "check";
  const int rounds = count > 2 ? std::atoi(words[2]) : 100;
  const int connections = count > 3 ? std::atoi(words[3]) : 32;
  return tenon::bench::measure(what, rounds, connections);
}
