// What people have to decide: lists, one task, what they do to it, many at once.
#include <atomic>

#include "engine/base/limits.h"
#include "engine/command/idempotency.h"
#include "runtime/api/act_body.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/flow_json.h"
#include "runtime/api/problem.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

Result<query::Box> box_parameter(const Call& call) {
  const std::string text = text_parameter(call, "box");
  if (text.empty() || text == "todo") return query::Box::todo;
  if (text == "done") return query::Box::done;
  if (text == "mine") return query::Box::mine;
  if (text == "cc") return query::Box::cc;
  return Error::of(ErrorCode::malformed, "box", "box", "is one of todo, done, mine, cc");
}

Result<query::ListTasks> list_query(const Call& call) {
  query::ListTasks query;
  TENON_TRY(query.box, box_parameter(call));
  query.search = text_parameter(call, "q");
  if (query.search.size() > limits::kSearchBytesMax) {
    return Error::of(ErrorCode::limit, "q", "length", "at most 200 bytes are looked for");
  }
  query.flow = text_parameter(call, "flow");
  query.after = text_parameter(call, "after");
  TENON_TRY(const auto limit,
            integer_parameter(call, "limit", query.limit, 1, limits::kPageRecordsMax));
  query.limit = static_cast<int>(limit);
  return query;
}

// ---- Many at once: each on its own, in the order they are named.
struct Item {
  std::string id;  // As it was given.
  Subject subject;
  ActBody body;
  std::string problem;  // JSON; "": done.
};
struct Many {
  std::optional<command::RepeatKey> key;
  std::vector<Item> items;
  std::atomic<std::size_t> waiting{0};
};

Result<std::shared_ptr<Many>> parse_many(const Call& call) {
  TENON_TRY(const auto document, body_of(call));
  auto many = std::make_shared<Many>();
  TENON_TRY(many->key, repeat_key(call));
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  const std::string act = members.required_text("act").value_or("");
  const auto tasks = members.required("tasks");
  flow::By by;
  by.comment = members.text("comment").value_or("");
  members.finish();
  if (act != "approve" && act != "reject" && problems.empty()) {
    problems.push_back({"act", "act", "is one of approve, reject"});
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  TENON_CHECK(tasks->expect(json::Kind::array));
  if (tasks->size() > static_cast<std::size_t>(limits::kBatchRecordsMax)) {
    return Error::of(ErrorCode::limit, "tasks", "tasks", "at most 200 at once");
  }
  for (const json::Reader one : *tasks) {
    TENON_TRY(const auto text, one.text());
    const auto id = parse_task_id(text);
    if (!id) return one.error("task", "is no id of a task");
    Item item{.id = std::string(text), .subject = {id->run, id->place}, .body = {}, .problem = ""};
    item.body.act = act == "approve" ? flow::Event(flow::Approve{by, id->place})
                                     : flow::Event(flow::Reject{by, id->place});
    many->items.push_back(std::move(item));
  }
  return many;
}

std::string results_json(const Many& many) {
  json::Writer writer;
  writer.begin_object().key("results").begin_array();
  for (const Item& item : many.items) {
    writer.begin_object().key("id").text(item.id);
    writer.key("ok").boolean(item.problem.empty()).key("problem");
    item.problem.empty() ? writer.null() : writer.raw(item.problem);
    writer.end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

Result<command::Answer> decide(command::Context& context, const Item& item) {
  TENON_CHECK(carry_out(context, item.subject, item.body));
  return command::Answer{204, "", "", ""};
}

Result<void> decide(command::Context& context, const Many& many, std::size_t place) {
  auto key = many.key;
  if (key) key->key += "/" + std::to_string(place);
  TENON_CHECK(command::once(context, key, [&] { return decide(context, many.items[place]); }));
  return done();
}

void decide_each(const CallPointer& call, const std::shared_ptr<Many>& many) {
  many->waiting = many->items.size();
  for (std::size_t place = 0; place < many->items.size(); ++place) {
    auto write = std::make_shared<Write>();
    write->actor = call->actor();
    write->actor.surface = Surface::bulk;
    write->run = [many, place](command::Context& context) { return decide(context, *many, place); };
    write->done = [call, many, place](const Result<void>& outcome) {
      Item& item = many->items[place];
      if (!outcome) item.problem = problem_with(*call, item.subject, outcome.error());
      if (--many->waiting == 0) call->json(200, results_json(*many));
    };
    call->engine.write(std::move(write));
  }
}

}  // namespace

void list_tasks(CallPointer call) {
  const auto query = list_query(*call);
  if (!query) return call->fail(query.error());
  Result<std::string> body = std::string();
  call->engine.read([&](storage::Transaction& tx) {
    const auto context = query::context(*call->app, call->actor(), tx, call->now());
    const auto page = query::list_tasks(context, *query);
    body = page ? Result<std::string>(tasks_json(context, *page)) : page.error();
  });
  body ? call->json(200, body.take()) : call->fail(body.error());
}

void read_task(CallPointer call, std::string text) {
  const auto id = parse_task_id(text);
  if (!id) return call->fail(id.error());
  answer_with(*call, 200, {id->run, id->place}, true);
}

void act_on_task(CallPointer call, std::string text, std::string act) {
  const auto id = parse_task_id(text);
  if (!id) return call->fail(id.error());
  const Subject subject{id->run, id->place};
  auto document = act_document(*call);
  if (!document) return call->fail(document.error());
  auto body = parse_task_act(act, subject, document.take());
  if (!body) return call->fail(body.error());
  write_act(call, 200, subject, [subject, body = body.take()](command::Context& context) {
    return carry_out(context, subject, body);
  });
}

void act_on_tasks(CallPointer call) {
  const auto many = parse_many(*call);
  if (!many) return call->fail(many.error());
  if ((*many)->items.empty()) return call->json(200, results_json(**many));
  decide_each(call, *many);
}

}  // namespace tenon::api
