// flow_scope: bodies of regions on their way.
#include "engine/run/rows.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_scope (
    run INTEGER NOT NULL, place INTEGER NOT NULL, region INTEGER NOT NULL,
    parent_token INTEGER NOT NULL, epoch INTEGER NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (run, place)) STRICT, WITHOUT ROWID;
)sql";
constexpr std::string_view kRead = R"sql(
  SELECT region, parent_token, epoch, state FROM flow_scope WHERE run = :run ORDER BY place
)sql";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO flow_scope (run, place, region, parent_token, epoch, state)
  VALUES (:run, :place, :region, :parent_token, :epoch, :state)
  ON CONFLICT (run, place) DO UPDATE SET
    region = excluded.region, epoch = excluded.epoch, state = excluded.state
)sql";

}  // namespace

storage::Migrations scope_migrations() { return {{"run_0002_scope", kCreate}}; }

std::vector<flow::Scope> read_scopes(storage::Transaction& tx, RunId run, std::size_t count) {
  return read_rows(tx, kRead, run, count, [](const storage::Row& row) {
    return flow::Scope{.region = int_at(row, 0),
                       .parent_token = int_at(row, 1),
                       .epoch = int_at(row, 2),
                       .state = word_at<flow::Scope::State>(row, 3)};
  });
}

void write_scopes(storage::Transaction& tx, const flow::Run* before, const flow::Run& after) {
  write_rows(tx, kKeep, after.id, before == nullptr ? nullptr : &before->scopes, after.scopes,
             [](storage::Statement& statement, const flow::Scope& scope, std::size_t) {
               statement.bind(":region", std::int64_t{scope.region})
                   .bind(":parent_token", std::int64_t{scope.parent_token})
                   .bind(":epoch", std::int64_t{scope.epoch})
                   .bind(":state", flow::name_of(scope.state));
             });
}

}  // namespace tenon::run
