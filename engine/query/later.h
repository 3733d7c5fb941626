// What a query's SQL leaves open until it runs: who asks and when, and what the caller gives.
//
// So the same SQL serves everybody with the same rights, and can be kept (plan.h). Nothing of the
// asker may be bound in any other way.
#pragma once

#include <span>
#include <string_view>

#include "engine/query/context.h"
#include "engine/storage/sql_builder.h"

namespace tenon::query {

enum class Later {
  user,        // Who asks; NULL for the system.
  team,        // Ids of users, as a JSON array.
  department,  // The same.
  team_and_department,
  pools,          // Ids of pools, as a JSON array: those the actor belongs to.
  managed_pools,  // The same of those they manage.
  now,
  today,
  looked_up,  // What formulas look up, by its handle.
  given,      // The first of what the caller gives; the others follow.
};

constexpr int later(Later what) { return static_cast<int>(what); }
constexpr int given(std::size_t place) {
  return static_cast<int>(Later::given) + static_cast<int>(place);
}

// Ready to step. The builder must live until the statement has run; `sql` is its text where that is
// kept.
storage::Statement prepared(const Context& context, const storage::SqlBuilder& builder);
storage::Statement prepared(const Context& context, const storage::SqlBuilder& builder,
                            std::string_view sql, std::span<const Column> values);

// A field's value as a row has it; null for NULL.
Value value_at(const storage::Row& row, int place, const Type& type);
// The same of money in several currencies, whose currency stands at another place.
Value whole_at(const storage::Row& row, int place, int currency, const Type& type);
// "[1,2]", for SqlBuilder::in_list().
std::string list_of(std::span<const RecordId> ids);

}  // namespace tenon::query
