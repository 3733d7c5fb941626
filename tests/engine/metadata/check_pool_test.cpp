// What is wrong with a pool is said where it stands.
#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {
namespace {

using support::billing;

const std::string kClerk = R"({"name": "clerk", "label": "Clerk", "objects": {}})";

Files with_pools(const std::string& pools, const std::string& more_fields = "") {
  Files files = billing();
  files["roles/clerk.json"] = kClerk;
  std::string& invoice = files["objects/invoice.json"];
  const std::string ownership = R"("ownership": {"field": "clerk")";
  invoice.replace(invoice.find(ownership), ownership.size(),
                  ownership + R"(, "pools": [)" + pools + "]");
  const std::string fields = R"("fields": [)";
  invoice.replace(invoice.find(fields), fields.size(), fields + more_fields);
  return files;
}

// "place [rule]" of each problem, without the file.
std::string problems(const std::string& pools, const std::string& more_fields = "",
                     const Files& more = {}) {
  Files files = with_pools(pools, more_fields);
  for (const auto& [path, text] : more) files[path] = text;
  const auto findings = check(files, &system_bundle());
  std::string text;
  for (const Problem& problem : findings.problems) {
    const auto at = problem.at.find("pools/");
    text += (text.empty() ? "" : ", ") +
            (at == std::string::npos ? problem.at : problem.at.substr(at + 6)) + " [" +
            problem.rule + "]";
  }
  return text;
}

std::string pool(const std::string& members) {
  return R"({"name": "p", "label": "P", )" + members + "}";
}

}  // namespace

TEST_CASE("a pool with all its members is sound, and written as it was read", "[metadata]") {
  const std::string whole = pool(
      R"("when": "state = \"open\"", "members": {"roles": ["clerk"], "team": "east"},
         "managers": {"roles": ["clerk"]}, "open": "total > 1",
         "claim": {"when": "total > 0", "daily_limit": 5, "capacity": 0, "cool_down_days": 7},
         "protection_days": 3,
         "returns": [{"name": "r", "label": "R", "when": "total > 0", "since": "due_on",
                      "unchanged": "state", "days": 7}],
         "extension": {"when": "total > 10", "days": 7, "count_max": 2},
         "hidden": ["number", "tax"])");
  Files files = with_pools(whole);
  files["objects/invoice.json"].replace(
      files["objects/invoice.json"].find(R"("title_field": "number")"), 23,
      R"("title_field": "memo")");
  files["objects/invoice.json"].replace(
      files["objects/invoice.json"].find(R"("fields": [)"), 11,
      R"("fields": [{"name": "memo", "label": "M", "type": "text"},)");
  const auto bundle = load(files, &system_bundle());
  REQUIRE(bundle);
  const auto again = load(write(*bundle), &system_bundle());
  REQUIRE(again);
  CHECK(*bundle->find("invoice") == *again->find("invoice"));
  CHECK(bundle->find("invoice")->pools.front().returns.front().unchanged == "state");
}

TEST_CASE("a pool is chosen and reckoned by what is kept with the record alone", "[metadata]") {
  CHECK(problems(pool(R"("when": "customer.name = \"x\"")")) == "0/when [pool]");
  CHECK(problems(pool(R"("when": "due_on < $today")")) == "0/when [pool]");
  CHECK(problems(pool(R"("when": "created_at = null")")) == "0/when [pool]");
  CHECK(problems(pool(R"("when": "total")")) == "0/when [formula.type]");
  CHECK(problems(pool(R"("claim": {"when": "$user = clerk"})")) == "0/claim/when [pool]");
  CHECK(problems(pool(R"("returns": [{"name": "r", "since": "total", "days": 1}])")) ==
        "0/returns/0/since [pool]");
  CHECK(problems(pool(R"("returns": [{"name": "r", "since": "created_at", "days": 1}])")).empty());
  CHECK(problems(pool(R"("returns": [{"name": "r", "unchanged": "late", "days": 1}])"),
                 R"({"name": "late", "label": "Late", "type": "formula",
                     "formula": "due_on < $today"},)") ==
        "0/returns/0/unchanged [computed_on_read]");
}

TEST_CASE("names of a pool's parts are there, and there once", "[metadata]") {
  CHECK(problems(pool(R"("members": {"roles": ["nobody"]})")) ==
        "0/members/roles/0 [unknown_role]");
  CHECK(problems(pool(R"("hidden": ["nothing"])")).find("0/hidden/0 [unknown_field]") == 0);
  CHECK(problems(pool(R"("returns": [{"name": "r", "days": 1}, {"name": "r", "days": 2}])")) ==
        "0/returns/1/name [duplicate]");
  CHECK(problems(pool(R"("when": "total > 1")") + ", " + pool(R"("open": "total > 1")")) ==
        "1/name [duplicate]");
  CHECK(problems(pool(R"("open": "total > 1")") + R"(, {"name": "q", "label": "Q"})") ==
        "1 [shadowed]");
}

TEST_CASE("what a pool hides is told by nothing else", "[metadata]") {
  CHECK(problems(pool(R"("hidden": ["number"])")) == "0/hidden/0 [pool]");  // The title.
  CHECK(problems(pool(R"("hidden": ["clerk"])")) == "0/hidden/0 [pool]");   // The owner.
  const Files note{{"objects/note.json", R"({
    "name": "note", "label": "N", "label_plural": "N", "title_field": "text", "fields": [
      {"name": "text", "label": "T", "type": "text"},
      {"name": "invoice", "label": "I", "type": "reference", "to": "invoice"},
      {"name": "its_total", "label": "T", "type": "lookup", "path": "invoice.total"}]})"}};
  CHECK(problems(pool(R"("hidden": ["total"])"), "", note) == "0/hidden/0 [pool]");
  CHECK(problems(pool(R"("hidden": ["due_on"])"), "", note).empty());
}

TEST_CASE("a pool's numbers have bounds", "[metadata]") {
  CHECK(problems(pool(R"("claim": {"daily_limit": -1})")).find("daily_limit") != std::string::npos);
  CHECK(problems(pool(R"("returns": [{"name": "r", "days": 0}])")).find("days") !=
        std::string::npos);
  CHECK(problems(pool(R"("extension": {"count_max": 2})")).find("extension") != std::string::npos);
}

}  // namespace tenon::metadata
