#include "engine/query/team.h"

#include <algorithm>

#include "engine/query/named_field.h"
#include "engine/query/select.h"
#include "engine/query/working_calendar.h"
#include "engine/record/assignment_table.h"

namespace tenon::query {
namespace {

using application::Object;
using assignment::Candidate;
using storage::SqlBuilder;

// A team without a calendar is always on duty.
bool is_on_duty(const Context& context, const Object& teams, const record::Record& team) {
  const auto* id = std::get_if<RecordId>(&value_of(teams, team, "calendar"));
  if (id == nullptr) return true;
  return working_calendar(context.app, context.tx, *id).is_working(context.now.ms);
}

// Whether the person of this row (`user`: its SQL) is absent now.
void absent(const Context& context, SqlBuilder& sql, const SqlBuilder& user) {
  const Object& absences = context.app.system_object("absence");
  sql.text("EXISTS (SELECT 1 FROM ").name(absences.table.name).text(" a WHERE a.");
  sql.name(column_of(absences, "user")).text(" = ").append(user);
  sql.text(" AND a.deleted_at IS NULL AND a.").name(column_of(absences, "until")).text(" > ");
  sql.bind(Column{context.now.ms}).text(" AND a.").name(column_of(absences, "from")).text(" <= ");
  sql.bind(Column{context.now.ms}).text(")");
}

std::string ids_of(const std::vector<Candidate>& candidates) {
  std::string json = "[";
  for (const Candidate& candidate : candidates) {
    json += (json.size() == 1 ? "" : ",") + std::to_string(candidate.user.value);
  }
  return json + "]";
}

Candidate* find(std::vector<Candidate>& candidates, RecordId user) {
  const auto found = std::find_if(candidates.begin(), candidates.end(),
                                  [&](const Candidate& one) { return one.user == user; });
  return found == candidates.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Team> find_team(const Context& context, RecordId id) {
  const Object& teams = context.app.system_object("team");
  const auto record = record::read(context.tx, teams.table, id);
  if (!record) return std::nullopt;
  Team team{.id = id, .on_duty = is_on_duty(context, teams, *record)};
  if (const auto* name = std::get_if<std::string>(&value_of(teams, *record, "strategy"))) {
    team.strategy = assignment::find_strategy(*name).value_or(team.strategy);
  }
  return team;
}

std::optional<Team> find_team(const Context& context, std::string_view name) {
  const Object& teams = context.app.system_object("team");
  const auto found =
      record::matching(context.tx, teams.table, *teams.find_slot("name"), Value{std::string(name)});
  return found.empty() ? std::nullopt : find_team(context, found.front());
}

std::vector<Candidate> members_of(const Context& context, const Team& team, const Object& object) {
  const Object& members = context.app.system_object("team_member");
  const Object& users = context.app.system_object("user");
  SqlBuilder user;
  user.text("m.").name(column_of(members, "user"));
  SqlBuilder sql;
  sql.text("SELECT u.id, u.").name(column_of(users, "active")).text(", m.");
  sql.name(column_of(members, "weight"))
      .text(", m.")
      .name(column_of(members, "capacity"))
      .text(", ");
  absent(context, sql, user);
  sql.text(" FROM ").name(members.table.name).text(" m JOIN ").name(users.table.name);
  sql.text(" u ON u.id = ").append(user).text(" AND u.deleted_at IS NULL WHERE m.");
  sql.name(column_of(members, "team")).text(" = ").bind(Column{team.id.value});
  sql.text(" AND m.").name(column_of(members, "active"));
  sql.text(" = 1 AND m.deleted_at IS NULL ORDER BY m.id");
  auto statement = context.tx.statement(sql.sql());
  sql.bind_all(statement);
  auto candidates = statement.all([&](const storage::Row& row) {
    Candidate one{.user = RecordId{row.integer(0)}, .active = row.integer(1) != 0};
    one.absent = row.integer(4) != 0;
    one.on_duty = team.on_duty;
    one.weight = row.is_null(2) ? 1 : std::max<std::int64_t>(row.integer(2), 1);
    if (!row.is_null(3)) one.capacity = row.integer(3);
    return one;
  });
  for (Candidate& one : candidates) {
    one.last = record::last_turn(context.tx, object.id(), team.id, one.user);
  }
  return candidates;
}

Candidate candidate_of(const Context& context, RecordId user) {
  const Object& users = context.app.system_object("user");
  SqlBuilder id;
  id.text("u.id");
  SqlBuilder sql;
  sql.text("SELECT u.").name(column_of(users, "active")).text(", ");
  absent(context, sql, id);
  sql.text(" FROM ").name(users.table.name).text(" u WHERE u.deleted_at IS NULL AND u.id = ");
  sql.bind(Column{user.value});
  auto statement = context.tx.statement(sql.sql());
  sql.bind_all(statement);
  Candidate candidate{.user = user, .active = false};
  statement.each([&](const storage::Row& row) {
    candidate.active = row.integer(0) != 0;
    candidate.absent = row.integer(1) != 0;
  });
  return candidate;
}

void add_loads(const Context& context, const Object& object, int slot, const formula::Formula* open,
               std::vector<Candidate>& candidates) {
  if (candidates.empty()) return;
  Select select(context, object);
  const SqlBuilder owner = select.column(slot);
  SqlBuilder theirs = owner;
  theirs.text(" ").in_list(ids_of(candidates));
  select.where(std::move(theirs));
  if (open != nullptr) select.where(select.formula(*open, object.needs));
  SqlBuilder sql;
  sql.text("SELECT ").append(owner).text(", count(*)").append(select.from_where());
  sql.text(" GROUP BY ").append(owner);
  auto statement = context.tx.statement(sql.sql());
  sql.bind_all(statement);
  statement.each([&](const storage::Row& row) {
    Candidate* one = find(candidates, RecordId{row.integer(0)});
    if (one != nullptr) one->load = row.integer(1);
  });
}

void add_turns(const Context& context, const Object& object, RecordId team,
               std::vector<Candidate>& candidates) {
  const auto turns =
      record::last_turns(context.tx, object.id(), team, assignment::recent_max(candidates));
  for (const RecordId user : turns) {
    if (Candidate* one = find(candidates, user)) ++one->recent;
  }
}

}  // namespace tenon::query
