#include "runtime/cli/import_file.h"

#include "engine/base/limits.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/sheet/csv_reader.h"
#include "engine/sheet/csv_writer.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/problem_text.h"

namespace tenon::cli {
namespace {

class FileImport {
 public:
  FileImport(Door& door, const std::string& mapping) : door_(door), mapping_(mapping) {}

  Result<ImportTotals> run(const std::string& text,
                           const std::function<void(std::int64_t)>& progress) {
    sheet::CsvReader reader(sheet::source_of(text));
    sheet::CsvRow row;
    TENON_TRY(const bool any, reader.next(row));
    if (!any) return Error::invalid("", "empty", "the file is empty");
    header_ = row.cells;
    while (true) {
      auto more = reader.next(row);
      if (!more && more.error().code != ErrorCode::invalid) return std::move(more.error());
      if (!more) {
        reject(row, describe(more.error()));
        continue;
      }
      if (!*more) break;
      chunk_.push_back(row);
      if (chunk_.size() == static_cast<std::size_t>(limits::kBatchRecordsMax)) {
        TENON_CHECK(send());
        progress(totals_.rows());
      }
    }
    TENON_CHECK(send());
    progress(totals_.rows());
    if (totals_.rejected > 0) totals_.rejects = rejects_.take();
    if (totals_.warned > 0) totals_.warnings = warnings_.take();
    return std::move(totals_);
  }

 private:
  std::string body() const {
    json::Writer writer;
    writer.begin_object().key("mapping").raw(mapping_).key("header").begin_array();
    for (const std::string& cell : header_) writer.text(cell);
    writer.end_array().key("rows").begin_array();
    for (const sheet::CsvRow& row : chunk_) {
      writer.begin_array();
      for (const std::string& cell : row.cells) writer.text(cell);
      writer.end_array();
    }
    writer.end_array().end_object();
    return writer.take();
  }

  Result<void> send() {
    if (chunk_.empty()) return done();
    const Reply reply = door_.call(http::Method::post, "/api/v1/imports", body());
    if (!reply.is_success()) return error_of(reply);
    const auto document = json::Document::parse(reply.body);
    if (!document) throw Fault("the import's answer is no JSON");
    std::size_t place = 0;
    for (const json::Reader result : document->root().at("results")) {
      count(result, chunk_[place++]);
    }
    chunk_.clear();
    return done();
  }

  void count(json::Reader result, const sheet::CsvRow& row) {
    const std::string_view status = *result.member("status")->text();
    if (status == "created") ++totals_.created;
    if (status == "updated") ++totals_.updated;
    if (status == "unchanged") ++totals_.unchanged;
    if (status == "rejected") return reject(row, told_in(result.at("problems")));
    if (result.member("warnings")) {
      tell(warnings_, totals_.warned, row, told_in(result.at("warnings")));
    }
  }

  static std::string told_in(json::Reader problems) {
    std::string reasons;
    for (const json::Reader problem : problems) {
      reasons += reasons.empty() ? "" : "; ";
      reasons += std::string(*problem.member("at")->text()) + ": " +
                 std::string(*problem.member("message")->text());
    }
    return reasons;
  }

  void reject(const sheet::CsvRow& row, const std::string& reasons) {
    tell(rejects_, totals_.rejected, row, reasons);
  }

  void tell(sheet::CsvWriter& file, std::int64_t& count, const sheet::CsvRow& row,
            const std::string& reasons) {
    if (count++ == 0) {
      file.cell("line").cell("reasons");
      for (const std::string& cell : header_) file.cell(cell);
      file.end_row();
    }
    file.cell(std::to_string(row.line)).cell(reasons);
    for (const std::string& cell : row.cells) file.cell(cell);
    file.end_row();
  }

  Door& door_;
  const std::string& mapping_;
  std::vector<std::string> header_;
  std::vector<sheet::CsvRow> chunk_;
  ImportTotals totals_;
  sheet::CsvWriter rejects_;
  sheet::CsvWriter warnings_;
};

}  // namespace

Result<ImportTotals> import_file(Door& door, const std::string& mapping, const std::string& path,
                                 const std::function<void(std::int64_t)>& progress) {
  return FileImport(door, mapping).run(read_file(path), progress);
}

}  // namespace tenon::cli
