#include "engine/query/directory.h"

#include <algorithm>
#include <set>

#include "engine/json/writer.h"
#include "engine/query/later.h"
#include "engine/query/named_field.h"
#include "engine/storage/sql_builder.h"

namespace tenon::query {
namespace {

using application::Object;
using flow::Directory;
using flow::UserId;
using storage::SqlBuilder;

std::string json_of(const std::vector<std::string>& texts) {
  json::Writer writer;
  writer.begin_array();
  for (const std::string& text : texts) writer.text(text);
  return writer.end_array().take();
}

RecordId id_at(const storage::Row& row, int column) { return {row.integer(column)}; }

class Reader {
 public:
  explicit Reader(const Context& context)
      : context_(context),
        users_(context.app.system_object("user")),
        departments_(context.app.system_object("department")),
        delegations_(context.app.system_object("delegation")) {}

  Directory read(const flow::PeopleQuestion& question) {
    std::vector<UserId> ids = question.users;
    read_roles(question.roles, ids);
    if (!question.positions.empty()) read_positions(question.positions, ids);
    read_people(question.logins, ids);
    read_departments();
    std::vector<UserId> heads;
    for (const auto& [id, department] : directory_.departments) {
      const bool is_new =
          department.head != flow::kNobody && !directory_.people.contains(department.head);
      if (is_new) heads.push_back(department.head);
    }
    if (!heads.empty()) read_people({}, heads);
    read_delegations();
    return std::move(directory_);
  }

 private:
  template <class F>
  void each(const SqlBuilder& sql, F f) {
    auto statement = context_.tx.statement(sql.sql());
    sql.bind_all(statement);
    statement.each(f);
  }

  // Members of the roles that are asked for, by the roles' ids, and the admins of flows.
  void read_roles(const std::vector<std::string>& asked, std::vector<UserId>& ids) {
    const auto admin_roles = roles_of_flow_admins(context_.app);
    std::vector<std::string> names = admin_roles;
    std::vector<std::pair<std::string, std::string>> ids_of_names;  // Name, id.
    for (const metadata::Role& role : context_.app.bundle().roles) {
      if (std::find(asked.begin(), asked.end(), role.id) == asked.end()) continue;
      names.push_back(role.name);
      ids_of_names.emplace_back(role.name, role.id);
      directory_.roles[role.id];
    }
    const Object& assignments = context_.app.system_object("role_assignment");
    SqlBuilder sql;
    sql.text("SELECT DISTINCT ").name(column_of(assignments, "role")).text(", ");
    sql.name(column_of(assignments, "user")).text(" FROM ").name(assignments.table.name);
    sql.text(" WHERE deleted_at IS NULL AND ").name(column_of(assignments, "role")).text(" ");
    sql.in_list(json_of(names)).text(" ORDER BY 2");
    each(sql, [&](const storage::Row& row) {
      const std::string_view role = row.view(0);
      const UserId user = id_at(row, 1);
      ids.push_back(user);
      for (const auto& [name, id] : ids_of_names) {
        if (name == role) directory_.roles[id].push_back(user);
      }
      auto& admins = directory_.admins;
      const bool is_admin =
          std::find(admin_roles.begin(), admin_roles.end(), role) != admin_roles.end();
      const bool is_known = std::find(admins.begin(), admins.end(), user) != admins.end();
      if (is_admin && !is_known) admins.push_back(user);
    });
  }

  // Who holds them; a position that there is and nobody holds is empty.
  void read_positions(const std::vector<std::string>& asked, std::vector<UserId>& ids) {
    const Object& positions = context_.app.system_object("position");
    SqlBuilder sql;
    sql.text("SELECT p.").name(column_of(positions, "name")).text(", u.id FROM ");
    sql.name(positions.table.name).text(" p LEFT JOIN ").name(users_.table.name);
    sql.text(" u ON u.deleted_at IS NULL AND u.").name(column_of(users_, "position"));
    sql.text(" = p.id WHERE p.deleted_at IS NULL AND p.").name(column_of(positions, "name"));
    sql.text(" ").in_list(json_of(asked)).text(" ORDER BY 2");
    each(sql, [&](const storage::Row& row) {
      std::vector<UserId>& holders = directory_.positions[row.text(0)];
      if (row.is_null(1)) return;
      holders.push_back(id_at(row, 1));
      ids.push_back(holders.back());
    });
  }

