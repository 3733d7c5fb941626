#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing;
using support::billing_with;
using support::finds;
using support::loaded;
using support::problems_of;

TEST_CASE("a bundle is loaded together with what it requires", "[metadata]") {
  const Bundle bundle = loaded(billing());

  REQUIRE(bundle.find("invoice") != nullptr);
  REQUIRE(bundle.find("user") != nullptr);
  const Field* customer = bundle.find("invoice")->find("customer");
  REQUIRE(customer != nullptr);
  CHECK(customer->to == "customer");
  CHECK(bundle.find("invoice")->owner_field == "clerk");
  CHECK(bundle.find("invoice")->find("tax")->result == Kind::number);
}

TEST_CASE("every problem is told with file, path and line", "[metadata]") {
  Files files = billing();
  files["objects/invoice.json"] = R"({
  "name": "invoice", "label": "Invoice", "label_plural": "Invoices", "title_field": "nmae",
  "fields": [
    {"name": "name", "label": "Name", "type": "text"},
    {"name": "to", "label": "To", "type": "reference", "to": "custmer"}
  ], "colour": 1})";
  const auto problems = problems_of(files);

  CHECK(problems ==
        std::vector<Problem>{
            {"objects/invoice.json: title_field", "unknown_field",
             "line 2: there is no field \"nmae\" in invoice; did you mean \"name\"?"},
            {"objects/invoice.json: fields/1/to", "unknown_object",
             "line 5: there is no object \"custmer\"; did you mean \"customer\"?"},
            {"objects/invoice.json: colour", "unknown_member", "line 6: there is no such member"},
        });
  CHECK(load(files, &system_bundle()).error().problems == problems);
}

TEST_CASE("what is not JSON is told with its file", "[metadata]") {
  const auto problems = problems_of(billing_with("views/all.json", "{"));
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().at == "views/all.json");
}

TEST_CASE("a definition lies in the folder of its kind, in a file of its name", "[metadata]") {
  CHECK(finds(problems_of(billing_with("roels/clerk.json", "{}")), "roels/clerk.json", "folder",
              "did you mean \"roles\"?"));
  const std::string clerk = R"({"name": "clerk", "label": "Clerk", "objects": {}})";
  CHECK(finds(problems_of(billing_with("roles/other.json", clerk)), "roles/other.json: name",
              "file_name", "clerk.json"));
}

TEST_CASE("a bundle needs its header", "[metadata]") {
  Files files = billing();
  files.erase("bundle.json");
  CHECK(finds(problems_of(files), "bundle.json", "required", "missing"));
}

TEST_CASE("what it requires must be there", "[metadata]") {
  const auto header = R"({"format": 1, "name": "billing", "version": "1", "label": "Billing",
                          "requires": ["stock"], "currency": "dollar"})";
  const auto problems = problems_of(billing_with("bundle.json", header));
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].rule == "unknown_bundle");
  CHECK(problems[1].rule == "currency");
}

TEST_CASE("an extension adds fields to an object of a required bundle", "[metadata]") {
  const Bundle bundle = loaded(billing_with("objects/user.json", R"({
    "name": "user", "extend": true,
    "fields": [{"name": "desk", "label": "Desk", "type": "text"}]})"));

  const Object* user = bundle.find("user");
  CHECK(user->bundle == "system");
  CHECK(user->fields.back().name == "desk");
  CHECK(user->fields.back().bundle == "billing");
  const Files files = write(bundle);
  REQUIRE(files.contains("objects/user.json"));
  CHECK(files.at("objects/user.json").find("login") == std::string::npos);
  CHECK(loaded(files) == bundle);
}

TEST_CASE("only objects of required bundles are extended, and none is made twice", "[metadata]") {
  const auto extend = R"({"name": "usr", "extend": true, "fields": []})";
  CHECK(finds(problems_of(billing_with("objects/usr.json", extend)), "objects/usr.json: name",
              "unknown_object", "did you mean \"user\"?"));
  const auto again = R"({"name": "department", "label": "D", "label_plural": "D",
    "title_field": "name", "fields": [{"name": "name", "label": "Name", "type": "text"}]})";
  CHECK(finds(problems_of(billing_with("objects/department.json", again)),
              "objects/department.json: name", "duplicate", "\"extend\": true"));
}

TEST_CASE("what is written is loaded as the same, and written as the same bytes", "[metadata]") {
  const Bundle bundle = loaded(billing());
  const Files files = write(bundle);
  CHECK(loaded(files) == bundle);
  CHECK(write(loaded(files)) == files);
}

TEST_CASE("a loaded bundle refers by id, a written one by current names", "[metadata]") {
  Files files = billing();
  files["objects/invoice.json"] = R"({
    "id": "bill", "name": "invoice", "label": "Invoice", "label_plural": "Invoices",
    "title_field": "no",
    "fields": [{"id": "number", "name": "no", "label": "No", "type": "text"},
               {"name": "copy", "label": "Copy", "type": "formula", "formula": "no  & \"no\""}]})";
  files["views/all.json"] = R"({"name": "all", "label": "All", "object": "invoice",
    "columns": ["no"], "filter": "no = \"1\"", "sort": ["-no"]})";
  const Bundle bundle = loaded(files);

  const Object* invoice = bundle.find("invoice");
  CHECK(invoice->id == "bill");
  CHECK(invoice->title_field == "number");
  CHECK(invoice->find("copy")->formula == "number  & \"no\"");
  CHECK(bundle.views.front().object == "bill");
  CHECK(bundle.views.front().sort == std::vector<std::string>{"-number"});
  CHECK(bundle.views.front().filter == "number = \"1\"");
  CHECK(write(bundle).at("views/all.json") == R"({
  "name": "all",
  "label": "All",
  "object": "invoice",
  "kind": "list",
  "columns": ["no"],
  "filter": "no = \"1\"",
  "sort": ["-no"]
}
)");
}

TEST_CASE("a report's columns are named when it is loaded", "[metadata]") {
  const Bundle bundle = loaded(billing_with("reports/totals.json", R"({
    "name": "totals", "label": "Totals", "object": "invoice", "group": ["customer.clerk"],
    "measures": [{"name": "count", "of": "count"}], "sort": ["clerk"]})"));
  CHECK(bundle.reports.front().query.group.front().name == "clerk");
  CHECK(write(bundle).at("reports/totals.json").find("\"group\": [\"customer.clerk\"]") !=
        std::string::npos);
}

TEST_CASE("definitions of one kind have different names and ids", "[metadata]") {
  const std::string one = R"({"id": "a", "name": "one", "label": "L", "objects": {}})";
  const std::string two = R"({"id": "a", "name": "two", "label": "L", "objects": {}})";
  Files files = billing_with("roles/one.json", one);
  files["roles/two.json"] = two;
  CHECK(finds(problems_of(files), "roles/two.json: id", "duplicate", "roles/one.json"));
  const std::string admin = R"({"name": "admin", "label": "L", "objects": {}})";
  CHECK(finds(problems_of(billing_with("roles/admin.json", admin)), "roles/admin.json: name",
              "duplicate", "system"));
}

}  // namespace tenon::metadata
