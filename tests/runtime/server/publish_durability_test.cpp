// A publish that is cut off is there whole, or not at all; one that was answered is there.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/runtime/server/ledger.h"
#include "tests/runtime/server/office.h"

namespace tenon::server::test {
namespace {

constexpr int kWriters = 8;
constexpr std::uint64_t kLifeUsMax = 20'000;

bool publish(const std::string& socket, int version) {
  http::Client client = http::Client::local(socket);
  const auto reply = client.send(
      json_request(http::Method::post, "/api/v1/design/publish", publish_body(ledger(version))));
  if (reply && reply->status != 200) throw std::runtime_error(reply->body);
  return static_cast<bool>(reply);
}

// Publishes while others write, and kills it: now and then only after the answer.
bool publish_and_die(Office& office, int version, bool waits, std::mt19937_64& random) {
  const auto served = office.serve();
  REQUIRE(served->label() == "Ledger " + std::to_string(version - 1));
  bool answered = false;
  std::thread publishing;
  office.work(*served, random, [&] {
    publishing = std::thread([&] { answered = publish(served->socket(), version); });
    if (waits) return publishing.join();
    std::this_thread::sleep_for(std::chrono::microseconds(random() % kLifeUsMax));
  });
  if (publishing.joinable()) publishing.join();
  return answered;
}

void publish_for_rounds(bool is_watched) {
  const std::uint64_t seed = seed_of_run();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Office office(kWriters, is_watched);
  int version = 1;
  for (int round = 0; round < rounds(); ++round) {
    const bool answered = publish_and_die(office, version + 1, round % 5 == 4, random);
    if (is_watched) office.cut_power(round % 2 == 0 ? 0 : random());
    const Books books = office.audit();
    CAPTURE(version, answered, books.version);
    CHECK((books.version == version + 1 || (books.version == version && !answered)));
    version = books.version;
  }
  CHECK(version > 1);
}

}  // namespace

TEST_CASE("a publish is whole after kill -9", "[server][durability]") { publish_for_rounds(false); }

TEST_CASE("a publish is whole after a power cut", "[server][durability]") {
  publish_for_rounds(true);
}

}  // namespace tenon::server::test
