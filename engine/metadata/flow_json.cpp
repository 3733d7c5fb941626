// Reads flows: the definition, its triggers, settings and variables. Nodes: flow_node_json.cpp.
#include "engine/metadata/flow_json.h"

#include "engine/metadata/definition_json.h"
#include "engine/metadata/flow_kinds.h"
#include "engine/metadata/flow_words.h"

namespace tenon::metadata {

using namespace flow_words;

FlowTrigger parse(json::Reader reader, json::To<FlowTrigger>, Problems& problems) {
  json::Members members(reader, problems);
  FlowTrigger trigger;
  members.required("kind");
  trigger.kind = offered(members, "kind", trigger_kinds());
  trigger.label = optional_label(members, "label");
  trigger.when = members.text("when").value_or("");
  trigger.on = texts(members, "on");
  trigger.fields = texts(members, "fields");
  members.finish();
  return trigger;
}

namespace {

FlowSettings read_settings(json::Members& members, FlowKind kind) {
  FlowSettings settings;
  if (kind == FlowKind::automation) settings.lock = LockMode::none;
  const auto reader = members.optional("settings");
  if (!reader) return settings;
  json::Members own(*reader, members.problems());
  if (reader->member("lock")) settings.lock = static_cast<LockMode>(one_of(own, "lock", kLocks));
  own.optional("lock");
  settings.lock_fields = texts(own, "lock_fields");
  settings.run_as = static_cast<RunAs>(one_of(own, "run_as", kRunAs));
  settings.withdraw = static_cast<WithdrawPolicy>(one_of(own, "withdraw", kWithdraw));
  settings.reentry = small_integer(own, "reentry", 1, 1, 100);
  own.finish();
  return settings;
}

void read_nodes(json::Members& members, Flow& flow) {
  const auto nodes = members.required("nodes");
  if (!nodes) return;
  if (auto is_object = nodes->expect(json::Kind::object); !is_object) {
    json::collect(members.problems(), std::move(is_object.error()));
    return;
  }
  for (const json::Reader node : *nodes) {
    flow.nodes.push_back(parse(node, json::To<FlowNode>{}, members.problems()));
    if (is_name(node.name())) continue;
    members.problems().push_back(node.problem("name", "a node's id is lower_snake_case"));
  }
}

void write_trigger(json::Writer& writer, const FlowTrigger& trigger) {
  writer.begin_object();
  writer.key("kind").text(name_of(trigger.kind));
  write_label(writer, "label", trigger.label);
  write_text(writer, "when", trigger.when);
  write_texts(writer, "on", trigger.on);
  write_texts(writer, "fields", trigger.fields);
  writer.end_object();
}

void write_settings(json::Writer& writer, const Flow& flow) {
  const FlowSettings& settings = flow.settings;
  FlowSettings usual;
  if (flow.kind == FlowKind::automation) usual.lock = LockMode::none;
  if (settings == usual) return;
  writer.key("settings").begin_object();
  if (settings.lock != usual.lock) writer.key("lock").text(word(kLocks, settings.lock));
  write_texts(writer, "lock_fields", settings.lock_fields);
  if (settings.run_as != usual.run_as) writer.key("run_as").text(word(kRunAs, settings.run_as));
  if (settings.withdraw != usual.withdraw) {
    writer.key("withdraw").text(word(kWithdraw, settings.withdraw));
  }
  if (settings.reentry != usual.reentry) writer.key("reentry").integer(settings.reentry);
  writer.end_object();
}

}  // namespace

Flow parse(json::Reader reader, json::To<Flow>, Problems& problems) {
  json::Members members(reader, problems);
  Flow flow;
  read_names(members, flow);
  flow.label = optional_label(members, "label");
  members.required("kind");
  flow.kind = static_cast<FlowKind>(one_of(members, "kind", kKinds));
  flow.object = members.required_text("object").value_or("");
  flow.triggers = list_of<FlowTrigger>(members, "triggers");
  flow.settings = read_settings(members, flow.kind);
  flow.variables = list_of<Field>(members, "variables");
  flow.start = members.required_text("start").value_or("");
  read_nodes(members, flow);
  members.finish();
  return flow;
}

void write(json::Writer& writer, const Flow& flow) {
  writer.begin_object();
  write_names(writer, flow.id, flow.name);
  write_label(writer, "label", flow.label);
  writer.key("kind").text(word(kKinds, flow.kind));
  writer.key("object").text(flow.object);
  if (!flow.triggers.empty()) {
    writer.key("triggers").begin_array();
    for (const FlowTrigger& trigger : flow.triggers) write_trigger(writer, trigger);
    writer.end_array();
  }
  write_settings(writer, flow);
  write_list(writer, "variables", flow.variables);
  writer.key("start").text(flow.start);
  writer.key("nodes").begin_object();
  for (const FlowNode& node : flow.nodes) {
    writer.key(node.id);
    write(writer, node);
  }
  writer.end_object();
  writer.end_object();
}

std::string symbolic_text(const Flow& flow) {
  json::Writer writer;
  write(writer, flow);
  return writer.take();
}

Result<Flow> parse_symbolic(const std::string& text) {
  TENON_TRY(const auto document, json::Document::parse(text));
  Problems problems;
  Flow flow = parse(document.root(), json::To<Flow>{}, problems);
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return flow;
}

}  // namespace tenon::metadata
