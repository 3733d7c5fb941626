#include "engine/formula/sql.h"

#include <catch2/catch.hpp>

#include <set>

#include "tests/support/formula_vectors.h"

namespace tenon::formula {
namespace {

// Pieces as one text: [amount] a field, {0} a path, $user a context, 'a' and #1 bindings.
std::string written(const Sql& sql, const std::string& family = "date") {
  const auto& fields = support::formula_vectors(family).names.objects.at("");
  constexpr std::string_view kContext[] = {"$user", "$team", "$today",    "$now",
                                           "$id",   "$zone", "$looked_up"};
  std::string text;
  for (const SqlPiece& piece : sql.pieces) {
    if (const auto* literal = std::get_if<std::string_view>(&piece)) {
      text += *literal;
    } else if (const auto* field = std::get_if<SqlField>(&piece)) {
      text += "[" + fields[static_cast<std::size_t>(field->slot)].name + "]";
    } else if (const auto* path = std::get_if<SqlPath>(&piece)) {
      text += "{" + std::to_string(path->place) + "}";
    } else if (const auto* of_row = std::get_if<SqlRowField>(&piece)) {
      text += "[row " + std::to_string(of_row->slot) + "]";
    } else if (const auto* holds = std::get_if<SqlHolds>(&piece)) {
      text += "<" + fields[static_cast<std::size_t>(holds->slot)].name + " holds ";
    } else if (const auto* rows = std::get_if<std::shared_ptr<const SqlRows>>(&piece)) {
      text += "<" + written({(*rows)->value, sql.type, sql.number}, family) + " where " +
              written({(*rows)->condition, sql.type, sql.number}, family) + ">";
    } else if (const auto* context = std::get_if<SqlContext>(&piece)) {
      text += kContext[static_cast<std::size_t>(context->name)];
    } else {
      const auto& column = std::get<Column>(piece);
      const auto* integer = std::get_if<std::int64_t>(&column);
      text += integer != nullptr ? "#" + std::to_string(*integer)
                                 : "'" + std::get<std::string>(column) + "'";
    }
  }
  return text;
}

Formula compiled(std::string_view text, const std::string& family = "date") {
  Needs needs;
  auto formula = compile(text, "", support::formula_vectors(family).names, needs);
  INFO(text << (formula ? "" : describe(formula.error())));
  REQUIRE(formula);
  return formula.take();
}

std::string sql(std::string_view text) { return written(sql_of(compiled(text))); }
std::string where(std::string_view text) { return written(sql_condition(compiled(text))); }

}  // namespace

TEST_CASE("comparison is native and never null; a condition may be null", "[formula]") {
  CHECK(sql("state = \"open\"") == "([state] IS 'open')");
  CHECK(sql("state <> \"open\"") == "([state] IS NOT 'open')");
  CHECK(sql("customer = NULL") == "([customer] IS NULL)");
  CHECK(sql("due_on < $today") == "COALESCE([due_on] < $today, 0)");
  CHECK(where("due_on < $today") == "([due_on] < $today)");
  CHECK(sql("owner = $user") == "([owner] IS $user)");
  CHECK(sql("amount < NULL") == "0");
}

TEST_CASE("rows stand as one piece, with value and condition", "[formula]") {
  const auto rows = [](std::string_view text) {
    return written(sql_of(compiled(text, "rows")), "rows");
  };
  CHECK(rows("SUM(lines.amount, kind = \"goods\")") ==
        "formula_rows('SUM', #1, <formula_decimal([row 0], #2) where ([row 1] IS 'goods')>)");
  CHECK(rows("COUNT(lines)") == "formula_rows('COUNT', #0, <1 where 1>)");
  CHECK(rows("LARGE(lines.amount, 2, amount > $record.limit)") ==
        "formula_rows('LARGE', #1, <formula_decimal([row 0], #2) where ([row 0] > [limit])>, '2')");
  CHECK(rows("ISERROR(ANY(lines.active))") ==
        "(formula_try_rows('ANY', #0, <formula_try_choose(1, (COALESCE([row 3], 0))) where 1>) IS "
        "'\x01"
        "error\x01')");
}

TEST_CASE("what was before a change has no SQL, and says where", "[formula]") {
  CHECK_FALSE(not_sql(compiled("amount + 1", "change")));
  const auto problem = not_sql(compiled("amount > 1 AND CHANGED(state)", "change"));
  REQUIRE(problem);
  CHECK(problem->at == "23-28");
  CHECK(problem->rule == "not_sql");
}

TEST_CASE("numbers meet at one scale, or as decimals", "[formula]") {
  CHECK(where("amount > 100") == "([amount] > #10000)");
  CHECK(where("amount > 0.005") == "([amount] > #0)");
  CHECK(where("0.005 > amount") == "([amount] < #1)");
  CHECK(sql("amount = 0.005") == "0");
  CHECK(sql("amount = 1.5") == "([amount] IS #150)");
  CHECK(where("amount > customer.credit") == "([amount] > {0})");
  CHECK(where("amount > weight") ==
        "(formula_compare(formula_decimal([amount], #2), formula_decimal([weight], #9)) > 0)");
  CHECK(sql("amount = weight") ==
        "(formula_decimal([amount], #2) IS formula_decimal([weight], #9))");
  CHECK(where("amount * 2 > 5") ==
        "(formula_compare(formula_multiply(formula_decimal([amount], #2), '2'), '5') > 0)");
}

TEST_CASE("a number can be asked for at a scale", "[formula]") {
  CHECK(written(sql_of(compiled("amount"), 2)) == "[amount]");
  CHECK(written(sql_of(compiled("amount"), 4)) ==
        "formula_scaled(formula_decimal([amount], #2), #4)");
  CHECK(written(sql_of(compiled("1.255"), 2)) == "#126");
  CHECK(written(sql_of(compiled("IF(active, amount, 0)"), 2)) ==
        "CASE WHEN [active] THEN [amount] ELSE #0 END");
  const Sql natural = sql_of(compiled("COALESCE(amount, 1.5)"));
  CHECK(written(natural) == "COALESCE([amount], #150)");
  CHECK(natural.number.scaled);
  CHECK(natural.number.scale == 2);
  CHECK_FALSE(sql_of(compiled("COALESCE(amount, 0.005)")).number.scaled);
}

TEST_CASE("logic is native", "[formula]") {
  CHECK(where("state = \"open\" AND amount > 1 OR active") ==
        "((([state] IS 'open') AND ([amount] > #100)) OR [active])");
  CHECK(sql("NOT(amount > 1)") == "(NOT COALESCE([amount] > #100, 0))");
  CHECK(sql("active AND urgent") == "(COALESCE([active], 0) AND COALESCE([urgent], 0))");
  CHECK(sql("ISBLANK(name)") == "([name] IS NULL)");
  CHECK(where("IN(state, \"open\", \"paid\")") == "([state] IN ('open', 'paid'))");
  CHECK(where("IN(amount, 1, 2.5)") == "([amount] IN (#100, #250))");
  CHECK(sql("IF(amount > 1, \"a\", \"b\")") == "CASE WHEN ([amount] > #100) THEN 'a' ELSE 'b' END");
  CHECK(sql("SWITCH(state, \"open\", 1, 2)") == "CASE [state] WHEN 'open' THEN '1' ELSE '2' END");
}

TEST_CASE("everything else is a function of the engine's own", "[formula]") {
  CHECK(sql("amount + 1") == "formula_add(formula_decimal([amount], #2), '1')");
  CHECK(sql("due_on - paid_on") == "([due_on] - [paid_on])");
  CHECK(sql("1 + due_on") == "formula_add_days([due_on], '1')");
  CHECK(sql("name & due_on") == "formula_join([name], formula_text_of_date([due_on]))");
  CHECK(sql("YEAR(sent_at)") == "formula_year(formula_local_date([sent_at], $zone))");
  CHECK(sql("LEFT(name, 2)") == "formula_left([name], '2')");
  CHECK(sql("TEXTJOIN(\",\", TRUE, tags)") ==
        "formula_textjoin(',', 1, formula_joined_list([tags], ',', 1))");
}

TEST_CASE("what looks something up is told where", "[formula]") {
  const auto looked_up = [](std::string_view text) {
    return written(sql_of(compiled(text, "looked_up")), "looked_up");
  };
  CHECK(looked_up("EXCHANGE_RATE(currency, \"CNY\")") ==
        "formula_exchange_rate([currency], 'CNY', $today, $looked_up)");
  CHECK(looked_up("NETWORKDAYS(sent_at, due_on, region)") ==
        "formula_networkdays_of_calendar(formula_local_date([sent_at], $zone), [due_on], [region], "
        "$looked_up)");
  CHECK(looked_up("IFERROR(WORKDAY(due_on, 1, \"China\"), due_on)") ==
        "formula_if_error(formula_try_workday_of_calendar([due_on], '1', 'China', $looked_up), "
        "[due_on])");
  CHECK(looked_up("WORKDAY(due_on, 1, paid_on)") == "formula_workday([due_on], '1', [paid_on])");
}

TEST_CASE("inside of IFERROR errors are handed on", "[formula]") {
  CHECK(sql("IFERROR(1 / quantity, 0)") ==
        "formula_if_error(formula_try_divide('1', formula_decimal([quantity], #0)), '0')");
}

TEST_CASE("texts of a formula reach SQL as bindings only", "[formula]") {
  const Sql hostile = sql_of(compiled("name = \"'); DROP TABLE invoice; --\""));
  for (const SqlPiece& piece : hostile.pieces) {
    if (const auto* literal = std::get_if<std::string_view>(&piece)) {
      CHECK(literal->find("DROP") == std::string_view::npos);
    }
  }
}

TEST_CASE("what a formula becomes grows with its size only", "[formula]") {
  std::string text = "quantity";
  for (int i = 0; i < 30; ++i) text = "IFERROR(" + text + " / 2, 0)";
  CHECK(sql_of(compiled(text)).pieces.size() < 2000);
  text = "quantity";
  for (int i = 0; i < 30; ++i) text = "SWITCH(" + text + ", amount, 1, 2, 3, 4)";
  CHECK(sql_of(compiled(text)).pieces.size() < 2000);
}

TEST_CASE("every function of SQL has a name of its own", "[formula]") {
  std::set<std::string_view> names;
  for (const SqlFunctionEntry& entry : sql_functions()) {
    CHECK(entry.name.starts_with("formula_"));
    CHECK(names.insert(entry.name).second);
  }
  CHECK(names.size() > 100);
}

}  // namespace tenon::formula
