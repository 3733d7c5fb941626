#include <set>

#include "engine/run/bell.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_bell (user INTEGER PRIMARY KEY, rings INTEGER NOT NULL) STRICT;
)sql";
constexpr std::string_view kRing = R"sql(
  INSERT INTO flow_bell (user, rings) VALUES (:user, 1)
  ON CONFLICT (user) DO UPDATE SET rings = rings + 1
)sql";
constexpr std::string_view kRings = "SELECT rings FROM flow_bell WHERE user = :user";

}  // namespace

storage::Migrations bell_migrations() { return {{"run_0013_bell", kCreate}}; }

void ring(storage::Transaction& tx, flow::UserId user) {
  auto statement = tx.statement(kRing);
  statement.bind(":user", user.value);
  statement.run();
}

void ring(storage::Transaction& tx, const flow::Run* before, const flow::Run& after) {
  std::set<flow::UserId> people;
  const std::size_t known = before == nullptr ? 0 : before->seats.size();
  const bool is_moved = before != nullptr && before->state != after.state;
  for (std::size_t i = 0; i < after.seats.size(); ++i) {
    const flow::Seat& seat = after.seats[i];
    // Seats of a run that is suspended leave the list, and come back.
    const bool shows = seat.state == flow::Seat::State::open && is_moved;
    if (i < known && before->seats[i] == seat && !shows) continue;
    people.insert(seat.keeper());
    if (i < known) people.insert(before->seats[i].keeper());
  }
  people.erase(flow::kNobody);
  for (const flow::UserId user : people) ring(tx, user);
}

std::int64_t rings_of(storage::Transaction& tx, flow::UserId user) {
  auto statement = tx.statement(kRings);
  statement.bind(":user", user.value);
  return statement.maybe([](const storage::Row& row) { return row.integer(0); }).value_or(0);
}

}  // namespace tenon::run
