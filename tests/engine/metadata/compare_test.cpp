#include "engine/metadata/compare.h"

#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing;
using support::billing_with;
using support::loaded;
using Verb = Change::Verb;

namespace {

// Billing with its invoice changed in the text.
Bundle with_invoice(const std::string& from, const std::string& to) {
  std::string text = support::kInvoice;
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return loaded(billing_with("objects/invoice.json", text.replace(at, from.size(), to)));
}

const std::string kDueOn = R"({"name": "due_on", "label": "Due on", "type": "date"},)";

}  // namespace

TEST_CASE("a bundle does not differ from itself", "[metadata]") {
  CHECK(compare(loaded(billing()), loaded(billing())).empty());
}

TEST_CASE("a rename is no drop-and-add", "[metadata]") {
  const auto changes =
      compare(loaded(billing()),
              with_invoice(kDueOn, R"({"id": "due_on", "name": "deadline", "label": "Due on",
                               "type": "date"},)"));
  CHECK(changes ==
        std::vector<Change>{{.verb = Verb::rename,
                             .kind = "field",
                             .object = "invoice",
                             .id = "due_on",
                             .description = "Field invoice.due_on is renamed to deadline."}});
}

TEST_CASE("a field that goes loses data, one that comes does not", "[metadata]") {
  const Bundle without = with_invoice(kDueOn, "");
  const auto removed = compare(loaded(billing()), without);
  CHECK(removed == std::vector<Change>{{.verb = Verb::remove,
                                        .kind = "field",
                                        .object = "invoice",
                                        .id = "due_on",
                                        .description = "Field invoice.due_on is removed.",
                                        .loses_data = true}});
  const auto added = compare(without, loaded(billing()));
  CHECK(added == std::vector<Change>{{.verb = Verb::add,
                                      .kind = "field",
                                      .object = "invoice",
                                      .id = "due_on",
                                      .description = "Field invoice.due_on is added."}});
}

TEST_CASE("an object that goes loses data, with all its fields", "[metadata]") {
  Files files = billing_with("objects/thing.json", R"({"name": "thing", "label": "T",
    "label_plural": "T", "title_field": "name",
    "fields": [{"name": "name", "label": "N", "type": "text"}]})");
  const auto changes = compare(loaded(files), loaded(billing()));
  CHECK(changes == std::vector<Change>{{.verb = Verb::remove,
                                        .kind = "object",
                                        .id = "thing",
                                        .description = "Object thing is removed.",
                                        .loses_data = true}});
}

TEST_CASE("what existing values cannot follow is refused", "[metadata]") {
  const auto [from, to, words] = GENERATE(table<std::string, std::string, std::string>({
      {R"("label": "Due on", "type": "date")", R"("label": "Due on", "type": "integer")",
       "another kind"},
      {R"("type": "money"})", R"("type": "money", "scale": 1})", "fewer digits"},
      {R"("type": "reference", "to": "customer")", R"("type": "reference", "to": "user")",
       "another object"},
      {R"("type": "formula", "formula": "total  *  0.2", "scale": 2)", R"("type": "decimal")",
       "computed in one version only"},
  }));
  CAPTURE(to);
  std::vector<Change> refused;
  for (Change& change : compare(loaded(billing()), with_invoice(from, to))) {
    if (change.refused) refused.push_back(std::move(change));
  }
  REQUIRE(refused.size() == 1);
  CHECK(refused.front().verb == Verb::change);
  CHECK(refused.front().description.find(words) != std::string::npos);
}

TEST_CASE("what existing values can follow is not refused", "[metadata]") {
  const auto [from, to, description] = GENERATE(table<std::string, std::string, std::string>({
      {R"("type": "money"})", R"("type": "decimal", "scale": 3})",
       "Field invoice.total: its type changes from money to decimal, its scale changes."},
      {R"({"name": "paid", "label": "Paid"})", R"({"name": "paid", "label": "Done"})",
       "Field invoice.state: texts or colours of options change."},
      {R"({"name": "paid", "label": "Paid"})", R"({"name": "void", "label": "Void"})",
       "Field invoice.state: the option paid is removed, the option void is added."},
      {R"("label": "Number", "type": "text")",
       R"("label": "Number", "type": "text", "required": true)",
       "Field invoice.number: becomes required."},
      {R"(total  *  0.2)", R"(total * 0.3)", "Field invoice.tax: its formula changes."},
  }));
  CAPTURE(to);
  const auto changes = compare(loaded(billing()), with_invoice(from, to));
  REQUIRE(changes.size() == 1);
  CHECK(changes.front().description == description);
  CHECK_FALSE(changes.front().refused);
  CHECK_FALSE(changes.front().loses_data);
}

TEST_CASE("other definitions are added, renamed, changed and removed", "[metadata]") {
  const auto with_role = [](const std::string& text, const std::string& name) {
    return loaded(billing_with("roles/" + name + ".json", text));
  };
  const Bundle plain = loaded(billing());
  const Bundle clerk = with_role(R"({"name": "clerk", "label": "C", "objects": {}})", "clerk");
  const Bundle teller =
      with_role(R"({"id": "clerk", "name": "teller", "label": "C", "objects": {}})", "teller");
  const Bundle other = with_role(R"({"name": "clerk", "label": "Clerk", "objects": {}})", "clerk");
  const auto only = [](const Bundle& before, const Bundle& after) {
    const auto changes = compare(before, after);
    REQUIRE(changes.size() == 1);
    return changes.front().description;
  };
  CHECK(only(plain, clerk) == "Role clerk is added.");
  CHECK(only(clerk, teller) == "Role clerk is renamed to teller.");
  CHECK(only(clerk, other) == "Role clerk changes.");
  CHECK(only(clerk, plain) == "Role clerk is removed.");
}

}  // namespace tenon::metadata
