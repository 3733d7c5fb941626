#include "runtime/cli/progress.h"

#include <unistd.h>

#include <cstdio>

namespace tenon::cli {

Progress::Progress(std::string what) : what_(std::move(what)), terminal_(::isatty(1) == 1) {}

void Progress::show(std::int64_t count) {
  if (!terminal_) return;
  std::printf("\r%s … %lld", what_.c_str(), static_cast<long long>(count));
  std::fflush(stdout);
}

void Progress::end(std::int64_t count, const std::string& unit) {
  std::printf("%s%s: %lld %s\n", terminal_ ? "\r" : "", what_.c_str(),
              static_cast<long long>(count), unit.c_str());
  std::fflush(stdout);
}

}  // namespace tenon::cli
