// What flows and their nodes are called, in the version that a run stands on.
//
// A run that is over may stand on a version that no application compiles any more: its pinned
// definition is read then, once for all rows of an answer.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/flow/run.h"
#include "engine/metadata/flow_graph.h"
#include "engine/metadata/flow_kinds.h"
#include "engine/query/context.h"

namespace tenon::query {

class FlowNames {
 public:
  explicit FlowNames(const Context& context) : context_(context) {}

  // Null where it is not known any more.
  const metadata::Flow* find(const std::string& flow, std::int64_t version);
  // Its label as it is called now, else then; in the actor's language.
  std::string label(const std::string& flow, std::int64_t version);
  std::string name(const std::string& flow, std::int64_t version);

  // A node of a run: where its number says that it is gone, the version that it was of.
  struct Place {
    const metadata::Flow* flow;  // Null where it is not known any more.
    int node;
  };
  Place place(const std::string& flow, std::int64_t version,
              const std::vector<flow::GoneNode>& gone, int node);

  // Of a node by its place in the run's program: 0 is the initiator's own, "$start".
  std::string node_id(const metadata::Flow* flow, int node) const;
  std::string node_label(const metadata::Flow* flow, int node) const;
  std::string_view node_kind(const metadata::Flow* flow, int node) const;

 private:
  const metadata::FlowNode* node(const metadata::Flow* flow, int node) const;

  const Context& context_;
  std::map<std::pair<std::string, std::int64_t>, std::shared_ptr<const metadata::Flow>> known_;
};

}  // namespace tenon::query
