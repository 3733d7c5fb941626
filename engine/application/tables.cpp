// The decision tables of an object, and who gets its new records by one of them.
#include "engine/application/tables.h"

namespace tenon::application {
namespace {

int output_of(const decision::Table& table, std::string_view name) {
  for (std::size_t i = 0; i < table.outputs.size(); ++i) {
    if (table.outputs[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

class TablesCompiler {
 public:
  TablesCompiler(const metadata::Bundle& bundle, Object& object, std::vector<Problem>& problems)
      : bundle_(bundle), names_(bundle), object_(object), problems_(problems) {}

  void run() {
    for (const metadata::Table& definition : bundle_.tables) {
      if (definition.object == object_.id()) add(definition);
    }
    if (object_.definition->assignment) assignment(*object_.definition->assignment);
  }

 private:
  void add(const metadata::Table& definition) {
    auto table = decision::compile(bundle_, definition, names_, object_.needs);
    const std::string file = "tables/" + definition.name + ".json: ";
    if (!table) return report(file, table.error());
    DecisionTable compiled{.table = table.take(), .rows = std::nullopt};
    if (definition.rows_from) compiled.rows = rows_of(*definition.rows_from, file);
    object_.tables.push_back(std::move(compiled));
  }

  std::optional<RecordRows> rows_of(const metadata::RowsFrom& from, const std::string& file) {
    RecordRows rows{.object = from.object};
    const metadata::Object& object = *bundle_.find_id(from.object);
    for (const std::string& field : decision::fields_of(from)) {
      const metadata::Field* found = field.empty() ? nullptr : object.find_id(field);
      rows.slots.push_back(found == nullptr ? -1 : static_cast<int>(found - object.fields.data()));
    }
    if (from.filter.empty()) return rows;
    auto filter = formula::compile_as(Kind::boolean, from.filter, from.object, names_, rows.needs);
    if (filter) {
      rows.filter = filter.take();
    } else {
      report(file + "rows_from/filter ", filter.error());
    }
    return rows;
  }

  void assignment(const metadata::AssignBy& by) {
    Assignment assignment;
    const auto& fields = object_.definition->fields;
    for (std::size_t slot = 0; slot < fields.size(); ++slot) {
      if (fields[slot].id == by.field) assignment.slot = static_cast<int>(slot);
    }
    for (std::size_t i = 0; i < object_.tables.size(); ++i) {
      const decision::Table& table = object_.tables[i].table;
      if (table.id != by.table) continue;
      assignment.table = static_cast<int>(i);
      assignment.user_output = output_of(table, "user");
      assignment.team_output = output_of(table, "team");
      assignment.strategy_output = output_of(table, "strategy");
    }
    assignment.when = condition(by.when);
    assignment.open = condition(by.open);
    if (assignment.slot >= 0 && assignment.table >= 0) object_.assignment = std::move(assignment);
  }

  std::optional<formula::Formula> condition(const std::string& text) {
    if (text.empty()) return std::nullopt;
    auto formula = formula::compile_as(Kind::boolean, text, object_.id(), names_, object_.needs);
    if (formula) return formula.take();
    report("objects/" + object_.name() + ".json: assignment ", formula.error());
    return std::nullopt;
  }

  void report(const std::string& place, Error& error) {
    for (Problem& problem : error.problems) {
      problem.at = place + problem.at;
      problems_.push_back(std::move(problem));
    }
  }

  const metadata::Bundle& bundle_;
  metadata::BundleNames names_;
  Object& object_;
  std::vector<Problem>& problems_;
};

}  // namespace

void compile_tables(const metadata::Bundle& bundle, Object& object,
                    std::vector<Problem>& problems) {
  TablesCompiler(bundle, object, problems).run();
}

}  // namespace tenon::application
