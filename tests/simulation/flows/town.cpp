#include "tests/simulation/flows/town.h"

#include "engine/flow/view.h"
#include "engine/run/message.h"
#include "tests/simulation/flows/flow_maker.h"
#include "tests/simulation/flows/tables.h"

namespace tenon::simulation {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr int kAllJobs = 100'000;
constexpr int kWindUpRounds = 30;

}  // namespace

Town::Town(Chance& chance) : Claims(flows_by_chance(chance)), chance_(chance) {}

void Town::step() {
  const auto runs = under_way();
  switch (chance_.below(16)) {
    case 0: return pass_time((1 + chance_.below(20)) * kMinute, kAllJobs);
    case 1: return pass_time((1 + chance_.below(30)) * kHour, kAllJobs);
    case 2: return pass_time(chance_.below(12) * kHour + kMinute, chance_.below(3));
    case 3: return chance_.one_in(3) ? come_and_go() : keep_event();
    case 4:
      if (chance_.one_in(2)) start_again();
      return;
    case 5:
      if (!runs.empty()) cut_off(chance_.any(runs));
      return;
    default:
      if (!runs.empty()) act_on(chance_.any(runs));
  }
}

std::vector<flow::RunId> Town::under_way() {
  std::vector<flow::RunId> runs;
  ask(support::the_system(), [&](const query::Context& context) {
    context.tx.statement("SELECT id FROM flow_run WHERE state <> 'finished' ORDER BY id")
        .each([&](const storage::Row& row) { runs.push_back({row.integer(0)}); });
  });
  return runs;
}

void Town::start_one() {
  const RecordId record = claim(std::to_string(chance_.below(1000)));
  const flow::UserId keeper = anybody();
  if (chance_.one_in(2)) {
    note(support::told(update("claim", record, R"({"keeper": ")" + text_of(keeper) + "\"}")));
  }
  const std::string name = "flow_" + std::to_string(chance_.below(kFlows));
  // Who sees all claims and made them may be any clerk; the keeper of flows reads them only.
  note(start("ann", record, name));
  ++started_;
}

void Town::publish_others() {
  const auto plan = publish(flows_by_chance(chance_), true);
  if (!plan) faults_.push_back("publish: " + describe(plan.error()));
}

void Town::pass_time(std::int64_t ms, int jobs_max) {
  ask(support::the_system(),
      [&](const query::Context& context) { stays_.look(context.tx, clock.now); });
  clock.now += ms;
  do_jobs(jobs_max);
}

void Town::do_jobs(int jobs_max) {
  int count = 0;
  for (bool was_one = true; was_one && count < jobs_max;) {
    was_one = false;
    for (const job::Lane lane : {job::Lane::interactive, job::Lane::timers}) {
      note(support::told(
          carry_out(support::the_system(), [&](command::Context& context) -> Result<void> {
            was_one = command::run_due_job(context, lane, context.clock.now_ms()) || was_one;
            return done();
          })));
    }
    count += was_one ? 1 : 0;
  }
  if (count == kAllJobs) faults_.push_back("jobs come again and again at the same time");
}

// Nobody who decides for the others leaves: bob and hal stay.
void Town::come_and_go() {
  static const std::vector<std::string> kLeave = {"cid", "eve", "fay", "fin", "gus"};
  const std::string login = chance_.any(kLeave);
  const bool comes = away_.contains(login);
  const auto outcome =
      update("user", who(login), comes ? R"({"active": true})" : R"({"active": false})");
  if (!outcome) {
    faults_.push_back(login + (comes ? " comes: " : " leaves: ") + describe(outcome.error()));
  } else if (comes) {
    away_.erase(login);
  } else {
    away_.insert(login);
  }
}

void Town::keep_event() {
  note(support::told(carry_out(support::the_system(), [&](command::Context& context) {
    run::keep_message(context.tx, "go", "", clock.now + kHour);
    return done();
  })));
}

