#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <mutex>
#include <thread>

#include "engine/base/error.h"
#include "tests/runtime/http/running_server.h"
#include "tests/runtime/http/wire.h"

namespace tenon::http::test {
namespace {

// Keeps the answer until it is asked for.
struct Kept {
  std::mutex mutex;
  std::vector<Respond> waiting;

  void keep(Respond respond) {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(respond));
  }
  void wait_for_one() {
    while (true) {
      const std::lock_guard lock(mutex);
      if (!waiting.empty()) return;
    }
  }
};

// As a server leaves it that was killed.
void leave_socket_at(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  const int number = ::socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(::bind(number, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  ::close(number);
}

std::string local_path() { return "/tmp/tenon_http_test_" + std::to_string(::getpid()) + ".sock"; }

}  // namespace

TEST_CASE("a request under way is finished when the server stops", "[http]") {
  Kept kept;
  RunningServer server([&](Request, Respond respond) { kept.keep(std::move(respond)); });
  Wire busy(server.port());
  Wire idle(server.port());
  busy.send(get("/"));
  kept.wait_for_one();
  server.server().stop();
  CHECK(idle.is_closed());
  kept.waiting.front()(text_response("finished"));
  const auto reply = busy.reply();
  CHECK(reply.body == "finished");
  CHECK(reply.header("connection") == "close");
  server.stop();
}

TEST_CASE("a request that is never answered does not keep the server", "[http]") {
  Kept kept;
  RunningServer server([&](Request, Respond respond) { kept.keep(std::move(respond)); },
                       short_limits());
  Wire wire(server.port());
  wire.send(get("/"));
  kept.wait_for_one();
  server.stop();
  CHECK(wire.is_closed());
  kept.waiting.front()(text_response("too late"));  // Harms nobody.
}

TEST_CASE("an answer may outlive the server it came from", "[http]") {
  Kept kept;
  {
    RunningServer server([&](Request, Respond respond) { kept.keep(std::move(respond)); },
                         short_limits());
    Wire wire(server.port());
    wire.send(get("/"));
    kept.wait_for_one();
  }
  kept.waiting.clear();
  SUCCEED();
}

TEST_CASE("the local socket is for its owner only and marks its requests", "[http]") {
  const auto path = local_path();
  {
    RunningServer server(
        [](Request request, Respond respond) {
          respond(text_response(request.peer + (request.is_local_socket ? " local" : " tcp")));
        },
        quiet_limits(), path);
    struct stat facts {};
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777) == 0600);
    Wire local(path);
    CHECK(local.ask(get("/")).body == "local local");
    Wire tcp(server.port());
    CHECK(tcp.ask(get("/")).body == "127.0.0.1 tcp");
  }
  CHECK(::access(path.c_str(), F_OK) != 0);
}

TEST_CASE("a local socket that was left behind is replaced, one in use is not", "[http]") {
  const auto path = local_path();
  RunningServer first(echo, quiet_limits(), path);
  Functions handler;
  Server second(handler, {});
  CHECK_THROWS_AS(second.listen_local(path), Fault);
  CHECK_THROWS_AS(second.listen("127.0.0.1", first.port()), Fault);
  CHECK_THROWS_AS(second.listen("nowhere", 0), Fault);
  first.stop();
  leave_socket_at(path);
  second.listen_local(path);
}

}  // namespace tenon::http::test
