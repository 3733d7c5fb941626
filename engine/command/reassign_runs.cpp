#include "engine/command/reassign_runs.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/command/flow_driver.h"
#include "engine/command/run_access.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/query/people.h"

namespace tenon::command {
namespace {

constexpr int kChunk = 10;  // Runs: some ms.

std::string input_of(const ReassignRuns& command) {
  json::Writer writer;
  writer.begin_object().key("from").text(text_of(command.from));
  writer.key("to").text(text_of(command.to)).key("flows").begin_array();
  for (const std::string& flow : command.flows) writer.text(flow);
  writer.end_array().key("comment").text(command.comment).end_object();
  return writer.take();
}

ReassignRuns parse_input(const std::string& text) {
  auto document = json::Document::parse(text);
  if (!document) throw Fault("a job that hands seats over has no input that can be read");
  const json::Reader root = document->root();
  ReassignRuns command;
  command.from = {parse_id_text(*root.at("from").text()).take()};
  command.to = {parse_id_text(*root.at("to").text()).take()};
  for (const json::Reader one : root.at("flows")) command.flows.emplace_back(*one.text());
  command.comment = *root.at("comment").text();
  return command;
}

Result<void> check(const Context& context, const ReassignRuns& command) {
  if (!administers_flows(context)) {
    return Error::denied("", "only an admin of flows may do this");
  }
  std::vector<Problem> problems;
  if (command.from == command.to) {
    problems.push_back({"to", "same", "is who has them already"});
  } else if (!query::actor_of(context.app, context.tx, command.to)) {
    problems.push_back({"to", "disabled", "there is no such person, or they are disabled"});
  }
  for (std::size_t i = 0; i < command.flows.size(); ++i) {
    if (context.app.find_flow(command.flows[i]) != nullptr) continue;
    problems.push_back({"flows/" + std::to_string(i), "unknown_flow",
                        "there is no flow \"" + command.flows[i] + "\""});
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

// Ids, so that a rename in between changes nothing.
ReassignRuns resolved(const Context& context, ReassignRuns command) {
  for (std::string& flow : command.flows) flow = context.app.find_flow(flow)->id();
  return command;
}

std::vector<int> seats_in(const run::Kept& kept, const ReassignRuns& command) {
  std::vector<int> seats;
  const auto& flows = command.flows;
  const bool is_asked =
      flows.empty() || std::find(flows.begin(), flows.end(), kept.run.flow) != flows.end();
  for (std::size_t i = 0; is_asked && i < kept.run.seats.size(); ++i) {
    const flow::Seat& seat = kept.run.seats[i];
    if (seat.holder == command.from && !seat.is_final()) seats.push_back(static_cast<int>(i));
  }
  return seats;
}

flow::Reassign act_of(const Context& context, const ReassignRuns& command, int seat) {
  const flow::By by{.actor = context.actor.user, .comment = command.comment, .is_admin = true};
  return {by, {seat}, command.to};
}

// Runs with seats of theirs behind this one, the oldest first.
std::vector<flow::RunId> runs_behind(Context& context, const ReassignRuns& command,
                                     flow::RunId after) {
  auto runs = run::runs_seating(context.tx, command.from);
  std::erase_if(runs, [&](flow::RunId id) { return id.value <= after.value; });
  return runs;
}

// Each seat on its own: what is refused leaves nothing changed.
void move_seats_in(Context& context, const ReassignRuns& command, flow::RunId id) {
  auto kept = run::read(context.tx, id);
  if (!kept) return;
  for (const int seat : seats_in(*kept, command)) {
    const Changes before = context.changes;
    context.tx.script("SAVEPOINT reassign_one");
    auto now = run::read(context.tx, id);
    if (FlowDriver(context).act(std::move(*now), act_of(context, command, seat))) {
      context.tx.script("RELEASE reassign_one");
      continue;
    }
    context.tx.script("ROLLBACK TO reassign_one; RELEASE reassign_one");
    context.changes = before;
  }
}

void add_reason(const Error& error, flow::RunId run, ReassignSurvey& survey) {
  const Problem& problem = error.problems.front();
  const auto known =
      std::find_if(survey.reasons.begin(), survey.reasons.end(),
                   [&](const auto& one) { return one.problem.rule == problem.rule; });
  if (known != survey.reasons.end()) {
    ++known->seats;
  } else {
    survey.reasons.push_back({problem, 1, run});
  }
}

Result<void> look_at(Context& context, const ReassignRuns& command, const run::Kept& kept,
                     const std::vector<int>& seats, ReassignSurvey& survey) {
  const application::Flow& flow = flow_of(context, kept);
  FlowFacts gathered(context, flow, kept.run.initiator, kept.run.record);
  TENON_CHECK(gathered.refresh());
  flow::PeopleQuestion question;
  question.users.push_back(command.to);
  gathered.ask(question);
  flow::Run run = kept.run;
  for (const int seat : seats) {
    ++survey.seats;
    // As the job will: one seat after the other.
    auto outcome = flow::step(*flow.program, run, act_of(context, command, seat), gathered.facts());
    if (!outcome) {
      add_reason(outcome.error(), kept.run.id, survey);
      continue;
    }
    run = std::move(outcome->run);
    ++survey.can;
  }
  return done();
}

}  // namespace

Result<job::JobId> reassign_runs(Context& context, const ReassignRuns& command) {
  TENON_CHECK(check(context, command));
  job::NewJob job;
  job.kind = kReassignRuns;
  job.lane = job::Lane::bulk;
  job.key = text_of(command.from);
  job.due_ms = context.clock.now_ms();
  job.made_by = context.actor.user;
  job.input = input_of(resolved(context, command));
  const job::JobId id{context.ids.next()};
  if (job::add(context.tx, id, job, context.clock.now_ms())) return id;
  return Error::of(ErrorCode::conflict, "", "under_way",
                   "this person's tasks are being handed over");
}

Result<job::Step> reassign_some(Context& context, const JobRun& run) {
  const ReassignRuns command = parse_input(run.job.input);
  const auto actor = query::actor_of(context.app, context.tx, run.job.made_by);
  if (!actor) return Error::denied("", "who asked for this is not active any more");
  Actor bulk = *actor;
  bulk.surface = Surface::bulk;
  Context own{context.app, bulk, context.tx, context.clock, context.ids, context.changes};
  if (!administers_flows(own)) return Error::denied("", "only an admin of flows may do this");
  flow::RunId after;
  if (!run.job.position.empty()) {
    TENON_TRY(after.value, parse_id_text(run.job.position));
  }
  const auto runs = runs_behind(own, command, after);
  if (runs.empty()) return job::Step(job::Finished{});
  const std::size_t count = std::min<std::size_t>(runs.size(), kChunk);
  for (std::size_t i = 0; i < count; ++i) move_seats_in(own, command, runs[i]);
  const std::int64_t done = run.job.done + static_cast<std::int64_t>(count);
  const std::int64_t total = run.job.done + static_cast<std::int64_t>(runs.size());
  return job::Step(job::GoesOn{text_of(runs[count - 1]), done, total});
}

Result<ReassignSurvey> survey_reassignment(Context& context, const ReassignRuns& command) {
  TENON_CHECK(check(context, command));
  const ReassignRuns asked = resolved(context, command);
  ReassignSurvey survey;
  for (const flow::RunId id : runs_behind(context, asked, {})) {
    const auto kept = run::read(context.tx, id);
    const auto seats = kept ? seats_in(*kept, asked) : std::vector<int>{};
    if (seats.empty()) continue;
    ++survey.runs;
    if (survey.checked == limits::kMigrationSurveyMax) continue;
    ++survey.checked;
    TENON_CHECK(look_at(context, asked, *kept, seats, survey));
  }
  return survey;
}

}  // namespace tenon::command
