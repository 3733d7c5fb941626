// What stories say of flows, read and written.
#include <algorithm>

#include "engine/metadata/story_parts_json.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 3> kPositions{"before", "after", "parallel"};

// "@ann"; anything else is a problem.
std::string person(const std::string& text, json::Reader at, Problems& problems) {
  std::string ref = referred(text);
  if (ref.empty()) problems.push_back(at.problem("reference", "somebody is named as \"@ann\""));
  return ref;
}

std::string person(json::Members& members, std::string_view name) {
  const auto text = members.required_text(name);
  if (!text) return "";
  return person(*text, *members.reader().member(name), members.problems());
}

std::vector<std::string> people(json::Reader reader, Problems& problems) {
  std::vector<std::string> all;
  for (const std::string& text : texts(reader, problems)) {
    all.push_back(person(text, reader, problems));
  }
  return all;
}

std::vector<StoryChosen> chosen(json::Members& members) {
  std::vector<StoryChosen> all;
  const auto reader = members.optional("chosen");
  if (!reader || !expect_kind(*reader, json::Kind::object, members.problems())) return all;
  for (const json::Reader node : *reader) {
    all.push_back({std::string(node.name()), people(node, members.problems())});
  }
  return all;
}

std::vector<StoryMove> moves(json::Members& members) {
  std::vector<StoryMove> all;
  const auto reader = members.optional("nodes");
  if (!reader || !expect_kind(*reader, json::Kind::object, members.problems())) return all;
  for (const json::Reader node : *reader) {
    const auto to = node.text();
    if (!to) members.problems().push_back(node.problem("type", "is the id of a node"));
    all.push_back({std::string(node.name()), to ? std::string(*to) : ""});
  }
  return all;
}

void read_subject(json::Members& members, StoryStep& step) {
  const StoryVerbShape& shape = shape_of(step.verb);
  StoryAct& act = step.act;
  switch (shape.subject) {
    case StorySubject::flow: act.flow = members.text(shape.name).value_or(""); return;
    case StorySubject::node: act.node = members.text(shape.name).value_or(""); return;
    case StorySubject::event: act.event = members.text(shape.name).value_or(""); return;
    case StorySubject::words: act.comment = members.text(shape.name).value_or(""); return;
    case StorySubject::person: act.person = person(members, shape.name); return;
    case StorySubject::files: step.files = values_of(members, shape.name); return;
    default: return;
  }
}

void read_record(json::Members& members, StoryStep& step) {
  const bool is_needed = shape_of(step.verb).members.find("record!") != std::string_view::npos;
  const auto text = is_needed ? members.required_text("record") : members.text("record");
  if (!text) return;
  step.about = referred(*text);
  if (!step.about.empty()) return;
  members.problems().push_back(
      members.reader().member("record")->problem("reference", "is named as \"@something\""));
}

// Whom or where to; who is meant.
void read_aims(json::Members& members, const StoryVerbShape& shape, StoryAct& act) {
  if (shape.has("to")) {
    const bool is_node = shape.name == name_of(StoryVerb::send_back);
    act.to = is_node ? members.required_text("to").value_or("") : person(members, "to");
  }
  if (shape.has("people")) {
    const auto list = members.required("people");
    if (list) act.people = people(*list, members.problems());
  }
  if (shape.has("position")) {
    members.required("position");
    act.position = kPositions[one_of(members, "position", kPositions)];
  }
  if (shape.has("from")) act.from = members.text("from").value_or("");
  if (shape.has("port")) act.port = members.text("port").value_or("");
}

void write_people(json::Writer& writer, const std::vector<std::string>& people) {
  writer.begin_array();
  for (const std::string& one : people) writer.text("@" + one);
  writer.end_array();
}

void write_subject(json::Writer& writer, const StoryStep& step) {
  const StoryVerbShape& shape = shape_of(step.verb);
  switch (shape.subject) {
    case StorySubject::flow: writer.key(shape.name).text(step.act.flow); return;
    case StorySubject::node: writer.key(shape.name).text(step.act.node); return;
    case StorySubject::event: writer.key(shape.name).text(step.act.event); return;
    case StorySubject::words: writer.key(shape.name).text(step.act.comment); return;
    case StorySubject::person: writer.key(shape.name).text("@" + step.act.person); return;
    case StorySubject::files: write_values(writer, shape.name, step.files); return;
    default: return;
  }
}

}  // namespace

