// What was acknowledged survives kill -9 and a power cut, once, and no group is there by halves.
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>

#include "tests/engine/storage/durability.h"
#include "tests/support/child.h"
#include "tests/support/power_cut/restore.h"
#include "tests/support/temporary_folder.h"

namespace tenon::storage {
namespace {

constexpr std::string_view kRows = "SELECT grp, work FROM row";
constexpr std::string_view kIntegrity = "PRAGMA integrity_check";
constexpr int kStartMs = 60'000;  // On a busy machine.
constexpr std::uint64_t kLifeUsMax = 150'000;

struct Place {
  std::int64_t group;
  std::int64_t work;
  friend auto operator<=>(const Place&, const Place&) = default;
};

int rounds() {
  const char* wish = std::getenv("TENON_DURABILITY_ROUNDS");
  return wish == nullptr ? 5 : std::atoi(wish);
}

std::uint64_t seed_of_run() {
  const char* wish = std::getenv("TENON_SEED");
  return wish == nullptr ? std::random_device()() : std::strtoull(wish, nullptr, 10);
}

// One database over many lives of its writer, and what was acknowledged in all of them.
class Lives {
 public:
  explicit Lives(bool is_watched) {
    std::filesystem::create_directory(folder_);
    if (!is_watched) return;
    environment_ = {"LD_PRELOAD=" TENON_POWER_CUT_SHIM, "TENON_POWER_CUT=" + folder_};
  }

  // Lets the child write for a random while and kills it.
  void write_and_kill(std::mt19937_64& random) {
    const std::string first = std::to_string(highest_group_ + 1);
    support::Child child({TENON_DURABILITY_WRITER, path_, first}, environment_);
    std::string output = child.read(kStartMs);
    REQUIRE_FALSE(output.empty());
    const auto life = std::chrono::microseconds(random() % kLifeUsMax);
    const auto until = std::chrono::steady_clock::now() + life;
    while (std::chrono::steady_clock::now() < until) output += child.read(1);
    child.kill();
    while (!child.at_end()) output += child.read(kStartMs);
    acknowledge(output);
  }

  void cut_power(std::uint64_t seed) { support::cut_power(folder_, seed); }

  void check() {
    std::map<Place, int> rows;
    std::map<std::int64_t, int> per_group;
    Database database({.path = path_, .functions = {}, .collations = {}});
    database.read([&](Transaction& tx) {
      tx.statement(kRows).each([&](const Row& row) {
        ++rows[{row.integer(0), row.integer(1)}];
        ++per_group[row.integer(0)];
      });
      CHECK(tx.statement(kIntegrity).one([](const Row& row) { return row.text(0); }) == "ok");
    });
    for (const Place& place : acknowledged_) {
      CAPTURE(place.group, place.work, rows[place]);
      if (rows[place] != 1) FAIL("an acknowledged row is not there exactly once");
    }
    for (const auto& [group, count] : per_group) {
      CAPTURE(group, count);
      if (count != kWorksPerGroup) FAIL("a group is there by halves");
    }
    if (!per_group.empty()) highest_group_ = per_group.rbegin()->first;
  }

  std::size_t acknowledged() const { return acknowledged_.size(); }

 private:
  // A line that the kill cut off was not acknowledged.
  void acknowledge(const std::string& output) {
    std::istringstream lines(output.substr(0, output.rfind('\n') + 1));
    for (Place place{}; lines >> place.group >> place.work;) acknowledged_.push_back(place);
  }

  support::TemporaryFolder outside_;
  std::string folder_ = outside_.file("data");
  std::string path_ = folder_ + "/tenon.db";
  std::vector<std::string> environment_;
  std::vector<Place> acknowledged_;
  std::int64_t highest_group_ = 0;
};

}  // namespace

TEST_CASE("what was acknowledged survives kill -9", "[storage][durability]") {
  const std::uint64_t seed = seed_of_run();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Lives lives(false);
  for (int round = 0; round < rounds(); ++round) {
    lives.write_and_kill(random);
    lives.check();
  }
  CHECK(lives.acknowledged() > 0);
}

TEST_CASE("what was acknowledged survives a power cut", "[storage][durability]") {
  const std::uint64_t seed = seed_of_run();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Lives lives(true);
  for (int round = 0; round < rounds(); ++round) {
    lives.write_and_kill(random);
    lives.cut_power(round % 2 == 0 ? 0 : random());
    lives.check();
    lives.cut_power(0);  // The check's own writes; and the next life begins with what is on disk.
  }
  CHECK(lives.acknowledged() > 0);
}

}  // namespace tenon::storage
