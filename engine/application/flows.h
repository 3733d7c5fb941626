// Flows compiled: those the bundle has now, and earlier versions that runs are still on.
//
// A run keeps the version it began with. Its definition is pinned as symbolic text (engine/run,
// version.h) and compiled against each new application, so ids that are still there mean what they
// meant, whatever they are called by now.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/flow/program.h"
#include "engine/flow/ways.h"
#include "engine/run/version.h"

namespace tenon::application {

struct FlowTrigger {
  const metadata::FlowTrigger* definition;
  std::optional<formula::Formula> when;  // Nothing: always.
};

struct Flow {
  std::shared_ptr<const metadata::Flow> definition;  // By ids.
  std::int64_t version = 0;                          // Of this flow; 0: not pinned.
  std::shared_ptr<const flow::Program> program;
  std::vector<FlowTrigger> triggers;
  formula::Needs trigger_needs;
  bool counts_working = false;            // Some time of it is counted in working time.
  std::shared_ptr<flow::WayCounts> ways;  // How often runs took each way out of a node.

  const std::string& id() const { return definition->id; }
  const std::string& name() const { return definition->name; }
  bool has_trigger(metadata::TriggerKind kind) const;
  bool holds_records() const { return definition->settings.lock != metadata::LockMode::none; }
};

// Of the bundle, in its order. Problems are at "flows/<name>.json: …".
std::vector<Flow> compile_flows(const metadata::Bundle& bundle,
                                const std::vector<run::Version>& pinned,
                                std::vector<Problem>& problems);
// All others in use. What does not compile any more is a problem that says how many runs it holds.
std::vector<Flow> compile_earlier_flows(const metadata::Bundle& bundle,
                                        const std::vector<run::Version>& pinned,
                                        std::vector<Problem>& problems);

}  // namespace tenon::application
