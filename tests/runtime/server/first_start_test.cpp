// A server that was killed while it started for the first time begins again where it was.
#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "engine/json/document.h"
#include "tests/runtime/server/ledger.h"
#include "tests/runtime/server/served.h"
#include "tests/support/temporary_folder.h"

namespace tenon::server::test {
namespace {

constexpr std::uint64_t kStartUsMax = 60'000;

}  // namespace

TEST_CASE("a first start that was killed ends with one administrator", "[server][durability]") {
  const std::uint64_t seed = seed_of_run();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const support::TemporaryFolder folder;
  write_bundle(folder.file("bundle"), ledger(1));
  for (int round = 0; round < rounds(); ++round) {
    const std::string data = folder.file("data" + std::to_string(round));
    {
      support::Child child(serve_arguments(data, folder.file("bundle")), {});
      std::this_thread::sleep_for(std::chrono::microseconds(random() % kStartUsMax));
    }
    Served served(data, folder.file("bundle"), {});
    CHECK(served.label() == "Ledger 1");
    http::Client client = http::Client::local(served.socket());
    const auto reply = client.send(json_request(
        http::Method::get, "/api/v1/records/role_assignment?fields=role,user.login", ""));
    REQUIRE(reply);
    const auto document = json::Document::parse(reply->body);
    REQUIRE(document);
    const auto records = document->root().at("records");
    REQUIRE(records.size() == 1);
    for (const json::Reader record : records) {
      CHECK(*record.at("role").text() == "admin");
      CHECK(*record.at("user").at("login").text() == "admin");
    }
  }
}

}  // namespace tenon::server::test
