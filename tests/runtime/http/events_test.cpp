#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/runtime/http/running_server.h"
#include "tests/runtime/http/wire.h"

namespace tenon::http::test {
namespace {

// A server whose answers are streams; the newest is kept.
class StreamServer {
 public:
  explicit StreamServer(Limits limits = quiet_limits())
      : server_(
            [this](Request, Respond respond) {
              Response response;
              response.on_stream = [this](std::shared_ptr<Stream> stream) {
                stream->write(event_text("hello", "1", "{}"));
                stream->on_closed([this] { ++closed; });
                const std::lock_guard lock(mutex_);
                stream_ = std::move(stream);
              };
              respond(std::move(response));
            },
            limits) {}

  std::shared_ptr<Stream> stream() {
    while (true) {
      const std::lock_guard lock(mutex_);
      if (stream_) return stream_;
    }
  }
  RunningServer& running() { return server_; }
  int port() const { return server_.port(); }

  std::atomic<int> closed{0};

  bool is_closed_soon() {
    for (int i = 0; i < 300 && closed == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return closed == 1;
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<Stream> stream_;
  RunningServer server_;
};

}  // namespace

TEST_CASE("an event's text has a data line for each line", "[http]") {
  CHECK(event_text("change", "e.7", "{}") == "event: change\nid: e.7\ndata: {}\n\n");
  CHECK(event_text("", "", "a\nb") == "data: a\ndata: b\n\n");
}

TEST_CASE("events go out in order, from any thread, until the stream is closed", "[http]") {
  StreamServer server;
  Wire wire(server.port());
  wire.send(get("/stream"));
  const auto begin = wire.read_until("data: {}\n\n");
  auto stream = server.stream();
  std::thread writer([&] {
    for (int i = 0; i < 100; ++i) stream->write(event_text("", std::to_string(i), "x"));
    stream->close();
  });
  const auto text = begin + wire.read_until("id: 99\ndata: x\n\n");
  writer.join();
  CHECK(text.find("Content-Type: text/event-stream") != std::string::npos);
  CHECK(text.find("event: hello\nid: 1\ndata: {}\n\n") != std::string::npos);
  CHECK(text.find("id: 42\ndata: x\n\nid: 43\n") != std::string::npos);
  CHECK(wire.is_closed());
  CHECK_FALSE(stream->write("data: late\n\n"));
  CHECK(server.is_closed_soon());
}

TEST_CASE("in silence a comment line is sent", "[http]") {
  StreamServer server(short_limits());
  Wire wire(server.port());
  wire.send(get("/stream"));
  CHECK(wire.read_until(":\n\n:\n\n").ends_with(":\n\n"));
}

TEST_CASE("a client that goes is noticed at once", "[http]") {
  StreamServer server;
  {
    Wire wire(server.port());
    wire.send(get("/stream"));
    wire.read_until("data: {}\n\n");
    CHECK(server.running().server().counts().streams == 1);
  }
  CHECK(server.is_closed_soon());
}

TEST_CASE("a client that does not keep up is dropped", "[http]") {
  StreamServer server;
  Wire wire(server.port());
  wire.send(get("/stream"));
  wire.read_until("data: {}\n\n");
  auto stream = server.stream();
  const std::string event = event_text("", "", std::string(10'000, 'x'));
  int written = 0;
  while (written < 10'000 && stream->write(event)) {
    ++written;
    if (written % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  CHECK(written < 10'000);
  CHECK(server.is_closed_soon());
  for (int i = 0; i < 300 && server.running().server().connections() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK(server.running().server().connections() == 0);
}

TEST_CASE("a stop closes streams", "[http]") {
  StreamServer server;
  Wire wire(server.port());
  wire.send(get("/stream"));
  wire.read_until("data: {}\n\n");
  server.running().stop();
  CHECK(wire.is_closed());
  CHECK(server.closed == 1);
}

TEST_CASE("HEAD of a stream shows its head only", "[http]") {
  StreamServer server;
  Wire wire(server.port());
  wire.send("HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(wire.reply(true).has("text/event-stream"));
  CHECK(wire.is_closed());
}

}  // namespace tenon::http::test
