#include "tests/bench/turns.h"

#include "engine/base/error.h"

namespace tenon::bench {
namespace {

constexpr std::chrono::milliseconds kWarmUp{60};

void check(const std::string& name, const LoadResult& result) {
  if (result.refused == 0 && result.broken == 0) return;
  throw Fault("the bench " + name + " measured " + std::to_string(result.replies) + " replies, " +
              std::to_string(result.refused) + " of them refusals, and " +
              std::to_string(result.broken) + " broken connections");
}

}  // namespace

Load load_of(int port, int connections, std::chrono::milliseconds time,
             std::function<std::string(std::uint64_t)> request) {
  Load load;
  load.port = port;
  load.connections = connections;
  load.warm_up = kWarmUp;
  load.time = time;
  load.request = std::move(request);
  return load;
}

void add_figures(Report& report, const std::string& name, const std::vector<LoadTurn>& turns,
                 std::optional<double> target) {
  std::vector<Turn> rates;
  std::vector<Turn> middles;
  std::vector<Turn> slowest;
  for (const auto& [measured, baseline] : turns) {
    check(name, measured);
    check(name, baseline);
    rates.push_back({measured.replies_per_second(), baseline.replies_per_second()});
    middles.push_back({measured.p50_ms, baseline.p50_ms});
    slowest.push_back({measured.p99_ms, baseline.p99_ms});
  }
  report.add(compared(name, "1/s", rates, target));
  report.add(compared(name + ".p50", "ms", middles));
  report.add(compared(name + ".p99", "ms", slowest));
}

}  // namespace tenon::bench
