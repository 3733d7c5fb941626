#include "engine/query/later.h"

#include "engine/value/money.h"

namespace tenon::query {
namespace {

std::string json_list(std::span<const std::int64_t> ids) {
  std::string list = "[";
  for (const std::int64_t id : ids) list += (list.size() == 1 ? "" : ",") + std::to_string(id);
  return list + "]";
}

// Ids of pools are lower_snake_case: nothing to escape.
std::string json_texts(std::span<const std::string> ids) {
  std::string list = "[";
  for (const std::string& id : ids) list += (list.size() == 1 ? "\"" : ",\"") + id + "\"";
  return list + "]";
}

Column value_of(const Context& context, int what, std::span<const Column> values) {
  const Actor& actor = context.actor;
  switch (static_cast<Later>(what)) {
    case Later::user: return actor.is_system() ? Column{} : Column{actor.user.value};
    case Later::team: return json_list(actor.team);
    case Later::department: return json_list(actor.department);
    case Later::team_and_department: return json_list(actor.team_and_department);
    case Later::pools: return json_texts(actor.pools);
    case Later::managed_pools: return json_texts(actor.managed_pools);
    case Later::now: return context.now.ms;
    case Later::looked_up: return context.looked_up->handle();
    case Later::today: return std::int64_t{today(context.app, context.now).days};
    default: return values[static_cast<std::size_t>(what - later(Later::given))];
  }
}

}  // namespace

Value value_at(const storage::Row& row, int place, const Type& type) {
  if (row.is_null(place)) return {};
  return is_integer_column(type.kind()) ? from_column(type, row.integer(place))
                                        : from_column(type, row.text(place));
}

Value whole_at(const storage::Row& row, int place, int currency, const Type& type) {
  const Value code = row.is_null(currency) ? Value{} : Value{row.text(currency)};
  return whole_of(type, value_at(row, place, type), code);
}

std::string list_of(std::span<const RecordId> ids) {
  std::string list = "[";
  for (const RecordId id : ids) list += (list.size() == 1 ? "" : ",") + std::to_string(id.value);
  return list + "]";
}

storage::Statement prepared(const Context& context, const storage::SqlBuilder& builder) {
  return prepared(context, builder, builder.sql(), {});
}

storage::Statement prepared(const Context& context, const storage::SqlBuilder& builder,
                            std::string_view sql, std::span<const Column> values) {
  auto statement = context.tx.statement(sql);
  builder.bind_all(statement, [&](int what) { return value_of(context, what, values); });
  return statement;
}

}  // namespace tenon::query
