#include "engine/query/explain_table.h"

#include <algorithm>

#include "engine/query/decide.h"
#include "engine/query/input_sight.h"

namespace tenon::query {
namespace {

using application::DecisionTable;
using application::Object;

// What all formulas of a table read of its object.
class TableReads {
 public:
  explicit TableReads(const decision::Table& table) {
    for (const decision::Input& input : table.inputs) add(input.formula);
    for (const decision::Row& row : table.rows) {
      for (const decision::Test& test : row.tests) {
        for (const decision::Part& part : test.parts) {
          add(part.low);
          add(part.high);
        }
      }
      for (const decision::Operand& result : row.results) add(result);
    }
    for (const decision::Output& output : table.outputs) {
      if (output.otherwise) add(*output.otherwise);
    }
  }

  const formula::Reads& all() const { return reads_; }

  std::vector<int> slots() const {
    std::vector<int> slots;
    for (const int slot : reads_.slots) {
      if (slot >= 0) slots.push_back(slot);
    }
    return slots;
  }

 private:
  void add(const decision::Operand& operand) {
    if (operand.formula) add(*operand.formula);
  }

  void add(const formula::Formula& formula) {
    const formula::Reads more = formula::reads_of(formula);
    reads_.slots.insert(reads_.slots.end(), more.slots.begin(), more.slots.end());
    reads_.paths.insert(reads_.paths.end(), more.paths.begin(), more.paths.end());
    reads_.many.insert(reads_.many.end(), more.many.begin(), more.many.end());
  }

  formula::Reads reads_;
};

// Every record that could be a row, with all that a row is made of.
bool may_read_rows(const Context& context, const application::RecordRows& from) {
  const Object& object = *context.app.find_id(from.object);
  const auto& rights = context.rights.objects[static_cast<std::size_t>(object.place)];
  return rights.read == permission::Reach::all &&
         std::all_of(from.slots.begin(), from.slots.end(),
                     [&](int slot) { return rights.may_read(slot); });
}

const DecisionTable* find_table(const Object& object, std::string_view name) {
  const auto found = std::find_if(object.tables.begin(), object.tables.end(),
                                  [&](const DecisionTable& one) { return one.table.name == name; });
  return found == object.tables.end() ? nullptr : &*found;
}

}  // namespace

Result<ExplainedTable> explain_table(const Context& context, std::string_view object_name,
                                     RecordId id, std::string_view name) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, object_name));
  const DecisionTable* table = find_table(*object, name);
  if (table == nullptr) return Error::not_found();
  const TableReads reads(table->table);
  const InputSight sight(context, *object, object->needs);
  if (!sight.names(reads.all())) return Error::not_found();
  if (table->rows && !may_read_rows(context, *table->rows)) return Error::not_found();

  const auto slots = reads.slots();
  const Context everything = seeing_all(context);
  TENON_TRY(const auto seen, KeptScope::read(context, *object, object->needs, slots, id));
  if (!seen) return Error::not_found();
  TENON_TRY(const auto all, KeptScope::read(everything, *object, object->needs, slots, id));
  if (!sight.sees(reads.all(), *seen, *all)) {
    return Error::of(ErrorCode::denied, "", "hidden",
                     "what the table asks lies behind records that may not be seen");
  }
  ExplainedTable explained{&table->table, {}, {}};
  const formula::Scope scope = all->scope();
  if (table->rows) {
    TENON_TRY(explained.records, rows_of(everything, *table, scope));
  }
  TENON_TRY(explained.explanation, decision::explain(table->table, explained.rows(), scope));
  return explained;
}

}  // namespace tenon::query
