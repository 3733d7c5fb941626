// How long a run was at its nodes, out of its history.
#include "runtime/api/flow_json.h"

namespace tenon::api {
namespace {

// A node is left when its region comes to another one, or the run ends. Nodes by their ids: the run
// may have come from another version.
class Times {
 public:
  struct Time {
    std::string node;
    std::int64_t visits = 0;
    std::int64_t total_ms = 0;
  };

  explicit Times(query::FlowNames& names) : names_(names) {}

  void add(const flow::Run& run, std::int64_t until_ms) {
    const auto versions = flow::versions_of_history(run);
    for (std::size_t i = 0; i < run.history.size(); ++i) {
      const flow::Entry& entry = run.history[i];
      turn_to(names_.find(run.flow, versions[i]), versions[i]);
      const bool is_moved = entry.what == flow::What::moved && entry.reason == "migrated";
      if ((entry.what != flow::What::entered && !is_moved) || entry.node < 0) continue;
      const int region = region_of(entry.node);
      leave(region, entry.at_ms);
      Time& time = time_of(names_.node_id(flow_, entry.node));
      if (!is_moved) ++time.visits;
      inside_[region] = {time.node, entry.at_ms};
    }
    while (!inside_.empty()) leave(inside_.begin()->first, until_ms);
  }

  const std::vector<Time>& all() const { return times_; }

 private:
  // The regions of another version: what stands in one goes on in that of its node.
  void turn_to(const metadata::Flow* flow, std::int64_t version) {
    if (version == version_) return;
    version_ = version;
    flow_ = flow;
    regions_ = flow == nullptr ? std::vector<int>{} : metadata::graph_of(*flow).region_of;
    auto before = std::exchange(inside_, {});
    for (auto& [region, here] : before) {
      const int place = flow == nullptr ? -1 : metadata::node_place(*flow, here.first);
      inside_[place < 0 ? region : region_of(place + 1)] = std::move(here);
    }
  }

  int region_of(int node) const {
    const bool is_known = node > 0 && node <= static_cast<int>(regions_.size());
    return is_known ? regions_[static_cast<std::size_t>(node) - 1] : 0;
  }

  Time& time_of(const std::string& node) {
    for (Time& time : times_) {
      if (time.node == node) return time;
    }
    return times_.emplace_back(Time{.node = node});
  }

  void leave(int region, std::int64_t at_ms) {
    const auto here = inside_.find(region);
    if (here == inside_.end()) return;
    time_of(here->second.first).total_ms += at_ms - here->second.second;
    inside_.erase(here);
  }

  query::FlowNames& names_;
  std::int64_t version_ = -1;
  const metadata::Flow* flow_ = nullptr;
  std::vector<int> regions_;
  std::map<int, std::pair<std::string, std::int64_t>> inside_;  // By region: where, since when.
  std::vector<Time> times_;
};

}  // namespace

void write_times(json::Writer& writer, query::FlowNames& names, const flow::Run& run,
                 std::int64_t now_ms) {
  Times times(names);
  times.add(run, run.state == flow::RunState::finished ? run.finished_ms : now_ms);
  writer.key("times").begin_array();
  for (const Times::Time& time : times.all()) {
    writer.begin_object().key("node").text(time.node).key("visits").integer(time.visits);
    writer.key("total_ms").integer(time.total_ms).end_object();
  }
  writer.end_array();
}

}  // namespace tenon::api
