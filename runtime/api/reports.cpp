#include <algorithm>

#include "engine/metadata/query_body.h"
#include "engine/query/group.h"
#include "runtime/api/app_view.h"
#include "runtime/api/endpoints.h"

namespace tenon::api {
namespace {

void write_value(json::Writer& writer, const query::GroupColumn& column,
                 const query::GroupValue& value) {
  const auto* id = std::get_if<RecordId>(&value.value);
  if (column.target == nullptr || id == nullptr) {
    write(writer, column.type, value.value);
    return;
  }
  writer.begin_object().key("id").text(text_of(*id)).key("name");
  value.title.empty() ? writer.null() : writer.text(value.title);
  writer.end_object();
}

void write_column(json::Writer& writer, const query::GroupColumn& column, bool is_group,
                  std::string_view locale) {
  writer.begin_object().key("name").text(column.name).key("label").text(column.label);
  writer.key("type").text(column.type.format->name);
  writer.key("group").boolean(is_group);
  if (column.type.kind() == Kind::number) writer.key("scale").integer(column.type.scale);
  if (!column.currency.empty()) writer.key("currency").text(column.currency);
  if (!column.currency_group.empty()) writer.key("currency_group").text(column.currency_group);
  if (column.target != nullptr) writer.key("to").text(column.target->name());
  if (column.choices != nullptr) {
    writer.key("options").begin_array();
    for (const metadata::Option& option : column.choices->options) {
      const std::string& label = metadata::text_in(option.label, locale);
      writer.begin_object().key("name").text(option.name);
      writer.key("label").text(label.empty() ? option.name : label).key("color");
      option.color.empty() ? writer.null() : writer.text(option.color);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
}

std::string grouping_json(const query::Grouping& grouping, std::string_view locale,
                          const std::string& report) {
  json::Writer writer;
  writer.begin_object().key("object").text(grouping.object->name());
  if (!report.empty()) writer.key("report").raw(report);
  writer.key("columns").begin_array();
  for (std::size_t i = 0; i < grouping.columns.size(); ++i) {
    write_column(writer, grouping.columns[i], i < grouping.groups, locale);
  }
  writer.end_array().key("rows").begin_array();
  for (const auto& row : grouping.rows) {
    writer.begin_array();
    for (std::size_t i = 0; i < row.size(); ++i) write_value(writer, grouping.columns[i], row[i]);
    writer.end_array();
  }
  writer.end_array().key("totals").begin_array();
  for (std::size_t i = 0; i < grouping.groups; ++i) writer.null();
  for (std::size_t i = 0; i < grouping.totals.size(); ++i) {
    write_value(writer, grouping.columns[grouping.groups + i], grouping.totals[i]);
  }
  writer.end_array().key("drill").begin_array();
  for (const std::string& filter : grouping.drill) writer.text(filter);
  writer.end_array().end_object();
  return writer.take();
}

void answer(const CallPointer& call, const metadata::QueryBody& query, const std::string& filter,
            const std::string& report) {
  const auto grouping = std::make_shared<Result<query::Grouping>>(Error::not_found());
  const auto read = [call, grouping, query, filter](storage::Transaction& tx) {
    const auto context = query::context(*call->app, call->actor(), tx, call->now());
    *grouping = query::group(context, query, filter);
  };
  read_for(call, read, [call, grouping, report] {
    if (!*grouping) return call->fail(grouping->error());
    call->json(200, grouping_json(**grouping, call->actor().locale, report));
  });
}

std::string current(const AppView& view, const application::Object& object,
                    const std::string& formula) {
  std::string text = formula;
  if (!formula.empty()) {
    view.if_filter_readable(object, formula, [&](const std::string& named) { text = named; });
  }
  return text;
}

// A report's definition holds ids; the query takes names, as people write them.
metadata::QueryBody with_names(const Call& call, const AppView& view,
                               const metadata::Report& report) {
  metadata::QueryBody query = report.query;
  const application::Object& object = *call.app->find_id(report.query.object);
  const auto named = [&](const std::string& ids) {
    const std::string path = view.path(object, ids);
    return path.empty() ? ids : path;  // What may not be read stays, and is refused as unknown.
  };
  query.object = object.name();
  query.filter = current(view, object, query.filter);
  for (metadata::GroupKey& key : query.group) key.path = named(key.path);
  for (metadata::Measure& measure : query.measures) {
    if (!measure.field.empty()) measure.field = named(measure.field);
    if (!measure.on.empty()) measure.on = named(measure.on);
    measure.filter = current(view, object, measure.filter);
  }
  return query;
}

std::string report_json(const metadata::Report& report, std::string_view locale) {
  const std::string& label = metadata::text_in(report.label, locale);
  json::Writer writer;
  writer.begin_object().key("name").text(report.name);
  writer.key("label").text(label.empty() ? report.name : label);
  writer.key("chart").begin_object().key("kind").text(report.chart.kind);
  writer.key("value").text(report.chart.value).end_object().end_object();
  return writer.take();
}

}  // namespace

void run_query(CallPointer call) {
  const auto document = body_of(*call);
  if (!document) return call->fail(document.error());
  const auto query = metadata::parse(document->root(), json::To<metadata::QueryBody>{});
  if (!query) return call->fail(query.error());
  answer(call, *query, "", "");
}

void run_report(CallPointer call, std::string name) {
  const AppView view(*call->app, call->rights());
  const auto reports = view.reports();
  const auto report = std::find_if(reports.begin(), reports.end(), [&](const auto* one) {
    return one->name == name || one->id == name;
  });
  if (report == reports.end()) return call->fail(Error::not_found());
  answer(call, with_names(*call, view, **report), text_parameter(*call, "filter"),
         report_json(**report, call->actor().locale));
}

}  // namespace tenon::api
