// Phone numbers, texts with marks and numbers that count by themselves, over HTTP.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kNote = R"json({
  "name": "visit_note", "label": "Visit note", "label_plural": "Visit notes",
  "title_field": "number", "search": ["phone", "words"], "ownership": {"field": "writer"},
  "fields": [
    {"name": "number", "label": "Number", "type": "auto_number", "pattern": "V-{000}"},
    {"name": "writer", "label": "Writer", "type": "user", "default_formula": "$user"},
    {"name": "phone", "label": "Phone", "type": "phone"},
    {"name": "office", "label": "Office", "type": "address"},
    {"name": "words", "label": "Words", "type": "rich_text", "required": true}
  ]})json";

RunningApplication& with_notes() {
  static RunningApplication application([] {
    CrmBundle crm = shipped_crm();
    crm.files["objects/visit_note.json"] = kNote;
    replace(crm, "roles/rep.json", R"("objects": {)",
            R"("objects": {"visit_note": {"read": "own", "create": true, "update": "own"},)");
    return crm;
  }());
  return application;
}

Person& anna() { return with_notes().person("anna"); }

std::string refusal(const Answer& answer) {
  return std::to_string(answer.status) + " " + answer.text("problems/0/at") + ": " +
         answer.text("problems/0/message");
}

Texts found(const std::string& filter) {
  const auto page = anna().get("/records/visit_note", {{"filter", filter}, {"sort", "number"}});
  INFO(page.body);
  REQUIRE(page.status == 200);
  return page.each("records", "number");
}

}  // namespace

TEST_CASE("A phone number, a rich text and an auto number are created, read and found") {
  const auto made = anna().post("/records/visit_note", R"({"phone": "(303) 555-0100",
      "words": "\u003cb>Brake\u003c/b> calipers\u003cscript>x()\u003c/script>"})");
  REQUIRE(made.status == 201);
  CHECK(made.text("phone") == "+13035550100");
  CHECK(made.text("words") == "<p><strong>Brake</strong> calipers</p>");
  const std::string number = made.text("number");
  CHECK(number.starts_with("V-"));
  const auto next = anna().post("/records/visit_note", R"({"words": "one\ntwo"})");
  REQUIRE(next.status == 201);
  CHECK(next.text("words") == "<p>one</p><p>two</p>");
  CHECK(next.text("phone") == "null");
  CHECK(next.text("number") > number);

  CHECK(found(R"(phone = "+13035550100")") == Texts{number});
  CHECK(found("phone <> null") == Texts{number});
  CHECK(found(R"(CONTAINS(words, "two"))") == Texts{next.text("number")});
  CHECK(found("number = \"" + number + "\"") == Texts{number});
  const auto by_digits = anna().get("/records/visit_note", {{"q", "555 0100"}});
  CHECK(by_digits.each("records", "number") == Texts{number});
  const auto by_word = anna().get("/records/visit_note", {{"q", "calipers"}});
  CHECK(by_word.each("records", "number") == Texts{number});
  // A mark is no word. (The names between "<" and ">" of a test are replaced: hence the escapes.)
  CHECK(anna().get("/records/visit_note", {{"q", "strong"}}).size("records") == 0);
}

TEST_CASE("An address fits its region, and is one line in a file for people") {
  const auto made = anna().post("/records/visit_note", R"({"words": "w", "office": {
      "country": "CN", "region": "330106", "street": "文一路 1 号"}})");
  REQUIRE(made.status == 201);
  CHECK(made.text("office/province") == "浙江省");
  CHECK(made.text("office/district") == "西湖区");
  const auto file = anna().get(
      "/records/visit_note/export",
      {{"filter", "number = \"" + made.text("number") + "\""}, {"fields", "office,words"}});
  CHECK(file.body == "\xEF\xBB\xBFOffice,Words\r\n浙江省杭州市西湖区文一路 1 号,w\r\n");
  CHECK(refusal(anna().post("/records/visit_note", R"({"words": "w", "office": {
      "country": "CN", "region": "999999", "province": "北京市"}})")) ==
        "422 office: there is no region \"999999\" in China");
}

TEST_CASE("A change keeps the number, and writes the others in their one form") {
  const auto made = anna().post("/records/visit_note", R"({"words": "first"})");
  REQUIRE(made.status == 201);
  const std::string target = "/records/visit_note/" + made.text("id");
  const auto changed =
      anna().patch(target, R"({"phone": "+86 (010) 6552-9988", "words": "\u003ci>now\u003c/i>"})");
  REQUIRE(changed.status == 200);
  CHECK(changed.text("phone") == "+861065529988");
  CHECK(changed.text("words") == "<p><em>now</em></p>");
  CHECK(changed.text("number") == made.text("number"));
  // The same, written otherwise, is no change.
  const auto same = anna().patch(target, R"({"phone": "+86 10 6552 9988"})");
  CHECK(same.text("version") == changed.text("version"));
  const auto emptied = anna().patch(target, R"({"phone": null})");
  CHECK(emptied.text("phone") == "null");
  const auto history = anna().get(target + "/history");
  CHECK(history.text("entries/0/changes/0/field") == "phone");
  CHECK(history.text("entries/0/changes/0/old") == "+861065529988");
}

TEST_CASE("What is no phone number, no text or is numbered by itself is refused in words") {
  const auto post = [](const std::string& body) {
    return refusal(anna().post("/records/visit_note", body));
  };
  CHECK(post(R"({"words": "w", "phone": "555-0100"})") ==
        "422 phone: needs its area code, or the country in front");
  CHECK(post(R"({"words": "w", "phone": "110"})") == "422 phone: has too few digits");
  CHECK(post(R"({"words": "w", "phone": "138001380001234"})") == "422 phone: has too many digits");
  CHECK(post(R"({"words": "w", "phone": "ring me"})") ==
        "422 phone: must be a number such as +86 138 0013 8000");
  CHECK(post(R"({"words": "w", "phone": 3035550100})").starts_with("422 phone: "));
  CHECK(post(R"({"words": 7})").starts_with("422 words: "));
  // Marks without words are none: a text that is required is missing.
  CHECK(post(R"({"words": "\u003cp> \u003cb>\u003c/b>\u003c/p>"})").starts_with("422 words: "));
  CHECK(post(R"({"words": "w", "number": "V-999"})") == "422 number: is numbered by itself");
  const std::string long_text(70'000, 'x');
  CHECK(post(R"({"words": ")" + long_text + "\"}").starts_with("422 words: "));

  // None of them has taken a number.
  const auto one = anna().post("/records/visit_note", R"({"words": "a"})");
  const auto two = anna().post("/records/visit_note", R"({"words": "b"})");
  const auto count = [](const Answer& answer) {
    return std::stoi(answer.text("number").substr(2));
  };
  CHECK(count(two) == count(one) + 1);
}

}  // namespace tenon::api::test
