#include "engine/command/currency_fill.h"

#include <algorithm>

#include "engine/metadata/currency.h"
#include "engine/storage/sql_builder.h"

namespace tenon::command {
namespace {

using metadata::Bundle;
using metadata::Field;

// A field that holds amounts in several currencies only from now on.
struct Widened {
  const metadata::Object* object;
  const Field* field;
  std::string code;  // Of the amounts there are.
};

// Of a field of another type, or where nothing says so: the one that is meant from now on.
std::string code_before(const Bundle& before, const Field& was, const Field& now) {
  const std::string& said = was.currency.empty() ? before.currency : was.currency;
  return was.type != "money" || said.empty() ? now.meant : said;
}

std::vector<Widened> widened_fields(const Bundle& before, const Bundle& after) {
  std::vector<Widened> widened;
  for (const metadata::Object& object : after.objects) {
    const metadata::Object* old = before.find_id(object.id);
    if (old == nullptr) continue;  // A new object has no rows.
    for (const Field& field : object.fields) {
      const Field* was = old->find_id(field.id);
      if (was == nullptr || !field.has_currencies() || was->has_currencies()) continue;
      widened.push_back({&object, &field, code_before(before, *was, field)});
    }
  }
  return widened;
}

bool has_amounts(storage::Transaction& tx, const application::Object& object, int slot) {
  const record::StoredColumn* column = record::find_column(object.table, slot);
  if (column == nullptr) return false;
  storage::SqlBuilder sql;
  sql.text("SELECT 1 FROM ").name(object.table.name).text(" WHERE ").name(column->name);
  sql.text(" IS NOT NULL LIMIT 1");
  auto statement = tx.statement(sql.sql());
  return statement.step().has_value();
}

}  // namespace

Result<void> check_kept_currencies(storage::Transaction& tx, const application::Application& before,
                                   const Bundle& after) {
  std::vector<Problem> problems;
  for (const Widened& one : widened_fields(before.bundle(), after)) {
    const auto& codes = one.field->currencies;
    if (std::find(codes.begin(), codes.end(), one.code) != codes.end()) continue;
    const application::Object& object = *before.find_id(one.object->id);
    const Field* was = object.definition->find_id(one.field->id);
    const auto slot = static_cast<int>(was - object.definition->fields.data());
    if (!has_amounts(tx, object, slot)) continue;
    problems.push_back({"objects/" + one.object->name + ".json: fields/" + one.field->name,
                        "type_change",
                        "there are amounts in " + one.code +
                            ", which is not among its currencies; add it to them"});
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

void fill_currencies(storage::Transaction& tx, const Bundle& before, const Bundle& after,
                     const record::Catalogue& catalogue) {
  for (const Widened& one : widened_fields(before, after)) {
    const std::string& object = one.object->id;
    const std::string& amount = catalogue.column(object, one.field->id)->name;
    const std::string& currency =
        catalogue.column(object, metadata::currency_id(one.field->id))->name;
    storage::SqlBuilder sql;
    sql.text("UPDATE ").name(*catalogue.table(object)).text(" SET ").name(currency);
    sql.text(" = CASE WHEN ").name(amount).text(" IS NULL THEN NULL ELSE coalesce(").name(currency);
    sql.text(", ").bind(Column{one.code}).text(") END");
    auto statement = tx.statement(sql.sql());
    sql.bind_all(statement);
    statement.run();
  }
}

}  // namespace tenon::command
