// bare_reply [connections] [seconds]: prints replies per second and their times.
#include <cstdio>
#include <cstdlib>

#include "tests/bench/bare_reply.h"

namespace {

void print(const char* name, const tenon::bench::LoadResult& result) {
  std::printf("%-8s %8.0f replies/s  %.1f us of I/O thread  p50 %.2f p99 %.2f max %.1f ms  ", name,
              result.replies_per_second(), result.server_us, result.p50_ms, result.p99_ms,
              result.max_ms);
  std::printf("refused %llu broken %llu\n", static_cast<unsigned long long>(result.refused),
              static_cast<unsigned long long>(result.broken));
}

}  // namespace

int main(int count, char** words) {
  const int connections = count > 1 ? std::atoi(words[1]) : 32;
  const std::chrono::milliseconds time((count > 2 ? std::atoi(words[2]) : 3) * 1000);
  print("at once", tenon::bench::bare_reply(connections, time));
  print("grouped", tenon::bench::grouped_reply(connections, time));
  return 0;
}
