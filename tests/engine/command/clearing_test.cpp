// Rules judge what is really saved: what one of them empties, and what derives from that.
#include <catch2/catch.hpp>

#include "engine/command/check_draft.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::RunningApplication;
using support::told;

const std::string kOffer = R"json({
  "name": "offer", "label": "Offer", "label_plural": "Offers", "title_field": "title",
  "fields": [
    {"name": "title", "label": "Title", "type": "text"},
    {"name": "kind", "label": "Kind", "type": "choice", "options": [
      {"name": "plain", "label": "Plain"}, {"name": "full", "label": "Full"}]},
    {"name": "amount", "label": "Amount", "type": "decimal", "scale": 0},
    {"name": "discount", "label": "Discount", "type": "decimal", "scale": 0},
    {"name": "surcharge", "label": "Surcharge", "type": "decimal", "scale": 0},
    {"name": "total", "label": "Total", "type": "formula", "scale": 0,
     "formula": "amount - COALESCE(discount, 0)"},
    {"name": "gross", "label": "Gross", "type": "formula", "scale": 0,
     "formula": "total + COALESCE(surcharge, 0)"},
    {"name": "on_read", "label": "On read", "type": "formula", "scale": 0,
     "formula": "SUM(lines.charged)"},
    {"name": "noted", "label": "Noted", "type": "formula",
     "formula": "COUNT(lines, NOT ISBLANK(note))"},
    {"name": "lines", "label": "Lines", "type": "children", "to": "offer_line",
     "parent": "offer"},
    {"name": "marks", "label": "Marks", "type": "rollup", "function": "count", "of": "lines",
     "filter": "NOT ISBLANK(mark)"},
    {"name": "ltotal", "label": "Of lines", "type": "rollup", "function": "sum",
     "of": "lines.charged"}]})json";

const std::string kLine = R"json({
  "name": "offer_line", "label": "Line", "label_plural": "Lines", "title_field": "note",
  "fields": [
    {"name": "note", "label": "Note", "type": "text"},
    {"name": "is_fixed", "label": "Fixed", "type": "boolean"},
    {"name": "place", "label": "Place", "type": "integer"},
    {"name": "mark", "label": "Mark", "type": "text"},
    {"name": "net", "label": "Net", "type": "decimal", "scale": 0},
    {"name": "disc", "label": "Discount", "type": "decimal", "scale": 0},
    {"name": "charged", "label": "Charged", "type": "formula", "scale": 0,
     "formula": "net - COALESCE(disc, 0)"}]})json";

metadata::Files offers() {
  metadata::Files files = {
      {"bundle.json", R"({"format": 1, "name": "offers", "version": "1", "label": "Offers",
          "time_zone": "UTC", "currency": "EUR"})"},
      {"objects/offer.json", kOffer},
      {"objects/offer_line.json", kLine}};
  int order = 0;
  const auto rule = [&](const std::string& name, const std::string& object, const std::string& when,
                        const std::string& effect, const std::string& field) {
    files["rules/" + name + ".json"] =
        R"({"name": ")" + name + R"(", "object": ")" + object + R"(", "order": )" +
        std::to_string(++order) + R"(, "when": ")" + when + R"(", "effect": ")" + effect +
        R"(", "field": ")" + field + R"(", "message": ")" + name + R"("})";
  };
  const std::string plain = R"(kind = \"plain\")";
  rule("surcharge_max", "offer", "surcharge > 10", "reject", "surcharge");
  rule("no_discount", "offer", plain, "clear", "discount");
  rule("no_surcharge", "offer", plain, "clear", "surcharge");
  rule("total_max", "offer", "total > 100", "reject", "amount");
  rule("gross_max", "offer", "gross > 100", "reject", "amount");
  rule("lines_max", "offer", "ltotal > 100", "reject", "title");
  rule("small", "offer", "ltotal > 90", "clear", "title");
  rule("fixed", "offer_line", "is_fixed", "clear", "disc");
  rule("untitled", "offer_line", "ISBLANK(offer.title)", "clear", "note");
  rule("last", "offer_line", "place = offer.marks", "clear", "mark");
  return files;
}

