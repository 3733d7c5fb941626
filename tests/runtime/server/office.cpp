#include "tests/runtime/server/office.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/runtime/server/ledger.h"
#include "tests/support/power_cut/restore.h"

namespace tenon::server::test {
namespace {

constexpr std::uint64_t kStartUsMax = 60'000;

}  // namespace

Office::Office(int clerks, bool is_watched) : is_watched_(is_watched) {
  std::filesystem::create_directory(data_);
  write_bundle(bundle_, ledger(1));
  if (is_watched) {
    environment_ = {"LD_PRELOAD=" TENON_POWER_CUT_SHIM, "TENON_POWER_CUT=" + data_};
  }
  const auto served = serve();
  http::Client client = http::Client::local(served->socket());
  for (int number = 0; number < clerks; ++number) clerks_.emplace_back(number).begin(client);
}

std::unique_ptr<Served> Office::serve() const {
  return std::make_unique<Served>(data_, bundle_, environment_);
}

void Office::work(Served& served, std::mt19937_64& random, const std::function<void()>& meanwhile) {
  std::vector<std::thread> threads;
  for (Clerk& clerk : clerks_) {
    threads.emplace_back(&Clerk::work, &clerk, served.socket(), random());
  }
  meanwhile();
  served.kill();
  for (std::thread& thread : threads) thread.join();
}

void Office::kill_at_start(std::mt19937_64& random) const {
  support::Child child(serve_arguments(data_, bundle_), environment_);
  std::this_thread::sleep_for(std::chrono::microseconds(random() % kStartUsMax));
  child.kill();
}

void Office::cut_power(std::uint64_t seed) const { support::cut_power(data_, seed); }

Books Office::audit() {
  const Books books = read_books(data_);
  // What reading wrote was never synced: the next life begins with what is on the disk.
  if (is_watched_) cut_power(0);
  std::vector<std::string> faults = books.faults;
  for (Clerk& clerk : clerks_) {
    for (std::string& fault : clerk.audit(books)) faults.push_back(std::move(fault));
  }
  CHECK(faults == std::vector<std::string>{});
  return books;
}

int Office::answered() const {
  int answered = 0;
  for (const Clerk& clerk : clerks_) answered += clerk.answered();
  return answered;
}

}  // namespace tenon::server::test
