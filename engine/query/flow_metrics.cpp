#include "engine/query/flow_metrics.h"

#include <algorithm>

#include "engine/query/flow_names.h"
#include "engine/run/metrics.h"

namespace tenon::query {
namespace {

class Reading {
 public:
  Reading(const Context& context, const application::Flow& flow)
      : names_(context), flow_(flow), context_(context) {}

  FlowMetrics read() {
    const auto nodes = static_cast<int>(flow_.definition->nodes.size());
    for (int node = 0; node <= nodes; ++node) place_of(flow_.definition.get(), node);
    std::vector<std::map<int, std::int64_t>> durations(metrics_.nodes.size());
    for (const run::NodeMetric& one : run::metrics_of(context_.tx, flow_.id())) {
      const std::size_t place = place_of(names_.find(flow_.id(), one.version), one.node);
      if (durations.size() <= place) durations.resize(place + 1);
      NodeMetrics& node = metrics_.nodes[place];
      node.open += one.open;
      node.visits += one.visits;
      node.rework += one.rework;
      node.automatic += one.automatic;
      node.incidents += one.incidents;
      for (const auto& [bucket, visits] : one.durations) durations[place][bucket] += visits;
    }
    for (const run::Overdue& one : run::overdue_of(context_.tx, flow_.id(), context_.now.ms)) {
      const std::size_t place = place_of(names_.find(flow_.id(), one.version), one.node);
      metrics_.nodes[place].overdue += one.tasks;
    }
    for (const run::Stopped& one : run::stopped_of(context_.tx, flow_.id())) {
      const std::size_t place = place_of(names_.find(flow_.id(), one.version), one.node);
      if (durations.size() <= place) durations.resize(place + 1);
      metrics_.nodes[place].stopped += one.tokens;
    }
    for (std::size_t place = 0; place < durations.size(); ++place) {
      metrics_.nodes[place].p50_ms = run::quantile(durations[place], 50);
      metrics_.nodes[place].p90_ms = run::quantile(durations[place], 90);
    }
    metrics_.runs = run::totals_of(context_.tx, flow_.id());
    const auto whole = run::durations_of_runs(context_.tx, flow_.id());
    metrics_.p50_ms = run::quantile(whole, 50);
    metrics_.p90_ms = run::quantile(whole, 90);
    return std::move(metrics_);
  }

 private:
  std::size_t place_of(const metadata::Flow* version, int node) {
    std::string id = names_.node_id(version, node);
    auto& nodes = metrics_.nodes;
    const auto known = std::find_if(nodes.begin(), nodes.end(),
                                    [&](const NodeMetrics& one) { return one.id == id; });
    if (known != nodes.end()) return static_cast<std::size_t>(known - nodes.begin());
    NodeMetrics fresh;
    fresh.id = std::move(id);
    fresh.label = names_.node_label(version, node);
    nodes.push_back(std::move(fresh));
    return nodes.size() - 1;
  }

  FlowNames names_;
  const application::Flow& flow_;
  const Context& context_;
  FlowMetrics metrics_;
};

}  // namespace

FlowMetrics flow_metrics(const Context& context, const application::Flow& flow) {
  return Reading(context, flow).read();
}

std::map<std::string, std::int64_t> open_incidents(const Context& context) {
  return run::open_incidents(context.tx);
}

FlowGauges flow_gauges(storage::Transaction& tx, std::int64_t now_ms) {
  const run::Gauges gauges = run::gauges(tx, now_ms);
  return {gauges.open_tasks, gauges.overdue_tasks, gauges.incidents};
}

}  // namespace tenon::query
