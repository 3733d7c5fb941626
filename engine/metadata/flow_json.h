// The JSON border of a flow's parts. Internal to the room.
#pragma once

#include "engine/base/suggest.h"
#include "engine/metadata/definition_json.h"
#include "engine/metadata/flow_kinds.h"

namespace tenon::metadata {

FlowTrigger parse(json::Reader reader, json::To<FlowTrigger>, Problems& problems);
FlowNode parse(json::Reader reader, json::To<FlowNode>, Problems& problems);
Source parse(json::Reader reader, json::To<Source>, Problems& problems);
OnDue parse(json::Reader reader, json::To<OnDue>, Problems& problems);
Branch parse(json::Reader reader, json::To<Branch>, Problems& problems);
void write(json::Writer& writer, const FlowNode& node);
void write(json::Writer& writer, const Source& source);

// Approvers, voting, due and what follows: of nodes where people are asked. Their members stand in
// the node itself.
void read_people(json::Members& members, FlowNode& node);
void write_people(json::Writer& writer, const FlowNode& node);

// {"name": "formula"}, in the order of the text.
std::vector<Setting> read_settings_of(json::Members& members, std::string_view name);
void write_settings_of(json::Writer& writer, std::string_view name,
                       const std::vector<Setting>& settings);

// The kind that a word of the table stands for; what is none, or comes later, is a problem.
template <class Kind>
Kind offered(json::Members& members, std::string_view name, std::span<const Offered<Kind>> table) {
  const auto text = members.text(name);
  if (!text) return *table.front().kind;
  std::vector<std::string_view> names;
  for (const Offered<Kind>& row : table) {
    if (row.name == *text && row.kind) return *row.kind;
    if (row.kind) names.push_back(row.name);
  }
  const bool later =
      std::any_of(table.begin(), table.end(), [&](const auto& row) { return row.name == *text; });
  members.problems().push_back(members.reader().member(name)->problem(
      later ? "not_offered_yet" : "choice",
      "\"" + *text + "\" is " + (later ? "not offered yet" : "no kind that there is") +
          (later ? "" : did_you_mean(*text, std::span<const std::string_view>(names)))));
  return *table.front().kind;
}

}  // namespace tenon::metadata
