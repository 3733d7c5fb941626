#include <catch2/catch.hpp>
#include <thread>

#include "tests/runtime/http/running_server.h"
#include "tests/runtime/http/wire.h"

namespace tenon::http::test {

TEST_CASE("what is no request is answered 400 as a problem, and the connection ends", "[http]") {
  const auto request = GENERATE(
      std::string("nonsense\r\n\r\n"), std::string("GET /\r\n\r\n"),
      std::string("GET / HTTP/1.1\r\n\r\n"), std::string("GET / HTTP/1.1\r\nHost h\r\n\r\n"),
      get("/a/../b"), get("/%2e%2e/b"), get("/a%00"), get("/%zz"), get("/%ff"), get("/a//b"),
      get("/?x=1&x=2"), get("/", "Host: other\r\n"), get("/", "Content-Length: x\r\n"),
      get("/", "Content-Length: 1\r\nContent-Length: 2\r\n"),
      get("/", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"),
      get("/", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"),
      std::string("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      std::string("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"));
  CAPTURE(request);
  RunningServer server(echo);
  Wire wire(server.port());
  const auto reply = wire.ask(request);
  CHECK(reply.status == 400);
  CHECK(reply.header("content-type") == "application/problem+json");
  CHECK(reply.body.find("\"code\":\"malformed\"") != std::string::npos);
  CHECK(reply.header("connection") == "close");
  CHECK(wire.is_closed());
  CHECK(server.server().counts().refusals == 1);
}

TEST_CASE("methods and codings that are not known here are refused by their names", "[http]") {
  const auto [request, status] = GENERATE(table<std::string, int>({
      {"BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
      {"TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 405},
      {"GET / HTTP/3.0\r\nHost: h\r\n\r\n", 505},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501},
  }));
  CAPTURE(request);
  RunningServer server(echo);
  Wire wire(server.port());
  CHECK(wire.ask(request).status == status);
}

TEST_CASE("a body is taken up to its limit and refused above, before it is read", "[http]") {
  RunningServer server(echo);
  for (const std::size_t size : {9u, 10u}) {
    Wire wire(server.port());
    CHECK(wire.ask(post("/small", std::string(size, 'x'))).status == 200);
  }
  Wire wire(server.port());
  // Only announced: no byte of it is sent.
  CHECK(wire.ask("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n").status == 413);
  CHECK(wire.is_closed());
}

TEST_CASE("a refused body that is sent nevertheless does not cost the client its answer",
          "[http]") {
  RunningServer server(echo);
  Wire wire(server.port());
  wire.send(post("/small", std::string(1u << 20, 'x')));
  CHECK(wire.reply().status == 413);
}

TEST_CASE("a chunked body is counted while it is read", "[http]") {
  RunningServer server(echo);
  Wire wire(server.port());
  const auto reply = wire.ask(
      "POST /small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "6\r\nabcdef\r\n6\r\nghijkl\r\n0\r\n\r\n");
  CHECK(reply.status == 413);
}

TEST_CASE("a chunk's own head has an end", "[http]") {
  RunningServer server(echo);
  Wire wire(server.port());
  wire.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;");
  wire.send(std::string(200'000, 'x'));
  CHECK(wire.reply().status / 100 == 4);
}

TEST_CASE("a head is read up to its limit and refused above", "[http]") {
  RunningServer server(echo);
  const auto frame = get("/", "X: \r\n").size();
  const auto limit = Limits{}.header_bytes_max;
  for (const auto size : {limit - 1, limit}) {
    Wire wire(server.port());
    CHECK(wire.ask(get("/", "X: " + std::string(size - frame, 'x') + "\r\n")).status == 200);
  }
  Wire one(server.port());
  CHECK(one.ask(get("/", "X: " + std::string(limit + 1 - frame, 'x') + "\r\n")).status == 431);
  Wire many(server.port());  // Many short fields, each within the limit.
  std::string fields;
  while (fields.size() < 2 * limit) fields += "X-Some: value\r\n";
  CHECK(many.ask(get("/", fields)).status == 431);
}

TEST_CASE("a head or a body that comes too slowly is answered 408", "[http]") {
  const auto start =
      GENERATE(std::string("GET / HTTP/1.1\r\nHo"),
               std::string("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab"));
  RunningServer server(echo, short_limits());
  Wire wire(server.port());
  const auto reply = wire.ask(start);
  CHECK(reply.status == 408);
  CHECK(wire.is_closed());
}

TEST_CASE("an idle connection is closed without a word", "[http]") {
  RunningServer server(echo, short_limits());
  Wire fresh(server.port());
  Wire used(server.port());
  CHECK(used.ask(get("/")).status == 200);
  CHECK(used.is_closed());
  CHECK(fresh.is_closed());
  CHECK(server.server().counts().refusals == 0);
}

TEST_CASE("a client that does not take its answer is cut off", "[http]") {
  const auto large = std::make_shared<const std::string>(30u << 20, 'x');
  auto limits = short_limits();
  limits.write = std::chrono::milliseconds(-960'000);  // Less the seconds that 30 MiB get.
  RunningServer server(
      [&](Request, Respond respond) {
        Response response;
        response.shared_body = large;
        respond(std::move(response));
      },
      limits);
  Wire wire(server.port());
  wire.send(get("/"));
  for (int i = 0; i < 300 && server.server().connections() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK(server.server().connections() == 0);
}

TEST_CASE("above the limit of connections a new one is told 503 and closed", "[http]") {
  auto limits = quiet_limits();
  limits.connections_max = 2;
  RunningServer server(echo, limits);
  Wire first(server.port());
  Wire second(server.port());
  CHECK(first.ask(get("/")).status == 200);
  CHECK(second.ask(get("/")).status == 200);
  Wire third(server.port());
  const auto reply = third.reply();
  CHECK(reply.status == 503);
  CHECK(reply.header("retry-after") == "1");
  CHECK(server.server().counts().overloads == 1);
}

}  // namespace tenon::http::test
