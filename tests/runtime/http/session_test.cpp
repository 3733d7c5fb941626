#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include "runtime/http/gzip.h"
#include "tests/runtime/http/running_server.h"
#include "tests/runtime/http/wire.h"

namespace tenon::http::test {

TEST_CASE("requests follow one another on one connection", "[http]") {
  RunningServer server(echo);
  Wire wire(server.port());
  for (int i = 0; i < 3; ++i) {
    const auto reply = wire.ask(get("/a/b%20c?x=1&y=%E5%90%88"));
    CHECK(reply.status == 200);
    CHECK(reply.body == "GET [a] [b c] x=1 y=合 ");
    CHECK(reply.header("connection") == "");
    CHECK(reply.header("x-content-type-options") == "nosniff");
    CHECK(reply.header("date").ends_with("GMT"));
  }
  CHECK(server.server().counts().requests == 3);
}

TEST_CASE("pipelined requests are answered in their order", "[http]") {
  RunningServer server(echo);
  Wire wire(server.port());
  std::string many;
  for (int i = 0; i < 100; ++i)
    many += i % 2 == 0 ? get("/" + std::to_string(i)) : post("/p", "body");
  REQUIRE(wire.send(many));
  for (int i = 0; i < 100; ++i) {
    const auto reply = wire.reply();
    REQUIRE(reply.body == (i % 2 == 0 ? "GET [" + std::to_string(i) + "] " : "POST [p] body"));
  }
}

TEST_CASE("a request that comes byte by byte is read", "[http]") {
  RunningServer server(echo);
  Wire wire(server.port());
  for (const char c : post("/slow", "hello")) REQUIRE(wire.send(std::string(1, c)));
  CHECK(wire.reply().body == "POST [slow] hello");
}

TEST_CASE("a chunked body is put together, its trailers are dropped", "[http]") {
  RunningServer server([](Request request, Respond respond) {
    CHECK(request.header("x-trailer") == "");
    echo(std::move(request), std::move(respond));
  });
  Wire wire(server.port());
  const auto reply = wire.ask(
      "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n4;note=x\r\ndefg\r\n0\r\nX-Trailer: late\r\n\r\n");
  CHECK(reply.body == "POST [c] abcdefg");
  CHECK(wire.ask(get("/next")).body == "GET [next] ");
}

TEST_CASE("HEAD tells the length and sends no body", "[http]") {
  RunningServer server(echo);
  Wire wire(server.port());
  REQUIRE(wire.send("HEAD /h HTTP/1.1\r\nHost: h\r\n\r\n" + get("/next")));
  const auto head = wire.reply(true);
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == "9");
  CHECK(wire.reply().body == "GET [next] ");
}

TEST_CASE("204 and 304 have no body and no length", "[http]") {
  RunningServer server([](Request request, Respond respond) {
    auto response = text_response("not to be sent");
    response.status = request.path[0] == "204" ? 204 : 304;
    respond(std::move(response));
  });
  Wire wire(server.port());
  CHECK_FALSE(wire.ask(get("/204")).has("Content-Length"));
  CHECK(wire.ask(get("/304")).status == 304);
}

