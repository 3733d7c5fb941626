#include "engine/sheet/csv_reader.h"

#include <catch2/catch.hpp>

#include "engine/base/limits.h"

namespace tenon::sheet {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Gives the text in pieces of so many bytes, to meet every border of a buffer.
Source in_pieces(std::string text, std::size_t size) {
  return
      [text = std::move(text), size, at = std::size_t{0}](char* buffer, std::size_t room) mutable {
        const std::size_t count = text.copy(buffer, std::min(size, room), at);
        at += count;
        return count;
      };
}

Rows read(Source source, char delimiter = 0) {
  CsvReader reader(std::move(source), delimiter);
  CsvRow row;
  Rows rows;
  while (true) {
    const auto more = reader.next(row);
    INFO((more ? "" : describe(more.error())));
    REQUIRE(more);
    if (!*more) return rows;
    rows.push_back(row.cells);
  }
}

Rows read(const std::string& text, char delimiter = 0) {
  return read(in_pieces(text, text.size() + 1), delimiter);
}

Error first_error(const std::string& text) {
  CsvReader reader(source_of(text));
  CsvRow row;
  for (int i = 0; i < 10; ++i) {
    const auto more = reader.next(row);
    if (!more) return more.error();
    if (!*more) break;
  }
  FAIL("no error in " << text);
  return Error::not_found();
}

}  // namespace

TEST_CASE("rows end with CR, LF or both, and the last one needs no end", "[sheet]") {
  const Rows rows{{"a", "b"}, {"1", "2"}};
  CHECK(read("a,b\n1,2") == rows);
  CHECK(read("a,b\r\n1,2\r\n") == rows);
  CHECK(read("a,b\r1,2\r") == rows);
}

TEST_CASE("quoted cells keep delimiters, quotes and line breaks", "[sheet]") {
  CHECK(read("\"a,b\",\"say \"\"no\"\"\",\"x\r\ny\nz\",\"\"\n") ==
        Rows{{"a,b", "say \"no\"", "x\r\ny\nz", ""}});
  CHECK(read("\"\"\"\",\"\"\"\"\"\"") == Rows{{"\"", "\"\""}});
}

TEST_CASE("a quote within a plain cell stands for itself", "[sheet]") {
  CHECK(read("5\" pipe,a\"b\"c\n") == Rows{{"5\" pipe", "a\"b\"c"}});
}

TEST_CASE("empty cells are cells, lines with nothing on them no rows", "[sheet]") {
  CHECK(read("a,b,c\n,,\n1,,\n") == Rows{{"a", "b", "c"}, {"", "", ""}, {"1", "", ""}});
  CHECK(read("\n\r\na,b\n\n\n1,2\n\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(read("a\n\"\"\nb\n") == Rows{{"a"}, {""}, {"b"}});
  CHECK(read("").empty());
  CHECK(read("\n\n").empty());
  CHECK(read("a,b\n1,") == Rows{{"a", "b"}, {"1", ""}});
}

TEST_CASE("the delimiter is the one the first row has most of", "[sheet]") {
  CHECK(read("a;b;c,d\n1;2;3\n") == Rows{{"a", "b", "c,d"}, {"1", "2", "3"}});
  CHECK(read("a\tb\n1,5\t2\n") == Rows{{"a", "b"}, {"1,5", "2"}});
  CHECK(read("\"a;b;c;d\",e\n1,2\n") == Rows{{"a;b;c;d", "e"}, {"1", "2"}});
  CHECK(read("one\ntwo;three\n") == Rows{{"one"}, {"two;three"}});
  CHECK(read("a;b\n", ',') == Rows{{"a;b"}});
}

TEST_CASE("a byte order mark is passed over, but only at the beginning", "[sheet]") {
  CHECK(read("\xEF\xBB\xBF"
             "a,b\n") == Rows{{"a", "b"}});
  CHECK(read("\xEF\xBB\xBF\"a\",b\n") == Rows{{"a", "b"}});
  CHECK(read("a\n\xEF\xBB\xBF"
             "b\n") == Rows{{"a"}, {"\uFEFFb"}});
  CHECK(read("\xEF\xBB\xBF").empty());
}

