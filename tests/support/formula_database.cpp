#include "tests/support/formula_database.h"

namespace tenon::support {
namespace {

std::string column_name(std::size_t slot) { return "f_" + std::to_string(slot); }
std::string path_name(std::size_t place) { return "p_" + std::to_string(place); }

}  // namespace

storage::Options formula_database(const std::string& path) {
  storage::Options options{.path = path, .functions = {}, .collations = {}};
  for (const formula::SqlFunctionEntry& entry : formula::sql_functions()) {
    options.functions.push_back({std::string(entry.name), entry.arity, entry.call});
  }
  return options;
}

void create_table(storage::Transaction& tx, const VectorFile& file) {
  std::string sql = "CREATE TABLE record (id INTEGER PRIMARY KEY";
  const auto& fields = file.names.objects.at("");
  for (std::size_t slot = 0; slot < fields.size(); ++slot) {
    const bool integer = is_integer_column(fields[slot].type.kind());
    sql += ", " + column_name(slot) + (integer ? " INTEGER" : " TEXT");
  }
  tx.script(sql + ") STRICT");
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

AskedFormula::AskedFormula(const VectorFile& file, const VectorCase& one,
                           const formula::Needs& needs)
    : file_(file),
      needs_(needs),
      paths_(path_values(one, needs)),
      rows_(row_values(file, one, needs)) {}

Column AskedFormula::answer(storage::Transaction& tx, const formula::Sql& sql) {
  text_ = "SELECT ";
  bindings_.clear();
  write(sql.pieces);
  auto statement = tx.statement(text_ + " FROM record");
  for (std::size_t i = 0; i < bindings_.size(); ++i) {
    statement.bind(static_cast<int>(i) + 1, bindings_[i]);
  }
  const bool integer =
      is_integer_column(sql.type.kind) && (sql.type.kind != Kind::number || sql.number.scaled);
  return statement.one([&](const storage::Row& row) -> Column {
    if (row.is_null(0)) return {};
    if (integer) return row.integer(0);
    return row.text(0);
  });
}

void AskedFormula::write(const std::vector<formula::SqlPiece>& pieces) {
  for (const formula::SqlPiece& piece : pieces) {
    if (const auto* literal = std::get_if<std::string_view>(&piece)) {
      text_ += *literal;
    } else if (const auto* field = std::get_if<formula::SqlField>(&piece)) {
      text_ += "record." + column_name(static_cast<std::size_t>(field->slot));
    } else if (const auto* of_row = std::get_if<formula::SqlRowField>(&piece)) {
      text_ += "line." + column_name(static_cast<std::size_t>(of_row->slot));
    } else if (const auto* behind = std::get_if<formula::SqlRowPath>(&piece)) {
      text_ += "line." + path_name(static_cast<std::size_t>(behind->place));
    } else if (const auto* holds = std::get_if<formula::SqlHolds>(&piece)) {
      text_ += "EXISTS (SELECT 1 FROM json_each(record." +
               column_name(static_cast<std::size_t>(holds->slot)) + ") WHERE value = ";
    } else if (const auto* rows = std::get_if<std::shared_ptr<const formula::SqlRows>>(&piece)) {
      write_rows(**rows);
    } else {
      text_ += "?";
      bindings_.push_back(bound(piece));
    }
  }
}

void AskedFormula::write_rows(const formula::SqlRows& rows) {
  text_ += "(SELECT json_group_array(v) FROM (SELECT CAST(";
  write(rows.value);
  text_ += " AS TEXT) AS v FROM (";
  const auto many = static_cast<std::size_t>(rows.place);
  const formula::ManyNeed& need = needs_.many[many];
  const auto& fields = file_.names.objects.at(need.many.object);
  std::string columns = "SELECT 0 AS place";
  for (std::size_t i = 0; i < fields.size(); ++i) columns += ", NULL AS " + column_name(i);
  for (std::size_t i = 0; i < need.paths.size(); ++i) columns += ", NULL AS " + path_name(i);
  text_ += columns + " WHERE 0";
  for (std::size_t row = 0; row < rows_.rows[many].size(); ++row) {
    text_ += " UNION ALL SELECT " + std::to_string(row);
    const formula::Row& values = rows_.rows[many][row];
    for (std::size_t i = 0; i < fields.size(); ++i) {
      text_ += ", ?";
      bindings_.push_back(to_column(fields[i].type, values.fields[i]));
    }
    for (std::size_t i = 0; i < need.paths.size(); ++i) {
      text_ += ", ?";
      bindings_.push_back(
          to_column(type_of(file_.names, need.paths[i], need.many.object), values.paths[i]));
    }
  }
  text_ += ") AS line WHERE ";
  write(rows.condition);
  text_ += " ORDER BY place) WHERE v IS NOT NULL)";
}

Column AskedFormula::bound(const formula::SqlPiece& piece) const {
  if (const auto* path = std::get_if<formula::SqlPath>(&piece)) {
    const auto place = static_cast<std::size_t>(path->place);
    return to_column(type_of(file_.names, needs_.paths[place]), paths_[place]);
  }
  if (const auto* column = std::get_if<Column>(&piece)) return *column;
  switch (std::get<formula::SqlContext>(piece).name) {
    case formula::SqlContext::Name::user: return std::get<RecordId>(file_.user).value;
    case formula::SqlContext::Name::team: return std::string("[]");
    case formula::SqlContext::Name::today: return std::int64_t{file_.today.days};
    case formula::SqlContext::Name::now: return file_.now.ms;
    case formula::SqlContext::Name::zone: return file_.zone->name();
    case formula::SqlContext::Name::looked_up: return file_.looked_up->handle();
    case formula::SqlContext::Name::id: break;
  }
  return std::int64_t{1};
}

Value answered(const formula::Sql& sql, const Column& column) {
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

}  // namespace tenon::support