TEST_CASE("a client that asks to go on is told to, before its body", "[http]") {
  RunningServer server(echo);
  Wire wire(server.port());
  const auto go_on =
      wire.ask("POST /e HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  CHECK(go_on.status == 100);
  CHECK(wire.ask("ok").body == "POST [e] ok");
}

TEST_CASE("HTTP/1.0 and Connection: close end the connection", "[http]") {
  const auto request = GENERATE(std::string("GET / HTTP/1.0\r\n\r\n"),
                                std::string("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
                                get("/", "Connection: close\r\n"));
  RunningServer server(echo);
  Wire wire(server.port());
  const auto reply = wire.ask(request);
  CHECK(reply.status == 200);
  CHECK(reply.header("connection") == "close");
  CHECK(wire.is_closed());
}

TEST_CASE("an answer may come later from another thread, many as one batch", "[http]") {
  std::mutex mutex;
  std::vector<Respond> waiting;
  RunningServer server([&](Request, Respond respond) {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(respond));
  });
  std::vector<std::unique_ptr<Wire>> wires;
  for (int i = 0; i < 20; ++i) {
    wires.push_back(std::make_unique<Wire>(server.port()));
    wires.back()->send(get("/"));
  }
  std::thread writer([&] {
    std::size_t done = 0;
    while (done < wires.size()) {
      std::vector<Respond> group;
      {
        const std::lock_guard lock(mutex);
        group.swap(waiting);
      }
      const CompletionBatch batch;
      for (auto& respond : group) respond(text_response("later"));
      done += group.size();
    }
  });
  for (const auto& wire : wires) CHECK(wire->reply().body == "later");
  writer.join();
}

TEST_CASE("a handler that throws or forgets is answered 500, and the server goes on", "[http]") {
  RunningServer server([](Request request, Respond respond) {
    if (request.path[0] == "throws") throw std::runtime_error("broken");
    if (request.path[0] == "late") {
      std::thread([forgotten = std::move(respond)] {}).detach();
      return;
    }
    if (request.path[0] == "fine") respond(text_response("fine"));
  });
  Wire wire(server.port());
  for (const auto* target : {"/throws", "/forgets", "/late"}) {
    const auto reply = wire.ask(get(target));
    CHECK(reply.status == 500);
    CHECK(reply.header("content-type") == "application/problem+json");
    CHECK(reply.body.find("\"code\":\"outcome_unknown\"") != std::string::npos);
    CHECK(reply.body.find("\"request_id\":\"\"") == std::string::npos);
  }
  CHECK(wire.ask(get("/fine")).body == "fine");
}

TEST_CASE("line breaks in a header's value cannot split a response", "[http]") {
  RunningServer server([](Request, Respond respond) {
    auto response = text_response("x");
    response.headers.emplace_back("Location", "/a\r\nSet-Cookie: evil=1");
    respond(std::move(response));
  });
  Wire wire(server.port());
  CHECK(wire.ask(get("/")).header("set-cookie") == "");
}

TEST_CASE("JSON of more than a kibibyte is compressed for those who take it", "[http]") {
  const std::string json = "[" + std::string(5000, '1') + "]";
  RunningServer server([&](Request request, Respond respond) {
    Response response;
    response.content_type = request.path[0] == "image" ? "image/png" : "application/json";
    response.body = request.path[0] == "short" ? "[1]" : json;
    respond(std::move(response));
  });
  Wire wire(server.port());
  const auto gzipped = wire.ask(get("/json", "Accept-Encoding: br, gzip\r\n"));
  CHECK(gzipped.header("content-encoding") == "gzip");
  CHECK(gzipped.header("vary") == "Accept-Encoding");
  CHECK(gzipped.body == Gzip().compress(json));
  const auto plain = wire.ask(get("/json", "Accept-Encoding: gzip;q=0\r\n"));
  CHECK(plain.header("content-encoding") == "");
  CHECK(plain.header("vary") == "Accept-Encoding");
  CHECK(plain.body == json);
  CHECK(wire.ask(get("/short", "Accept-Encoding: gzip\r\n")).header("content-encoding") == "");
  CHECK(wire.ask(get("/image", "Accept-Encoding: gzip\r\n")).header("content-encoding") == "");
}

TEST_CASE("a large body goes out whole to a client that reads slowly", "[http]") {
  const auto large = std::make_shared<const std::string>(20u << 20, 'x');
  RunningServer server([&](Request, Respond respond) {
    Response response;
    response.shared_body = large;
    respond(std::move(response));
  });
  Wire wire(server.port());
  wire.send(get("/"));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(wire.reply().body.size() == large->size());
}

TEST_CASE("five hundred connections are served at once", "[http]") {
  RunningServer server(echo);
  std::vector<std::unique_ptr<Wire>> wires;
  for (int i = 0; i < 500; ++i) wires.push_back(std::make_unique<Wire>(server.port()));
  for (int round = 0; round < 2; ++round) {
    for (const auto& wire : wires) REQUIRE(wire->send(post("/x", "y")));
    for (const auto& wire : wires) REQUIRE(wire->reply().body == "POST [x] y");
  }
  CHECK(server.server().connections() == 500);
}

}  // namespace tenon::http::test
