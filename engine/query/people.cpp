#include "engine/query/people.h"

#include <algorithm>
#include <map>

#include "engine/query/named_field.h"
#include "engine/storage/sql_builder.h"

namespace tenon::query {
namespace {

using application::Application;
using application::Object;
using storage::SqlBuilder;

std::vector<std::int64_t> integers(storage::Transaction& tx, const SqlBuilder& sql) {
  auto statement = tx.statement(sql.sql());
  sql.bind_all(statement);
  return statement.all([](const storage::Row& row) { return row.integer(0); });
}

// Oneself and everybody below. UNION, not UNION ALL: a circle ends.
std::vector<std::int64_t> team_of(const Application& app, storage::Transaction& tx, RecordId user) {
  const Object& users = app.system_object("user");
  SqlBuilder sql;
  sql.text("WITH RECURSIVE below(id) AS (SELECT ").bind(Column{user.value});
  sql.text(" UNION SELECT u.id FROM below JOIN ").name(users.table.name);
  sql.text(" u ON u.").name(column_of(users, "manager"));
  sql.text(" = below.id AND u.deleted_at IS NULL) SELECT id FROM below ORDER BY id");
  return integers(tx, sql);
}

// Oneself, and everybody in one's department and those below it.
std::vector<std::int64_t> department_of(const Application& app, storage::Transaction& tx,
                                        RecordId user, const Value& department) {
  const auto* id = std::get_if<RecordId>(&department);
  if (id == nullptr) return {user.value};
  const Object& users = app.system_object("user");
  const Object& departments = app.system_object("department");
  SqlBuilder sql;
  sql.text("WITH RECURSIVE below(id) AS (SELECT ").bind(Column{id->value});
  sql.text(" UNION SELECT d.id FROM below JOIN ").name(departments.table.name);
  sql.text(" d ON d.").name(column_of(departments, "parent"));
  sql.text(" = below.id AND d.deleted_at IS NULL) SELECT u.id FROM ").name(users.table.name);
  sql.text(" u WHERE u.deleted_at IS NULL AND u.").name(column_of(users, "department"));
  sql.text(" IN (SELECT id FROM below) UNION SELECT ").bind(Column{user.value});
  sql.text(" ORDER BY 1");
  return integers(tx, sql);
}

std::vector<std::string> roles_of(const Application& app, storage::Transaction& tx, RecordId user) {
  const Object& assignments = app.system_object("role_assignment");
  SqlBuilder sql;
  sql.text("SELECT DISTINCT ").name(column_of(assignments, "role")).text(" FROM ");
  sql.name(assignments.table.name).text(" WHERE deleted_at IS NULL AND ");
  sql.name(column_of(assignments, "user")).text(" = ").bind(Column{user.value}).text(" ORDER BY 1");
  auto statement = tx.statement(sql.sql());
  sql.bind_all(statement);
  return statement.all([](const storage::Row& row) { return row.text(0); });
}

// Teams that somebody takes part in, by name; and whether they manage them.
std::map<std::string, bool, std::less<>> teams_of(const Application& app, storage::Transaction& tx,
                                                  RecordId user) {
  const Object& members = app.system_object("team_member");
  const Object& teams = app.system_object("team");
  SqlBuilder sql;
  sql.text("SELECT t.").name(column_of(teams, "name")).text(", m.");
  sql.name(column_of(members, "manager")).text(" FROM ").name(members.table.name);
  sql.text(" m JOIN ").name(teams.table.name).text(" t ON t.id = m.");
  sql.name(column_of(members, "team")).text(" AND t.deleted_at IS NULL WHERE m.");
  sql.name(column_of(members, "user")).text(" = ").bind(Column{user.value});
  sql.text(" AND m.").name(column_of(members, "active")).text(" = 1 AND m.deleted_at IS NULL");
  std::map<std::string, bool, std::less<>> found;
  auto statement = tx.statement(sql.sql());
  sql.bind_all(statement);
  statement.each([&](const storage::Row& row) {
    found.emplace(row.text(0), !row.is_null(1) && row.integer(1) != 0);
  });
  return found;
}

bool has_role(const Actor& actor, const std::vector<std::string>& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
  });
}

