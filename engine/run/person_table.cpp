#include "engine/json/writer.h"
#include "engine/run/person.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate =
    "CREATE TABLE flow_person (user INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO flow_person (user, name) VALUES (:user, :name)
  ON CONFLICT (user) DO UPDATE SET name = excluded.name
)sql";
constexpr std::string_view kNames = R"sql(
  SELECT user, name FROM flow_person WHERE user IN (SELECT value FROM json_each(:users))
)sql";

}  // namespace

storage::Migrations person_migrations() { return {{"run_0023_person", kCreate}}; }

void keep_person(storage::Transaction& tx, flow::UserId user, std::string_view name) {
  auto statement = tx.statement(kKeep);
  statement.bind(":user", user.value).bind(":name", name);
  statement.run();
}

std::map<flow::UserId, std::string> names_of_gone(storage::Transaction& tx,
                                                  std::span<const flow::UserId> users) {
  json::Writer ids;
  ids.begin_array();
  for (const flow::UserId user : users) ids.integer(user.value);
  ids.end_array();
  std::map<flow::UserId, std::string> names;
  auto statement = tx.statement(kNames);
  statement.bind(":users", ids.view());
  statement.each([&](const storage::Row& row) { names[{row.integer(0)}] = row.text(1); });
  return names;
}

}  // namespace tenon::run
