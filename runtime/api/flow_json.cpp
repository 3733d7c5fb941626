#include "runtime/api/flow_json.h"

#include <charconv>

namespace tenon::api {

std::string task_id(flow::RunId run, int place) {
  return text_of(run) + "-" + std::to_string(place);
}

Result<TaskId> parse_task_id(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return Error::not_found();
  const auto run = parse_id_text(text.substr(0, dash));
  const std::string_view place = text.substr(dash + 1);
  TaskId id;
  const auto [rest, failure] = std::from_chars(place.data(), place.data() + place.size(), id.place);
  const bool is_whole = failure == std::errc{} && rest == place.data() + place.size();
  if (!run || !is_whole || id.place < 0) return Error::not_found();
  id.run = {*run};
  return id;
}

void PeopleWriter::members(flow::UserId person) {
  const auto name = names_.find(person);
  writer_.key("id").text(text_of(person)).key("name");
  name == names_.end() ? writer_.null() : writer_.text(name->second);
}

void PeopleWriter::item(flow::UserId person) {
  if (person == flow::kNobody) {
    writer_.null();
    return;
  }
  writer_.begin_object();
  members(person);
  writer_.end_object();
}

void PeopleWriter::write(std::string_view key, flow::UserId person) {
  writer_.key(key);
  item(person);
}

void write_moment(json::Writer& writer, std::string_view key, std::int64_t ms) {
  writer.key(key);
  ms == 0 ? writer.null() : writer.text(text_of(DateTime{ms}));
}

void write_text_or_null(json::Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  text.empty() ? writer.null() : writer.text(text);
}

void write_flow(json::Writer& writer, query::FlowNames& names, const run::Head& head) {
  writer.key("flow").begin_object().key("name").text(names.name(head.flow, head.version));
  writer.key("label").text(names.label(head.flow, head.version)).end_object();
}

void write_progress(json::Writer& writer, const run::Head& head) {
  writer.key("state").text(flow::name_of(head.state));
  const bool has_result = head.result != flow::RunResult::none;
  write_text_or_null(writer, "result", has_result ? flow::name_of(head.result) : "");
  write_moment(writer, "started_at", head.started_ms);
  write_moment(writer, "finished_at", head.finished_ms);
}

void write_record(json::Writer& writer, const application::Application& app, const run::Head& head,
                  const query::TitledRecord* record) {
  const application::Object* object = app.find_id(head.object);
  writer.key("record").begin_object();
  writer.key("object").text(object == nullptr ? head.object : object->name());
  writer.key("id").text(text_of(head.record));
  write_text_or_null(writer, "title", record == nullptr ? "" : record->title);
  writer.end_object();
}

void write_places(json::Writer& writer, query::FlowNames& names, const run::Head& head,
                  const query::RunTitles& titles) {
  writer.key("at").begin_array();
  const auto places = titles.places.find(head.id);
  if (places != titles.places.end()) {
    const metadata::Flow* flow = names.find(head.flow, head.version);
    PeopleWriter people(writer, titles.people);
    for (const query::RunPlace& place : places->second) {
      writer.begin_object().key("node").text(names.node_id(flow, place.node));
      writer.key("label").text(names.node_label(flow, place.node));
      writer.key("people").begin_array();
      for (const flow::UserId person : place.people) people.item(person);
      writer.end_array();
      write_moment(writer, "since", place.since_ms);
      writer.end_object();
    }
  }
  writer.end_array();
}

void write_listed(json::Writer& writer, const query::Context& context, query::FlowNames& names,
                  const run::Head& head, const query::RunTitles& titles) {
  writer.key("run").text(text_of(head.id));
  write_flow(writer, names, head);
  write_record(writer, context.app, head, titles.find(head));
  PeopleWriter(writer, titles.people).write("initiator", head.initiator);
  write_progress(writer, head);
  write_places(writer, names, head, titles);
}

run::Head head_of(const run::Kept& kept) {
  const flow::Run& run = kept.run;
  return {.id = run.id,
          .flow = run.flow,
          .version = run.version,
          .object = kept.object,
          .record = run.record,
          .initiator = run.initiator,
          .state = run.state,
          .result = run.result,
          .started_ms = run.started_ms,
          .finished_ms = run.finished_ms,
          .gone = run.gone};
}

}  // namespace tenon::api
