#include "tests/simulation/flows/tables.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "engine/base/id.h"

namespace tenon::simulation {
namespace {

struct Rule {
  std::string_view what;
  std::string_view run;   // One of those concerned; "0": it is not about one.
  std::string_view rows;  // Behind FROM: each is a fault.
};

// A token goes on while it is neither.
#define TENON_LIVE "NOT IN ('left', 'cancelled')"

constexpr Rule kOver[] = {
    {"open tasks of finished runs", "t.run",
     "flow_task t JOIN flow_run r ON r.id = t.run WHERE r.state = 'finished' AND t.state IN "
     "('open', 'waiting')"},
    {"timers of finished runs", "t.run",
     "flow_timer t JOIN flow_run r ON r.id = t.run WHERE r.state = 'finished' AND t.state = 'set'"},
    {"subscriptions of finished runs", "t.run",
     "flow_subscription t JOIN flow_run r ON r.id = t.run WHERE r.state = 'finished' AND t.state "
     "= 'open'"},
    {"live tokens of finished runs", "t.run",
     "flow_token t JOIN flow_run r ON r.id = t.run WHERE r.state = 'finished' AND "
     "t.state " TENON_LIVE},
    {"open scopes of finished runs", "t.run",
     "flow_scope t JOIN flow_run r ON r.id = t.run WHERE r.state = 'finished' AND t.state = "
     "'open'"},
    {"locks of finished runs", "l.run",
     "flow_lock l LEFT JOIN flow_run r ON r.id = l.run WHERE coalesce(r.state, 'finished') = "
     "'finished'"},
    {"runs that are over without a result or a time", "id",
     "flow_run WHERE (state = 'finished') <> (result <> '') OR (state = 'finished') <> "
     "(finished_ms <> 0) OR (finished_ms <> 0 AND finished_ms < started_ms)"},
    {"jobs that failed", "0", "job WHERE problem <> '' OR state = 'incident'"},
    {"requests that are out", "id", "flow_run WHERE asking >= 0"},
    {"runs whose caller is over", "c.id",
     "flow_run c JOIN flow_run p ON p.id = c.parent WHERE c.state <> 'finished' AND p.state = "
     "'finished'"},
};

constexpr Rule kStale[] = {
    {"open tasks of tokens that are over, or of another visit", "t.run",
     "flow_task t JOIN flow_token k ON k.run = t.run AND k.place = t.token WHERE t.state IN "
     "('open', 'waiting') AND (k.state <> 'people' OR k.visit <> t.visit OR k.node <> t.node)"},
    {"timers of tokens or epochs that are over", "t.run",
     "flow_timer t JOIN flow_token k ON k.run = t.run AND k.place = t.token JOIN flow_scope s ON "
     "s.run = t.run AND s.place = k.scope WHERE t.state = 'set' AND (k.state NOT IN ('waiting', "
     "'people') OR k.epoch <> t.epoch OR s.epoch <> t.epoch)"},
    {"timers of tasks that are not open", "t.run",
     "flow_timer t JOIN flow_task s ON s.run = t.run AND s.place = t.seat WHERE t.state = 'set' "
     "AND s.state NOT IN ('open', 'waiting')"},
    {"subscriptions of tokens or epochs that are over", "t.run",
     "flow_subscription t JOIN flow_token k ON k.run = t.run AND k.place = t.token JOIN flow_scope "
     "s ON s.run = t.run AND s.place = k.scope WHERE t.state = 'open' AND (k.state <> 'waiting' "
     "OR k.epoch <> t.epoch OR s.epoch <> t.epoch)"},
    {"live tokens of scopes or epochs that are over", "k.run",
     "flow_token k JOIN flow_scope s ON s.run = k.run AND s.place = k.scope WHERE "
     "k.state " TENON_LIVE " AND (s.state <> 'open' OR s.epoch <> k.epoch)"},
    {"open scopes without exactly one live token", "s.run",
     "flow_scope s WHERE state = 'open' AND 1 <> (SELECT count(*) FROM flow_token k WHERE k.run = "
     "s.run AND k.scope = s.place AND k.state " TENON_LIVE ")"},
    {"tasks decided that a return left open", "run",
     "flow_task WHERE is_superseded = 1 AND state IN "
     "('open', 'waiting')"},
};

// Every live token has something to come.
constexpr Rule kWaits[] = {
    {"runs under way without a live token", "r.id",
     "flow_run r WHERE state <> 'finished' AND NOT EXISTS (SELECT 1 FROM flow_token k WHERE k.run "
     "= r.id AND k.state " TENON_LIVE ")"},
    {"tokens where nobody is asked", "k.run",
     "flow_token k WHERE state = 'people' AND NOT EXISTS (SELECT 1 FROM flow_task t WHERE t.run = "
     "k.run AND t.token = k.place AND t.visit = k.visit AND t.state = 'open')"},
    {"tokens that wait for nothing", "k.run",
     "flow_token k WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM flow_timer t WHERE t.run "
     "= k.run AND t.token = k.place AND t.state = 'set') AND NOT EXISTS (SELECT 1 FROM "
     "flow_subscription t WHERE t.run = k.run AND t.token = k.place AND t.state = 'open')"},
    {"forks without an open branch", "k.run",
     "flow_token k WHERE state = 'forked' AND NOT EXISTS (SELECT 1 FROM flow_scope s WHERE s.run = "
     "k.run AND s.parent_token = k.place AND s.state = 'open')"},
    {"calls of runs that are over", "k.run",
     "flow_token k JOIN flow_run r ON r.id = k.run WHERE k.state = 'calling' AND r.state = "
     "'running' AND NOT EXISTS (SELECT 1 FROM flow_run c WHERE c.parent = k.run AND "
     "c.parent_token = k.place AND c.state <> 'finished')"},
    {"incidents without a reason", "run",
     "flow_token WHERE (state = 'incident') <> (rule IS NOT NULL)"},
    {"tokens in the middle of a step", "run", "flow_token WHERE state = 'asking'"},
};

constexpr Rule kHistory[] = {
    {"histories with gaps", "r.id",
     "flow_run r WHERE entries <> (SELECT count(*) FROM flow_history h WHERE h.run = r.id) OR "
     "entries - 1 <> (SELECT max(place) FROM flow_history h WHERE h.run = r.id)"},
    {"histories that run backwards", "0",
     "(SELECT at_ms - lag(at_ms) OVER (PARTITION BY run ORDER BY place) AS passed FROM "
     "flow_history) WHERE passed < 0"},
    {"histories that do not begin when the run did, or end when it ended", "r.id",
     "flow_run r WHERE started_ms <> (SELECT min(at_ms) FROM flow_history h WHERE h.run = r.id) OR "
     "(state = 'finished' AND finished_ms <> (SELECT max(at_ms) FROM flow_history h WHERE h.run = "
     "r.id AND h.what = 'finished'))"},
    {"runs that did not finish exactly once", "r.id",
     "flow_run r WHERE (state = 'finished') <> (SELECT count(*) FROM flow_history h WHERE h.run = "
     "r.id AND h.what = 'finished')"},
    {"tasks without exactly one final entry", "t.run",
     "flow_task t WHERE (state NOT IN ('open', 'waiting')) <> (SELECT count(*) FROM flow_history h "
     "WHERE h.run = t.run AND h.seat = t.place AND h.is_final = 1)"},
    {"requests of one person that are there twice", "0",
     "(SELECT 1 FROM flow_history WHERE request_id <> '' AND what IN ('approved', 'rejected', "
     "'done', 'returned', 'transferred') AND is_final = 1 GROUP BY run, actor, request_id HAVING "
     "count(*) > 1)"},
    {"lists of another length than their run says", "r.id",
     "flow_run r WHERE scopes <> (SELECT count(*) FROM flow_scope t WHERE t.run = r.id) OR tokens "
     "<> (SELECT count(*) FROM flow_token t WHERE t.run = r.id) OR seats <> (SELECT count(*) FROM "
     "flow_task t WHERE t.run = r.id) OR timers <> (SELECT count(*) FROM flow_timer t WHERE t.run "
     "= r.id) OR subscriptions <> (SELECT count(*) FROM flow_subscription t WHERE t.run = r.id)"},
};

constexpr Rule kTimes[] = {
    {"tasks decided before they were opened, or opened and decided outside of their run", "t.run",
     "flow_task t JOIN flow_run r ON r.id = t.run WHERE (opened_ms <> 0 AND opened_ms < "
     "started_ms) OR (decided_ms <> 0 AND decided_ms < opened_ms) OR (finished_ms <> 0 AND "
     "decided_ms > finished_ms)"},
    {"tokens that are where they are since a time outside of their run", "k.run",
     "flow_token k JOIN flow_run r ON r.id = k.run WHERE since_ms < started_ms OR (finished_ms <> "
     "0 AND since_ms > finished_ms)"},
    {"counts of runs that stand at a node that are not the tokens there", "0",
     "flow_metric m WHERE open <> (SELECT count(*) FROM flow_run r JOIN flow_token k ON k.run = "
     "r.id WHERE r.flow = m.flow AND r.version = m.version AND k.node = m.node AND "
     "k.state " TENON_LIVE ")"},
    {"counts of visits that are not the histories' own", "0",
     "flow_metric m WHERE visits <> (SELECT count(*) FROM flow_run r JOIN flow_history h ON h.run "
     "= r.id WHERE r.flow = m.flow AND h.node = m.node AND h.what = 'entered' AND m.version = "
     "coalesce((SELECT CAST(x.reason AS INTEGER) FROM flow_history x WHERE x.run = h.run AND "
     "x.what = 'migrated' AND x.place > h.place ORDER BY x.place LIMIT 1), r.version))"},
    {"runs on a version that was never pinned", "r.id",
     "flow_run r WHERE NOT EXISTS (SELECT 1 FROM flow_version v WHERE v.flow = r.flow AND "
     "v.version = r.version)"},
    {"totals that are not the runs' own", "0",
     "flow_total t WHERE runs <> (SELECT count(*) FROM flow_run r WHERE r.flow = t.flow AND t.word "
     "= CASE r.state WHEN 'finished' THEN r.result ELSE r.state END)"},
};

class Asking {
 public:
  explicit Asking(storage::Transaction& tx) : tx_(tx) {}

