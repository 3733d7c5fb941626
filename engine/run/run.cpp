#include "engine/run/run.h"

#include "engine/run/bell.h"
#include "engine/run/copy.h"
#include "engine/run/flow_runs.h"
#include "engine/run/lock.h"
#include "engine/run/message.h"
#include "engine/run/metrics.h"
#include "engine/run/person.h"
#include "engine/run/rows.h"
#include "engine/run/version.h"

namespace tenon::run {

storage::Migrations migrations() {
  storage::Migrations all;
  for (const auto& table :
       {run_migrations(), scope_migrations(), token_migrations(), task_migrations(),
        timer_migrations(), subscription_migrations(), history_migrations(), version_migrations(),
        lock_migrations(), message_migrations(), copy_migrations(), metrics_migrations(),
        bell_migrations(), flow_runs_migrations(), person_migrations()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  return all;
}

std::optional<Kept> read(storage::Transaction& tx, RunId id) {
  Counts counts;
  auto kept = read_head(tx, id, counts);
  if (!kept) return kept;
  kept->run.scopes = read_scopes(tx, id, counts.scopes);
  read_tokens(tx, *kept, counts.tokens);
  kept->run.seats = read_seats(tx, id, counts.seats);
  kept->run.timers = read_timers(tx, id, counts.timers);
  kept->run.subscriptions = read_subscriptions(tx, id, counts.subscriptions);
  kept->run.history = read_history(tx, id, counts.history);
  return kept;
}

std::optional<storage::Clash> write(storage::Transaction& tx, const Kept* before, Kept& after,
                                    std::int64_t now_ms) {
  const flow::Run* known = before == nullptr ? nullptr : &before->run;
  if (known != nullptr && *known == after.run) return std::nullopt;
  if (known == nullptr) {
    if (auto clash = insert_head(tx, after)) return clash;
  } else {
    update_head(tx, after);
  }
  write_scopes(tx, known, after.run);
  write_tokens(tx, before, after, now_ms);
  write_seats(tx, known, after.run);
  write_timers(tx, known, after.run);
  write_subscriptions(tx, known, after.run);
  write_history(tx, known, after.run);
  count(tx, before, after, now_ms);
  ring(tx, known, after.run);
  return std::nullopt;
}

}  // namespace tenon::run
