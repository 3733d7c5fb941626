#include "engine/command/publish.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing;
using support::replaced;
using support::RunningApplication;
using support::told;

// Billing with the invoice's file changed in one place.
metadata::Files with_invoice(const std::string& part, const std::string& by) {
  auto files = billing();
  files["objects/invoice.json"] = replaced(files["objects/invoice.json"], part, by);
  return files;
}

const std::string kNumber =
    R"({"name": "number", "label": "Number", "type": "text", "required": true, "length_max": 20},)";

metadata::Files with_field(const std::string& field) {
  return with_invoice(kNumber, kNumber + field + ",");
}

std::string steps(const Plan& plan) {
  std::string text;
  for (const std::string& step : plan.steps) text += step + "; ";
  return text;
}

}  // namespace

TEST_CASE("a publish is a version, an event, and what the next start finds", "[command]") {
  RunningApplication running(billing());
  CHECK(running.app().version() == 1);
  const auto id = running.made("invoice", R"({"number": "1"})");
  REQUIRE(running.publish(with_field(R"({"name": "memo", "label": "Memo", "type": "text"})")));
  CHECK(running.app().version() == 2);
  CHECK(running.events().back().kind == "publish");
  CHECK(running.events().back().application == 2);

  running.open_again();
  CHECK(running.app().version() == 2);
  CHECK(running.update("invoice", id, R"({"memo": "x"})"));
  CHECK(running.value("invoice", id, "memo") == "\"x\"");
}

TEST_CASE("publishing the same again changes no table", "[command]") {
  RunningApplication running(billing());
  const auto plan = running.publish(billing());
  REQUIRE(plan);
  CHECK(plan->empty());
}

TEST_CASE("a bundle with problems changes nothing", "[command]") {
  RunningApplication running(billing());
  CHECK_FALSE(running.publish(with_field(R"({"name": "memo", "type": "txet"})")));
  CHECK(running.app().version() == 1);
  CHECK(running.events().size() == 1);
}

TEST_CASE("removing a field needs to be confirmed, and its data comes back with it", "[command]") {
  const auto with_memo = with_field(R"({"name": "memo", "label": "Memo", "type": "text"})");
  RunningApplication running(with_memo);
  const auto id = running.made("invoice", R"({"number": "1", "memo": "kept"})");

  CHECK(told(running.publish(billing())) == "conflict :confirm");
  CHECK(running.app().version() == 1);
  const auto plan = running.publish(billing(), true);
  REQUIRE(plan);
  CHECK(plan->loses_data);
  CHECK(steps(*plan) == "retires the column of invoice.memo; ");
  CHECK(running.value("invoice", id, "memo") == "gone");

  REQUIRE(running.publish(with_memo));
  CHECK(running.value("invoice", id, "memo") == "\"kept\"");
}

TEST_CASE("removing an object needs to be confirmed", "[command]") {
  RunningApplication running(billing());
  auto files = billing();
  files.erase("objects/note.json");
  files["roles/clerk.json"] = replaced(files["roles/clerk.json"],
                                       R"(,
            "note": {"read": "all", "create": true})",
                                       "");
  CHECK(told(running.publish(files)) == "conflict :confirm");
  REQUIRE(told(running.publish(files, true)).empty());
  CHECK(running.app().find("note") == nullptr);
  REQUIRE(running.publish(billing()));
  CHECK(running.made("note", R"({"words": "x"})").value > 0);
}

TEST_CASE("a rename is no step: the data is there under the new name", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1", "due_on": "2027-01-01"})");
  auto files = with_invoice(R"("name": "due_on")", R"("id": "due_on", "name": "payable_on")");
  files["objects/invoice.json"] =
      replaced(files["objects/invoice.json"], "due_on < $today", "payable_on < $today");
  files["objects/invoice.json"] =
      replaced(files["objects/invoice.json"], "due_on <= $today", "payable_on <= $today");
  files["roles/clerk.json"] = replaced(files["roles/clerk.json"], "due_on", "payable_on");
  const auto plan = running.publish(files);
  REQUIRE(told(plan).empty());
  CHECK(plan->steps.empty());
  CHECK(plan->changes.at(0).verb == metadata::Change::Verb::rename);
  CHECK(running.value("invoice", id, "payable_on") == "\"2027-01-01\"");
  CHECK(running.value("invoice", id, "is_late") == "true");
}