  template <std::size_t count>
  void rules(const Rule (&rules)[count]) {
    for (const Rule& rule : rules) {
      const std::string sql =
          "SELECT count(*), min(" + std::string(rule.run) + ") FROM " + std::string(rule.rows);
      tx_.statement(sql).each([&](const storage::Row& row) {
        if (row.integer(0) == 0) return;
        add(std::to_string(row.integer(0)) + " " + std::string(rule.what) + told(row.integer(1)));
      });
    }
  }

  // A running run's one alarm is due with its next timer, or by now; nobody else has one. Times of
  // seats that wait for others stand.
  void alarms(std::int64_t now_ms) {
    const auto due = jobs("flow_timer");
    const auto next = by_run(
        "SELECT r.id, min(t.at_ms) FROM flow_run r JOIN flow_timer t ON t.run = r.id WHERE "
        "r.state = 'running' AND t.state = 'set' AND (t.seat < 0 OR t.action = -1 OR EXISTS "
        "(SELECT 1 FROM flow_task s WHERE s.run = t.run AND s.place = t.seat AND s.state = "
        "'open')) "
        "GROUP BY r.id");
    for (const auto& [run, at_ms] : next) {
      const auto found = due.find(run);
      if (found == due.end()) {
        add("run " + run + " has timers and no job");
      } else if (found->second > std::max(at_ms, now_ms)) {
        add("the job of run " + run + " is due " + std::to_string(found->second - at_ms) +
            " ms after its timer");
      }
    }
    for (const auto& [run, at_ms] : due) {
      if (!next.contains(run)) add("run " + run + " has a job and no timer");
    }
  }

