// What the server answered survives kill -9 and a power cut, once and whole.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/runtime/server/office.h"

namespace tenon::server::test {
namespace {

constexpr int kWriters = 32;
constexpr std::uint64_t kLifeUsMax = 300'000;
constexpr int kLivesOfOneFolder = 10;  // Each cut of the power copies the folder.

void live_and_die(Office& office, std::mt19937_64& random) {
  const auto served = office.serve();
  office.work(*served, random, [&] {
    std::this_thread::sleep_for(std::chrono::microseconds(random() % kLifeUsMax));
  });
}

// `die` says what happens to the folder after each life.
void live_for_rounds(bool is_watched,
                     const std::function<void(const Office&, std::mt19937_64&, int round)>& die) {
  const std::uint64_t seed = seed_of_run();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < rounds();) {
    Office office(kWriters, is_watched);
    for (int life = 0; life < kLivesOfOneFolder && round < rounds(); ++life, ++round) {
      live_and_die(office, random);
      die(office, random, round);
      office.audit();
    }
    CHECK(office.answered() > kWriters);
  }
}

}  // namespace

TEST_CASE("what the server answered survives kill -9", "[server][durability]") {
  live_for_rounds(false, [](const Office& office, std::mt19937_64& random, int round) {
    if (round % 3 == 0) office.kill_at_start(random);
  });
}

TEST_CASE("what the server answered survives a power cut", "[server][durability]") {
  live_for_rounds(true, [](const Office& office, std::mt19937_64& random, int round) {
    office.cut_power(round % 2 == 0 ? 0 : random());
  });
}

}  // namespace tenon::server::test
