#include "engine/query/kept_sql.h"

namespace tenon::query {
namespace {

std::string key_of(const Context& context, std::string_view name,
                   std::initializer_list<const void*> about) {
  std::string key(name);
  const auto add = [&](const void* part) {
    key.append(reinterpret_cast<const char*>(&part), sizeof part);
  };
  add(&context.rights);  // The application has one for each set of roles.
  for (const void* part : about) add(part);
  key += context.actor.is_system() ? 's' : 'p';
  return key;
}

}  // namespace

std::shared_ptr<const KeptSql> kept_sql(const Context& context, std::string_view name,
                                        std::initializer_list<const void*> about,
                                        const std::function<void(storage::SqlBuilder&)>& build) {
  std::string key = key_of(context, name, about);
  if (auto known = context.app.memo().find(key)) {
    return std::static_pointer_cast<const KeptSql>(std::move(known));
  }
  auto kept = std::make_shared<KeptSql>();
  build(kept->builder);
  kept->sql = kept->builder.sql();
  context.app.memo().keep(std::move(key), kept);
  return kept;
}

storage::Statement prepared(const Context& context, const KeptSql& kept,
                            std::span<const Column> given) {
  return prepared(context, kept.builder, kept.sql, given);
}

}  // namespace tenon::query
