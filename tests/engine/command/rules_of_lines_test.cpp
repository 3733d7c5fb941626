// Rules about the lines of a record: the field that holds them.
#include <catch2/catch.hpp>

#include "engine/query/lines.h"
#include "tests/support/running_application.h"
#include "tests/support/shop.h"

namespace tenon::command {
namespace {

using support::RunningApplication;
using support::told;

metadata::Files ruled_shop() {
  metadata::Files files = support::shop();
  int order = 0;
  const auto rule = [&](const std::string& name, const std::string& object, const std::string& when,
                        const std::string& effect, const std::string& field) {
    files["rules/" + name + ".json"] =
        R"({"name": ")" + name + R"(", "object": ")" + object + R"(", "order": )" +
        std::to_string(++order) + R"(, "when": ")" + when + R"(", "effect": ")" + effect +
        R"(", "field": ")" + field + R"(", "message": ")" + name + R"("})";
  };
  rule("some", "order", "rate = 2", "require", "lines");
  rule("fixed", "order", "$old.rate = 3 OR rate = 4", "read_only", "lines");
  rule("aside", "order", "rate = 5", "hide", "lines");
  rule("none", "order", R"(state = \"void\")", "clear", "lines");
  rule("whole", "order_line", R"(note = \"whole\")", "clear", "parts");
  rule("of_parts", "order_line", R"(note = \"parts\")", "require", "parts");
  rule("late", "order", "rate = 6", "reject", "lines");
  return files;
}

struct Shop : RunningApplication {
  Shop() : RunningApplication(ruled_shop()) {}

  std::string made_with(const std::string& members) {
    return told(create("order", R"({"number": "1", )" + members + "}"));
  }
  query::LineSet lines(RecordId order) {
    query::LineSet set;
    ask(support::the_system(), [&](const query::Context& context) {
      set = query::lines_of(context, object("order"), order).at(0);
    });
    return set;
  }
  std::string first_of(RecordId order) { return text_of(lines(order).rows.at(0).id); }
  std::string put(RecordId order, const std::string& line) {
    return told(update("order", order, R"({"lines": {"put": [)" + line + "]}}"));
  }
};

std::string warned(const Reply& reply) {
  std::string all;
  for (const Warning& one : reply.warnings) {
    all += (all.empty() ? "" : " ") + one.at + ":" + one.rule;
  }
  return all;
}

const std::string kLine = R"("lines": [{"note": "a", "price": "5"}])";

}  // namespace

TEST_CASE("a rule may ask for lines", "[command]") {
  Shop at;
  CHECK(at.made_with(R"("rate": "2")") == "invalid lines:required");
  const auto id = at.made("order", R"({"number": "1", "rate": "2", )" + kLine + "}");
  CHECK(told(at.update("order", id, R"({"lines": {"remove": [")" + at.first_of(id) + "\"]}}")) ==
        "invalid lines:required");
  CHECK(told(at.update("order", id, R"({"number": "2"})")) == "");
  CHECK(at.made_with(R"("lines": [{"note": "parts"}])") == "invalid lines/0/parts:required");
  CHECK(at.made_with(R"("lines": [{"note": "parts", "parts": [{}]}])") == "");
}

TEST_CASE("a record that had no lines before a rule asked for some can be edited elsewhere",
          "[command]") {
  RunningApplication before(support::shop());
  const auto id = before.made("order", R"({"number": "1", "rate": "2"})");
  REQUIRE(before.publish(ruled_shop()));
  const auto reply = before.update("order", id, R"({"number": "2"})");
  REQUIRE(reply);
  CHECK(warned(*reply) == "lines:required");
}

TEST_CASE("lines that a rule fixes are written by nobody", "[command]") {
  Shop at;
  CHECK(at.made_with(R"("rate": "4")") == "");
  CHECK(at.made_with(R"("rate": "4", )" + kLine) == "invalid lines:fixed");
  const auto id = at.made("order", R"({"number": "1", "rate": "3", )" + kLine + "}");
  const std::string line = at.first_of(id);
  CHECK(at.put(id, R"({"note": "b"})") == "invalid lines:fixed");
  CHECK(at.put(id, R"({"id": ")" + line + R"(", "price": "6"})") == "invalid lines:fixed");
  CHECK(at.put(id, R"({"id": ")" + line + R"(", "parts": {"put": [{"note": "c"}]}})") ==
        "invalid lines:fixed");
  CHECK(told(at.update("order", id, R"({"lines": {"remove": [")" + line + "\"]}}")) ==
        "invalid lines:fixed");
  CHECK(at.put(id, R"({"id": ")" + line + R"(", "price": "5.00"})") == "");
  CHECK(told(at.update("order", id, R"({"number": "2"})")) == "");
  CHECK(at.value("order", id, "net") == "\"5.00\"");
}

TEST_CASE("hidden lines stay, and may be written", "[command]") {
  Shop at;
  const auto id = at.made("order", R"({"number": "1", "rate": "5", )" + kLine + "}");
  CHECK(at.lines(id).rows.size() == 1);
}

TEST_CASE("a rule takes lines away, with all that they hold and all that derives from them",
          "[command]") {
  Shop at;
  const auto empty = at.made("order", R"({"number": "1", "state": "void", )" + kLine + "}");
  CHECK(at.lines(empty).rows.empty());
  CHECK(at.value("order", empty, "net") == "\"0.00\"");

  const auto id = at.made("order", R"({"number": "1", "lines": [
      {"note": "a", "price": "5", "parts": [{"price": "2"}]}]})");
  CHECK(at.value("order", id, "net") == "\"7.00\"");
  REQUIRE(at.update("order", id, R"({"state": "void"})"));
  CHECK(at.lines(id).rows.empty());
  CHECK(at.value("order", id, "gross") == "\"0.00\"");
  CHECK(at.events_of(id).back().body.find("\"delete\"") != std::string::npos);

  const auto other = at.made("order", R"({"number": "1", "lines": [
      {"note": "whole", "price": "5", "parts": [{"price": "2"}]}]})");
  CHECK(at.value("order", other, "net") == "\"5.00\"");
}

TEST_CASE("a reject at lines refuses who writes them, and warns others", "[command]") {
  RunningApplication before(support::shop());
  const auto id = before.made("order", R"({"number": "1", "rate": "6", )" + kLine + "}");
  REQUIRE(before.publish(ruled_shop()));
  const auto reply = before.update("order", id, R"({"number": "2"})");
  REQUIRE(reply);
  CHECK(warned(*reply) == "lines:late");
  CHECK(told(before.update("order", id, R"({"lines": {"put": [{"note": "b"}]}})")) ==
        "invalid lines:late");
}

}  // namespace tenon::command
