#include "tests/support/running_application.h"

#include <algorithm>

#include "engine/command/create_record.h"
#include "engine/command/delete_record.h"
#include "engine/command/migrations.h"
#include "engine/command/update_record.h"
#include "engine/json/writer.h"
#include "engine/query/sql_functions.h"
#include "engine/storage/function_work.h"

namespace tenon::support {
namespace {

std::string json_of(const Type& type, const Value& value) {
  json::Writer writer;
  write(writer, type, value);
  return writer.take();
}

Result<command::Input> input_of(const command::Context& context, std::string_view name,
                                const std::string& json) {
  const auto& rights = context.app.rights(context.actor);
  TENON_TRY(const auto* object, query::visible_object(context.app, rights, name));
  TENON_TRY(const auto document, json::Document::parse(json));
  return command::parse_input(document.root(), *object, rights);
}

}  // namespace

Actor the_system() { return system_actor(Surface::system, "a test"); }

Actor person(RecordId user, std::vector<std::string> roles, std::vector<RecordId> team) {
  Actor actor;
  actor.user = user;
  actor.name = "somebody";
  actor.roles = std::move(roles);
  actor.team = {user.value};
  for (const RecordId below : team) actor.team.push_back(below.value);
  std::sort(actor.team.begin(), actor.team.end());
  actor.department = actor.team;
  return actor;
}

RunningApplication::RunningApplication(const metadata::Files& files) {
  open_database();
  ids_ = std::make_unique<IdSource>(clock, 0, 0);
  open_again();
  const auto plan = publish(files);
  if (!plan) throw Fault(describe(plan.error()));
}

void RunningApplication::open_database() {
  storage::Options options;
  options.path = folder_.file("test.db");
  options.functions = query::sql_functions();
  options.collations = query::sql_collations();
  database_ = std::make_unique<storage::Database>(std::move(options));
  database_->writer().run([this](storage::Transaction& tx) {
    storage::migrate(tx, command::all_migrations(), clock.now);
  });
}

void RunningApplication::start_again() {
  app_.reset();
  database_.reset();
  open_database();
  open_again();
}

void RunningApplication::open_again() {
  database_->writer().run(
      [this](storage::Transaction& tx) { app_ = command::open_application(tx); });
}

const application::Object& RunningApplication::object(std::string_view name) const {
  const application::Object* found = app_->find(name);
  if (found == nullptr) throw Fault("no object " + std::string(name));
  return *found;
}

Result<void> RunningApplication::carry_out(const Actor& actor, const Command& command) {
  Result<void> outcome;
  storage::FunctionWork work([&](storage::Transaction& tx) {
    command::Changes changes;
    command::Context context{*app_, actor, tx, clock, *ids_, changes};
    const CommandId id{ids_->next()};
    changes.command = id;
    outcome = command(context);
    if (outcome) command::append_events(context, id);
    return static_cast<bool>(outcome);
  });
  storage::Work* const works[] = {&work};
  database_->writer().run(works);
  if (!work.fault().empty()) throw Fault(work.fault());
  return outcome;
}

Result<command::Plan> RunningApplication::publish(const metadata::Files& files, bool confirmed) {
  command::Published published;
  TENON_CHECK(carry_out(the_system(), [&](command::Context& context) -> Result<void> {
    TENON_TRY(published, command::publish(context, files, confirmed));
    return done();
  }));
  app_ = published.application;
  return std::move(published.plan);
}

Result<command::Reply> RunningApplication::create(std::string_view name, const std::string& json,
                                                  const Actor& actor) {
  command::Reply reply;
  TENON_CHECK(carry_out(actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(auto input, input_of(context, name, json));
    TENON_TRY(reply, command::create_record(context, {&object(name), std::move(input)}));
    return done();
  }));
  return reply;
}

Result<command::Reply> RunningApplication::update(std::string_view name, RecordId id,
                                                  const std::string& json,
                                                  std::optional<std::int64_t> seen,
                                                  const Actor& actor) {
  command::Reply reply;
  TENON_CHECK(carry_out(actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(auto input, input_of(context, name, json));
    TENON_TRY(reply, command::update_record(context, {&object(name), id, std::move(input), seen}));
    return done();
  }));
  return reply;
}

Result<command::Reply> RunningApplication::erase(std::string_view name, RecordId id,
                                                 std::optional<std::int64_t> seen,
                                                 const Actor& actor) {
  command::Reply reply;
  TENON_CHECK(carry_out(actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(reply, command::delete_record(context, {&object(name), id, seen}));
    return done();
  }));
  return reply;
}

RecordId RunningApplication::made(std::string_view name, const std::string& json) {
  const auto reply = create(name, json);
  if (!reply) throw Fault(describe(reply.error()));
  return reply->id;
}

void RunningApplication::copy(std::string_view name, RecordId first, int count) {
  const std::string table = object(name).table.name;
  const auto copied = carry_out(the_system(), [&](command::Context& context) -> Result<void> {
    std::string columns;
    auto named = context.tx.statement("SELECT name FROM pragma_table_info(?1)");
    named.bind(1, table);
    for (const auto& one : named.all([](const auto& row) { return std::string(row.text(0)); })) {
      if (one != "id") columns += ", " + one;
    }
    auto copies = context.tx.statement(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2) INSERT "
        "INTO " +
        table + " (id" + columns + ") SELECT id + i" + columns + " FROM " + table +
        ", n WHERE id = ?1");
    copies.bind(1, first.value).bind(2, std::int64_t{count}).run();
    return done();
  });
  if (!copied) throw Fault(describe(copied.error()));
  clock.now += 60'000;  // Ids that come later are higher.
}

void RunningApplication::ask(const Actor& actor,
                             const std::function<void(const query::Context&)>& question) {
  database_->read([&](storage::Transaction& tx) {
    question(query::context(*app_, actor, tx, DateTime{clock.now}));
  });
}

Result<query::Page> RunningApplication::list(const query::ListRecords& query, const Actor& actor) {
  std::optional<Result<query::Page>> page;
  ask(actor, [&](const query::Context& context) { page = query::list(context, query); });
  return std::move(*page);
}

std::string RunningApplication::value(std::string_view name, RecordId id, const std::string& path,
                                      const Actor& actor) {
  std::string text = "gone";
  ask(actor, [&](const query::Context& context) {
    const auto page = query::read(context, name, id, {path});
    if (page) text = column(*page, path);
  });
  return text;
}

std::vector<event::Event> RunningApplication::events() {
  std::vector<event::Event> events;
  database_->read([&](storage::Transaction& tx) { events = event::read_after(tx, 0, 10'000); });
  return events;
}

std::vector<event::Event> RunningApplication::events_of(RecordId record) {
  std::vector<event::Event> all = events();
  std::erase_if(all, [&](const event::Event& event) { return event.record != record; });
  return all;
}

std::string told(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    text += (text.empty() ? "" : " ") + problem.at + ":" + problem.rule;
  }
  return text;
}

std::string column(const query::Page& page, std::string_view path) {
  std::string text;
  for (std::size_t place = 0; place < page.outputs().size(); ++place) {
    if (page.outputs()[place].path.text != path) continue;
    for (const Values& row : page.rows) {
      text += (text.empty() ? "" : " ") + json_of(*page.outputs()[place].type, row[place]);
    }
  }
  return text;
}

}  // namespace tenon::support