  void continues() {
    const auto due = jobs("flow_continue");
    const auto ready = by_run(
        "SELECT run, count(*) FROM flow_token k JOIN flow_run r ON r.id = k.run WHERE r.state = "
        "'running' AND k.state = 'ready' GROUP BY run");
    for (const auto& [run, tokens] : ready) {
      if (!due.contains(run)) add("run " + run + " is to go on and has no job");
    }
    for (const auto& [run, at_ms] : due) {
      if (!ready.contains(run)) add("run " + run + " has a job to go on, and rests");
    }
  }

  std::vector<std::string> take() { return std::move(faults_); }

 private:
  // What happened to a run, shortly.
  std::string told(std::int64_t run) {
    if (run == 0) return "";
    std::string text = "; of run " + std::to_string(run) + ":";
    auto statement = tx_.statement(
        "SELECT what || ' ' || node || ' ' || seat || ' ' || reason FROM flow_history WHERE run = "
        ":run ORDER BY place");
    statement.bind(":run", run).each([&](const storage::Row& row) {
      text += " " + row.text(0) + ";";
    });
    return text;
  }
  void add(std::string what) { faults_.push_back(std::move(what)); }

  std::map<std::string, std::int64_t> jobs(const std::string& kind) {
    std::map<std::string, std::int64_t> found;
    tx_.statement("SELECT key, due_at FROM job WHERE kind = '" + kind +
                  "' AND state IN ('waiting', 'running', 'incident')")
        .each([&](const storage::Row& row) { found[row.text(0)] = row.integer(1); });
    return found;
  }
  std::map<std::string, std::int64_t> by_run(const std::string& sql) {
    std::map<std::string, std::int64_t> found;
    tx_.statement(sql).each([&](const storage::Row& row) {
      found[text_of(Id<struct Any>{row.integer(0)})] = row.integer(1);
    });
    return found;
  }

  storage::Transaction& tx_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> unsound_tables(storage::Transaction& tx, std::int64_t now_ms) {
  Asking asking(tx);
  asking.rules(kOver);
  asking.rules(kStale);
  asking.rules(kWaits);
  asking.rules(kHistory);
  asking.rules(kTimes);
  asking.alarms(now_ms);
  asking.continues();
  return asking.take();
}

}  // namespace tenon::simulation
