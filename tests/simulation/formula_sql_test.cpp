// Every vector of the formula language once more, computed by the database from a real table.
#include <catch2/catch.hpp>

#include "engine/formula/sql.h"
#include "engine/storage/database.h"
#include "tests/support/formula_vectors.h"
#include "tests/support/temporary_folder.h"

namespace tenon {
namespace {

using support::VectorCase;
using support::VectorFile;

storage::Options options(const std::string& path) {
  storage::Options options{.path = path, .functions = {}, .collations = {}};
  for (const formula::SqlFunctionEntry& entry : formula::sql_functions()) {
    options.functions.push_back({std::string(entry.name), entry.arity, entry.call});
  }
  return options;
}

std::string column_name(std::size_t slot) { return "f_" + std::to_string(slot); }

// A table with a column for each field; STRICT, as those of records are.
std::string create_table(const VectorFile& file) {
  std::string sql = "CREATE TABLE record (id INTEGER PRIMARY KEY";
  const auto& fields = file.names.objects.at("");
  for (std::size_t slot = 0; slot < fields.size(); ++slot) {
    const bool integer = is_integer_column(fields[slot].type.kind());
    sql += ", " + column_name(slot) + (integer ? " INTEGER" : " TEXT");
  }
  return sql + ") STRICT";
}

void insert(storage::Transaction& tx, const VectorFile& file, const VectorCase& one) {
  const auto& fields = file.names.objects.at("");
  std::string columns;
  std::string places;
  for (std::size_t slot = 0; slot < fields.size(); ++slot) {
    columns += ", " + column_name(slot);
    places += ", ?";
  }
  tx.script("DELETE FROM record");
  auto statement = tx.statement("INSERT INTO record (id" + columns + ") VALUES (1" + places + ")");
  std::vector<Column> values;
  for (std::size_t slot = 0; slot < fields.size(); ++slot) {
    values.push_back(to_column(fields[slot].type, one.fields[slot]));
  }
  for (std::size_t slot = 0; slot < fields.size(); ++slot) {
    statement.bind(static_cast<int>(slot) + 1, values[slot]);
  }
  statement.run();
}

// One formula of one case, written as SQL over that table.
class Asked {
 public:
  Asked(const VectorFile& file, const VectorCase& one, const formula::Needs& needs)
      : file_(file), needs_(needs), paths_(support::path_values(one, needs)) {}

  Column answer(storage::Transaction& tx, const formula::Sql& sql) {
    std::string text = "SELECT ";
    std::vector<Column> bindings;
    for (const formula::SqlPiece& piece : sql.pieces) {
      if (const auto* literal = std::get_if<std::string_view>(&piece)) {
        text += *literal;
      } else if (const auto* field = std::get_if<formula::SqlField>(&piece)) {
        text += column_name(static_cast<std::size_t>(field->slot));
      } else {
        text += "?";
        bindings.push_back(bound(piece));
      }
    }
    auto statement = tx.statement(text + " FROM record");
    for (std::size_t i = 0; i < bindings.size(); ++i) {
      statement.bind(static_cast<int>(i) + 1, bindings[i]);
    }
    const bool integer =
        is_integer_column(sql.type.kind) && (sql.type.kind != Kind::number || sql.number.scaled);
    return statement.one([&](const storage::Row& row) -> Column {
      if (row.is_null(0)) return {};
      if (integer) return row.integer(0);
      return row.text(0);
    });
  }

 private:
  Column bound(const formula::SqlPiece& piece) const {
    if (const auto* path = std::get_if<formula::SqlPath>(&piece)) {
      const auto place = static_cast<std::size_t>(path->place);
      return to_column(support::type_of(file_.names, needs_.paths[place]), paths_[place]);
    }
    if (const auto* column = std::get_if<Column>(&piece)) return *column;
    switch (std::get<formula::SqlContext>(piece).name) {
      case formula::SqlContext::Name::user: return std::get<RecordId>(file_.user).value;
      case formula::SqlContext::Name::today: return std::int64_t{file_.today.days};
      case formula::SqlContext::Name::now: return file_.now.ms;
      case formula::SqlContext::Name::zone: return file_.zone->name();
      case formula::SqlContext::Name::id: break;
    }
    return std::int64_t{1};
  }

  const VectorFile& file_;
  const formula::Needs& needs_;
  std::vector<Value> paths_;
};

Value value_of(const formula::Sql& sql, const Column& column) {
  const auto* integer = std::get_if<std::int64_t>(&column);
  const auto* text = std::get_if<std::string>(&column);
  if (integer == nullptr && text == nullptr) return {};
  if (sql.type.kind == Kind::number) {
    return integer != nullptr ? Decimal::of_scaled(*integer, sql.number.scale)
                              : Decimal::parse(*text).take();
  }
  const Type type{.format = &format_of(sql.type.kind)};
  return integer != nullptr ? from_column(type, *integer) : from_column(type, *text);
}

void check_scaled(storage::Transaction& tx, Asked& asked, const formula::Formula& formula,
                  const Decimal& number) {
  constexpr int kScale = 3;
  const auto rounded = number.rounded(kScale);
  const auto wanted = rounded ? rounded->scaled(kScale) : std::nullopt;
  const Column answer = asked.answer(tx, formula::sql_of(formula, kScale));
  CHECK(answer == (wanted ? Column{*wanted} : Column{}));
}

void check_case(storage::Transaction& tx, const VectorFile& file, const VectorCase& one) {
  formula::Needs needs;
  const auto compiled = support::compile(file, one, needs);
  REQUIRE(compiled);
  insert(tx, file, one);
  Asked asked(file, one, needs);
  const formula::Sql sql = formula::sql_of(*compiled);
  const Column answer = asked.answer(tx, sql);
  if (!one.error.empty()) {
    CHECK(answer == one.in_sql.value_or(Column{}));
    return;
  }
  const Value result = value_of(sql, answer);
  CHECK(result.index() == one.result.index());
  if (result.index() == one.result.index()) CHECK(same(result, one.result));
  if (const auto* number = std::get_if<Decimal>(&one.result)) {
    check_scaled(tx, asked, *compiled, *number);
  }
  if (compiled->type().kind != Kind::boolean) return;
  const Column truth = asked.answer(tx, formula::sql_condition(*compiled));
  CHECK((truth == Column{std::int64_t{1}}) == is_true(one.result));
}

}  // namespace

TEST_CASE("the database computes what every vector says", "[formula][storage]") {
  static const auto files = support::formula_vectors();
  const VectorFile& file = files[GENERATE(range(std::size_t{0}, std::size_t{10}))];
  const support::TemporaryFolder folder;
  storage::Database database(options(folder.file("vectors.db")));
  database.writer().run([&](storage::Transaction& tx) {
    tx.script(create_table(file));
    for (const VectorCase& one : file.cases) {
      if (!one.problems.empty()) continue;
      CAPTURE(file.name, one.formula);
      check_case(tx, file, one);
    }
  });
}

}  // namespace tenon