TEST_CASE("it does not matter in which pieces the bytes come", "[sheet]") {
  const std::string text =
      "\xEF\xBB\xBFid,\"na\"\"me\"\r\n1,\"合同\r\n二\"\r\n\r\n2,😀\r3,\"\"\"\"\n";
  const Rows rows{{"id", "na\"me"}, {"1", "合同\r\n二"}, {"2", "😀"}, {"3", "\""}};
  for (std::size_t size = 1; size < text.size(); ++size) {
    INFO(size);
    CHECK(read(in_pieces(text, size)) == rows);
  }
}

TEST_CASE("rows are read across the borders of the buffer", "[sheet]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 40'000; ++i) text += std::to_string(i) + ",\"x\"\"合\ny\"\r\n";
  const Rows rows = read(in_pieces(text, 1000));
  REQUIRE(rows.size() == 40'001);
  bool all = true;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    all = all && rows[i] == std::vector<std::string>{std::to_string(i - 1), "x\"合\ny"};
  }
  CHECK(all);
}

TEST_CASE("a row knows the line it begins on", "[sheet]") {
  CsvReader reader(source_of("a,b\r\n\r\n\"x\ny\",2\n3,4\n"));
  CsvRow row;
  std::vector<std::int64_t> lines;
  while (*reader.next(row)) lines.push_back(row.line);
  CHECK(lines == std::vector<std::int64_t>{1, 3, 5});
}

TEST_CASE("a row with another number of cells is reported, and reading goes on", "[sheet]") {
  CsvReader reader(source_of("a,b\n1\n1,2,3\n1,2\n"));
  CsvRow row;
  REQUIRE(*reader.next(row));
  for (const auto& [line, cells] : {std::pair{"line 2", 1u}, std::pair{"line 3", 3u}}) {
    const auto ragged = reader.next(row);
    REQUIRE_FALSE(ragged);
    CHECK(ragged.error().code == ErrorCode::invalid);
    CHECK(ragged.error().problems.front().at == line);
    CHECK(ragged.error().problems.front().rule == "csv.cells");
    CHECK(row.cells.size() == cells);
  }
  CHECK(*reader.next(row));
  CHECK_FALSE(*reader.next(row));
}

TEST_CASE("quotes that do not fit are reported where they stand", "[sheet]") {
  const Error open = first_error("a,b\n1,\"x\ny\n");
  CHECK(open.code == ErrorCode::malformed);
  CHECK(open.problems.front().at == "line 2");
  CHECK(open.problems.front().rule == "csv.quote");
  const Error behind = first_error("a,b\n\"x\ny\"z,2\n");
  CHECK(behind.problems.front().at == "line 3");
  CHECK(behind.problems.front().rule == "csv.quote");
}

TEST_CASE("text that is not UTF-8 is reported, and nothing is read behind it", "[sheet]") {
  const std::string text = "a,b\n1,\xC4\xE3\n2,3\n";
  CsvReader reader(source_of(text));
  CsvRow row;
  REQUIRE(*reader.next(row));
  const auto broken = reader.next(row);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().problems.front().at == "line 2");
  CHECK(broken.error().problems.front().rule == "csv.utf8");
  CHECK_FALSE(*reader.next(row));
  CHECK(first_error(std::string("\xFF\xFE"
                                "a\0,\0",
                                6))
            .problems.front()
            .rule == "csv.utf8");
}

TEST_CASE("a cell has a bound, quoted or not", "[sheet]") {
  const auto quote = GENERATE(as<std::string>{}, "", "\"");
  const std::string most(limits::kTextBytesMax, 'x');
  CHECK(read(quote + most + quote + "\n").front().front().size() == most.size());
  const Error large = first_error(quote + most + "x" + quote + "\n");
  CHECK(large.code == ErrorCode::too_large);
  CHECK(large.problems.front().rule == "csv.size");
}

TEST_CASE("a row has a bound", "[sheet]") {
  CHECK(read(std::string(limits::kBodyBytesMax - 1, ',')).front().size() == limits::kBodyBytesMax);
  CHECK(first_error(std::string(limits::kBodyBytesMax, ',')).code == ErrorCode::too_large);
}

}  // namespace tenon::sheet
