#include "engine/command/migrate_runs.h"

#include <algorithm>
#include <sstream>

#include "engine/base/limits.h"
#include "engine/command/migrate_run.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/query/people.h"

namespace tenon::command {
namespace {

constexpr int kChunk = 10;  // Some ms, also where nodes that were waited for go on.

std::string input_of(const MigrateRuns& command, std::int64_t version) {
  json::Writer writer;
  writer.begin_object().key("flow").text(command.flow).key("version").integer(version);
  writer.key("from").begin_array();
  for (const std::int64_t one : command.from) writer.integer(one);
  writer.end_array().key("nodes").begin_object();
  for (const auto& [old_id, new_id] : command.nodes) writer.key(old_id).text(new_id);
  writer.end_object().key("comment").text(command.comment).end_object();
  return writer.take();
}

MigrateRuns parse_input(const std::string& text) {
  auto document = json::Document::parse(text);
  if (!document) throw Fault("a job that moves runs has no input that can be read");
  const json::Reader root = document->root();
  MigrateRuns command;
  command.flow = *root.at("flow").text();
  command.version = *root.at("version").integer();
  for (const json::Reader one : root.at("from")) command.from.push_back(*one.integer());
  for (const json::Reader one : root.at("nodes")) {
    command.nodes[std::string(one.name())] = *one.text();
  }
  command.comment = *root.at("comment").text();
  return command;
}

Result<const application::Flow*> target_of(const Context& context, const MigrateRuns& command) {
  if (!administers_flows(context)) {
    return Error::denied("", "only an admin of flows may do this");
  }
  const application::Flow* newest = context.app.find_flow(command.flow);
  if (newest == nullptr) return Error::not_found();
  if (command.version == 0) return newest;
  const application::Flow* flow = context.app.find_flow(newest->id(), command.version);
  if (flow != nullptr) return flow;
  return Error::invalid("version", "version",
                        "version " + std::to_string(command.version) +
                            " is neither the newest nor one that runs are still on");
}

// Versions that are asked for and have runs.
std::map<std::int64_t, int> versions_of(Context& context, const MigrateRuns& command,
                                        const application::Flow& to) {
  auto versions = run::running_versions(context.tx, to.id());
  std::erase_if(versions, [&](const auto& one) {
    const bool is_asked =
        command.from.empty() ||
        std::find(command.from.begin(), command.from.end(), one.first) != command.from.end();
    return one.first == to.version || !is_asked;
  });
  return versions;
}

// A name that no version knows, or the target does not, is a mistake.
Result<void> check_nodes(const Context& context, const MigrateRuns& command,
                         const application::Flow& to, const std::map<std::int64_t, int>& versions) {
  std::vector<Problem> problems;
  for (const auto& [old_id, new_id] : command.nodes) {
    const bool is_known = std::any_of(versions.begin(), versions.end(), [&](const auto& one) {
      const auto* flow = context.app.find_flow(to.id(), one.first);
      return flow != nullptr && flow->program->find(old_id) > flow::kStartNode;
    });
    const std::string at = "nodes/" + old_id;
    if (!is_known && !versions.empty()) {
      problems.push_back({at, "unknown_node", "no version with runs has such a node"});
    }
    if (to.program->find(new_id) <= flow::kStartNode) {
      problems.push_back({at, "unknown_node", "the version has no node \"" + new_id + "\""});
    }
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

std::map<std::string, std::string> nodes_known(const std::map<std::string, std::string>& nodes,
                                               const application::Flow& from) {
  auto known = nodes;
  std::erase_if(known,
                [&](const auto& one) { return from.program->find(one.first) <= flow::kStartNode; });
  return known;
}

void add_reasons(const std::vector<Problem>& problems, const run::Kept& kept,
                 MigrationSurvey& survey) {
  for (const Problem& problem : problems) {
    const auto known =
        std::find_if(survey.reasons.begin(), survey.reasons.end(), [&](const auto& one) {
          return one.problem.rule == problem.rule && one.problem.at == problem.at;
        });
    if (known != survey.reasons.end()) {
      ++known->runs;
    } else {
      survey.reasons.push_back({problem, kept.run.version, 1, kept.run.id});
    }
  }
}

Result<void> check_one(Context& context, const MigrateRuns& command, flow::RunId id,
                       MigrationSurvey& survey) {
  const auto kept = run::read(context.tx, id);
  if (!kept) return done();
  ++survey.checked;
  const auto nodes = nodes_known(command.nodes, flow_of(context, *kept));
  auto check = check_migration(context, *kept, *survey.to, nodes);
  if (!check) {
    add_reasons(check.error().problems, *kept, survey);
  } else if (check->report.problems.empty()) {
    ++survey.can;
  } else {
    add_reasons(check->report.problems, *kept, survey);
  }
  return done();
}

// One run, whole or not at all.
void move_one(Context& context, const MigrateRuns& command, flow::RunId id) {
  const auto kept = run::read(context.tx, id);
  if (!kept) return;
  const Changes before = context.changes;
  context.tx.script("SAVEPOINT migrate_one");
  const auto nodes = nodes_known(command.nodes, flow_of(context, *kept));
  if (migrate_run(context, {id, command.version, nodes, command.comment, ""})) {
    context.tx.script("RELEASE migrate_one");
    return;
  }
  context.tx.script("ROLLBACK TO migrate_one; RELEASE migrate_one");
  context.changes = before;
}

// Behind which run of which version it goes on.
struct Position {
  std::int64_t version = 0;
  flow::RunId after;
  std::string text() const { return std::to_string(version) + " " + std::to_string(after.value); }
  static Position parse(const std::string& text) {
    Position position;
    std::istringstream in(text);
    in >> position.version >> position.after.value;
    return position;
  }
};

}  // namespace

Result<job::JobId> migrate_runs(Context& context, const MigrateRuns& command) {
  TENON_TRY(const auto* to, target_of(context, command));
  TENON_CHECK(check_nodes(context, command, *to, versions_of(context, command, *to)));
  job::NewJob job;
  job.kind = kMigrateRuns;
  job.lane = job::Lane::bulk;
  job.key = to->id();
  job.due_ms = context.clock.now_ms();
  job.made_by = context.actor.user;
  MigrateRuns resolved = command;
  resolved.flow = to->id();
  job.input = input_of(resolved, to->version);
  const job::JobId id{context.ids.next()};
  if (job::add(context.tx, id, job, context.clock.now_ms())) return id;
  return Error::of(ErrorCode::conflict, "", "under_way", "runs of this flow are being moved");
}

Result<job::Step> migrate_some(Context& context, const JobRun& run) {
  const MigrateRuns command = parse_input(run.job.input);
  const auto actor = query::actor_of(context.app, context.tx, run.job.made_by);
  if (!actor) return Error::denied("", "who asked for this is not active any more");
  Actor bulk = *actor;
  bulk.surface = Surface::bulk;
  Context own{context.app, bulk, context.tx, context.clock, context.ids, context.changes};
  TENON_TRY(const auto* to, target_of(own, command));
  const auto versions = versions_of(own, command, *to);
  Position position = Position::parse(run.job.position);
  std::int64_t left = 0;
  for (const auto& [version, runs] : versions) left += runs;
  for (const auto& [version, runs] : versions) {
    if (version < position.version) continue;
    const flow::RunId after = version == position.version ? position.after : flow::RunId{};
    const auto ids = run::runs_on(own.tx, to->id(), version, after, kChunk);
    if (ids.empty()) continue;
    for (const flow::RunId id : ids) move_one(own, command, id);
    const std::int64_t done = run.job.done + static_cast<std::int64_t>(ids.size());
    const std::int64_t total = std::max(run.job.total, run.job.done == 0 ? left : done);
    return job::Step(job::GoesOn{Position{version, ids.back()}.text(), done, total});
  }
  return job::Step(job::Finished{});
}

Result<MigrationSurvey> survey_migration(Context& context, const MigrateRuns& command) {
  MigrationSurvey survey;
  TENON_TRY(survey.to, target_of(context, command));
  survey.versions = versions_of(context, command, *survey.to);
  TENON_CHECK(check_nodes(context, command, *survey.to, survey.versions));
  for (const auto& [version, runs] : survey.versions) survey.runs += runs;
  for (const auto& [version, runs] : survey.versions) {
    const int room = limits::kMigrationSurveyMax - survey.checked;
    if (room <= 0) break;
    for (const flow::RunId id :
         run::runs_on(context.tx, survey.to->id(), version, flow::RunId{}, room)) {
      TENON_CHECK(check_one(context, command, id, survey));
    }
  }
  return survey;
}

}  // namespace tenon::command
