#include "tests/simulation/flows/stays.h"

#include "engine/run/metrics.h"

namespace tenon::simulation {

void Stays::look(storage::Transaction& tx, std::int64_t now_ms) {
  std::map<Visit, Stay> here;
  tx.statement(
        "SELECT k.run, k.place, k.visit, r.flow, r.version, k.node FROM flow_token k JOIN flow_run "
        "r ON "
        "r.id = k.run WHERE k.state NOT IN ('left', 'cancelled')")
      .each([&](const storage::Row& row) {
        const Visit visit{row.integer(0), row.integer(1), row.integer(2)};
        const auto known = here_.find(visit);
        here[visit] = {{row.text(3), row.integer(4), row.integer(5)},
                       known == here_.end() ? now_ms : known->second.since_ms};
      });
  for (const auto& [visit, stay] : here_) {
    if (here.contains(visit)) continue;
    ++seen_[{stay.node, run::bucket_of(now_ms - stay.since_ms)}];
  }
  here_ = std::move(here);
}

std::vector<std::string> Stays::miscounted(storage::Transaction& tx) const {
  constexpr std::int64_t kWholeRun = -1;
  auto left = seen_;
  tx.statement("SELECT flow, version, finished_ms - started_ms FROM flow_run WHERE finished_ms > 0")
      .each([&](const storage::Row& row) {
        ++left[{{row.text(0), row.integer(1), kWholeRun}, run::bucket_of(row.integer(2))}];
      });
  tx.statement("SELECT flow, version, node, bucket, visits FROM flow_duration")
      .each([&](const storage::Row& row) {
        const Node node{row.text(0), row.integer(1), row.integer(2)};
        left[{node, static_cast<int>(row.integer(3))}] -= row.integer(4);
      });
  std::vector<std::string> faults;
  for (const auto& [place, visits] : left) {
    const auto& [node, bucket] = place;
    if (bucket == 0 || visits == 0) continue;
    faults.push_back("of " + std::get<0>(node) + ", version " + std::to_string(std::get<1>(node)) +
                     ", node " + std::to_string(std::get<2>(node)) + ", " + std::to_string(visits) +
                     " more visits were seen than counted in bucket " + std::to_string(bucket));
  }
  return faults;
}

}  // namespace tenon::simulation
