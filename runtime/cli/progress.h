// One line that tells how far long work has come: rewritten on a terminal, told once in a log.
#pragma once

#include <cstdint>
#include <string>

namespace tenon::cli {

class Progress {
 public:
  explicit Progress(std::string what);
  void show(std::int64_t count);
  void end(std::int64_t count, const std::string& unit);

 private:
  std::string what_;
  bool terminal_;
};

}  // namespace tenon::cli
