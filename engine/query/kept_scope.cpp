#include "engine/query/kept_scope.h"

#include "engine/query/later.h"
#include "engine/query/select.h"

namespace tenon::query {
namespace {

using application::Object;
using storage::SqlBuilder;

int system_count() { return static_cast<int>(metadata::system_fields().size()); }

// The system fields, the slots, the paths.
Result<SqlBuilder> record_sql(const Context& context, const Object& object,
                              const formula::Needs& needs, std::span<const int> slots,
                              RecordId id) {
  Select select(context, object);
  SqlBuilder columns = select.column(-1);
  for (int slot = -2; slot >= -system_count(); --slot) {
    columns.text(", ").append(select.column(slot));
  }
  for (const int slot : slots) columns.text(", ").append(select.column(slot));
  for (const formula::Path& path : needs.paths) columns.text(", ").append(select.column(path));
  SqlBuilder itself = select.column(-1);
  itself.text(" = ").bind(Column{id.value});
  select.where(std::move(itself));
  TENON_CHECK(select.check_joins(""));
  SqlBuilder sql;
  sql.text("SELECT ").append(columns).append(select.from_where());
  return sql;
}

}  // namespace

Result<std::optional<KeptScope>> KeptScope::read(const Context& context, const Object& object,
                                                 const formula::Needs& needs,
                                                 std::span<const int> slots, RecordId id) {
  TENON_TRY(const auto sql, record_sql(context, object, needs, slots, id));
  auto statement = prepared(context, sql);
  const auto row = statement.step();
  if (!row) return std::optional<KeptScope>{};
  KeptScope kept(context);
  kept.id_ = id;
  int at = 0;
  for (int slot = -1; slot >= -system_count(); --slot) {
    kept.system_.push_back(value_at(*row, at++, system_type(slot)));
  }
  kept.fields_.resize(object.types.size());
  for (const int slot : slots) {
    kept.fields_[static_cast<std::size_t>(slot)] = value_at(*row, at++, object.type(slot));
  }
  for (const formula::Path& path : needs.paths) {
    kept.paths_.push_back(value_at(*row, at++, type_of_end(context.app, path)));
  }
  for (const formula::ManyNeed& need : needs.many) {
    kept.behind_.push_back(std::move(rows_behind(context, object, need, {id}).at(id.value)));
  }
  kept.hand_rows();
  return std::optional(std::move(kept));
}

void KeptScope::hand_rows() {
  rows_.begin(behind_.size());
  for (std::size_t place = 0; place < behind_.size(); ++place) {
    if (behind_[place].beyond) rows_.give_up(place);
    for (const KeptRow& row : behind_[place].rows) {
      rows_.add(place, row.id, row.fields, row.paths, row.system);
    }
  }
}

formula::Scope KeptScope::scope() const {
  formula::Scope scope = moment_of(*context_);
  scope.fields = fields_;
  scope.old = fields_;
  scope.paths = paths_;
  scope.system = system_;
  rows_.hand_to(scope);
  scope.id = id_;
  return scope;
}

}  // namespace tenon::query
