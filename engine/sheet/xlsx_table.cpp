#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>

#include "engine/base/error.h"
#include "engine/sheet/table_writer.h"

namespace tenon::sheet {
namespace {

constexpr std::size_t kDigitsMax = 15;  // That a spreadsheet's numbers keep.
constexpr std::size_t kSheetNameMax = 31;
constexpr double kWidthMin = 10;
constexpr double kWidthMax = 48;

// As much of a name as a sheet may have.
std::string sheet_name(const std::string& wanted) {
  std::string name;
  std::size_t letters = 0;
  for (const char c : wanted) {
    if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos) continue;
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (!continues && ++letters > kSheetNameMax) break;
    name += c;
  }
  return name;
}

bool fits_a_double(const std::string& number) {
  const auto digits =
      std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  return static_cast<std::size_t>(digits) <= kDigitsMax;
}

int part(const std::string& text, std::size_t at, std::size_t length) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + length, value);
  return value;
}

class XlsxTable final : public TableWriter {
 public:
  XlsxTable(const std::string& path, const std::string& sheet)
      : path_(path), folder_(path.substr(0, path.find_last_of('/'))) {
    lxw_workbook_options options{
        .constant_memory = LXW_TRUE, .tmpdir = folder_.data(), .use_zip64 = LXW_FALSE};
    book_ = workbook_new_opt(path.c_str(), &options);
    if (book_ == nullptr) throw Fault("a sheet could not be begun");
    const std::string name = sheet_name(sheet);
    sheet_ = workbook_add_worksheet(book_, name.empty() ? nullptr : name.c_str());
    if (sheet_ == nullptr) sheet_ = workbook_add_worksheet(book_, nullptr);
    if (sheet_ == nullptr) throw Fault("a sheet could not be begun");
  }
  XlsxTable(const XlsxTable&) = delete;
  XlsxTable& operator=(const XlsxTable&) = delete;
  ~XlsxTable() override {
    if (book_ != nullptr) workbook_close(book_);
  }

  void heading(std::span<const std::string> titles) override {
    lxw_format* bold = workbook_add_format(book_);
    format_set_bold(bold);
    lxw_col_t column = 0;
    for (const std::string& title : titles) {
      const double width = static_cast<double>(title.size()) + 4;
      worksheet_set_column(sheet_, column, column, std::clamp(width, kWidthMin, kWidthMax),
                           nullptr);
      worksheet_write_string(sheet_, 0, column++, title.c_str(), bold);
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    row_ = 1;
  }

  void row(std::span<const Cell> cells) override {
    lxw_col_t column = 0;
    for (const Cell& cell : cells) {
      write(column++, cell);
      size_ += cell.text.size();
    }
    ++row_;
  }

  std::size_t size() const override { return size_; }

  std::string finish() override {
    const lxw_error outcome = workbook_close(std::exchange(book_, nullptr));
    if (outcome != LXW_NO_ERROR) throw Fault(lxw_strerror(outcome));
    std::ifstream file(path_, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file || bytes.empty()) throw Fault("the sheet cannot be read back");
    return bytes;
  }

 private:
  void write(lxw_col_t column, const Cell& cell) {
    switch (cell.kind) {
      case Cell::Kind::empty: return;
      case Cell::Kind::number:
        if (!fits_a_double(cell.text)) return write_text(column, cell.text);
        worksheet_write_number(sheet_, row_, column, std::stod(cell.text), number(cell.scale));
        return;
      case Cell::Kind::date:
      case Cell::Kind::datetime:
        if (part(cell.text, 0, 4) < 1900 || cell.text.size() < 10) {
          return write_text(column, cell.text);
        }
        return write_moment(column, cell);
      case Cell::Kind::boolean:
        worksheet_write_boolean(sheet_, row_, column, cell.text == "yes" ? 1 : 0, nullptr);
        return;
      case Cell::Kind::text: return write_text(column, cell.text);
    }
  }

  // Never a formula: a text is a text in this format, whatever it begins with.
  void write_text(lxw_col_t column, const std::string& text) {
    worksheet_write_string(sheet_, row_, column, text.c_str(), nullptr);
  }

  void write_moment(lxw_col_t column, const Cell& cell) {
    const std::string& text = cell.text;
    const bool is_timed = cell.kind == Cell::Kind::datetime && text.size() >= 19;
    lxw_datetime moment{part(text, 0, 4), part(text, 5, 2), part(text, 8, 2), 0, 0, 0};
    if (is_timed) {
      moment.hour = part(text, 11, 2);
      moment.min = part(text, 14, 2);
      moment.sec = part(text, 17, 2);
    }
    worksheet_write_datetime(sheet_, row_, column, &moment,
                             shown(is_timed ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd"));
  }

  lxw_format* number(int scale) {
    return shown(scale == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(scale), '0'));
  }

  lxw_format* shown(const std::string& pattern) {
    lxw_format*& format = formats_[pattern];
    if (format == nullptr) {
      format = workbook_add_format(book_);
      format_set_num_format(format, pattern.c_str());
    }
    return format;
  }

  std::string path_;
  std::string folder_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  std::map<std::string, lxw_format*> formats_;
  lxw_row_t row_ = 0;
  std::size_t size_ = 0;
};

}  // namespace

std::unique_ptr<TableWriter> xlsx_table(const std::string& path, const std::string& sheet) {
  return std::make_unique<XlsxTable>(path, sheet);
}

}  // namespace tenon::sheet
