#include "engine/sheet/csv_writer.h"
#include "engine/sheet/table_writer.h"

namespace tenon::sheet {
namespace {

class CsvTable final : public TableWriter {
 public:
  CsvTable() { csv_.byte_order_mark(); }

  void heading(std::span<const std::string> titles) override {
    for (const std::string& title : titles) csv_.cell(title);
    csv_.end_row();
  }

  void row(std::span<const Cell> cells) override {
    for (const Cell& cell : cells) csv_.cell(cell.text);
    csv_.end_row();
  }

  std::size_t size() const override { return csv_.size(); }
  std::string finish() override { return csv_.take(); }

 private:
  CsvWriter csv_;
};

}  // namespace

std::unique_ptr<TableWriter> csv_table() { return std::make_unique<CsvTable>(); }

}  // namespace tenon::sheet
