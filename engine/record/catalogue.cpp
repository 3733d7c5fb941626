#include "engine/record/catalogue.h"

#include <algorithm>
#include <functional>

#include "engine/metadata/currency.h"
#include "engine/metadata/many.h"
#include "engine/storage/dialect.h"

namespace tenon::record {
namespace {

constexpr std::string_view kTextOrder = "tenon_text";  // The collation of lists.

std::string column_type(Kind kind) { return is_integer_column(kind) ? "INTEGER" : "TEXT"; }

std::string power_of_ten(int exponent) { return "1" + std::string(exponent, '0'); }

// Works out one object after the other, and keeps what it decided in `after`.
class Planner {
 public:
  Planner(const Catalogue& catalogue, const IsStored& is_stored, const TypeOf& type_of)
      : is_stored_(is_stored), type_of_(type_of) {
    ddl_.after = catalogue;
  }

  void add(const metadata::Object& object) {
    const std::string table = table_for(object);
    for (const metadata::Field& field : object.fields) {
      if (is_stored_(object, field)) column_for(object, field, table);
    }
    retire_others(object);
    indexes_for(object, table);
  }

  // Indexes of objects that are gone would refuse rows nobody can see.
  void drop_other_indexes() {
    auto& indexes = ddl_.after.indexes;
    const auto gone = [this](const CatalogueIndex& index) {
      return std::find(wanted_.begin(), wanted_.end(), index.name) == wanted_.end();
    };
    for (const CatalogueIndex& index : indexes) {
      if (gone(index)) statement("DROP INDEX IF EXISTS " + index.name, "");
    }
    indexes.erase(std::remove_if(indexes.begin(), indexes.end(), gone), indexes.end());
  }

  Result<Ddl> take() {
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    return std::move(ddl_);
  }

 private:
  void statement(std::string sql, std::string words) {
    ddl_.statements.push_back(std::move(sql));
    if (!words.empty()) ddl_.words.push_back(std::move(words));
  }

  std::string table_for(const metadata::Object& object) {
    if (const std::string* name = ddl_.after.table(object.id)) return *name;
    const std::string name = "r_" + object.id;
    const bool is_of_lines = metadata::is_line_object(object);
    const std::string own = is_of_lines ? ", root INTEGER NOT NULL, position INTEGER NOT NULL" : "";
    statement("CREATE TABLE " + name +
                  " (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, created_at INTEGER NOT "
                  "NULL, created_by INTEGER NOT NULL, updated_at INTEGER NOT NULL, updated_by "
                  "INTEGER NOT NULL, deleted_at INTEGER" +
                  own + ") STRICT",
              "adds the table of " + object.name);
    // What is to be removed for good is found without looking through the living.
    statement("CREATE INDEX " + name + "_erased ON " + name +
                  " (deleted_at) WHERE deleted_at IS NOT NULL",
              "");
    if (is_of_lines) statement("CREATE INDEX root_of_" + name + " ON " + name + " (root)", "");
    ddl_.after.tables.emplace_back(object.id, name);
    return name;
  }

  void column_for(const metadata::Object& object, const metadata::Field& field,
                  const std::string& table) {
    const Type type = type_of_(object, field);
    // A column in use is the field's; one that is not may be taken up again.
    for (const bool retired : {false, true}) {
      for (CatalogueColumn& column : ddl_.after.columns) {
        if (column.object != object.id || column.field != field.id) continue;
        if (column.retired != retired) continue;
        if (column.kind == type.kind() && column.scale <= type.scale) {
          column.retired = false;
          return rescale(column, type.scale, table);
        }
        if (!retired) return refuse(object, field, column, type);
      }
    }
    const std::string name = free_name(object, field);
    statement("ALTER TABLE " + table + " ADD COLUMN " + name + " " + column_type(type.kind()),
              "adds the column of " + object.name + "." + field.name);
    ddl_.after.columns.push_back({object.id, field.id, name, type.kind(), type.scale, false});
  }

  void rescale(CatalogueColumn& column, int scale, const std::string& table) {
    if (column.kind != Kind::number || column.scale == scale) return;
    statement("UPDATE " + table + " SET " + column.name + " = " + column.name + " * " +
                  power_of_ten(scale - column.scale),
              "widens the column of " + column.object + "." + column.field);
    column.scale = scale;
  }

  void refuse(const metadata::Object& object, const metadata::Field& field,
              const CatalogueColumn& column, const Type& type) {
    const bool same_kind = column.kind == type.kind();
    problems_.push_back({"objects/" + object.name + ".json: fields/" + field.name, "type_change",
                         same_kind
                             ? "the scale cannot fall from " + std::to_string(column.scale) +
                                   " to " + std::to_string(type.scale) + ": digits would be lost"
                             : "what is stored is " + std::string(name_of(column.kind)) +
                                   " and cannot become " + std::string(name_of(type.kind())) +
                                   "; add a new field instead"});
  }