void read_act(json::Members& members, StoryStep& step) {
  const StoryVerbShape& shape = shape_of(step.verb);
  StoryAct& act = step.act;
  read_subject(members, step);
  if (shape.has("record")) read_record(members, step);
  if (shape.has("flow")) act.flow = members.text("flow").value_or("");
  read_aims(members, shape, act);
  if (shape.has("direct")) act.is_direct = members.boolean("direct").value_or(false);
  if (shape.has("chosen")) act.chosen = chosen(members);
  if (shape.has("nodes")) act.nodes = moves(members);
  if (shape.has("variables")) act.variables = values_of(members, "variables");
  if (shape.has("correlation")) act.correlation = members.text("correlation").value_or("");
  if (shape.has("comment")) act.comment = members.text("comment").value_or("");
  if (shape.has("request")) act.request = members.text("request").value_or("");
  if (shape.has("down")) step.clock = members.text("down").value_or("");
  if (!shape.is_of_flows() || !shape.has("set")) return;
  (step.verb == StoryVerb::variables ? act.variables : step.set) = values_of(members, "set");
}

void write_act(json::Writer& writer, const StoryStep& step) {
  const StoryAct& act = step.act;
  const StoryVerbShape& shape = shape_of(step.verb);
  write_subject(writer, step);
  if (!step.about.empty()) writer.key("record").text("@" + step.about);
  if (shape.has("flow")) write_text(writer, "flow", act.flow);
  if (shape.has("to")) {
    writer.key("to").text(step.verb == StoryVerb::send_back ? act.to : "@" + act.to);
  }
  if (act.is_direct) writer.key("direct").boolean(true);
  write_text(writer, "position", act.position);
  if (shape.has("people")) write_people(writer.key("people"), act.people);
  write_text(writer, "from", act.from);
  write_text(writer, "port", act.port);
  write_text(writer, "correlation", act.correlation);
  if (!act.chosen.empty()) {
    writer.key("chosen").begin_object();
    for (const StoryChosen& one : act.chosen) write_people(writer.key(one.node), one.people);
    writer.end_object();
  }
  if (!act.nodes.empty()) {
    writer.key("nodes").begin_object();
    for (const StoryMove& one : act.nodes) writer.key(one.node).text(one.to);
    writer.end_object();
  }
  write_values(writer, step.verb == StoryVerb::variables ? "set" : "variables", act.variables);
  if (shape.has("comment")) write_text(writer, "comment", act.comment);
  write_text(writer, "request", act.request);
  if (shape.has("down")) write_text(writer, "down", step.clock);
}

StoryRuns parse_runs(json::Members& members) {
  StoryRuns runs;
  const auto open = members.optional("open");
  if (open && expect_kind(*open, json::Kind::object, members.problems())) {
    runs.open.emplace();
    for (const json::Reader node : *open) {
      runs.open->push_back({std::string(node.name()), texts(node, members.problems())});
    }
  }
  runs.run = members.text("run").value_or("");
  runs.seats = given_texts(members, "seats");
  runs.history = given_texts(members, "history");
  runs.asked = given_texts(members, "asked");
  runs.route = given_texts(members, "route");
  runs.jobs = given_texts(members, "jobs");
  runs.notified = given_texts(members, "notified");
  return runs;
}

void write_runs(json::Writer& writer, const StoryRuns& runs) {
  if (runs.open) {
    writer.key("open").begin_object();
    for (const StoryOpen& one : *runs.open) {
      writer.key(one.node);
      write_list_of_texts(writer, one.people);
    }
    writer.end_object();
  }
  write_text(writer, "run", runs.run);
  write_given_texts(writer, "seats", runs.seats);
  write_given_texts(writer, "history", runs.history);
  write_given_texts(writer, "asked", runs.asked);
  write_given_texts(writer, "route", runs.route);
  write_given_texts(writer, "jobs", runs.jobs);
  write_given_texts(writer, "notified", runs.notified);
}

}  // namespace tenon::metadata
