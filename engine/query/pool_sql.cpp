#include "engine/query/pool_sql.h"

#include <algorithm>

#include "engine/formula/sql.h"
#include "engine/query/later.h"

namespace tenon::query {
namespace {

using application::Object;
using application::Pool;
using storage::SqlBuilder;

// A condition of a pool: over kept fields of one row, as check_pool.cpp (metadata) saw to.
void condition(SqlBuilder& sql, const Context& context, const Object& object,
               const std::string& alias, const formula::Formula& formula) {
  for (const formula::SqlPiece& piece : formula::sql_of(formula).pieces) {
    if (const auto* text = std::get_if<std::string_view>(&piece)) {
      sql.fragment(*text);
    } else if (const auto* field = std::get_if<formula::SqlField>(&piece)) {
      sql.name(alias).text(".").name(record::find_column(object.table, field->slot)->name);
    } else if (const auto* bound = std::get_if<Column>(&piece)) {
      sql.bind(*bound);
    } else if (std::holds_alternative<formula::SqlContext>(piece)) {
      sql.bind(Column{context.app.bundle().time_zone});  // Nothing live: the zone is left.
    } else {
      throw Fault("a pool's condition looks beyond its record");
    }
  }
}

// The first pool that fits says yes or no; a row in no pool: no.
template <class Say>
SqlBuilder by_pool(const Context& context, const Object& object, const std::string& alias,
                   Say say) {
  SqlBuilder sql;
  sql.name(alias).text(".");
  sql.name(record::find_column(object.table, object.owner_slot)->name).text(" IS NULL AND CASE");
  for (const Pool& pool : object.pools) {
    sql.text(" WHEN ");
    if (pool.when) {
      condition(sql, context, object, alias, *pool.when);
    } else {
      sql.text("1");
    }
    sql.text(" THEN ");
    say(sql, pool);
  }
  return std::move(sql.text(" ELSE 0 END"));
}

}  // namespace

SqlBuilder in_pool_of_actor(const Context& context, const Object& object,
                            const std::string& alias) {
  return by_pool(context, object, alias, [](SqlBuilder& sql, const Pool& pool) {
    sql.bind(Column{pool.id}).in_list_later(later(Later::pools));
  });
}

SqlBuilder unless_hidden(const Context& context, const Object& object, const std::string& alias,
                         int slot, SqlBuilder column) {
  const auto place = static_cast<std::size_t>(slot);
  const bool is_hidden = std::any_of(object.pools.begin(), object.pools.end(),
                                     [&](const Pool& pool) { return pool.hidden[place]; });
  if (!is_hidden || context.actor.is_system() || context.rights.everything) return column;
  SqlBuilder sql;
  sql.text("CASE WHEN ");
  sql.append(by_pool(context, object, alias, [&](SqlBuilder& say, const Pool& pool) {
    if (!pool.hidden[place]) {
      say.text("0");
    } else {
      say.text("NOT ").bind(Column{pool.id}).in_list_later(later(Later::managed_pools));
    }
  }));
  return std::move(sql.text(" THEN NULL ELSE ").append(column).text(" END"));
}

}  // namespace tenon::query
