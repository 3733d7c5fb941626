// SQL that is the same for everybody with the same rights: built once, kept with the application.
//
// What differs from one time to the next is left open in it and bound as it runs (later.h).
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "engine/query/later.h"

namespace tenon::query {

struct KeptSql final : application::Memo::Item {
  storage::SqlBuilder builder;
  std::string sql;
};

// `name` and `about` (parts of the application) tell it from every other one.
std::shared_ptr<const KeptSql> kept_sql(const Context& context, std::string_view name,
                                        std::initializer_list<const void*> about,
                                        const std::function<void(storage::SqlBuilder&)>& build);

// Ready to step; both must live until it has run.
storage::Statement prepared(const Context& context, const KeptSql& kept,
                            std::span<const Column> given);

}  // namespace tenon::query
