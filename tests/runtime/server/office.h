// One data folder over many lives of its server, and the clerks who write in all of them.
#pragma once

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/runtime/server/clerk.h"
#include "tests/runtime/server/served.h"
#include "tests/support/temporary_folder.h"

namespace tenon::server::test {

class Office {
 public:
  // Watched: its power can be cut.
  Office(int clerks, bool is_watched);

  std::unique_ptr<Served> serve() const;
  // Everybody writes, somebody does this (which ends with the server's kill), and all come home.
  void work(Served& served, std::mt19937_64& random, const std::function<void()>& meanwhile);
  // Kills it while it starts, at a random moment.
  void kill_at_start(std::mt19937_64& random) const;
  void cut_power(std::uint64_t seed) const;  // 0: nothing lives that was not synced.
  // Fails the test where the books are not as they must be.
  Books audit();

  int answered() const;
  const std::string& data() const { return data_; }

 private:
  support::TemporaryFolder outside_;
  std::string data_ = outside_.file("data");
  std::string bundle_ = outside_.file("bundle");
  std::vector<std::string> environment_;
  bool is_watched_;
  std::vector<Clerk> clerks_;
};

}  // namespace tenon::server::test