TEST_CASE("another kind of value is refused, a wider scale is not", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1", "total": "10.25"})");
  const std::string total = R"("name": "total", "label": "Total", "type": "money")";

  CHECK(told(running.publish(
            with_invoice(R"("name": "due_on", "label": "Due on", "type": "date")",
                         R"("name": "due_on", "label": "Due on", "type": "datetime")"))) != "");
  CHECK(told(running.publish(with_invoice(total, total + R"(, "scale": 1)"))) ==
        "invalid invoice:type_change");
  REQUIRE(told(running.publish(with_invoice(total, total + R"(, "scale": 4)"))).empty());
  CHECK(running.value("invoice", id, "total") == "\"10.2500\"");
  CHECK(running.value("invoice", id, "gross") == "\"12.30\"");
  REQUIRE(running.update("invoice", id, R"({"total": "1.2345"})"));
  CHECK(running.value("invoice", id, "total") == "\"1.2345\"");
}

TEST_CASE("a field that changes to a type of the same kind keeps its values", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1", "reason": "late"})");
  REQUIRE(told(running.publish(
                   with_invoice(R"("name": "reason", "label": "Reason", "type": "text")",
                                R"("name": "reason", "label": "Reason", "type": "long_text")")))
              .empty());
  CHECK(running.value("invoice", id, "reason") == "\"late\"");
}

TEST_CASE("a kept formula that is new or changed is worked out in every record", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1", "total": "10"})");
  REQUIRE(running.publish(with_field(
      R"({"name": "double", "label": "Double", "type": "formula", "formula": "total * 2",
          "scale": 2})")));
  CHECK(running.value("invoice", id, "double") == "\"20.00\"");
}

TEST_CASE("what reads a formula that changed is worked out again, too", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1", "total": "10"})");
  REQUIRE(running.publish(with_invoice("total * 0.2", "total * 0.5")));
  CHECK(running.value("invoice", id, "tax") == "\"5.00\"");
  CHECK(running.value("invoice", id, "gross") == "\"15.00\"");
}

TEST_CASE("days of moments are worked out again where the zone changes", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1", "sent_at": "2027-01-15T17:00:00Z"})");
  REQUIRE(running.value("invoice", id, "sent_on") == "\"2027-01-16\"");
  auto files = billing();
  files["bundle.json"] = replaced(files["bundle.json"], "Asia/Shanghai", "Europe/Berlin");
  REQUIRE(running.publish(files));
  CHECK(running.value("invoice", id, "sent_on") == "\"2027-01-15\"");
}

TEST_CASE("a field becomes unique only where its values are", "[command]") {
  RunningApplication running(billing());
  const auto one = running.made("invoice", R"({"number": "1"})");
  running.made("invoice", R"({"number": "1"})");
  const auto unique = with_invoice(R"("required": true)", R"("required": true, "unique": true)");
  CHECK(told(running.publish(unique)).starts_with("conflict "));
  CHECK(running.app().version() == 1);
  REQUIRE(running.update("invoice", one, R"({"number": "2"})"));
  REQUIRE(told(running.publish(unique)).empty());
  CHECK(told(running.create("invoice", R"({"number": "2"})")) == "conflict number:unique");
}

TEST_CASE("a plan says what a publish would do, and does nothing", "[command]") {
  RunningApplication running(billing());
  Result<Plan> plan = Plan{};
  CHECK(running.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    plan = plan_publish(context.tx, context.app,
                        with_field(R"({"name": "memo", "label": "Memo", "type": "text"})"));
    return done();
  }));
  REQUIRE(plan);
  CHECK(steps(*plan) == "adds the column of invoice.memo; ");
  CHECK_FALSE(plan->loses_data);
  CHECK(running.app().version() == 1);
  CHECK_FALSE(running.app().find("invoice")->find_slot("memo"));
}

TEST_CASE("another bundle stands beside the first", "[command]") {
  RunningApplication running(billing());
  REQUIRE(
      told(running.publish({{"bundle.json",
                             R"({"format": 1, "name": "fleet", "version": "1", "label": "Fleet"})"},
                            {"objects/car.json",
                             R"({"name": "car", "label": "Car", "label_plural": "Cars",
                         "title_field": "plate",
                         "fields": [{"name": "plate", "label": "Plate", "type": "text"}]})"}}))
          .empty());
  CHECK(running.app().find("car") != nullptr);
  CHECK(running.app().find("invoice") != nullptr);
  running.open_again();
  CHECK(running.app().find("car") != nullptr);
}

}  // namespace tenon::command
