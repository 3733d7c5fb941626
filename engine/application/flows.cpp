#include "engine/application/flows.h"

#include <algorithm>

#include "engine/metadata/flow_names.h"

namespace tenon::application {
namespace {

bool counts_working(const metadata::Flow& flow) {
  return std::any_of(flow.nodes.begin(), flow.nodes.end(),
                     [](const metadata::FlowNode& node) { return node.due.working; });
}

Result<void> compile_triggers(const metadata::Bundle& bundle, Flow& flow) {
  const metadata::FlowNames names(bundle, *flow.definition);
  const auto& triggers = flow.definition->triggers;
  for (std::size_t i = 0; i < triggers.size(); ++i) {
    FlowTrigger trigger{&triggers[i], std::nullopt};
    if (!triggers[i].when.empty()) {
      auto when =
          formula::compile(triggers[i].when, flow.definition->object, names, flow.trigger_needs);
      if (!when) {
        for (Problem& problem : when.error().problems) {
          problem.at = "triggers/" + std::to_string(i) + "/when " + problem.at;
        }
        return std::move(when.error());
      }
      trigger.when = when.take();
    }
    flow.triggers.push_back(std::move(trigger));
  }
  return done();
}

Result<Flow> compile_flow(const metadata::Bundle& bundle,
                          std::shared_ptr<const metadata::Flow> definition, std::int64_t version) {
  if (bundle.find_id(definition->object) == nullptr) {
    return Error::invalid("object", "unknown_object",
                          "there is no object \"" + definition->object + "\"");
  }
  Flow flow{.definition = std::move(definition), .version = version};
  flow.counts_working = counts_working(*flow.definition);
  TENON_TRY(flow.program, flow::compile(bundle, *flow.definition));
  flow.ways = std::make_shared<flow::WayCounts>(*flow.program);
  TENON_CHECK(compile_triggers(bundle, flow));
  return flow;
}

const metadata::Flow* find(const metadata::Bundle& bundle, std::string_view id) {
  const auto found = std::find_if(bundle.flows.begin(), bundle.flows.end(),
                                  [&](const metadata::Flow& flow) { return flow.id == id; });
  return found == bundle.flows.end() ? nullptr : &*found;
}

// The newest pinned version is what the bundle has, where the bundle has it.
bool is_current(const metadata::Bundle& bundle, const run::Version& version) {
  return version.is_newest && find(bundle, version.flow) != nullptr;
}

void report(const std::string& name, Error error, std::vector<Problem>& problems) {
  for (Problem& problem : error.problems) {
    problem.at = "flows/" + name + ".json: " + problem.at;
    problems.push_back(std::move(problem));
  }
}

// What holds whom up: people must know which runs to end or to move on first.
Error of_runs(const run::Version& version, Error error) {
  for (Problem& problem : error.problems) {
    problem.rule = "running_runs";
    problem.message += "; " + std::to_string(version.running) + " running on version " +
                       std::to_string(version.version) + " of it need this";
  }
  return error;
}

}  // namespace

bool Flow::has_trigger(metadata::TriggerKind kind) const {
  return std::any_of(triggers.begin(), triggers.end(),
                     [&](const FlowTrigger& trigger) { return trigger.definition->kind == kind; });
}

std::vector<Flow> compile_flows(const metadata::Bundle& bundle,
                                const std::vector<run::Version>& pinned,
                                std::vector<Problem>& problems) {
  std::vector<Flow> flows;
  for (const metadata::Flow& definition : bundle.flows) {
    std::int64_t number = 0;
    for (const run::Version& version : pinned) {
      if (version.is_newest && version.flow == definition.id) number = version.version;
    }
    auto flow = compile_flow(bundle, std::make_shared<const metadata::Flow>(definition), number);
    if (flow) {
      flows.push_back(flow.take());
    } else {
      report(definition.name, std::move(flow.error()), problems);
    }
  }
  return flows;
}

std::vector<Flow> compile_earlier_flows(const metadata::Bundle& bundle,
                                        const std::vector<run::Version>& pinned,
                                        std::vector<Problem>& problems) {
  std::vector<Flow> flows;
  for (const run::Version& version : pinned) {
    if (version.running == 0 || is_current(bundle, version)) continue;
    auto definition = metadata::parse_symbolic(version.definition);
    if (!definition) {
      throw Fault("version " + std::to_string(version.version) + " of the flow " + version.flow +
                  " cannot be read: " + describe(definition.error()));
    }
    const std::string name = definition->name;
    auto flow = compile_flow(bundle, std::make_shared<const metadata::Flow>(definition.take()),
                             version.version);
    if (flow) {
      flows.push_back(flow.take());
    } else {
      report(name, of_runs(version, std::move(flow.error())), problems);
    }
  }
  return flows;
}

}  // namespace tenon::application