  // With everybody above them, whom they stand in for, who takes over: UNION, so circles end.
  void read_people(const std::vector<std::string>& logins, const std::vector<UserId>& ids) {
    SqlBuilder sql;
    sql.text("WITH RECURSIVE wanted(id) AS (SELECT id FROM ").name(users_.table.name);
    sql.text(" WHERE id ").in_list(list_of(ids));
    sql.text(" UNION SELECT id FROM ").name(users_.table.name);
    sql.text(" WHERE ").name(column_of(users_, "login")).text(" ").in_list(json_of(logins));
    above(sql, "manager");
    above(sql, "hand_over");
    sql.text(" UNION SELECT d.").name(column_of(delegations_, "to")).text(" FROM wanted JOIN ");
    sql.name(delegations_.table.name).text(" d ON d.").name(column_of(delegations_, "from"));
    sql.text(" = wanted.id WHERE d.deleted_at IS NULL AND d.");
    sql.name(column_of(delegations_, "until")).text(" > ").bind(Column{context_.now.ms});
    // Who was deleted is known as not active, and by no login: somebody takes over from them.
    sql.text(") SELECT u.id, iif(u.deleted_at IS NULL, u.").name(column_of(users_, "login"));
    sql.text(", ''), u.deleted_at IS NULL AND u.");
    sql.name(column_of(users_, "active")).text(", u.").name(column_of(users_, "manager"));
    sql.text(", u.").name(column_of(users_, "department")).text(", u.");
    sql.name(column_of(users_, "hand_over")).text(" FROM wanted JOIN ").name(users_.table.name);
    sql.text(" u ON u.id = wanted.id");
    each(sql, [&](const storage::Row& row) {
      directory_.people[id_at(row, 0)] = {.login = row.text(1),
                                          .is_active = row.integer(2) != 0,
                                          .manager = id_at(row, 3),
                                          .department = id_at(row, 4),
                                          .hand_over = id_at(row, 5)};
    });
  }

  void above(SqlBuilder& sql, std::string_view field) {
    sql.text(" UNION SELECT u.").name(column_of(users_, field)).text(" FROM wanted JOIN ");
    sql.name(users_.table.name).text(" u ON u.id = wanted.id WHERE u.");
    sql.name(column_of(users_, field)).text(" IS NOT NULL");
  }

  // Those of everybody known, and all above.
  void read_departments() {
    std::set<RecordId> own;
    for (const auto& [id, person] : directory_.people) {
      if (person.department.value != 0) own.insert(person.department);
    }
    if (own.empty()) return;
    const std::string parent = column_of(departments_, "parent");
    SqlBuilder sql;
    sql.text("WITH RECURSIVE wanted(id) AS (SELECT id FROM ").name(departments_.table.name);
    sql.text(" WHERE id ").in_list(list_of(std::vector<RecordId>(own.begin(), own.end())));
    sql.text(" UNION SELECT d.").name(parent).text(" FROM wanted JOIN ");
    sql.name(departments_.table.name).text(" d ON d.id = wanted.id WHERE d.").name(parent);
    sql.text(" IS NOT NULL) SELECT d.id, d.").name(parent).text(", d.");
    sql.name(column_of(departments_, "head")).text(" FROM wanted JOIN ");
    sql.name(departments_.table.name);
    sql.text(" d ON d.id = wanted.id AND d.deleted_at IS NULL");
    each(sql, [&](const storage::Row& row) {
      directory_.departments[id_at(row, 0)] = {id_at(row, 1), id_at(row, 2)};
    });
  }

  // Of everybody known; those that are over are not asked for.
  void read_delegations() {
    std::vector<UserId> ids;
    for (const auto& [id, person] : directory_.people) ids.push_back(id);
    SqlBuilder sql;
    sql.text("SELECT ").name(column_of(delegations_, "from")).text(", ");
    sql.name(column_of(delegations_, "to")).text(", ").name(column_of(delegations_, "begins"));
    sql.text(", ").name(column_of(delegations_, "until")).text(", ");
    sql.name(column_of(delegations_, "flow")).text(" FROM ").name(delegations_.table.name);
    sql.text(" WHERE deleted_at IS NULL AND ").name(column_of(delegations_, "until"));
    sql.text(" > ").bind(Column{context_.now.ms}).text(" AND ");
    sql.name(column_of(delegations_, "from")).text(" ").in_list(list_of(ids));
    sql.text(" ORDER BY id");
    each(sql, [&](const storage::Row& row) {
      directory_.delegations.push_back({.from = id_at(row, 0),
                                        .to = id_at(row, 1),
                                        .begins_ms = row.integer(2),
                                        .ends_ms = row.integer(3),
                                        .flow = flow_id(row.text(4))});
    });
  }

  // People name a flow as it is called.
  std::string flow_id(const std::string& name) const {
    const application::Flow* flow = context_.app.find_flow(name);
    return flow == nullptr ? name : flow->id();
  }

  const Context& context_;
  const Object& users_;
  const Object& departments_;
  const Object& delegations_;
  Directory directory_;
};

}  // namespace

std::vector<std::string> roles_of_flow_admins(const application::Application& app) {
  std::vector<std::string> names;
  for (const metadata::Role& role : app.bundle().roles) {
    if (role.everything || role.administers_flows) names.push_back(role.name);
  }
  return names;
}

Directory directory(const Context& context, const flow::PeopleQuestion& question) {
  return Reader(context).read(question);
}

}  // namespace tenon::query
