// Exports: the columns of a list as cells, whole, under the same permissions.
#include "engine/query/export.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::RunningApplication;
using support::told;

// Cells joined by "|", with a letter for their kind where they are no texts.
class Written final : public sheet::TableWriter {
 public:
  std::vector<std::string> lines;

  void heading(std::span<const std::string> titles) override {
    std::string line;
    for (const std::string& title : titles) line += (line.empty() ? "" : "|") + title;
    lines.push_back(line);
  }
  void row(std::span<const sheet::Cell> cells) override {
    std::string line;
    for (const sheet::Cell& cell : cells) {
      line += (line.empty() ? "" : "|") + letter(cell.kind) + cell.text;
    }
    lines.push_back(line);
  }
  std::size_t size() const override { return 0; }
  std::string finish() override { return ""; }

 private:
  static std::string letter(sheet::Cell::Kind kind) {
    switch (kind) {
      case sheet::Cell::Kind::empty: return "-";
      case sheet::Cell::Kind::number: return "n:";
      case sheet::Cell::Kind::date: return "d:";
      case sheet::Cell::Kind::datetime: return "t:";
      case sheet::Cell::Kind::boolean: return "b:";
      case sheet::Cell::Kind::text: return "";
    }
    return "?";
  }
};

using Lines = std::vector<std::string>;

struct Fixture : RunningApplication {
  Fixture() : RunningApplication(support::billing()) {
    const auto acme = made("customer", R"({"name": "Acme", "code": "A1"})");
    made("invoice", R"({"number": "1", "customer": ")" + text_of(acme) +
                        R"(", "total": "1054", "due_on": "2027-01-14", "state": "paid",
                        "sent_at": "2026-12-31T16:30:00Z", "tags": ["red", "green"]})");
    made("invoice", R"({"number": "2", "reason": "=1+1"})");
  }

  Lines exported(const ExportRecords& query, const Actor& actor = support::the_system()) {
    Lines lines;
    ask(actor, [&](const Context& context) {
      Written table;
      const auto count = export_records(context, query, table);
      lines = count ? table.lines : Lines{told(count)};
      if (count) CHECK(*count + 1 == static_cast<std::int64_t>(lines.size()));
    });
    return lines;
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "an export for people has labels, titles and the workspace's clocks",
                 "[query]") {
  CHECK(exported({.object = "invoice",
                  .fields = {"number", "customer", "customer.code", "total", "due_on", "sent_at",
                             "state", "tags", "is_due", "payer"},
                  .sort = {"number"}}) ==
        Lines{"Number|Customer|Customer: Code|Total|Due on|Sent at|State|Tags|Due|Payer",
              "1|Acme|A1|n:1054.00|d:2027-01-14|t:2027-01-01 00:30:00|Paid|Red; Green|b:yes|Acme",
              "2|-|-|-|-|-|Open|-|b:no|-"});
}

TEST_CASE_METHOD(Fixture, "an export for programs has names, and values as an import takes them",
                 "[query]") {
  const Lines lines = exported({.object = "invoice",
                                .fields = {"number", "customer.name", "sent_at", "state", "tags"},
                                .filter = "state = \"paid\"",
                                .purpose = ExportFor::programs});
  CHECK(lines == Lines{"number|customer.name|sent_at|state|tags",
                       "1|Acme|2026-12-31T16:30:00Z|paid|red;green"});
}

TEST_CASE_METHOD(Fixture, "an export of everything has every field that may be read but lines",
                 "[query]") {
  const Lines whole = exported({.object = "note"});
  CHECK(whole == Lines{"Words|Invoice"});
  CHECK(exported({.object = "customer", .purpose = ExportFor::programs}).front() ==
        "id|name|code|parent|is_branch|clerk");
}

TEST_CASE_METHOD(Fixture, "an export goes on over pages, and is refused whole beyond its bound",
                 "[query]") {
  for (int i = 0; i < 451; ++i) made("note", R"({"words": "w)" + std::to_string(i) + "\"}");
  const ExportRecords all{.object = "note", .fields = {"words"}, .sort = {"id"}};
  const Lines lines = exported(all);
  REQUIRE(lines.size() == 452);
  CHECK(lines[1] == "w0");
  CHECK(lines[451] == "w450");
  for (const std::int64_t most : {450, 451, 452}) {
    ExportRecords bounded = all;
    bounded.records_max = most;
    CHECK(exported(bounded).front() == (most < 451 ? "limit filter:export_records" : "Words"));
  }
  ExportRecords a_page = all;
  a_page.filter = "words < \"w279\"";  // Exactly 200 of them.
  a_page.records_max = 200;
  CHECK(exported(a_page).size() == 201);
}

TEST_CASE_METHOD(Fixture, "what may not be read is no column, and unknown by name", "[query]") {
  const Actor clerk = support::person({77}, {"clerk"});
  const Lines all = exported({.object = "invoice"}, clerk);
  CHECK(all.size() == 1);  // Neither of the two is theirs.
  CHECK(all.front().find("Reason") == std::string::npos);
  CHECK(exported({.object = "invoice", .fields = {"reason"}}, clerk) ==
        Lines{told(Result<int>(Error::invalid("fields", "unknown_field", "")))});
  CHECK(exported({.object = "nothing"}, clerk) == Lines{"not_found"});
}

}  // namespace tenon::query
