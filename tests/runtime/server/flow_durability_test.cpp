// Runs that were under way when the process was killed, or the power went, go on as if nothing had
// been: what was answered is there once, no step by halves, no timer lost or doubled.
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

#include "tests/runtime/server/served.h"
#include "tests/runtime/server/signer.h"
#include "tests/support/power_cut/restore.h"
#include "tests/support/temporary_folder.h"

namespace tenon::server::test {
namespace {

constexpr int kSigners = 6;
constexpr std::uint64_t kLifeUsMax = 500'000;
constexpr auto kQuiet = std::chrono::seconds(30);  // On a busy machine; usually some seconds.
const std::vector<std::string> kNone;

class DeedOffice {
 public:
  explicit DeedOffice(bool is_watched) : is_watched_(is_watched) {
    std::filesystem::create_directory(data_);
    write_bundle(bundle_, deeds());
    if (is_watched) {
      environment_ = {"LD_PRELOAD=" TENON_POWER_CUT_SHIM, "TENON_POWER_CUT=" + data_};
    }
    Served served(data_, bundle_, environment_);
    http::Client client = http::Client::local(served.socket());
    for (int number = 0; number < kSigners; ++number) {
      signers_.emplace_back(number, client, served.port());
    }
  }

  void live_and_die(std::mt19937_64& random) {
    Served served(data_, bundle_, environment_);
    std::vector<std::thread> threads;
    for (Signer& signer : signers_) {
      threads.emplace_back(&Signer::work, &signer, served.port(), random());
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % kLifeUsMax));
    served.kill();
    for (std::thread& thread : threads) thread.join();
    if (is_watched_) support::cut_power(data_, random() % 2 == 0 ? 0 : random());
  }

  // Nobody acts any more: what is due signs and counts, until nothing is under way.
  DeedBooks rest() {
    const auto until = std::chrono::steady_clock::now() + kQuiet;
    DeedBooks books;
    do {
      Served served(data_, bundle_, environment_);
      std::this_thread::sleep_for(std::chrono::seconds(2));
      served.kill();
      books = audit();
    } while (books.under_way > 0 && std::chrono::steady_clock::now() < until);
    return books;
  }

  DeedBooks audit() {
    DeedBooks books = read_deeds(data_);
    // What reading wrote was never synced: the next life begins with what is on the disk.
    if (is_watched_) support::cut_power(data_, 0);
    for (Signer& signer : signers_) {
      for (std::string& fault : signer.audit(books)) books.faults.push_back(std::move(fault));
    }
    CHECK(books.faults == kNone);
    return books;
  }

  int answered() const {
    int answered = 0;
    for (const Signer& signer : signers_) answered += signer.answered();
    return answered;
  }

 private:
  support::TemporaryFolder outside_;
  std::string data_ = outside_.file("data");
  std::string bundle_ = outside_.file("bundle");
  std::vector<std::string> environment_;
  bool is_watched_;
  std::vector<Signer> signers_;
};

void live_for_rounds(bool is_watched) {
  const std::uint64_t seed = seed_of_run();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  DeedOffice office(is_watched);
  for (int round = 0; round < rounds(); ++round) {
    office.live_and_die(random);
    office.audit();
  }
  const DeedBooks books = office.rest();
  CHECK(books.under_way == 0);
  CHECK(books.runs.size() > static_cast<std::size_t>(rounds()));
  CHECK(office.answered() > 2 * rounds());
}

}  // namespace

TEST_CASE("runs go on after kill -9, each act and each timer once", "[flow][durability]") {
  live_for_rounds(false);
}

TEST_CASE("runs go on after a power cut, each act and each timer once", "[flow][durability]") {
  live_for_rounds(true);
}

}  // namespace tenon::server::test