  std::string free_name(const metadata::Object& object, const metadata::Field& field) const {
    const auto taken = [&](const std::string& name) {
      return std::any_of(ddl_.after.columns.begin(), ddl_.after.columns.end(),
                         [&](const CatalogueColumn& column) {
                           return column.object == object.id && column.name == name;
                         });
    };
    std::string name = "f_" + field.id;
    for (int n = 2; taken(name); ++n) name = "f_" + field.id + "_" + std::to_string(n);
    return name;
  }

  void retire_others(const metadata::Object& object) {
    for (CatalogueColumn& column : ddl_.after.columns) {
      if (column.object != object.id || column.retired) continue;
      const metadata::Field* field = object.find_id(column.field);
      if (field != nullptr && is_stored_(object, *field)) continue;
      column.retired = true;
      ddl_.words.push_back("retires the column of " + object.name + "." + column.field);
    }
  }

  void indexes_for(const metadata::Object& object, const std::string& table) {
    for (const metadata::Field& field : object.fields) {
      if (field.unique && !field.scope.empty()) {
        index(object, table, "unique ", {field.scope, field.id}, "");
      } else if (field.unique) {
        index(object, table, "unique ", {field.id}, "");
      }
      const bool reference =
          is_stored_(object, field) && type_of_(object, field).kind() == Kind::reference;
      if (reference && !field.unique) index(object, table, "", {field.id}, "");
    }
    for (const auto& fields : object.unique) index(object, table, "unique ", fields, "");
    for (const auto& fields : object.indexes) index(object, table, "", fields, "");
    const metadata::Field* title = object.find_id(object.title_field);
    if (title == nullptr || !is_stored_(object, *title)) return;
    if (type_of_(object, *title).kind() == Kind::text) {
      index(object, table, "", {title->id}, " COLLATE " + std::string(kTextOrder));
    }
  }

  void index(const metadata::Object& object, const std::string& table, const std::string& unique,
             const std::vector<std::string>& fields, const std::string& collation) {
    std::string list;
    for (const std::string& field : with_currencies(object, fields)) {
      const CatalogueColumn* column = ddl_.after.column(object.id, field);
      if (column == nullptr) return;  // Computed on read; check() has said so.
      list += (list.empty() ? "" : ", ") + column->name + collation;
    }
    const std::string definition = unique + list;
    for (const CatalogueIndex& known : ddl_.after.indexes) {
      if (known.table != table || known.definition != definition) continue;
      wanted_.push_back(known.name);
      return;
    }
    const std::string name = "x_" + std::to_string(next_index_number());
    statement("CREATE " + (unique.empty() ? "" : std::string("UNIQUE ")) + "INDEX " + name +
                  " ON " + table + " (" + list + ") WHERE deleted_at IS NULL",
              "");
    ddl_.after.indexes.push_back({name, table, definition});
    wanted_.push_back(name);
  }

  // 10 in one currency are not 10 in another.
  static std::vector<std::string> with_currencies(const metadata::Object& object,
                                                  const std::vector<std::string>& fields) {
    std::vector<std::string> all;
    for (const std::string& id : fields) {
      all.push_back(id);
      const metadata::Field* field = object.find_id(id);
      const auto* beside = field == nullptr ? nullptr : currency_beside(object, *field);
      if (beside != nullptr) all.push_back(beside->id);
    }
    return all;
  }

  int next_index_number() const {
    int highest = 0;
    for (const CatalogueIndex& index : ddl_.after.indexes) {
      highest = std::max(highest, std::stoi(index.name.substr(2)));
    }
    return highest + 1;
  }

  const IsStored& is_stored_;
  const TypeOf& type_of_;
  Ddl ddl_;
  std::vector<std::string> wanted_;
  std::vector<Problem> problems_;
};

}  // namespace

const std::string* Catalogue::table(std::string_view object) const {
  for (const auto& [id, name] : tables) {
    if (id == object) return &name;
  }
  return nullptr;
}

const CatalogueColumn* Catalogue::column(std::string_view object, std::string_view field) const {
  for (const CatalogueColumn& column : columns) {
    if (column.object == object && column.field == field && !column.retired) return &column;
  }
  return nullptr;
}

Result<Ddl> plan(const Catalogue& catalogue, const metadata::Bundle& bundle,
                 const IsStored& is_stored, const TypeOf& type_of) {
  Planner planner(catalogue, is_stored, type_of);
  for (const metadata::Object& object : bundle.objects) planner.add(object);
  planner.drop_other_indexes();
  return planner.take();
}

Table table_of(const Catalogue& catalogue, const metadata::Object& object,
               const IsStored& is_stored, const TypeOf& type_of) {
  Table table;
  table.name = *catalogue.table(object.id);
  table.slots = static_cast<int>(object.fields.size());
  table.is_of_lines = metadata::is_line_object(object);
  for (int slot = 0; slot < table.slots; ++slot) {
    const metadata::Field& field = object.fields[static_cast<std::size_t>(slot)];
    if (!is_stored(object, field)) continue;
    table.columns.push_back(
        {slot, catalogue.column(object.id, field.id)->name, type_of(object, field)});
  }
  prepare_statements(table);
  return table;
}

}  // namespace tenon::record
