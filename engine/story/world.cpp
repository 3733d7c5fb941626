#include "engine/story/world.h"

#include <algorithm>

#include "engine/command/events.h"
#include "engine/command/migrations.h"
#include "engine/command/publish.h"
#include "engine/command/run_access.h"
#include "engine/command/run_job.h"
#include "engine/query/sql_functions.h"
#include "engine/storage/function_work.h"

namespace tenon::story {
namespace {

constexpr int kEventsMax = 100'000;
constexpr int kJobsMax = 1'000;
constexpr std::string_view kNotification = "notification";

std::int64_t highest_id(storage::Transaction& tx, const application::Application& app) {
  std::int64_t highest = std::max(event::last_id(tx), job::highest_id(tx));
  highest = std::max(highest, command::highest_run_id(tx));
  for (const application::Object& object : app.objects()) {
    highest = std::max(highest, record::highest_id(tx, object.table));
  }
  return highest;
}

}  // namespace

World::World(std::string path, std::int64_t now_ms) : path_(std::move(path)), clock_(now_ms) {
  open();
}

void World::open() {
  storage::Options options;
  options.path = path_;
  options.readers_max = 1;
  options.is_throwaway = true;
  options.functions = query::sql_functions();
  options.collations = query::sql_collations();
  database_ = std::make_unique<storage::Database>(std::move(options));
  database_->writer().run([this](storage::Transaction& tx) {
    storage::migrate(tx, command::all_migrations(), clock_.now_ms());
    job::release_all(tx);
    app_ = command::open_application(tx);
    ids_ = std::make_unique<IdSource>(clock_, 0, highest_id(tx, *app_));
  });
}

Result<void> World::write(const Actor& actor,
                          const std::function<Result<void>(command::Context&)>& work) {
  Result<void> outcome;
  storage::FunctionWork command([&](storage::Transaction& tx) {
    command::Changes changes;
    command::Context context{*app_, actor, tx, clock_, *ids_, changes};
    const CommandId id{ids_->next()};
    changes.command = id;
    outcome = work(context);
    if (outcome) command::append_events(context, id);
    return static_cast<bool>(outcome);
  });
  storage::Work* const works[] = {&command};
  database_->writer().run(works);
  if (!command.fault().empty()) throw Fault(command.fault());
  return outcome;
}

Result<void> World::publish(const Actor& actor, const metadata::Files& files) {
  std::shared_ptr<const application::Application> next;
  TENON_CHECK(write(actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(auto published, command::publish(context, files, true));
    next = std::move(published.application);
    return done();
  }));
  counted_ = rule_counts();
  counted_ways_ = way_counts();
  app_ = std::move(next);
  return done();
}

void World::read(const Actor& actor, const std::function<void(const query::Context&)>& question) {
  database_->read([&](storage::Transaction& tx) {
    question(query::context(*app_, actor, tx, DateTime{clock_.now_ms()}));
  });
}

// The process clock of a story is its business clock: sessions have no part in it.
bool World::carry_out_one(command::Context& context) {
  for (const job::Lane lane : job::kLanes) {
    if (lane != job::Lane::effects) {
      if (command::run_due_job(context, lane, clock_.now_ms())) return true;
      continue;
    }
    if (const auto job = job::claim(context.tx, lane, clock_.now_ms(), clock_.now_ms())) {
      job::settle(context.tx, *job, job::Finished{}, clock_.now_ms());
      return true;
    }
  }
  return false;
}

void World::carry_out_due() {
  const Actor actor = system_actor(Surface::system, "what falls due in a story");
  bool was_one = true;
  while (was_one) {
    const auto outcome = write(actor, [&](command::Context& context) -> Result<void> {
      was_one = carry_out_one(context);
      return done();
    });
    if (!outcome) throw Fault(describe(outcome.error()));
  }
}

void World::advance_to(std::int64_t ms) {
  while (true) {
    carry_out_due();
    std::int64_t next_ms = ms;
    database_->read([&](storage::Transaction& tx) {
      for (const job::Lane lane : job::kLanes) {
        next_ms = std::min(next_ms, job::next_due(tx, lane).value_or(ms));
      }
    });
    if (next_ms >= ms) break;
    clock_.advance_to(next_ms);
  }
  clock_.advance_to(ms);
  carry_out_due();
}

void World::restart(std::int64_t at_ms) {
  counted_ = rule_counts();
  counted_ways_ = way_counts();
  database_.reset();
  app_.reset();
  clock_.advance_to(at_ms);
  open();
}

std::vector<event::Event> World::events_after(std::int64_t seq) {
  std::vector<event::Event> events;
  database_->read(
      [&](storage::Transaction& tx) { events = event::read_after(tx, seq, kEventsMax); });
  std::erase_if(events, [](const event::Event& one) { return one.object == kNotification; });
  return events;
}

std::int64_t World::last_event() {
  std::int64_t seq = 0;
  database_->read([&](storage::Transaction& tx) { seq = event::last(tx); });
  return seq;
}

std::vector<std::string> World::waiting_jobs() {
  std::vector<std::pair<std::int64_t, std::string>> jobs;
  database_->read([&](storage::Transaction& tx) {
    for (const job::Job& one : job::open_jobs(tx, kJobsMax)) {
      if (one.state == job::State::waiting) jobs.emplace_back(one.due_ms, one.kind);
    }
  });
  std::sort(jobs.begin(), jobs.end());
  std::vector<std::string> lines;
  for (const auto& [due_ms, kind] : jobs) lines.push_back(kind + " " + text_of(DateTime{due_ms}));
  return lines;
}

std::map<std::pair<std::string, std::string>, std::uint64_t> World::rule_counts() const {
  auto counts = counted_;
  for (const application::Object& object : app_->objects()) {
    for (std::size_t place = 0; place < object.rules.rules.size(); ++place) {
      const rule::Rule& rule = object.rules.rules[place];
      if (rule.when) counts[{object.name(), rule.name}] += (*object.decided)[place].load();
    }
  }
  return counts;
}

std::map<std::pair<std::string, std::string>, std::uint64_t> World::way_counts() const {
  auto counts = counted_ways_;
  for (const application::Flow& flow : app_->flows()) {
    const auto& ways = flow.ways->ways();
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const std::string& node = flow.program->node(ways[i].node).id;
      counts[{flow.name(), node + "." + ways[i].way}] += flow.ways->count(i);
    }
  }
  return counts;
}

}  // namespace tenon::story
