#include "engine/query/team.h"

#include <algorithm>

#include "engine/query/kept_sql.h"
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
bool is_on_duty(const Context& context, const storage::Row& team, int calendar) {
  if (team.is_null(calendar)) return true;
  const RecordId id{team.integer(calendar)};
  return working_calendar(context.app, context.tx, id).is_working(context.now.ms);
}

enum class TeamBy { id, name };

std::optional<Team> team_by(const Context& context, TeamBy by, Column value) {
  const Object& teams = context.app.system_object("team");
  const bool by_id = by == TeamBy::id;
  const auto kept =
      kept_sql(context, by_id ? "team_by_id" : "team_by_name", {}, [&](SqlBuilder& sql) {
        sql.text("SELECT id, ").name(column_of(teams, "strategy"));
        sql.text(", ").name(column_of(teams, "calendar"));
        sql.text(" FROM ").name(teams.table.name).text(" WHERE ");
        sql.name(by_id ? "id" : column_of(teams, "name")).text(" = ");
        sql.bind_later(given(0));
        sql.text(" AND deleted_at IS NULL ORDER BY id LIMIT 1");
      });
  auto statement = prepared(context, *kept, {&value, 1});
  return statement.maybe([&](const storage::Row& row) {
    Team team{.id = RecordId{row.integer(0)}, .on_duty = is_on_duty(context, row, 2)};
    team.strategy = assignment::find_strategy(row.view(1)).value_or(team.strategy);
    return team;
  });
}

// Whether the person of this row is absent now.
void absent(const Context& context, SqlBuilder& sql, const SqlBuilder& user) {
  const Object& absences = context.app.system_object("absence");
  sql.text("EXISTS (SELECT 1 FROM ").name(absences.table.name).text(" a WHERE a.");
  sql.name(column_of(absences, "user")).text(" = ").append(user);
  sql.text(" AND a.deleted_at IS NULL AND a.").name(column_of(absences, "until")).text(" > ");
  sql.bind_later(later(Later::now)).text(" AND a.").name(column_of(absences, "from"));
  sql.text(" <= ").bind_later(later(Later::now)).text(")");
}

void members(const Context& context, SqlBuilder& sql) {
  const Object& members = context.app.system_object("team_member");
  const Object& users = context.app.system_object("user");
  SqlBuilder user;
  user.text("m.").name(column_of(members, "user"));
  sql.text("SELECT u.id, u.").name(column_of(users, "active")).text(", m.");
  sql.name(column_of(members, "weight")).text(", m.").name(column_of(members, "capacity"));
  sql.text(", ");
  absent(context, sql, user);
  sql.text(", m.id FROM ").name(members.table.name).text(" m JOIN ").name(users.table.name);
  sql.text(" u ON u.id = ").append(user).text(" AND u.deleted_at IS NULL WHERE m.");
  sql.name(column_of(members, "team")).text(" = ").bind_later(given(0));
  sql.text(" AND m.").name(column_of(members, "active"));
  sql.text(" = 1 AND m.deleted_at IS NULL");
}

Candidate* find(std::vector<Candidate>& candidates, RecordId user) {
  const auto found = std::find_if(candidates.begin(), candidates.end(),
                                  [&](const Candidate& one) { return one.user == user; });
  return found == candidates.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Team> find_team(const Context& context, RecordId id) {
  return team_by(context, TeamBy::id, id.value);
}

std::optional<Team> find_team(const Context& context, std::string_view name) {
  return team_by(context, TeamBy::name, std::string(name));
}

std::vector<Candidate> members_of(const Context& context, const Team& team, const Object& object) {
  const auto kept =
      kept_sql(context, "team_members", {}, [&](SqlBuilder& sql) { members(context, sql); });
  const Column id{team.id.value};
  std::vector<std::pair<std::int64_t, Candidate>> joined;
  prepared(context, *kept, {&id, 1}).each([&](const storage::Row& row) {
    Candidate one{.user = RecordId{row.integer(0)}, .active = row.integer(1) != 0};
    one.absent = row.integer(4) != 0;
    one.on_duty = team.on_duty;
    one.weight = row.is_null(2) ? 1 : std::max<std::int64_t>(row.integer(2), 1);
    if (!row.is_null(3)) one.capacity = row.integer(3);
    joined.emplace_back(row.integer(5), one);
  });
  // For a few people faster than to have SQLite sort them.
  std::sort(joined.begin(), joined.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Candidate> candidates;
  candidates.reserve(joined.size());
  for (const auto& [membership, one] : joined) candidates.push_back(one);
  for (const record::Turn& turn : record::last_turns(context.tx, object.id(), team.id)) {
    if (Candidate* one = find(candidates, turn.user)) one->last = turn.entry;
  }
  return candidates;
}

Candidate candidate_of(const Context& context, RecordId user) {
  const Object& users = context.app.system_object("user");
  const auto kept = kept_sql(context, "candidate", {}, [&](SqlBuilder& sql) {
    SqlBuilder id;
    id.text("u.id");
    sql.text("SELECT u.").name(column_of(users, "active")).text(", ");
    absent(context, sql, id);
    sql.text(" FROM ").name(users.table.name).text(" u WHERE u.deleted_at IS NULL AND u.id = ");
    sql.bind_later(given(0));
  });
  const Column id{user.value};
  auto statement = prepared(context, *kept, {&id, 1});
  Candidate candidate{.user = user, .active = false};
  statement.each([&](const storage::Row& row) {
    candidate.active = row.integer(0) != 0;
    candidate.absent = row.integer(1) != 0;
  });
  return candidate;
}

void add_loads(const Context& context, const Object& object, int slot, const formula::Formula* open,
               std::vector<Candidate>& candidates) {
  // The field is told by its place: the object's fields do not move.
  const void* field = &object.types[static_cast<std::size_t>(slot)];
  const auto kept = kept_sql(context, "load", {&object, field, open}, [&](SqlBuilder& sql) {
    Select select(context, object);
    SqlBuilder theirs = select.column(slot);
    theirs.text(" = ").bind_later(given(0));
    select.where(std::move(theirs));
    if (open != nullptr) select.where(select.formula(*open, object.needs));
    sql.text("SELECT count(*)").append(select.from_where());
  });
  for (Candidate& one : candidates) {
    const Column id{one.user.value};
    one.load = prepared(context, *kept, {&id, 1}).one([](const storage::Row& row) {
      return row.integer(0);
    });
  }
}

void add_turns(const Context& context, const Object& object, RecordId team,
               std::vector<Candidate>& candidates) {
  const auto turns =
      record::newest_chosen(context.tx, object.id(), team, assignment::recent_max(candidates));
  for (const RecordId user : turns) {
    if (Candidate* one = find(candidates, user)) ++one->recent;
  }
}

}  // namespace tenon::query
