#include "engine/application/application.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::application {
namespace {

using support::billing;
using support::replaced;
using support::RunningApplication;

// The places of fields in a list of formulas, by name.
std::string order_of(const Object& object, const std::vector<Derived>& formulas) {
  std::string names;
  for (const Derived& one : formulas) names += object.field(one.slot).name + " ";
  return names;
}

}  // namespace

TEST_CASE("objects and fields are found by their names", "[application]") {
  const RunningApplication running(billing());
  const Application& app = running.app();
  REQUIRE(app.find("invoice") != nullptr);
  CHECK(app.find("invoice") == app.find_id("invoice"));
  CHECK(app.find("nothing") == nullptr);
  CHECK(app.find("invoice")->find_slot("total") == 3);
  CHECK_FALSE(app.find("invoice")->find_slot("totl"));
  CHECK(app.system_object("user").id() == "user");
  CHECK_THROWS_AS(app.system_object("invoices"), Fault);
  CHECK(app.bundle().time_zone == "Asia/Shanghai");
}

TEST_CASE("an object knows its title, its owner and its place", "[application]") {
  const RunningApplication running(billing());
  const Object& invoice = running.object("invoice");
  CHECK(invoice.field(invoice.title_slot).name == "number");
  CHECK(invoice.field(invoice.owner_slot).name == "clerk");
  CHECK(running.object("note").owner_slot == -1);
  CHECK(&running.app().objects()[static_cast<std::size_t>(invoice.place)] == &invoice);
}

TEST_CASE("formulas stand behind those that they read", "[application]") {
  const RunningApplication running(billing());
  const Object& invoice = running.object("invoice");
  // In the file gross stands before tax, late_tax before is_due.
  CHECK(order_of(invoice, invoice.derived) == "tax gross half_tax sent_on ");
  CHECK(order_of(invoice, invoice.computed) == "is_due late_tax made_on payer is_late ");
  CHECK(invoice.find_computed(*invoice.find_slot("payer")) != nullptr);
  CHECK(invoice.find_computed(*invoice.find_slot("tax")) == nullptr);
}

TEST_CASE("an object knows who refers to it, and what becomes of them", "[application]") {
  const RunningApplication running(billing());
  std::string told;
  for (const BackReference& back : running.object("customer").back_references) {
    const Object& from = running.app().objects()[static_cast<std::size_t>(back.object)];
    told += from.name() + "." + from.field(back.slot).name + ":" +
            std::to_string(static_cast<int>(back.on_delete)) + " ";
  }
  CHECK(told == "customer.parent:1 invoice.customer:0 ");
  CHECK(running.object("note").back_references.empty());
}

TEST_CASE("a formula field has the kind of its result and its own scale", "[application]") {
  const RunningApplication running(billing());
  const Object& invoice = running.object("invoice");
  const auto type = [&](const char* field) { return invoice.type(*invoice.find_slot(field)); };
  CHECK(type("tax").kind() == Kind::number);
  CHECK(type("tax").scale == 2);
  CHECK(type("payer").kind() == Kind::text);
  CHECK(type("sent_on").kind() == Kind::date);
}

TEST_CASE("a former name of a field leads to it, until another field has that name",
          "[application]") {
  RunningApplication running(billing());
  auto files = billing();
  files["objects/note.json"] = replaced(files["objects/note.json"], R"("name": "words")",
                                        R"("id": "words", "name": "text")");
  files["objects/note.json"] =
      replaced(files["objects/note.json"], R"("title_field": "words")", R"("title_field": "text")");
  REQUIRE(running.publish(files));
  CHECK(running.object("note").find_slot("words") == running.object("note").find_slot("text"));
  running.open_again();
  CHECK(running.object("note").find_slot("words") == 0);

  files["objects/note.json"] =
      replaced(files["objects/note.json"], R"("fields": [)",
               R"("fields": [{"id": "other", "name": "words", "label": "O", "type": "text"},)");
  REQUIRE(running.publish(files));
  const Object& note = running.object("note");
  CHECK(note.field(*note.find_slot("words")).id == "other");
}

TEST_CASE("the rights of a set of roles are worked out once", "[application]") {
  const RunningApplication running(billing());
  const Actor one = support::person(RecordId{5}, {"clerk"});
  const Actor two = support::person(RecordId{6}, {"clerk"});
  const Actor other = support::person(RecordId{6}, {"clerk", "head"});
  CHECK(&running.app().rights(one) == &running.app().rights(two));
  CHECK(&running.app().rights(one) != &running.app().rights(other));
  CHECK(running.app().rights(support::the_system()).everything);
  CHECK_FALSE(running.app().rights(support::person(RecordId{5}, {"gone"})).everything);
}

TEST_CASE("a snapshot stays as it was while others are published", "[application]") {
  RunningApplication running(billing());
  const auto plural = [](const Object& object) {
    return metadata::text_in(object.definition->label_plural, "en");
  };
  const auto before = running.snapshot();
  auto files = billing();
  files["objects/invoice.json"] =
      replaced(files["objects/invoice.json"], "\"Invoices\"", "\"Bills\"");
  REQUIRE(running.publish(files));
  CHECK(plural(*before->find("invoice")) == "Invoices");
  CHECK(plural(running.object("invoice")) == "Bills");
}

}  // namespace tenon::application
