// What is in the data folder of a server that is gone, read without it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace tenon::server::test {

// The entries with one marker.
struct Entries {
  int there = 0;    // Also those deleted: they stay for a while.
  int deleted = 0;  // Of them.
  std::int64_t pairs = 0;
  std::int64_t value = 0;
};

struct Books {
  int version = 0;  // Of the published bundle.
  std::map<std::string, Entries> by_marker;
  std::vector<std::string> faults;  // What can never be right, whatever was written.
};

Books read_books(const std::string& data);

}  // namespace tenon::server::test
