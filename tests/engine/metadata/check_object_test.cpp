#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing;
using support::billing_with;
using support::billing_with_field;
using support::finds;
using support::problems_of;
using support::warnings_of;

namespace {

const std::string kField = "objects/thing.json: fields/1";

struct Case {
  std::string field;
  std::string at;  // Below the field; "" for the field itself.
  std::string rule;
  std::string message;
};

std::string place_of(const Case& one) { return one.at.empty() ? kField : kField + "/" + one.at; }

}  // namespace

TEST_CASE("a small bundle has nothing to mend", "[metadata]") {
  CHECK(problems_of(billing()).empty());
  CHECK(warnings_of(billing()).empty());
}

TEST_CASE("a field has a known type, and only what belongs to it", "[metadata]") {
  const Case one = GENERATE(values<Case>({
      {R"({"name": "f", "label": "F", "type": "mony"})", "type", "type", "did you mean \"money\"?"},
      {R"({"name": "f", "label": "F", "type": "date", "scale": 2})", "scale", "unknown_member",
       "decimal money percent formula"},
      {R"({"name": "f", "label": "F", "type": "reference"})", "", "required", "\"to\""},
      {R"({"name": "f", "label": "F", "type": "formula"})", "", "required", "\"formula\""},
      {R"({"name": "f", "label": "F", "type": "choice"})", "options", "required", "\"options\""},
      {R"({"name": "f", "type": "date"})", "", "required", "\"label\""},
      {R"({"name": "F", "label": "F", "type": "date"})", "name", "name", "lower case"},
      {R"({"name": "f", "label": "F", "type": "decimal", "scale": 10})", "scale", "range", "9"},
      {R"({"name": "f", "label": "F", "type": "text", "length_max": 4097})", "length_max", "range",
       "4096"},
      {R"({"name": "f", "label": "F", "type": "integer", "minimum": "x"})", "minimum", "number",
       "must be a number"},
      {R"({"name": "f", "label": "F", "type": "money", "currency": "$"})", "currency", "currency",
       "ISO 4217"},
      {R"({"name": "f", "label": "F", "type": "money", "minimum": "2", "maximum": "1"})", "minimum",
       "range", "above"},
      {R"({"name": "f", "label": {}, "type": "date"})", "label", "type", "a text per locale"},
      {R"({"name": "f", "label": "", "type": "date"})", "label", "required", "empty"},
  }));
  CAPTURE(one.field);
  CHECK(finds(problems_of(billing_with_field(one.field)), place_of(one), one.rule, one.message));
}

TEST_CASE("a field does not contradict itself", "[metadata]") {
  const Case one = GENERATE(values<Case>({
      {R"({"name": "f", "label": "F", "type": "user", "required": true, "on_delete": "clear"})",
       "on_delete", "contradiction", "cannot be cleared"},
      {R"({"name": "f", "label": "F", "type": "json", "unique": true})", "unique", "unique",
       "cannot be unique"},
      {R"({"name": "f", "label": "F", "type": "formula", "formula": "name", "unique": true})",
       "unique", "unique", "a formula field cannot be unique"},
      {R"({"name": "f", "label": "F", "type": "formula", "formula": "name", "required": true})",
       "required", "contradiction", "computed"},
      {R"({"name": "f", "label": "F", "type": "formula", "formula": "name", "default": "a"})",
       "default", "contradiction", "no default"},
  }));
  CAPTURE(one.field);
  CHECK(finds(problems_of(billing_with_field(one.field)), place_of(one), one.rule, one.message));
}

TEST_CASE("a default is valid for its field", "[metadata]") {
  const Case one = GENERATE(values<Case>({
      {R"({"name": "f", "label": "F", "type": "date", "default": "2025-02-30"})", "default",
       "default", "not valid"},
      {R"({"name": "f", "label": "F", "type": "choice", "default": "c",
           "options": [{"name": "a", "label": "A"}]})",
       "default", "default", "not valid"},
      {R"({"name": "f", "label": "F", "type": "user", "default": "x"})", "default", "default",
       "default_formula"},
      {R"({"name": "f", "label": "F", "type": "date", "default": "2025-01-01",
           "default_formula": "$today"})",
       "default", "default", "already"},
  }));
  CAPTURE(one.field);
  CHECK(finds(problems_of(billing_with_field(one.field)), place_of(one), one.rule, one.message));
}

