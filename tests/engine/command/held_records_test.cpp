// What a run holds is written by no other way either: merging, and deleting what it refers to.
#include "engine/command/merge_records.h"
#include "tests/support/claims.h"

namespace tenon::command {
namespace {

using support::asks;
using support::Claims;
using support::claims;
using support::nodes;
using support::told;

// Claims of a supplier, with lines of which each may be of another one.
metadata::Files supplied(const std::string& settings = "") {
  auto files = claims(nodes("first", asks("first", R"({"users": ["bob"]})"), settings));
  files["objects/supplier.json"] = R"json({
    "name": "supplier", "label": "Supplier", "label_plural": "Suppliers", "title_field": "name",
    "fields": [{"name": "name", "label": "Name", "type": "text"}]})json";
  files["objects/claim.json"] = R"json({
    "name": "claim", "label": "Claim", "label_plural": "Claims", "title_field": "title",
    "fields": [
      {"name": "title", "label": "Title", "type": "text", "required": true},
      {"name": "amount", "label": "Amount", "type": "money"},
      {"name": "supplier", "label": "Supplier", "type": "reference", "to": "supplier",
       "on_delete": "clear"},
      {"name": "lines", "label": "Lines", "type": "children", "to": "claim_line",
       "parent": "claim"}]})json";
  files["objects/claim_line.json"] = R"json({
    "name": "claim_line", "label": "Line", "label_plural": "Lines", "title_field": "note",
    "fields": [
      {"name": "note", "label": "Note", "type": "text"},
      {"name": "supplier", "label": "Supplier", "type": "reference", "to": "supplier",
       "on_delete": "clear"}]})json";
  return files;
}

struct Supplied : Claims {
  explicit Supplied(const std::string& settings = "") : Claims(supplied(settings)) {}

  RecordId supplier(const std::string& name) {
    return made("supplier", R"({"name": ")" + name + "\"}");
  }
  RecordId claim_of(RecordId supplier) {
    return made("claim", R"({"title": "Taxi", "supplier": ")" + text_of(supplier) + "\"}");
  }
  RecordId claim_with_line_of(RecordId supplier) {
    return made("claim",
                R"({"title": "Taxi", "lines": [{"supplier": ")" + text_of(supplier) + R"("}]})");
  }
  std::string merge(RecordId kept, RecordId gone) {
    return told(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_CHECK(merge_records(context, {&object("supplier"), kept, {gone}, {}}));
      return done();
    }));
  }
};

}  // namespace

TEST_CASE("merging changes no reference of a record that is held", "[command][flow]") {
  Supplied app;
  const RecordId kept = app.supplier("Kept");
  const RecordId gone = app.supplier("Gone");
  const RecordId claim = app.claim_of(gone);
  REQUIRE(app.start("ann", claim) == "");
  CHECK(app.merge(kept, gone) == "locked supplier:locked");
  CHECK(app.value("claim", claim, "supplier.name") == "\"Gone\"");
  REQUIRE(app.approve("bob") == "");
  CHECK(app.merge(kept, gone) == "");
  CHECK(app.value("claim", claim, "supplier.name") == "\"Kept\"");
}

TEST_CASE("merging changes no line of a record that is held", "[command][flow]") {
  Supplied app;
  const RecordId kept = app.supplier("Kept");
  const RecordId gone = app.supplier("Gone");
  REQUIRE(app.start("ann", app.claim_with_line_of(gone)) == "");
  CHECK(app.merge(kept, gone) == "locked lines:locked");
  REQUIRE(app.approve("bob") == "");
  CHECK(app.merge(kept, gone) == "");
}

TEST_CASE("what lines of a held record refer to is not deleted", "[command][flow]") {
  Supplied app;
  const RecordId supplier = app.supplier("Acme");
  const RecordId claim = app.claim_with_line_of(supplier);
  REQUIRE(app.start("ann", claim) == "");
  CHECK(told(app.erase("supplier", supplier)) == "locked lines:locked");
  REQUIRE(app.approve("bob") == "");
  CHECK(told(app.erase("supplier", supplier)) == "");
}

TEST_CASE("a run that holds other fields stands in the way of neither", "[command][flow]") {
  Supplied app(R"("settings": {"lock": "fields", "lock_fields": ["amount"]}, )");
  const RecordId kept = app.supplier("Kept");
  const RecordId gone = app.supplier("Gone");
  REQUIRE(app.start("ann", app.claim_with_line_of(gone)) == "");
  REQUIRE(app.start("ann", app.claim_of(gone)) == "");
  CHECK(app.merge(kept, gone) == "");
  CHECK(told(app.erase("supplier", kept)) == "");
}

}  // namespace tenon::command
