#include "engine/run/rows.h"
#include "engine/run/stuck.h"

namespace tenon::run {
namespace {

constexpr std::string_view kStuck = R"sql(
  SELECT r.id, r.flow, coalesce(k.place, -1), coalesce(k.state, 'token') FROM flow_run r
  LEFT JOIN flow_token k ON k.run = r.id AND k.state NOT IN ('left', 'cancelled')
  WHERE r.state <> 'finished' AND CASE coalesce(k.state, 'token')
    WHEN 'ready' THEN 0
    WHEN 'incident' THEN 0
    WHEN 'people' THEN NOT EXISTS (
      SELECT 1 FROM flow_task t
      WHERE t.run = r.id AND t.token = k.place AND t.visit = k.visit AND t.state = 'open')
    WHEN 'waiting' THEN NOT EXISTS (
      SELECT 1 FROM flow_timer t WHERE t.run = r.id AND t.token = k.place AND t.state = 'set')
      AND NOT EXISTS (
      SELECT 1 FROM flow_subscription t
      WHERE t.run = r.id AND t.token = k.place
        AND (t.state = 'open' OR (t.state = 'heard' AND r.state = 'suspended')))
    WHEN 'forked' THEN NOT EXISTS (
      SELECT 1 FROM flow_scope s
      WHERE s.run = r.id AND s.parent_token = k.place AND s.state = 'open')
    WHEN 'calling' THEN r.state = 'running' AND NOT EXISTS (
      SELECT 1 FROM flow_run c
      WHERE c.parent = r.id AND c.parent <> 0 AND c.parent_token = k.place
        AND c.state <> 'finished')
    ELSE 1 END
  ORDER BY r.id, k.place LIMIT :count_max
)sql";
// Timers as flow::is_ticking() has them; -1: a delegation ends.
constexpr std::string_view kAwaited = R"sql(
  SELECT * FROM (
    SELECT r.id, r.flow,
      (SELECT min(at_ms) FROM flow_timer t
       WHERE t.run = r.id AND t.state = 'set' AND (t.seat < 0 OR t.action = -1 OR EXISTS (
         SELECT 1 FROM flow_task s
         WHERE s.run = t.run AND s.place = t.seat AND s.state = 'open'))) AS timer_ms,
      EXISTS (SELECT 1 FROM flow_token k WHERE k.run = r.id AND k.state = 'ready') AS goes_on
    FROM flow_run r WHERE r.state = 'running')
  WHERE timer_ms IS NOT NULL OR goes_on ORDER BY id
)sql";

}  // namespace

std::vector<Stuck> stuck(storage::Transaction& tx, int count_max) {
  auto statement = tx.statement(kStuck);
  statement.bind(":count_max", std::int64_t{count_max});
  return statement.all([](const storage::Row& row) {
    return Stuck{{row.integer(0)}, row.text(1), int_at(row, 2), row.text(3)};
  });
}

std::vector<Awaited> awaited(storage::Transaction& tx) {
  auto statement = tx.statement(kAwaited);
  return statement.all([](const storage::Row& row) {
    Awaited one{{row.integer(0)}, row.text(1), std::nullopt, row.integer(3) != 0};
    if (!row.is_null(2)) one.timer_ms = row.integer(2);
    return one;
  });
}

}  // namespace tenon::run