TEST_CASE("options have names of their own, and labels", "[metadata]") {
  const Case one = GENERATE(values<Case>({
      {R"({"name": "f", "label": "F", "type": "choice", "options": []})", "options", "required",
       "at least one"},
      {R"({"name": "f", "label": "F", "type": "choice", "options": [{"name": "a"}]})", "options/0",
       "required", "label"},
      {R"({"name": "f", "label": "F", "type": "choice",
           "options": [{"name": "a", "label": "A"}, {"name": "a", "label": "B"}]})",
       "options/1/name", "duplicate", "\"a\""},
      {R"({"name": "f", "label": "F", "type": "choice",
           "options": [{"name": "a", "label": "A", "color": "rde"}]})",
       "options/0/color", "choice", "did you mean \"red\"?"},
      {R"({"name": "f", "label": "F", "type": "choice",
           "options": [{"id": "b", "name": "a", "label": "A"}]})",
       "options/0/id", "unknown_member", "no id"},
  }));
  CAPTURE(one.field);
  CHECK(finds(problems_of(billing_with_field(one.field)), place_of(one), one.rule, one.message));
}

TEST_CASE("names of Tenon's own, and names used twice, are refused", "[metadata]") {
  const Case one = GENERATE(values<Case>({
      {R"({"name": "created_at", "label": "F", "type": "date"})", "name", "reserved", "choose"},
      {R"({"name": "not", "label": "F", "type": "date"})", "name", "reserved", "choose"},
      {R"({"name": "name", "label": "F", "type": "date"})", "name", "duplicate", "\"name\""},
      {R"({"id": "g", "name": "f", "label": "F", "type": "date"},
          {"name": "g", "label": "G", "type": "date"})",
       "", "duplicate", "an \"id\" of its own"},
  }));
  CAPTURE(one.field);
  const std::string at =
      one.at.empty() ? "objects/thing.json: fields/2/name" : kField + "/" + one.at;
  CHECK(finds(problems_of(billing_with_field(one.field)), at, one.rule, one.message));
}

TEST_CASE("title, owner, keys and search name fields that fit", "[metadata]") {
  const auto object = [](const std::string& members) {
    return billing_with("objects/thing.json", R"({"name": "thing", "label": "T",
      "label_plural": "T", )" + members + R"(, "fields": [
        {"name": "name", "label": "N", "type": "text"},
        {"name": "day", "label": "D", "type": "date"},
        {"name": "data", "label": "J", "type": "json"},
        {"name": "sum", "label": "S", "type": "formula", "formula": "name"}]})");
  };
  const std::string file = "objects/thing.json: ";
  CHECK(finds(problems_of(object(R"("title_field": "day")")), file + "title_field", "title",
              "holds a text"));
  CHECK(finds(problems_of(object(R"("title_field": "nam")")), file + "title_field", "unknown_field",
              "did you mean \"name\"?"));
  CHECK(finds(problems_of(object(R"("title_field": "name", "ownership": {"field": "day"})")),
              file + "ownership/field", "ownership", "type user"));
  CHECK(finds(problems_of(object(R"("title_field": "name", "unique": [["name", "sum"]])")),
              file + "unique/0/1", "unique", "formula field"));
  CHECK(finds(problems_of(object(R"("title_field": "name", "indexes": [["data"]])")),
              file + "indexes/0/0", "index", "of type json"));
  CHECK(finds(problems_of(object(R"("title_field": "name", "search": ["day"])")), file + "search/0",
              "search", "only texts"));
  CHECK(finds(problems_of(billing_with("objects/thing.json", R"({"name": "thing", "label": "T",
              "label_plural": "T", "fields": []})")),
              "objects/thing.json", "required", "title_field"));
}

TEST_CASE("a missing translation is a warning, not a problem", "[metadata]") {
  Files files = billing();
  files["bundle.json"] = R"({"format": 1, "name": "billing", "version": "1",
    "label": {"en": "Billing", "fr": "Factures"}, "locales": ["en", "zh-CN"]})";
  CHECK(problems_of(files).empty());
  const auto warnings = warnings_of(files);
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0].at == "bundle.json: label");
  CHECK(warnings[0].message == "line 2: there is no text for zh-CN");
  CHECK(warnings[1].message == "line 2: bundle.json does not declare the locale fr");
}

}  // namespace tenon::metadata
