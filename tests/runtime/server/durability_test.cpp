// What the server answered survives kill -9 and a power cut, once and whole.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/runtime/server/office.h"

namespace tenon::server::test {
namespace {

constexpr int kWriters = 32;
constexpr std::uint64_t kLifeUsMax = 300'000;

void live_and_die(Office& office, std::mt19937_64& random) {
  const auto served = office.serve();
  office.work(*served, random, [&] {
    std::this_thread::sleep_for(std::chrono::microseconds(random() % kLifeUsMax));
  });
}

}  // namespace

TEST_CASE("what the server answered survives kill -9", "[server][durability]") {
  const std::uint64_t seed = seed_of_run();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Office office(kWriters, false);
  for (int round = 0; round < rounds(); ++round) {
    live_and_die(office, random);
    if (round % 3 == 0) office.kill_at_start(random);
    office.audit();
  }
  CHECK(office.answered() > kWriters);
}

TEST_CASE("what the server answered survives a power cut", "[server][durability]") {
  const std::uint64_t seed = seed_of_run();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Office office(kWriters, true);
  for (int round = 0; round < rounds(); ++round) {
    live_and_die(office, random);
    office.cut_power(round % 2 == 0 ? 0 : random());
    office.audit();
  }
  CHECK(office.answered() > kWriters);
}

}  // namespace tenon::server::test
