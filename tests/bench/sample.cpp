// The program as people start it, with the sample data: its first reply, its memory at rest.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

#include "engine/base/error.h"
#include "tests/bench/suites.h"
#include "tests/support/child.h"
#include "tests/support/temporary_folder.h"

namespace tenon::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kBundle = "schemas/sales_crm";  // What ./run begins with.
constexpr int kStarts = 5;
constexpr double kStartTargetS = 0.3;
constexpr double kMemoryTargetMb = 60;
constexpr std::chrono::minutes kIdle{1};
constexpr std::chrono::seconds kPatience{120};  // For the sample data to be loaded.

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int free_port() {
  const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  ::bind(number, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(number, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(number);
  return ntohs(address.sin_port);
}

bool replies(int port) {
  constexpr std::string_view kRequest = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  char reply[16] = {};
  const bool is_good =
      ::connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::send(number, kRequest.data(), kRequest.size(), MSG_NOSIGNAL) > 0 &&
      ::recv(number, reply, sizeof reply - 1, 0) > 0 && std::strncmp(reply + 9, "200", 3) == 0;
  ::close(number);
  return is_good;
}

// `tenon serve` on a data folder, from exec to SIGTERM.
class Serving {
 public:
  Serving(const std::string& data, const std::string& bundle)
      : port_(free_port()),
        begun_(Clock::now()),
        child_({"/proc/self/exe", "serve", "--demo", "--data", data, "--bundle", bundle, "--port",
                std::to_string(port_)},
               {}) {
    while (!replies(port_)) {
      child_.read(1);  // What it says is nobody's here; waits a little.
      if (child_.at_end()) throw Fault("tenon serve ended before it answered");
      if (Clock::now() > begun_ + kPatience) throw Fault("tenon serve does not answer");
    }
    first_reply_s_ = std::chrono::duration<double>(Clock::now() - begun_).count();
  }
  ~Serving() {
    ::kill(child_.pid(), SIGTERM);
    child_.wait();
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  double first_reply_s() const { return first_reply_s_; }

  // Memory of its own, not of files.
  double anonymous_mb() const {
    std::ifstream status("/proc/" + std::to_string(child_.pid()) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("RssAnon:")) return std::stod(line.substr(8)) / 1024;
    }
    throw Fault("/proc tells no RssAnon");
  }

 private:
  int port_;
  Clock::time_point begun_;
  support::Child child_;
  double first_reply_s_ = 0;
};

// The folder that was named, or a fresh one, with the sample data in it.
class Sample {
 public:
  explicit Sample(const config::Loaded& loaded)
      : data_(loaded.config.data), bundle_(loaded.config.bundle) {
    if (bundle_.empty()) bundle_ = kBundle;
    for (const config::Origin& origin : loaded.origins) {
      if (origin.name == "data" && origin.source == config::Source::built_in) {
        data_ = folder_.file("data");
      }
    }
    const Serving once(data_, bundle_);  // Loads what is missing.
  }

  Serving serve() const { return Serving(data_, bundle_); }

 private:
  support::TemporaryFolder folder_;
  std::string data_;
  std::string bundle_;
};

}  // namespace

void bench_start(Report& report, const config::Loaded& loaded) {
  const Sample sample(loaded);
  std::vector<double> times_s;
  for (int i = 0; i < kStarts; ++i) times_s.push_back(sample.serve().first_reply_s());
  report.add({.name = "start", .value = median(times_s), .unit = "s", .target = kStartTargetS});
}

void bench_memory(Report& report, const config::Loaded& loaded) {
  const Sample sample(loaded);
  const Serving serving = sample.serve();
  std::this_thread::sleep_for(kIdle);
  report.add(
      {.name = "memory", .value = serving.anonymous_mb(), .unit = "MB", .target = kMemoryTargetMb});
}

}  // namespace tenon::bench
