// What rules let be written and chosen, and what they only warn of, by every way in which data
// comes.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

RunningApplication& application() {
  static RunningApplication running([] {
    CrmBundle crm = shipped_crm();
    crm.files["rules/amount_fixed.json"] =
        R"({"name": "amount_fixed", "object": "opportunity", "effect": "read_only",
            "field": "amount", "when": "next_step = \"signed\"", "message": "It is signed."})";
    crm.files["rules/reason_asked.json"] =
        R"({"name": "reason_asked", "object": "opportunity", "effect": "options",
            "field": "lost_reason", "when": "amount > 1000", "options": ["price", "competitor"],
            "message": "Ask again."})";
    return crm;
  }());
  return running;
}

std::string field(const std::string& name, const std::string& value) {
  return "\"" + name + R"(": ")" + value + "\"";
}

std::string opportunity(Person& person, const std::string& more) {
  return person.create("opportunity", R"({"title": "Presses", "stage": "prospecting")" +
                                          (more.empty() ? "" : ", " + more) + "}");
}

Texts warned(const Answer& answer) { return answer.each("$warnings", "rule"); }

}  // namespace

TEST_CASE("What is read-only is refused whoever writes it, and an unchanged value is no write") {
  auto& anna = application().person("anna");
  const auto id = opportunity(anna, R"("amount": "5", "next_step": "signed offer")");
  const std::string at = "/records/opportunity/" + id;
  CHECK(anna.patch(at, R"({"amount": "6", "next_step": "signed"})").problems() ==
        Texts{"amount: amount_fixed"});
  REQUIRE(anna.patch(at, R"({"next_step": "signed"})").status == 200);
  CHECK(anna.patch(at, R"({"amount": "5.00", "title": "Press"})").status == 200);
  const auto refused = anna.patch(at, R"({"amount": "7"})");
  CHECK(refused.status == 422);
  CHECK(refused.problems() == Texts{"amount: amount_fixed"});
  CHECK(refused.text("problems/0/message") == "It is signed.");
  const auto several =
      anna.post("/records/opportunity/batch",
                R"({"commands": [{"update": ")" + id + R"(", "set": {"amount": "8"}}]})");
  CHECK(several.text("results/0/status") == "422");
  const auto checked = anna.post("/records/opportunity/check",
                                 R"({"id": ")" + id + R"(", "fields": {"amount": "7"}})");
  CHECK(checked.text("read_only") == R"(["amount"])");
  CHECK(checked.each("problems", "rule") == Texts{"amount_fixed"});
  CHECK(anna.get(at).text("amount") == "5.00");
}

TEST_CASE("What may be chosen of a choice depends on the draft") {
  auto& anna = application().person("anna");
  const std::string lost = R"("stage": "lost", "close_date": "2026-01-01", "lost_reason": )";
  const auto id = opportunity(anna, R"("amount": "5000", "engage_date": "2025-12-01")");
  const std::string at = "/records/opportunity/" + id;
  CHECK(anna.patch(at, "{" + lost + R"("no_budget"})").problems() ==
        Texts{"lost_reason: reason_asked"});
  CHECK(anna.patch(at, "{" + lost + R"("price"})").status == 200);
  const auto checked =
      anna.post("/records/opportunity/check",
                R"({"id": ")" + id + R"(", "fields": {"lost_reason": "no_budget"}})");
  CHECK(checked.text("options/lost_reason") == R"(["price","competitor"])");
  CHECK(checked.each("problems", "rule") == Texts{"reason_asked"});
}

TEST_CASE("A contact is one of the chosen account, and who changes neither is only warned") {
  auto& anna = application().person("anna");
  const auto mine = anna.create("account", R"({"name": "Effects One"})");
  const auto other = anna.create("account", R"({"name": "Effects Two"})");
  const auto li = anna.create("contact", R"({"name": "Li Effects", "account": ")" + mine + "\"}");
  const auto id = opportunity(anna, field("account", mine));
  const std::string at = "/records/opportunity/" + id;
  REQUIRE(anna.patch(at, "{" + field("contact", li) + "}").status == 200);
  CHECK(anna.patch(at, "{" + field("account", other) + "}").problems() ==
        Texts{"contact: opportunity_contact_of_account"});
  const auto refused = anna.post("/records/opportunity",
                                 R"({"title": "X", "stage": "prospecting", )" +
                                     field("account", other) + ", " + field("contact", li) + "}");
  CHECK(refused.problems() == Texts{"contact: opportunity_contact_of_account"});

  // The contact changes its employer: the deal breaks the rule without anybody having touched it.
  REQUIRE(anna.patch("/records/contact/" + li, "{" + field("account", other) + "}").status == 200);
  const auto saved = anna.patch(at, R"({"title": "Presses again"})");
  CHECK(saved.status == 200);
  CHECK(warned(saved) == Texts{"opportunity_contact_of_account"});
  CHECK(saved.text("$warnings/0/at") == "contact");
  CHECK(saved.text("title") == "Presses again");
  CHECK_FALSE(anna.get(at).has("$warnings"));
}

TEST_CASE("The reply to a write warns of a record that is likely the same and leads to it") {
  auto& anna = application().person("anna");
  const auto first = anna.create("account", R"({"name": "Effects Machinery"})");
  const auto again = anna.post("/records/account", R"({"name": "Effects Machinery Ltd."})");
  CHECK(again.status == 201);
  REQUIRE(warned(again).size() == 1);
  CHECK(again.text("$warnings/0/record/object") == "account");
  CHECK(again.text("$warnings/0/record/id") == first);
  const auto several =
      anna.post("/records/account/batch",
                R"({"commands": [{"create": {"name": "Effects Machinery Co., Ltd."}}]})");
  CHECK(several.has("results/0/record/$warnings/0/record/id"));
}

}  // namespace tenon::api::test
