#include "runtime/http/client.h"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/runtime/http/running_server.h"

namespace tenon::http::test {

TEST_CASE("the client asks again and again over one connection", "[http]") {
  RunningServer server(echo);
  auto client = Client::tcp("127.0.0.1", server.port());
  for (int i = 0; i < 3; ++i) {
    const auto reply =
        client.send(ClientRequest{Method::post, "/x?y=" + percent_encoded("a b&合"), {}, "body"});
    REQUIRE(reply);
    CHECK(reply->status == 200);
    CHECK(reply->body == "POST [x] y=a b&合 body");
    CHECK(reply->header("content-type") == "text/plain; charset=utf-8");
  }
  CHECK(server.server().connections() == 1);
}

TEST_CASE("the client speaks over the local socket", "[http]") {
  const auto path = "/tmp/tenon_client_test_" + std::to_string(::getpid()) + ".sock";
  RunningServer server(echo, quiet_limits(), path);
  auto client = Client::local(path);
  const auto reply = client.send(ClientRequest{Method::get, "/x", {}, ""});
  REQUIRE(reply);
  CHECK(reply->body == "GET [x] ");
}

TEST_CASE("a kept connection that was closed meanwhile is opened again for a read", "[http]") {
  RunningServer server(echo, short_limits());
  auto client = Client::tcp("127.0.0.1", server.port());
  REQUIRE(client.send(ClientRequest{Method::get, "/1", {}, ""}));
  while (server.server().connections() > 0) ::usleep(1000);
  const auto reply = client.send(ClientRequest{Method::get, "/2", {}, ""});
  REQUIRE(reply);
  CHECK(reply->body == "GET [2] ");
}

TEST_CASE("nobody there is not done; no answer in time is unknown", "[http]") {
  auto nobody = Client::local("/tmp/tenon_nobody.sock");
  const auto refused = nobody.send(ClientRequest{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::not_done);

  std::vector<Respond> kept;
  RunningServer server([&](Request, Respond respond) { kept.push_back(std::move(respond)); },
                       short_limits());
  ClientOptions options;
  options.reply = std::chrono::milliseconds(100);
  auto client = Client::tcp("127.0.0.1", server.port(), options);
  const auto late = client.send(ClientRequest{Method::post, "/", {}, "x"});
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::outcome_unknown);
}

TEST_CASE("to the command line a lost server is a fault", "[http]") {
  const auto path = "/tmp/tenon_door_test_" + std::to_string(::getpid()) + ".sock";
  CHECK_THROWS_AS(Client(path), Fault);
  RunningServer server(echo, quiet_limits(), path);
  Client client(path);
  CHECK(client.send(Method::post, "/x", "{}").body == "POST [x] {}");
  server.stop();
  CHECK_THROWS_AS(client.send(Method::post, "/x", "{}"), Fault);
}

TEST_CASE("a refusal that comes before the body was sent is read", "[http]") {
  RunningServer server(echo);
  auto client = Client::tcp("127.0.0.1", server.port());
  const auto reply =
      client.send(ClientRequest{Method::post, "/small", {}, std::string(1u << 20, 'x')});
  REQUIRE(reply);
  CHECK(reply->status == 413);
}

TEST_CASE("a reply to HEAD has no body", "[http]") {
  RunningServer server(echo);
  auto client = Client::tcp("127.0.0.1", server.port());
  const auto reply = client.send(ClientRequest{Method::head, "/x", {}, ""});
  REQUIRE(reply);
  CHECK(reply->header("content-length") == "9");
  CHECK(reply->body.empty());
}

}  // namespace tenon::http::test
