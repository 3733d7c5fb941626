// Reads and writes one node: which members there may be is its kind's matter.
#include "engine/metadata/flow_json.h"
#include "engine/metadata/flow_words.h"

namespace tenon::metadata {

using namespace flow_words;

Branch parse(json::Reader reader, json::To<Branch>, Problems& problems) {
  json::Members members(reader, problems);
  Branch branch;
  branch.name = members.required_text("name").value_or("");
  branch.label = optional_label(members, "label");
  branch.when = members.text("when").value_or("");
  branch.next = members.text("next").value_or("");
  members.finish();
  return branch;
}

std::vector<Setting> read_settings_of(json::Members& members, std::string_view name) {
  std::vector<Setting> settings;
  const auto object = members.optional(name);
  if (!object) return settings;
  if (auto is_object = object->expect(json::Kind::object); !is_object) {
    json::collect(members.problems(), std::move(is_object.error()));
    return settings;
  }
  for (const json::Reader member : *object) {
    auto text = member.text();
    if (!text) json::collect(members.problems(), std::move(text.error()));
    settings.push_back({std::string(member.name()), text ? std::string(*text) : ""});
  }
  return settings;
}

void write_settings_of(json::Writer& writer, std::string_view name,
                       const std::vector<Setting>& settings) {
  if (settings.empty()) return;
  writer.key(name).begin_object();
  for (const Setting& setting : settings) writer.key(setting.name).text(setting.formula);
  writer.end_object();
}

namespace {

void read_wait(json::Members& members, FlowNode& node) {
  node.duration = members.text("duration").value_or("");
  node.until = members.text("until").value_or("");
  node.event = members.text("event").value_or("");
  node.correlation = members.text("correlation").value_or("");
  const int given = static_cast<int>(!node.duration.empty()) +
                    static_cast<int>(!node.until.empty()) + static_cast<int>(!node.event.empty());
  if (given != 1) {
    members.problems().push_back(members.reader().problem(
        "required", "a wait has exactly one of \"duration\", \"until\", \"event\""));
  }
  node.wait = !node.until.empty()   ? WaitKind::until
              : !node.event.empty() ? WaitKind::event
                                    : WaitKind::duration;
}

void read_record(json::Members& members, FlowNode& node) {
  members.required("verb");
  node.verb = static_cast<RecordVerb>(one_of(members, "verb", kVerbs));
  node.object = members.text("object").value_or("");
  node.record = members.text("record").value_or("");
  node.set = read_settings_of(members, "set");
  node.match = read_settings_of(members, "match");
  node.as = members.text("as").value_or("");
}

void read_own(json::Members& members, FlowNode& node) {
  switch (node.kind) {
    case NodeKind::end: node.result = word(kResults, one_of(members, "result", kResults)); return;
    case NodeKind::condition:
      node.branches = list_of<Branch>(members, "branches");
      node.otherwise = members.text("else").value_or("");
      return;
    case NodeKind::parallel:
      node.branches = list_of<Branch>(members, "branches");
      node.parallel = static_cast<ParallelMode>(one_of(members, "mode", kParallel));
      node.reopen_branch = members.boolean("reopen_branch").value_or(false);
      return;
    case NodeKind::subflow:
      node.flow = members.required_text("flow").value_or("");
      node.record = members.text("record").value_or("");
      node.set = read_settings_of(members, "set");
      node.as = members.text("as").value_or("");
      return;
    case NodeKind::wait: return read_wait(members, node);
    case NodeKind::record: return read_record(members, node);
    case NodeKind::assign: node.set = read_settings_of(members, "set"); return;
    case NodeKind::decide:
      node.table = members.required_text("table").value_or("");
      node.set = read_settings_of(members, "set");
      return;
    case NodeKind::approve:
    case NodeKind::task:
    case NodeKind::cc:
    case NodeKind::notify: return read_people(members, node);
  }
}

void write_branches(json::Writer& writer, const FlowNode& node) {
  writer.key("branches").begin_array();
  for (const Branch& branch : node.branches) {
    writer.begin_object();
    writer.key("name").text(branch.name);
    write_label(writer, "label", branch.label);
    write_text(writer, "when", branch.when);
    write_text(writer, "next", branch.next);
    writer.end_object();
  }
  writer.end_array();
}

void write_wait(json::Writer& writer, const FlowNode& node) {
  write_text(writer, "duration", node.duration);
  write_text(writer, "until", node.until);
  write_text(writer, "event", node.event);
  write_text(writer, "correlation", node.correlation);
}

void write_record(json::Writer& writer, const FlowNode& node) {
  writer.key("verb").text(word(kVerbs, node.verb));
  write_text(writer, "object", node.object);
  write_text(writer, "record", node.record);
  write_settings_of(writer, "set", node.set);
  write_settings_of(writer, "match", node.match);
  write_text(writer, "as", node.as);
}

void write_own(json::Writer& writer, const FlowNode& node) {
  switch (node.kind) {
    case NodeKind::end: return write_text(writer, "result", node.result);
    case NodeKind::condition:
      write_branches(writer, node);
      return write_text(writer, "else", node.otherwise);
    case NodeKind::parallel:
      write_branches(writer, node);
      if (node.parallel != ParallelMode::all) {
        writer.key("mode").text(word(kParallel, node.parallel));
      }
      if (node.reopen_branch) writer.key("reopen_branch").boolean(true);
      return;
    case NodeKind::subflow:
      write_text(writer, "flow", node.flow);
      write_text(writer, "record", node.record);
      write_settings_of(writer, "set", node.set);
      return write_text(writer, "as", node.as);
    case NodeKind::wait: return write_wait(writer, node);
    case NodeKind::record: return write_record(writer, node);
    case NodeKind::assign: return write_settings_of(writer, "set", node.set);
    case NodeKind::decide:
      write_text(writer, "table", node.table);
      return write_settings_of(writer, "set", node.set);
    case NodeKind::approve:
    case NodeKind::task:
    case NodeKind::cc:
    case NodeKind::notify: return write_people(writer, node);
  }
}

bool goes_on(NodeKind kind) { return kind != NodeKind::end && kind != NodeKind::condition; }

}  // namespace

FlowNode parse(json::Reader reader, json::To<FlowNode>, Problems& problems) {
  json::Members members(reader, problems);
  FlowNode node;
  node.id = std::string(reader.name());
  const std::size_t before = problems.size();
  members.required("kind");
  node.kind = offered(members, "kind", node_kinds());
  if (problems.size() != before) return node;  // Nothing else can be said of an unknown kind.
  node.label = optional_label(members, "label");
  if (goes_on(node.kind)) node.next = members.text("next").value_or("");
  if (goes_on(node.kind)) node.when = members.text("when").value_or("");
  read_own(members, node);
  members.finish();
  return node;
}

void write(json::Writer& writer, const FlowNode& node) {
  writer.begin_object();
  writer.key("kind").text(name_of(node.kind));
  write_label(writer, "label", node.label);
  write_text(writer, "next", node.next);
  write_text(writer, "when", node.when);
  write_own(writer, node);
  writer.end_object();
}

}  // namespace tenon::metadata
