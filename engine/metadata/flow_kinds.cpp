#include "engine/metadata/flow_kinds.h"

#include <algorithm>
#include <array>

namespace tenon::metadata {
namespace {

constexpr auto kLater = std::nullopt;

constexpr std::array<Offered<NodeKind>, 16> kNodes{{{"end", NodeKind::end},
                                                    {"condition", NodeKind::condition},
                                                    {"parallel", NodeKind::parallel},
                                                    {"loop", kLater},
                                                    {"subflow", NodeKind::subflow},
                                                    {"wait", NodeKind::wait},
                                                    {"approve", NodeKind::approve},
                                                    {"task", NodeKind::task},
                                                    {"cc", NodeKind::cc},
                                                    {"record", NodeKind::record},
                                                    {"script", kLater},
                                                    {"http", kLater},
                                                    {"notify", NodeKind::notify},
                                                    {"assign", NodeKind::assign},
                                                    {"decide", NodeKind::decide},
                                                    {"move", kLater}}};

constexpr std::array<Offered<TriggerKind>, 8> kTriggers{{{"form", TriggerKind::form},
                                                         {"record", TriggerKind::record},
                                                         {"schedule", kLater},
                                                         {"relative", kLater},
                                                         {"webhook", kLater},
                                                         {"button", TriggerKind::button},
                                                         {"event", kLater},
                                                         {"call", TriggerKind::call}}};

constexpr std::array<Offered<SourceKind>, 11> kSources{
    {{"users", SourceKind::users},
     {"role", SourceKind::role},
     {"position", SourceKind::position},
     {"department_head", SourceKind::department_head},
     {"managers", SourceKind::managers},
     {"field", SourceKind::field},
     {"initiator", SourceKind::initiator},
     {"chosen", SourceKind::chosen},
     {"previous", SourceKind::previous},
     {"formula", SourceKind::formula},
     {"script", kLater}}};

template <class Kind, std::size_t count>
std::string_view name_in(const std::array<Offered<Kind>, count>& table, Kind kind) {
  return std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.kind == kind; })
      ->name;
}

}  // namespace

std::span<const Offered<NodeKind>> node_kinds() { return kNodes; }
std::span<const Offered<TriggerKind>> trigger_kinds() { return kTriggers; }
std::span<const Offered<SourceKind>> source_kinds() { return kSources; }

std::string_view name_of(NodeKind kind) { return name_in(kNodes, kind); }
std::string_view name_of(TriggerKind kind) { return name_in(kTriggers, kind); }
std::string_view name_of(SourceKind kind) { return name_in(kSources, kind); }

bool is_human(NodeKind kind) { return kind == NodeKind::approve || kind == NodeKind::task; }

const FlowNode* Flow::find(std::string_view node) const {
  const auto found =
      std::find_if(nodes.begin(), nodes.end(), [&](const FlowNode& one) { return one.id == node; });
  return found == nodes.end() ? nullptr : &*found;
}

}  // namespace tenon::metadata
