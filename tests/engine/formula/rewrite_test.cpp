#include <catch2/catch.hpp>

#include "engine/formula/formula.h"
#include "tests/support/formula_vectors.h"

namespace tenon::formula {
namespace {

using Renames = std::map<std::pair<std::string, std::string>, std::string>;

Result<std::string> renamed_in(const std::string& family, std::string_view text,
                               const Renames& renames) {
  return rewrite(text, "", support::formula_vectors(family).names,
                 [&](const std::string& object, const std::string& field) {
                   const auto found = renames.find({object, field});
                   return found == renames.end() ? std::nullopt : std::optional(found->second);
                 });
}

Result<std::string> renamed(std::string_view text, const Renames& renames) {
  return renamed_in("date", text, renames);
}

}  // namespace

TEST_CASE("names are rewritten, everything else is kept byte for byte", "[formula]") {
  const Renames renames{{{"", "amount"}, "net_total"}, {{"customer", "name"}, "title"}};
  const auto text =
      renamed("if( amount>0 ,/* amount */ customer . name&\"amount\",  NULL)", renames);
  REQUIRE(text);
  CHECK(*text == "if( net_total>0 ,/* amount */ customer . title&\"amount\",  NULL)");
}

TEST_CASE("each step of a path is looked up in its own object", "[formula]") {
  const Renames renames{{{"user", "name"}, "full_name"}, {{"customer", "owner"}, "keeper"}};
  const auto text = renamed("customer.owner.name & customer.name & $user.name & name", renames);
  REQUIRE(text);
  CHECK(*text == "customer.keeper.full_name & customer.name & $user.full_name & name");
}

TEST_CASE("a function of the same name as a field is left alone", "[formula]") {
  const auto text = renamed("name & LEFT(name, 1)", {{{"", "name"}, "left"}});
  REQUIRE(text);
  CHECK(*text == "left & LEFT(left, 1)");
}

TEST_CASE("the names of rows are those of their own object", "[formula]") {
  const Renames renames{{{"", "lines"}, "items"},
                        {{"", "limit"}, "cap"},
                        {{"line", "amount"}, "total"},
                        {{"product", "name"}, "title"}};
  const auto text =
      renamed_in("rows",
                 "sum( lines.amount, amount > $record.limit ) + LARGE(lines.amount, limit) & "
                 "TEXTJOIN(\",\", TRUE, lines.product.name, product.name <> \"\") & COUNT(lines)",
                 renames);
  REQUIRE(text);
  CHECK(*text ==
        "sum( items.total, total > $record.cap ) + LARGE(items.total, cap) & "
        "TEXTJOIN(\",\", TRUE, items.product.title, product.title <> \"\") & COUNT(items)");
  CHECK_FALSE(renamed_in("rows", "SUM(lines.amount, limit > 1)", {}));
}

TEST_CASE("what was before a change is rewritten as what is", "[formula]") {
  const Renames renames{{{"", "amount"}, "total"}};
  const auto text = renamed_in("change", "CHANGED(amount) AND $old.amount > amount", renames);
  REQUIRE(text);
  CHECK(*text == "CHANGED(total) AND $old.total > total");
}

TEST_CASE("types are not looked at, names and grammar are", "[formula]") {
  CHECK(renamed("name + 1 = tags", {}));
  const auto unknown = renamed("nmae & foo", {});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().problems.size() == 2);
  CHECK(unknown.error().problems[0].rule == "formula.unknown");
  CHECK_FALSE(renamed("name &", {}));
}

}  // namespace tenon::formula
