// flow_token: where a run is, and since when.
#include "engine/run/rows.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_token (
    run INTEGER NOT NULL, place INTEGER NOT NULL, scope INTEGER NOT NULL, epoch INTEGER NOT NULL,
    node INTEGER NOT NULL, visit INTEGER NOT NULL, state TEXT NOT NULL,
    was_returned INTEGER NOT NULL, direct_to INTEGER NOT NULL, since_ms INTEGER NOT NULL,
    rule TEXT, message TEXT,
    PRIMARY KEY (run, place)) STRICT, WITHOUT ROWID;
  CREATE INDEX flow_token_incident ON flow_token (run) WHERE state = 'incident';
)sql";
constexpr std::string_view kRead = R"sql(
  SELECT scope, epoch, node, visit, state, was_returned, direct_to, since_ms, rule, message
  FROM flow_token WHERE run = :run ORDER BY place
)sql";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO flow_token (run, place, scope, epoch, node, visit, state, was_returned, direct_to,
                          since_ms, rule, message)
  VALUES (:run, :place, :scope, :epoch, :node, :visit, :state, :was_returned, :direct_to,
          :since_ms, :rule, :message)
  ON CONFLICT (run, place) DO UPDATE SET
    epoch = excluded.epoch, node = excluded.node, visit = excluded.visit, state = excluded.state,
    was_returned = excluded.was_returned, direct_to = excluded.direct_to,
    since_ms = excluded.since_ms, rule = excluded.rule, message = excluded.message
)sql";

flow::Token token_of(const storage::Row& row) {
  flow::Token token{.scope = int_at(row, 0),
                    .epoch = int_at(row, 1),
                    .node = int_at(row, 2),
                    .visit = int_at(row, 3),
                    .state = word_at<flow::Token::State>(row, 4),
                    .was_returned = row.integer(5) != 0,
                    .direct_to = int_at(row, 6),
                    .incident = std::nullopt};
  if (!row.is_null(8)) token.incident = flow::Incident{row.text(8), row.text(9)};
  return token;
}

void bind_token(storage::Statement& statement, const flow::Token& token, std::int64_t since_ms) {
  statement.bind(":scope", std::int64_t{token.scope})
      .bind(":epoch", std::int64_t{token.epoch})
      .bind(":node", std::int64_t{token.node})
      .bind(":visit", std::int64_t{token.visit})
      .bind(":state", flow::name_of(token.state))
      .bind(":was_returned", std::int64_t{token.was_returned})
      .bind(":direct_to", std::int64_t{token.direct_to})
      .bind(":since_ms", since_ms);
  if (token.incident) {
    statement.bind(":rule", token.incident->rule).bind(":message", token.incident->message);
  } else {
    statement.bind_null(":rule").bind_null(":message");
  }
}

}  // namespace

storage::Migrations token_migrations() { return {{"run_0003_token", kCreate}}; }

void read_tokens(storage::Transaction& tx, Kept& kept, std::size_t count) {
  kept.run.tokens = read_rows(tx, kRead, kept.run.id, count, [&](const storage::Row& row) {
    kept.since_ms.push_back(row.integer(7));
    return token_of(row);
  });
}

void write_tokens(storage::Transaction& tx, const Kept* before, Kept& after, std::int64_t now_ms) {
  const std::vector<flow::Token>* known = before == nullptr ? nullptr : &before->run.tokens;
  after.since_ms.resize(after.run.tokens.size(), now_ms);
  const auto bind = [&](storage::Statement& statement, const flow::Token& token,
                        std::size_t place) {
    const bool is_new = known == nullptr || place >= known->size();
    const bool stays = !is_new && (*known)[place].visit == token.visit;
    after.since_ms[place] = stays ? before->since_ms[place] : now_ms;
    bind_token(statement, token, after.since_ms[place]);
  };
  write_rows(tx, kKeep, after.run.id, known, after.run.tokens, bind);
}

}  // namespace tenon::run
