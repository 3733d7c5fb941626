#include <catch2/catch.hpp>

#include "engine/application/application.h"
#include "tests/support/billing.h"

namespace tenon::application {
namespace {

// Whether a formula field of this text is kept in a column.
bool is_kept(const std::string& formula) {
  auto files = support::billing();
  files["objects/invoice.json"] =
      support::replaced(files["objects/invoice.json"], R"({"name": "late_tax")",
                        R"({"name": "asked", "label": "A", "type": "formula", "formula": ")" +
                            formula + R"("}, {"name": "late_tax")");
  const auto bundle = metadata::load(files, &metadata::system_bundle());
  if (!bundle) throw Fault(describe(bundle.error()));
  const metadata::Object& invoice = *bundle->find("invoice");
  return FieldFacts(*bundle).is_stored(invoice, *invoice.find("asked"));
}

}  // namespace

TEST_CASE("a formula over the record's own kept fields is kept", "[application]") {
  CHECK(is_kept("total * 2"));
  CHECK(is_kept("gross + tax"));
  CHECK(is_kept("DATEVALUE(sent_at)"));
  CHECK(is_kept("ISBLANK(customer)"));
  CHECK(is_kept("1 + 1"));
}

TEST_CASE("one that depends on others, on time or on who asks is computed on read",
          "[application]") {
  CHECK_FALSE(is_kept("customer.name"));
  CHECK_FALSE(is_kept("$today"));
  CHECK_FALSE(is_kept("clerk = $user"));
  CHECK_FALSE(is_kept("created_at"));
  CHECK_FALSE(is_kept("version + 1"));
}

TEST_CASE("one that reads a computed field is computed too, through any number of steps",
          "[application]") {
  CHECK_FALSE(is_kept("is_late"));
  CHECK_FALSE(is_kept("late_tax + 1"));
  CHECK_FALSE(is_kept("LEN(payer)"));
}

}  // namespace tenon::application
