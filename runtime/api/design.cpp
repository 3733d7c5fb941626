#include "engine/application/check.h"
#include "engine/command/import_rows.h"
#include "engine/command/publish.h"
#include "engine/json/members.h"
#include "runtime/api/check_stories.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/page_json.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

struct BundleBody {
  metadata::Files files;
  bool confirm = false;
};

Result<BundleBody> bundle_of(const Call& call) {
  TENON_TRY(const auto document, body_of(call));
  BundleBody body;
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  if (const auto files = members.required("files")) {
    TENON_CHECK(files->expect(json::Kind::object));
    for (const json::Reader file : *files) {
      TENON_TRY(const auto text, file.text());
      body.files.emplace(std::string(file.name()), std::string(text));
    }
  }
  body.confirm = members.boolean("confirm").value_or(false);
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return body;
}

bool is_admin(const Call& call) { return call.rights().everything; }

Error admins_only() { return Error::denied("", "only an administrator may do this"); }

std::string_view name_of(metadata::Change::Verb verb) {
  switch (verb) {
    case metadata::Change::Verb::add: return "add";
    case metadata::Change::Verb::remove: return "remove";
    case metadata::Change::Verb::change: return "change";
    case metadata::Change::Verb::rename: return "rename";
  }
  return "change";
}

void write_problems(json::Writer& writer, const std::vector<Problem>& problems) {
  writer.begin_array();
  for (const Problem& problem : problems) {
    writer.begin_object().key("at").text(problem.at);
    writer.key("rule").text(problem.rule).key("message").text(problem.message).end_object();
  }
  writer.end_array();
}

void write_runs(json::Writer& writer, const command::Plan& plan,
                const application::Application& app, const std::string& locale) {
  writer.key("runs").begin_array();
  for (const command::StayingRuns& one : plan.runs) {
    const application::Flow* flow = app.find_flow(one.flow);
    const std::string name = flow == nullptr ? one.flow : flow->name();
    const std::string label =
        flow == nullptr ? "" : metadata::text_in(flow->definition->label, locale);
    writer.begin_object().key("flow").text(name);
    writer.key("label").text(label.empty() ? name : label);
    writer.key("version").integer(one.version).key("runs").integer(one.runs).end_object();
  }
  writer.end_array();
}

// `app`: for what its flows are called.
std::string plan_json(const Call& call, const command::Plan& plan,
                      const application::Application& app) {
  json::Writer writer;
  writer.begin_object().key("version").integer(app.version());
  writer.key("loses_data").boolean(plan.loses_data).key("changes").begin_array();
  for (const metadata::Change& change : plan.changes) {
    writer.begin_object().key("verb").text(name_of(change.verb));
    writer.key("kind").text(change.kind).key("object").text(change.object);
    writer.key("id").text(change.id).key("description").text(change.description);
    writer.key("loses_data").boolean(change.loses_data).end_object();
  }
  writer.end_array().key("steps").begin_array();
  for (const std::string& step : plan.steps) writer.text(step);
  writer.end_array().key("warnings");
  write_problems(writer, plan.warnings);
  write_runs(writer, plan, app, call.actor().locale);
  writer.end_object();
  return writer.take();
}

std::string_view name_of(command::ImportedRow::Fate fate) {
  switch (fate) {
    case command::ImportedRow::Fate::created: return "created";
    case command::ImportedRow::Fate::updated: return "updated";
    case command::ImportedRow::Fate::unchanged: return "unchanged";
    case command::ImportedRow::Fate::rejected: return "rejected";
  }
  return "rejected";
}