// Whoever manages the team of a pool's members manages the pool.
void join_pools(const Application& app, storage::Transaction& tx, Actor& actor) {
  const auto has_pools = [](const Object& object) { return !object.pools.empty(); };
  if (std::none_of(app.objects().begin(), app.objects().end(), has_pools)) return;
  const auto teams = teams_of(app, tx, actor.user);
  for (const Object& object : app.objects()) {
    for (const application::Pool& pool : object.pools) {
      const metadata::Pool& rules = *pool.definition;
      const auto team = teams.find(rules.members.team);
      const bool manages = has_role(actor, rules.managers.roles) ||
                           teams.contains(rules.managers.team) ||
                           (team != teams.end() && team->second);
      if (manages) actor.managed_pools.push_back(pool.id);
      const bool belongs = has_role(actor, rules.members.roles) || team != teams.end();
      if (manages || belongs) actor.pools.push_back(pool.id);
    }
  }
  std::sort(actor.pools.begin(), actor.pools.end());
  std::sort(actor.managed_pools.begin(), actor.managed_pools.end());
}

}  // namespace

std::optional<Actor> actor_of(const Application& app, storage::Transaction& tx, RecordId user) {
  const Object& users = app.system_object("user");
  const auto record = record::read(tx, users.table, user);
  if (!record || !is_true(value_of(users, *record, "active"))) return std::nullopt;
  Actor actor;
  actor.user = user;
  actor.name = text_of(users, *record, "name");
  actor.locale = text_of(users, *record, "locale");
  if (actor.locale.empty()) actor.locale = "en";
  actor.roles = roles_of(app, tx, user);
  actor.team = team_of(app, tx, user);
  actor.department = department_of(app, tx, user, value_of(users, *record, "department"));
  std::set_union(actor.team.begin(), actor.team.end(), actor.department.begin(),
                 actor.department.end(), std::back_inserter(actor.team_and_department));
  join_pools(app, tx, actor);
  return actor;
}

Person person_of(const Application& app, storage::Transaction& tx, RecordId user) {
  constexpr std::string_view kTexts[] = {"login", "name", "email", "locale", "time_zone", "theme"};
  Person person;
  const Object& users = app.system_object("user");
  const auto record = record::read(tx, users.table, user);
  for (const std::string_view name : kTexts) {
    person.texts.emplace_back(name, record ? text_of(users, *record, name) : "");
  }
  const auto referred = [&](std::string_view field) -> std::optional<record::Record> {
    const auto* id = record ? std::get_if<RecordId>(&value_of(users, *record, field)) : nullptr;
    if (id == nullptr) return std::nullopt;
    return record::read(tx, app.system_object(field).table, *id);
  };
  if (const auto department = referred("department")) {
    person.department = department->id;
    person.department_name = text_of(app.system_object("department"), *department, "name");
  }
  if (const auto position = referred("position")) {
    person.position_name = text_of(app.system_object("position"), *position, "name");
  }
  return person;
}

bool user_exists(const Application& app, storage::Transaction& tx, RecordId user) {
  return record::read(tx, app.system_object("user").table, user).has_value();
}

std::optional<RecordId> find_user(const Application& app, storage::Transaction& tx,
                                  std::string_view login) {
  const Object& users = app.system_object("user");
  const auto found =
      record::matching(tx, users.table, *users.find_slot("login"), Value{std::string(login)});
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::optional<RecordId> user_with_login(const Application& app, storage::Transaction& tx,
                                        std::string_view login) {
  const auto found = find_user(app, tx, login);
  if (!found) return std::nullopt;
  const Object& users = app.system_object("user");
  const auto record = record::read(tx, users.table, *found);
  return is_true(value_of(users, *record, "active")) ? found : std::nullopt;
}

bool concerns_people(const Object& object) {
  constexpr std::string_view kPeople[] = {"user", "department", "role_assignment", "team",
                                          "team_member"};
  return std::find(std::begin(kPeople), std::end(kPeople), object.id()) != std::end(kPeople);
}

}  // namespace tenon::query
