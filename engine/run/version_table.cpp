#include "engine/run/version.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_version (
    flow TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (flow, version)) STRICT;
)sql";
constexpr std::string_view kInUse = R"sql(
  SELECT v.flow, v.version, v.definition,
         v.version = (SELECT max(version) FROM flow_version n WHERE n.flow = v.flow) AS newest,
         (SELECT count(*) FROM flow_run r
          WHERE r.flow = v.flow AND r.version = v.version AND r.state <> 'finished') AS running
  FROM flow_version v WHERE newest OR running > 0 ORDER BY v.flow, v.version
)sql";
constexpr std::string_view kPin = R"sql(
  INSERT INTO flow_version (flow, version, definition, at_ms)
  VALUES (:flow, :version, :definition, :at_ms)
)sql";
constexpr std::string_view kDefinition =
    "SELECT definition FROM flow_version WHERE flow = :flow AND version = :version";

}  // namespace

storage::Migrations version_migrations() { return {{"run_0008_version", kCreate}}; }

std::vector<Version> versions_in_use(storage::Transaction& tx) {
  return tx.statement(kInUse).all([](const storage::Row& row) {
    return Version{.flow = row.text(0),
                   .version = row.integer(1),
                   .definition = row.text(2),
                   .is_newest = row.integer(3) != 0,
                   .running = static_cast<int>(row.integer(4))};
  });
}

void pin(storage::Transaction& tx, const Version& version, std::int64_t at_ms) {
  auto statement = tx.statement(kPin);
  statement.bind(":flow", version.flow)
      .bind(":version", version.version)
      .bind(":definition", version.definition)
      .bind(":at_ms", at_ms);
  statement.run();
}

std::string definition_of(storage::Transaction& tx, std::string_view flow, std::int64_t version) {
  auto statement = tx.statement(kDefinition);
  statement.bind(":flow", flow).bind(":version", version);
  return statement.maybe([](const storage::Row& row) { return row.text(0); }).value_or("");
}

}  // namespace tenon::run