struct Offers : RunningApplication {
  Offers() : RunningApplication(offers()) {}

  // As a draft is judged, and as it is saved: both say the same.
  std::string both(const std::string& json) {
    Checked checked;
    const auto done = carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      const auto document = json::Document::parse(json);
      TENON_TRY(auto input, parse_input(document->root(), object("offer"),
                                        app().rights(support::the_system())));
      TENON_TRY(checked, check_draft(context, {&object("offer"), {}, std::move(input)}));
      return tenon::done();
    });
    REQUIRE(done);
    const auto made = create("offer", json);
    const std::string judged = checked.problems.empty() ? "" : "invalid " + told(checked.problems);
    CHECK(told(made) == judged);
    if (made) last = made->id;
    return judged;
  }
  std::string value(const std::string& path) {
    return RunningApplication::value("offer", last, path);
  }

  RecordId last;
};

}  // namespace

TEST_CASE("what derives from an emptied field is judged as it will be saved", "[command]") {
  Offers at;
  CHECK(at.both(R"({"kind": "full", "amount": "120", "discount": "50"})") == "");
  CHECK(at.both(R"({"kind": "plain", "amount": "120", "discount": "50"})") ==
        "invalid amount:total_max amount:gross_max");
  CHECK(at.both(R"({"kind": "full", "amount": "95", "surcharge": "9"})") ==
        "invalid amount:gross_max");
  CHECK(at.both(R"({"kind": "plain", "amount": "95", "surcharge": "9"})") == "");
  CHECK(at.value("gross") == "\"95\"");
}

TEST_CASE("a reject does not see what a later rule empties", "[command]") {
  Offers at;
  CHECK(at.both(R"({"kind": "full", "amount": "1", "surcharge": "11"})") ==
        "invalid surcharge:surcharge_max");
  CHECK(at.both(R"({"kind": "plain", "amount": "1", "surcharge": "11"})") == "");
  CHECK(at.value("surcharge") == "null");
}

TEST_CASE("the record is judged by what its lines come to once they are judged", "[command]") {
  Offers at;
  CHECK(at.both(R"({"lines": [{"net": "150", "disc": "100"}]})") == "");
  CHECK(at.value("ltotal") == "\"50\"");
  CHECK(at.both(R"({"lines": [{"net": "150", "disc": "100", "is_fixed": true}]})") ==
        "invalid title:lines_max");
}

TEST_CASE("lines are judged by what the record comes to once it is judged", "[command]") {
  Offers at;
  CHECK(at.both(R"({"title": "a", "lines": [{"note": "n", "net": "90"}]})") == "");
  CHECK(at.value("noted") == "\"1.00\"");
  CHECK(at.both(R"({"title": "a", "lines": [{"note": "n", "net": "95", "disc": "9",
                                             "is_fixed": true}]})") == "");
  CHECK(at.value("title") == "null");
  CHECK(at.value("noted") == "\"0.00\"");
  CHECK(at.value("on_read") == "\"95\"");
}

TEST_CASE("lines and record empty each other in turn, to a bound", "[command]") {
  Offers at;
  const auto marked = [&](int count) {
    std::string lines;
    for (int place = 1; place <= count; ++place) {
      lines += (lines.empty() ? "" : ", ") + std::string(R"({"mark": "m", "place": )") +
               std::to_string(place) + "}";
    }
    return told(at.create("offer", R"({"title": "marked )" + std::to_string(count) +
                                       R"(", "lines": [)" + lines + "]}"));
  };
  CHECK(at.both(R"({"title": "a", "lines": [{"mark": "m", "place": 1},
                                            {"mark": "m", "place": 2}]})") == "");
  CHECK(at.value("marks") == "0");
  CHECK(marked(60) == "");
  CHECK(marked(70) == "limit :rules");
}

}  // namespace tenon::command
