#include "tests/bench/bare_reply.h"

#include <condition_variable>
#include <ctime>
#include <deque>
#include <mutex>
#include <thread>

#include "runtime/http/server.h"

namespace tenon::bench {
namespace {

constexpr std::size_t kBodyBytes = 200;
constexpr std::size_t kGroupMax = 32;

http::Response reply() {
  static const std::string text(kBodyBytes, 'x');
  http::Response response;
  response.content_type = "application/json";
  response.body = text;
  return response;
}

class AtOnce final : public http::Handler {
 public:
  void handle(http::Request, http::Respond respond) override { respond(reply()); }
  std::size_t body_bytes_max(http::Method, std::string_view) const override { return 1024; }
};

// A thread that takes what waits and answers it together.
class InGroups final : public http::Handler {
 public:
  InGroups() : thread_([this] { work(); }) {}
  ~InGroups() override {
    {
      const std::lock_guard lock(mutex_);
      is_ending_ = true;
    }
    some_.notify_one();
    thread_.join();
  }

  void handle(http::Request, http::Respond respond) override {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(respond));
    if (waiting_.size() == 1) some_.notify_one();
  }
  std::size_t body_bytes_max(http::Method, std::string_view) const override { return 1024; }

 private:
  void work() {
    while (true) {
      std::deque<http::Respond> group;
      {
        std::unique_lock lock(mutex_);
        some_.wait(lock, [this] { return is_ending_ || !waiting_.empty(); });
        if (is_ending_) return;
        while (!waiting_.empty() && group.size() < kGroupMax) {
          group.push_back(std::move(waiting_.front()));
          waiting_.pop_front();
        }
      }
      const http::CompletionBatch batch;
      for (auto& respond : group) respond(reply());
    }
  }

  std::mutex mutex_;
  std::condition_variable some_;
  std::deque<http::Respond> waiting_;
  bool is_ending_ = false;
  std::thread thread_;
};

double thread_cpu_us() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

LoadResult measure(http::Handler& handler, int connections, std::chrono::milliseconds time) {
  http::Limits limits;
  limits.stop = std::chrono::milliseconds(200);
  http::Server server(handler, limits);
  Load load;
  load.port = server.listen("127.0.0.1", 0);
  load.connections = connections;
  load.time = time;
  load.request = [request = get_request("/api/v1/records/thing/0123456789ABC")](std::uint64_t) {
    return request;
  };
  double cpu_us = 0;
  std::thread io([&] {
    server.run();
    cpu_us = thread_cpu_us();
  });
  LoadResult result = run(load);
  server.stop();
  io.join();
  result.server_us = cpu_us / static_cast<double>(server.counts().requests);
  return result;
}

}  // namespace

LoadResult bare_reply(int connections, std::chrono::milliseconds time) {
  AtOnce handler;
  return measure(handler, connections, time);
}

LoadResult grouped_reply(int connections, std::chrono::milliseconds time) {
  InGroups handler;
  return measure(handler, connections, time);
}

}  // namespace tenon::bench