// An act whose command is cut off leaves nothing behind, also where a run was stepped already.
void Town::cut_off(flow::RunId id) {
  const auto before = fingerprint();
  const flow::Run found = kept(id).run;
  const Doing doing = chance_.one_in(3) ? administration(found) : decision(found);
  if (!is_here(doing.login)) return;
  const auto outcome = carry_out(as(doing.login), [&](command::Context& context) -> Result<void> {
    TENON_CHECK(command::act_on_run(context, {id, doing.event}));
    return Error::of(ErrorCode::not_done, "", "cut", "cut off");
  });
  if (outcome) faults_.push_back("a command that was cut off is done");
  if (fingerprint() != before) faults_.push_back("something is left of a command that was cut off");
}

std::string Town::fingerprint() {
  std::string text;
  ask(support::the_system(), [&](const query::Context& context) {
    for (const char* sql :
         {"SELECT count(*) || ' ' || sum(entries + tokens + seats + timers + visits + decisions) "
          "FROM flow_run",
          "SELECT group_concat(state || due_at || attempt) FROM job",
          "SELECT group_concat(run || state || visit) FROM flow_token",
          "SELECT group_concat(run || state || keeper) FROM flow_task",
          "SELECT count(*) FROM flow_lock", "SELECT max(seq) FROM event_log",
          "SELECT sum(open) || ' ' || sum(visits) FROM flow_metric"}) {
      context.tx.statement(sql).each(
          [&](const storage::Row& row) { text += row.is_null(0) ? "-" : row.text(0) + "\n"; });
    }
  });
  return text;
}

void Town::wind_up() {
  for (int round = 0; round < kWindUpRounds && !under_way().empty(); ++round) {
    for (const flow::RunId id : under_way()) finish(id);
    pass_time(9 * kHour, kAllJobs);
  }
  // What goes in circles, or nobody can decide, is given up.
  for (const flow::RunId id : under_way()) {
    run = id;
    if (kept(id).run.state != flow::RunState::finished) note(act("hal", flow::Void{by()}));
  }
  pass_time(kMinute, kAllJobs);
  for (const flow::RunId id : under_way()) {
    faults_.push_back("run " + text_of(id) + " cannot be brought to an end: " + state(id));
  }
}

void Town::finish(flow::RunId id) {
  run = id;
  const flow::Run found = kept(id).run;
  if (found.state == flow::RunState::suspended) note(act("hal", flow::Resume{by()}));
  for (std::size_t i = 0; i < found.tokens.size(); ++i) {
    if (!found.tokens[i].incident || !found.tokens[i].is_live()) continue;
    note(act("hal", flow::Skip{by(), static_cast<int>(i)}));
  }
  for (const int seat : flow::open_seats(found)) {
    const flow::Seat& one = found.seats[static_cast<std::size_t>(seat)];
    const std::string login = login_of(one.keeper());
    if (one.helper != flow::kNobody) {
      do_it({login, flow::AnswerDelegate{by("fine"), seat}});
      continue;
    }
    do_it({login, flow::Approve{by(), seat}});
    do_it({login, flow::Complete{by(), seat}});
  }
}

std::vector<std::string> Town::faults() {
  ask(support::the_system(), [&](const query::Context& context) {
    for (auto& fault : unsound_tables(context.tx, clock.now)) faults_.push_back(std::move(fault));
  });
  return std::exchange(faults_, {});
}

std::vector<std::string> Town::miscounted() {
  std::vector<std::string> found;
  ask(support::the_system(), [&](const query::Context& context) {
    stays_.look(context.tx, clock.now);
    found = stays_.miscounted(context.tx);
  });
  return found;
}

std::map<std::string, int> Town::results() {
  std::map<std::string, int> results;
  ask(support::the_system(), [&](const query::Context& context) {
    context.tx.statement("SELECT result, count(*) FROM flow_run GROUP BY 1")
        .each([&](const storage::Row& row) {
          results[row.text(0)] = static_cast<int>(row.integer(1));
        });
  });
  return results;
}

void Town::note(const std::string& outcome) {
  if (outcome.empty()) ++carried_out_;
  // Of those the engine knows no better: they are never right.
  if (outcome.starts_with("outcome_unknown")) faults_.push_back(outcome);
}

}  // namespace tenon::simulation
