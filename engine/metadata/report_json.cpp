#include <array>

#include "engine/base/limits.h"
#include "engine/metadata/definition_json.h"
#include "engine/metadata/query_body.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 8> kAggregates{"",    "count", "sum",      "avg",
                                                      "min", "max",   "distinct", "median"};
constexpr std::array<std::string_view, 6> kPeriods{"", "day", "week", "month", "quarter", "year"};
constexpr std::array<std::string_view, 3> kMeasureTypes{"", "number", "percent"};
constexpr std::array<std::string_view, 4> kCharts{"none", "funnel", "bar", "line"};

GroupKey parse_group(json::Reader reader, Problems& problems) {
  GroupKey key;
  if (reader.kind() == json::Kind::text) {
    key.path = *reader.text();
    return key;
  }
  json::Members members(reader, problems);
  key.path = members.required_text("path").value_or("");
  key.by = kPeriods[one_of(members, "by", kPeriods)];
  key.name = members.text("name").value_or("");
  members.finish();
  return key;
}

Measure parse_measure(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  Measure measure;
  measure.name = members.required_text("name").value_or("");
  measure.label = optional_label(members, "label");
  measure.of = kAggregates[one_of(members, "of", kAggregates)];
  measure.field = members.text("field").value_or("");
  measure.in = members.text("in").value_or("");
  measure.on = members.text("on").value_or("");
  measure.filter = members.text("filter").value_or("");
  measure.formula = members.text("formula").value_or("");
  measure.type = kMeasureTypes[one_of(members, "type", kMeasureTypes)];
  members.finish();
  if (measure.of.empty() == measure.formula.empty()) {
    problems.push_back(reader.problem("measure", "must have either \"of\" or \"formula\""));
  }
  if (measure.in.empty() && !measure.on.empty()) {
    problems.push_back(reader.problem("measure", "\"on\" is the day of what \"in\" converts"));
  }
  return measure;
}

template <class T>
std::vector<T> read_each(json::Members& members, std::string_view name,
                         T (*parse_item)(json::Reader, Problems&)) {
  std::vector<T> items;
  const auto array = members.optional(name);
  if (!array) return items;
  if (auto is_array = array->expect(json::Kind::array); !is_array) {
    json::collect(members.problems(), std::move(is_array.error()));
    return items;
  }
  for (const json::Reader item : *array) items.push_back(parse_item(item, members.problems()));
  return items;
}

QueryBody read_query(json::Members& members) {
  QueryBody query;
  query.object = members.required_text("object").value_or("");
  query.filter = members.text("filter").value_or("");
  query.group = read_each(members, "group", parse_group);
  query.measures = read_each(members, "measures", parse_measure);
  query.sort = texts(members, "sort");
  query.limit = small_integer(members, "limit", 0, 1, limits::kGroupRowsMax);
  return query;
}

Chart read_chart(json::Members& report) {
  Chart chart;
  const auto reader = report.optional("chart");
  if (!reader) return chart;
  json::Members members(*reader, report.problems());
  members.required("kind");
  chart.kind = kCharts[one_of(members, "kind", kCharts)];
  chart.value = members.text("value").value_or("");
  members.finish();
  return chart;
}

void write(json::Writer& writer, const GroupKey& key) {
  if (key.by.empty() && key.name.empty()) {
    writer.text(key.path);
    return;
  }
  writer.begin_object();
  writer.key("path").text(key.path);
  write_text(writer, "by", key.by);
  write_text(writer, "name", key.name);
  writer.end_object();
}

void write(json::Writer& writer, const Measure& measure) {
  writer.begin_object();
  writer.key("name").text(measure.name);
  write_text(writer, "of", measure.of);
  write_text(writer, "field", measure.field);
  write_text(writer, "in", measure.in);
  write_text(writer, "on", measure.on);
  write_text(writer, "filter", measure.filter);
  write_text(writer, "formula", measure.formula);
  write_text(writer, "type", measure.type);
  write_label(writer, "label", measure.label);
  writer.end_object();
}

void write_members(json::Writer& writer, const QueryBody& query) {
  writer.key("object").text(query.object);
  write_text(writer, "filter", query.filter);
  if (!query.group.empty()) {
    writer.key("group").begin_array();
    for (const GroupKey& key : query.group) write(writer, key);
    writer.end_array();
  }
  if (!query.measures.empty()) {
    writer.key("measures").begin_array();
    for (const Measure& measure : query.measures) write(writer, measure);
    writer.end_array();
  }
  write_texts(writer, "sort", query.sort);
  if (query.limit != 0) writer.key("limit").integer(query.limit);
}

}  // namespace

Result<QueryBody> parse(json::Reader reader, json::To<QueryBody>) {
  Problems problems;
  json::Members members(reader, problems);
  QueryBody query = read_query(members);
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return query;
}

void write(json::Writer& writer, const QueryBody& query) {
  writer.begin_object();
  write_members(writer, query);
  writer.end_object();
}

Report parse(json::Reader reader, json::To<Report>, Problems& problems) {
  json::Members members(reader, problems);
  Report report;
  read_names(members, report);
  report.label = required_label(members, "label");
  report.query = read_query(members);
  report.chart = read_chart(members);
  members.finish();
  return report;
}

void write(json::Writer& writer, const Report& report) {
  writer.begin_object();
  write_names(writer, report.id, report.name);
  write_label(writer, "label", report.label);
  write_members(writer, report.query);
  if (report.chart != Chart{}) {
    writer.key("chart").begin_object();
    writer.key("kind").text(report.chart.kind);
    write_text(writer, "value", report.chart.value);
    writer.end_object();
  }
  writer.end_object();
}

}  // namespace tenon::metadata
