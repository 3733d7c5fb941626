#include <catch2/catch.hpp>

#include "engine/base/limits.h"
#include "engine/formula/formula.h"
#include "tests/support/formula_vectors.h"

namespace tenon::formula {
namespace {

const support::VectorNames& names() { return support::formula_vectors("date").names; }

Result<Formula> compiled(std::string_view text, Needs& needs) {
  return compile(text, "", names(), needs);
}

std::string message_of(std::string_view text) {
  Needs needs;
  const auto formula = compiled(text, needs);
  return formula ? "" : formula.error().problems.front().message;
}

}  // namespace

TEST_CASE("a formula says which slots and paths it reads, each once", "[formula]") {
  Needs needs;
  const auto formula =
      compiled("IF(amount > customer.credit, amount, rate) + customer.credit", needs);
  REQUIRE(formula);
  const auto slot = [](std::string_view name) { return names().member("", name)->slot; };
  std::vector<int> slots{slot("amount"), slot("rate"), slot("customer")};
  std::sort(slots.begin(), slots.end());
  CHECK(formula->slots() == slots);
  CHECK(formula->paths() == std::vector<int>{0});
  CHECK(needs.paths.size() == 1);
  CHECK_FALSE(formula->is_live());
}

TEST_CASE("a formula says which rows it reads, and what of them", "[formula]") {
  Needs needs;
  const auto& rows = support::formula_vectors("rows").names;
  REQUIRE(compile("COUNT(tickets)", "", rows, needs));
  const auto formula =
      compile("SUM(lines.amount, product.name = \"a\" AND $record.limit > 0) + COUNT(lines)", "",
              rows, needs);
  REQUIRE(formula);
  REQUIRE(needs.many.size() == 2);
  CHECK(needs.many[1].many.object == "line");
  CHECK(needs.many[1].paths.size() == 1);
  REQUIRE(formula->many().size() == 1);
  CHECK(formula->many()[0].place == 1);
  CHECK(formula->many()[0].slots == std::vector<int>{0, 6});  // amount, and the way to the name
  CHECK(formula->many()[0].paths == std::vector<int>{0});
  CHECK(formula->slots() == std::vector<int>{0});
  CHECK_FALSE(formula->has_paths());
}

TEST_CASE("a formula says which fields it reads as they were", "[formula]") {
  Needs needs;
  const auto formula = compile("CHANGED(amount) OR WAS(state, \"open\")", "",
                               support::formula_vectors("change").names, needs);
  REQUIRE(formula);
  CHECK(formula->old_slots() == std::vector<int>{0, 1});
  CHECK(formula->slots() == std::vector<int>{0, 1});
}

TEST_CASE("formulas of one object share what they need", "[formula]") {
  Needs needs;
  REQUIRE(compiled("customer.name", needs));
  const auto second = compiled("$user.name & customer.name", needs);
  REQUIRE(second);
  CHECK(needs.paths.size() == 2);
  CHECK(second->paths() == std::vector<int>{0, 1});
}

TEST_CASE("a formula with a problem needs nothing", "[formula]") {
  Needs needs;
  CHECK_FALSE(compiled("customer.name + 1", needs));
  CHECK(needs.paths.empty());
}

TEST_CASE("what names the moment or the user is live", "[formula]") {
  const auto [text, live] = GENERATE(table<std::string, bool>({
      {"$today", true},
      {"owner = $user", true},
      {"$user.name", true},
      {"due_on < NOW() & \"\"", false},
      {"TODAY() > due_on", true},
      {"amount + 1", false},
      {"customer.name", false},
  }));
  CAPTURE(text);
  Needs needs;
  const auto formula = compiled(text, needs);
  if (formula) CHECK(formula->is_live() == live);
}

TEST_CASE("a result must be of the kind that is asked for", "[formula]") {
  Needs needs;
  CHECK(compile_as(Kind::boolean, "amount > 1", "", names(), needs));
  CHECK(compile_as(Kind::boolean, "NULL", "", names(), needs));
  CHECK_FALSE(compile_as(Kind::boolean, "amount", "", names(), needs));
}

TEST_CASE("the type of a reference names its object", "[formula]") {
  Needs needs;
  const auto formula = compiled("IF(active, customer, NULL)", needs);
  REQUIRE(formula);
  CHECK(formula->type() == Type{Kind::reference, "customer"});
}

TEST_CASE("problems are told in words, with what was meant", "[formula]") {
  CHECK(message_of("amuont + 1") == "there is no field \"amuont\"; did you mean \"amount\"?");
  CHECK(message_of("customer.nmae") ==
        "there is no field \"nmae\" in customer; did you mean \"name\"?");
  CHECK(message_of("RUOND(1)") == "there is no function \"RUOND\"; did you mean \"ROUND\"?");
  CHECK(message_of("amount + state") ==
        "these do not go together: amount is a number, state is a text; texts are joined by &");
  CHECK(message_of("state = \"opne\"") == "there is no option \"opne\"; did you mean \"open\"?");
  CHECK(message_of("ROUND(1, 2, 3)") == "ROUND(number, [digits]) cannot take 3 arguments");
  CHECK(message_of("LEN(amount)") == "LEN needs a text as its text, and amount is a number");
  CHECK(message_of("amount.name") == "amount is a number and has no fields");
  CHECK(message_of("due_on = sent_at") ==
        "these cannot be compared: due_on is a date, sent_at is a date with time; DATEVALUE gives "
        "the date of a date with time");
  CHECK(message_of("（1）") == "write ( instead of （");
  CHECK(message_of("1 == 2") == "write = instead of ==");
}

TEST_CASE("a text of exactly the bytes allowed is read, one more is refused", "[formula]") {
  const auto text = [](std::size_t size) { return "1" + std::string(size - 1, ' '); };
  CHECK(message_of(text(limits::kFormulaBytesMax)).empty());
  CHECK(message_of(text(limits::kFormulaBytesMax + 1)) == "a formula has at most 4096 bytes");
}

TEST_CASE("a formula of exactly the depth allowed is read, one more is refused", "[formula]") {
  const auto text = [](int depth) {
    return std::string(static_cast<std::size_t>(depth - 1), '-') + "1";
  };
  CHECK(message_of(text(limits::kFormulaDepthMax)).empty());
  CHECK(message_of(text(limits::kFormulaDepthMax + 1)) == "a formula is at most 64 levels deep");
}

TEST_CASE("text that is no UTF-8 is refused", "[formula]") {
  CHECK(message_of("\"\xff\"") == "the text is not valid UTF-8");
  CHECK(message_of("\"\xc3") == "the text is not valid UTF-8");
}

TEST_CASE("words of the language are reserved", "[formula]") {
  CHECK(is_reserved("and"));
  CHECK(is_reserved("null"));
  CHECK_FALSE(is_reserved("android"));
}

TEST_CASE("work is bounded", "[formula]") {
  std::string text = "LEN(\"\")";
  for (int i = 0; i < 10; ++i) text += " + LEN(REPT(\"ab\", 131072))";
  Needs needs;
  const auto formula = compiled(text, needs);
  REQUIRE(formula);
  const Values fields(64);
  Scope scope;
  scope.fields = fields;
  const auto result = formula->evaluate(scope);
  REQUIRE_FALSE(result);
  CHECK(result.error().problems.front().rule == "limit");
}

TEST_CASE("a formula stops when it is told to, also where an error would be caught", "[formula]") {
  Needs needs;
  const auto formula = compiled("IFERROR(LEN(REPT(\"ab\", 100)), 0) + 1", needs);
  REQUIRE(formula);
  std::atomic<bool> cancelled = false;
  Scope scope;
  scope.cancelled = &cancelled;
  CHECK(formula->evaluate(scope));
  cancelled = true;
  const auto stopped = formula->evaluate(scope);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().problems.front().rule == "limit");
}

}  // namespace tenon::formula
