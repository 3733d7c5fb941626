// flow_subscription: events that a run waits for.
#include "engine/run/message.h"
#include "engine/run/rows.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_subscription (
    run INTEGER NOT NULL, place INTEGER NOT NULL, token INTEGER NOT NULL, epoch INTEGER NOT NULL,
    event TEXT NOT NULL, correlation TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (run, place)) STRICT, WITHOUT ROWID;
  CREATE INDEX flow_subscription_open ON flow_subscription (event, correlation, run, place)
    WHERE state = 'open';
)sql";
constexpr std::string_view kRead = R"sql(
  SELECT token, epoch, event, correlation, state FROM flow_subscription
  WHERE run = :run ORDER BY place
)sql";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO flow_subscription (run, place, token, epoch, event, correlation, state)
  VALUES (:run, :place, :token, :epoch, :event, :correlation, :state)
  ON CONFLICT (run, place) DO UPDATE SET epoch = excluded.epoch, state = excluded.state
)sql";
constexpr std::string_view kWaiting = R"sql(
  SELECT run, place FROM flow_subscription
  WHERE event = :event AND correlation = :correlation AND state = 'open' ORDER BY run, place
)sql";

}  // namespace

storage::Migrations subscription_migrations() { return {{"run_0006_subscription", kCreate}}; }

std::vector<flow::Subscription> read_subscriptions(storage::Transaction& tx, RunId run,
                                                   std::size_t count) {
  return read_rows(tx, kRead, run, count, [](const storage::Row& row) {
    return flow::Subscription{.token = int_at(row, 0),
                              .epoch = int_at(row, 1),
                              .event = row.text(2),
                              .correlation = row.text(3),
                              .state = word_at<flow::Subscription::State>(row, 4)};
  });
}

void write_subscriptions(storage::Transaction& tx, const flow::Run* before,
                         const flow::Run& after) {
  write_rows(tx, kKeep, after.id, before == nullptr ? nullptr : &before->subscriptions,
             after.subscriptions,
             [](storage::Statement& statement, const flow::Subscription& one, std::size_t) {
               statement.bind(":token", std::int64_t{one.token})
                   .bind(":epoch", std::int64_t{one.epoch})
                   .bind(":event", one.event)
                   .bind(":correlation", one.correlation)
                   .bind(":state", flow::name_of(one.state));
             });
}

std::vector<Waiting> waiting_for(storage::Transaction& tx, std::string_view event,
                                 std::string_view correlation) {
  auto statement = tx.statement(kWaiting);
  statement.bind(":event", event).bind(":correlation", correlation);
  return statement.all([](const storage::Row& row) {
    return Waiting{{row.integer(0)}, int_at(row, 1)};
  });
}

}  // namespace tenon::run
