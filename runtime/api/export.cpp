#include "engine/query/export.h"

#include "engine/sheet/table_writer.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/problem.h"
#include "runtime/api/scratch_folder.h"
#include "runtime/http/client.h"

namespace tenon::api {
namespace {

struct FileFormat {
  std::string_view name;
  std::string_view content_type;
};
constexpr FileFormat kFormats[] = {
    {"csv", "text/csv; charset=utf-8"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};

Result<const FileFormat*> format_of(const Call& call) {
  const std::string name = text_parameter(call, "format");
  for (const FileFormat& format : kFormats) {
    if (format.name == name || (name.empty() && format.name == "csv")) return &format;
  }
  return Error::of(ErrorCode::malformed, "format", "format", "is one of csv, xlsx");
}

Result<query::ExportRecords> export_query(const Call& call, const std::string& object) {
  query::ExportRecords query{.object = object,
                             .fields = list_parameter(call, "fields"),
                             .filter = text_parameter(call, "filter"),
                             .sort = list_parameter(call, "sort"),
                             .search = text_parameter(call, "q")};
  const std::string purpose = text_parameter(call, "for");
  if (purpose == "programs") {
    query.purpose = query::ExportFor::programs;
  } else if (!purpose.empty() && purpose != "people") {
    return Error::of(ErrorCode::malformed, "for", "for", "is one of people, programs");
  }
  return query;
}

// "Opportunities 2026-11-23.xlsx"
std::string file_name(const Call& call, const application::Object& object,
                      const FileFormat& format) {
  const std::string& label =
      metadata::text_in(object.definition->label_plural, call.actor().locale);
  return (label.empty() ? object.name() : label) + " " +
         text_of(query::today(*call.app, call.now())) + "." + std::string(format.name);
}

void answer_file(Call& call, const application::Object& object, const FileFormat& format,
                 std::string bytes) {
  http::Response response;
  response.content_type = format.content_type;
  response.body = std::move(bytes);
  response.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename*=UTF-8''" + http::percent_encoded(file_name(call, object, format)));
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  call.answer(std::move(response));
}

void write_export(Call& call, const query::ExportRecords& query, const FileFormat& format) {
  const auto object = query::visible_object(*call.app, call.rights(), query.object);
  if (!object) return call.fail(object.error());
  const ScratchFolder scratch;
  const auto table = format.name == "csv"
                         ? sheet::csv_table()
                         : sheet::xlsx_table(scratch.path() + "/table.xlsx", query.object);
  Result<std::int64_t> count = std::int64_t{0};
  call.engine.read([&](storage::Transaction& tx) {
    count = query::export_records(query::context(*call.app, call.actor(), tx, call.now()), query,
                                  *table);
  });
  if (!count) return call.fail(count.error());
  answer_file(call, **object, format, table->finish());
}

}  // namespace

void export_records(CallPointer call, std::string object) {
  const auto format = format_of(*call);
  if (!format) return call->fail(format.error());
  auto query = export_query(*call, object);
  if (!query) return call->fail(query.error());
  const bool taken = call->engine.work(
      [call, query = query.take(), format = *format] { write_export(*call, query, *format); });
  if (!taken) call->fail({ErrorCode::busy, {}});
}

}  // namespace tenon::api