std::string imported_json(const command::Imported& imported) {
  json::Writer writer;
  writer.begin_object().key("results").begin_array();
  for (const command::ImportedRow& row : imported.rows) {
    writer.begin_object().key("status").text(name_of(row.fate));
    if (row.fate == command::ImportedRow::Fate::rejected) {
      writer.key("problems");
      write_problems(writer, row.problems);
    } else {
      writer.key("id").text(text_of(row.id));
    }
    if (!row.warnings.empty()) {
      writer.key("warnings");
      write_warnings(writer, row.warnings);
    }
    writer.end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

struct ImportBody {
  json::Document document;
  metadata::ImportMap map;  // As written: resolved on the application that carries it out.
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

Result<std::vector<std::string>> texts_of(json::Reader reader) {
  TENON_CHECK(reader.expect(json::Kind::array));
  std::vector<std::string> texts;
  for (const json::Reader item : reader) {
    TENON_TRY(const auto text, item.text());
    texts.emplace_back(text);
  }
  return texts;
}

Result<std::shared_ptr<ImportBody>> import_of(const Call& call) {
  auto body = std::make_shared<ImportBody>();
  TENON_TRY(body->document, body_of(call));
  std::vector<Problem> problems;
  json::Members members(body->document.root(), problems);
  const auto mapping = members.required("mapping");
  const auto header = members.required("header");
  const auto rows = members.required("rows");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  TENON_TRY(body->map, metadata::parse(*mapping, json::To<metadata::ImportMap>{}));
  TENON_TRY(body->header, texts_of(*header));
  TENON_CHECK(rows->expect(json::Kind::array));
  for (const json::Reader row : *rows) {
    TENON_TRY(auto cells, texts_of(row));
    body->rows.push_back(std::move(cells));
  }
  return body;
}

}  // namespace

void check_design(CallPointer call) {
  if (!is_admin(*call)) return call->fail(admins_only());
  const auto body = bundle_of(*call);
  if (!body) return call->fail(body.error());
  const auto findings = application::check(body->files, &metadata::system_bundle());
  json::Writer writer;
  writer.begin_object().key("problems");
  write_problems(writer, findings.problems);
  writer.key("warnings");
  write_problems(writer, findings.warnings);
  writer.end_object();
  call->json(200, writer.take());
}

void plan_design(CallPointer call) {
  if (!is_admin(*call)) return call->fail(admins_only());
  auto body = bundle_of(*call);
  if (!body) return call->fail(body.error());
  // Compiling a bundle is no work for the I/O thread.
  const auto work = [call, files = std::move(body->files)] {
    Result<command::Plan> plan = command::Plan{};
    call->engine.read(
        [&](storage::Transaction& tx) { plan = command::plan_publish(tx, *call->app, files); });
    plan ? call->json(200, plan_json(*call, *plan, *call->app)) : call->fail(plan.error());
  };
  if (!call->engine.work(work)) call->fail(Error{ErrorCode::busy, {}});
}

namespace {

// What can be refused without playing anything. The write decides again, on what is there then.
Result<void> may_be_published(const Call& call, const BundleBody& body) {
  Result<command::Plan> plan = command::Plan{};
  call.engine.read(
      [&](storage::Transaction& tx) { plan = command::plan_publish(tx, *call.app, body.files); });
  if (!plan) return std::move(plan.error());
  return command::check_confirmed(*plan, body.confirm);
}

// Their stores need room; where there is none nothing is published.
Result<int> played(const metadata::Files& files) {
  try {
    return check_stories(files);
  } catch (const std::exception& fault) {
    return Error::of(ErrorCode::not_done, "", "stories",
                     std::string("the stories could not be played: ") + fault.what());
  }
}

void write_published(CallPointer call, BundleBody given) {
  auto write = std::make_shared<Write>();
  auto plan = std::make_shared<command::Plan>();
  write->actor = call->actor();
  write->takes_its_time = true;
  // The write lives as long as its own run(): a plain pointer, so that it does not own itself.
  write->run = [body = std::move(given), plan,
                own = write.get()](command::Context& context) -> Result<void> {
    TENON_TRY(auto published, command::publish(context, body.files, body.confirm));
    *plan = std::move(published.plan);
    own->published = std::move(published.application);
    return done();
  };
  write->done = [call, plan, own = write.get()](const Result<void>& outcome) {
    if (!outcome) return call->fail(outcome.error());
    call->json(200, plan_json(*call, *plan, *own->published));
  };
  call->engine.write(std::move(write));
}

}  // namespace

void publish_design(CallPointer call) {
  if (!is_admin(*call)) return call->fail(admins_only());
  auto body = bundle_of(*call);
  if (!body) return call->fail(body.error());
  const bool taken = call->engine.work([call, body = body.take()] {
    if (const auto may = may_be_published(*call, body); !may) return call->fail(may.error());
    const auto green = played(body.files);
    green ? write_published(call, body) : call->fail(green.error());
  });
  if (!taken) call->fail({ErrorCode::busy, {}});
}

void import_chunk(CallPointer call) {
  const auto body = import_of(*call);
  if (!body) return call->fail(body.error());
  if ((*body)->map.users && !is_admin(*call)) return call->fail(admins_only());
  auto imported = std::make_shared<command::Imported>();
  auto write = std::make_shared<Write>();
  write->actor = call->actor();
  write->takes_its_time = true;
  if (!write->actor.is_system()) write->actor.surface = Surface::import;
  write->run = [body = *body, imported](command::Context& context) -> Result<void> {
    TENON_TRY(const auto map, command::resolve_for(context, body->map));
    TENON_TRY(*imported, command::import_rows(context, {&map, body->header, body->rows}));
    return done();
  };
  write->done = [call, imported](const Result<void>& outcome) {
    outcome ? call->json(200, imported_json(*imported)) : call->fail(outcome.error());
  };
  call->engine.write(std::move(write));
}

}  // namespace tenon::api
