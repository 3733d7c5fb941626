// The bundle of those who sign: a deed is signed by who made it, or by itself when that is due;
// then three times a second passes, and each is counted in the deed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/metadata/bundle.h"

namespace tenon::server::test {

inline constexpr int kTicks = 3;

metadata::Files deeds();

// What is in the data folder of a server that is gone.
struct DeedBooks {
  std::map<std::string, int> runs;     // By the marker of their deed: how many of it.
  std::map<std::string, int> signed_;  // By request id: how often it is in a history.
  int under_way = 0;
  std::vector<std::string> faults;
};
DeedBooks read_deeds(const std::string& data);

}  // namespace tenon::server::test
