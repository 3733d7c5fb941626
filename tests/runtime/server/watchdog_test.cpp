// The writer's time is a budget of the processor's time; a read that takes long leaves the thread
// it came in on.
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "engine/json/document.h"
#include "runtime/api/api.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/door.h"
#include "tests/support/temporary_folder.h"

namespace tenon::server::test {
namespace {

using http::Method;
using Outcome = std::future<Result<void>>;

constexpr auto kNotes = "/api/v1/records/note";
constexpr int kHeavyFields = 150;

// Each of its formulas takes some of the processor's time where the text is not empty, and less
// than a formula may.
metadata::Files heavy() {
  std::string fields = R"({"name": "text", "label": "Text", "type": "text"},
    {"name": "size", "label": "Size", "type": "integer"})";
  for (int i = 0; i < kHeavyFields; ++i) {
    fields +=
        R"json(, {"name": "heavy_)json" + std::to_string(i) +
        R"json(", "label": "H", "type": "formula", "formula": "LEN(SUBSTITUTE(SUBSTITUTE()json"
        R"json(REPT(text, 30000), \"a\", \"b\"), \"b\", \"a\"))"})json";
  }
  return {{"bundle.json", R"({"format": 1, "name": "heavy", "version": "1", "label": "Heavy"})"},
          {"objects/note.json", R"({"name": "note", "label": "Note", "label_plural": "Notes",
               "title_field": "text", "fields": [)" +
                                    fields + "]}"}};
}

struct Fixture {
  Fixture() {
    const auto reply =
        door->call(Method::post, "/api/v1/design/publish", cli::design_body(heavy(), true));
    INFO(reply.body);
    REQUIRE(reply.status == 200);
  }

  Outcome write(const std::string& name, std::function<Result<void>(command::Context&)> run,
                bool takes_its_time = false) {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto write = std::make_shared<api::Write>();
    write->actor = system_actor(Surface::system, "test");
    write->name = name;
    write->takes_its_time = takes_its_time;
    write->run = std::move(run);
    write->done = [promise](const Result<void>& outcome) { promise->set_value(outcome); };
    host.write(std::move(write));
    return promise->get_future();
  }
  Outcome note(std::int64_t id) {
    return write("note", [this, id](command::Context& context) -> Result<void> {
      insert(context, id);
      return done();
    });
  }
  void insert(command::Context& context, std::int64_t id) {
    const auto& table = context.app.find("note")->table;
    record::Record record;
    record.id = {id};
    record.version = 1;
    record.fields.resize(static_cast<std::size_t>(table.slots));
    if (record::insert(context.tx, table, record)) throw Fault("a note is there already");
  }
  // Until the time for it is over.
  static void endless(command::Context& context) {
    context.tx
        .statement(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT count(*) FROM n")
        .step();
  }
  std::int64_t notes() {
    std::int64_t count = 0;
    host.read([&](storage::Transaction& tx) {
      count = tx.statement("SELECT count(*) FROM " + host.application()->find("note")->table.name)
                  .one([](const storage::Row& row) { return row.integer(0); });
    });
    return count;
  }

  support::TemporaryFolder folder;
  Host host{{folder.file("data"), "", false}};
  std::unique_ptr<cli::Door> door = cli::door_of(host);
};

std::string insert_counted(const command::Context& context, const std::string& bound) {
  return "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n" + bound +
         ") INSERT INTO " + context.app.find("note")->table.name +
         " (id, version, created_at, created_by, updated_at, updated_by) "
         "SELECT i, 1, 0, 0, 0, 0 FROM n";
}

void check_refused(const Result<void>& outcome, const std::string& name) {
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == ErrorCode::limit);
  REQUIRE(outcome.error().problems.size() == 1);
  CHECK(outcome.error().problems[0].rule == "writer_time");
  CHECK(outcome.error().problems[0].message.find(name) == 0);
}

}  // namespace

TEST_CASE("a command that takes too much of the writer is refused, its group is unharmed",
          "[server]") {
  Fixture fixture;
  // What comes while the writer waits is one group.
  std::promise<void> gate;
  auto first =
      fixture.write("gate", [open = gate.get_future().share()](command::Context&) -> Result<void> {
        open.wait();
        return done();
      });
  auto before = fixture.note(1);
  auto greedy = fixture.write("POST greedy", [&](command::Context& context) -> Result<void> {
    fixture.insert(context, 2);
    Fixture::endless(context);
    return done();
  });
  auto between = fixture.note(3);
  // Cut while it writes, SQLite gives up what the whole group has written.
  auto writes = fixture.write("writes", [](command::Context& context) -> Result<void> {
    context.tx.script(insert_counted(context, ""));
    return done();
  });
  auto behind = fixture.note(4);
  gate.set_value();
  CHECK(first.get());
  CHECK(before.get());
  check_refused(greedy.get(), "POST greedy took more than the 20 ms");
  CHECK(between.get());
  check_refused(writes.get(), "writes took more than the 20 ms");
  CHECK(behind.get());
  CHECK(fixture.notes() == 3);
}

TEST_CASE("a command of many short statements, or one that swallows it, is refused, too",
          "[server]") {
  Fixture fixture;
  auto many = fixture.write("many", [&](command::Context& context) -> Result<void> {
    fixture.insert(context, 1);
    while (true) context.tx.statement("SELECT 1").step();
  });
  check_refused(many.get(), "many");
  auto deaf = fixture.write("deaf", [&](command::Context& context) -> Result<void> {
    fixture.insert(context, 1);
    while (!*context.tx.cancelled()) {
    }
    return done();
  });
  check_refused(deaf.get(), "deaf");
  CHECK(fixture.notes() == 0);
}

TEST_CASE("formulas that run away are refused at the door of the API", "[server]") {
  Fixture fixture;
  const auto refused = fixture.door->call(Method::post, kNotes, R"({"text": "abc"})");
  INFO(refused.body);
  CHECK(refused.body.find("\"writer_time\"") != std::string::npos);
  CHECK(refused.body.find("POST /api/v1/records/note took more") != std::string::npos);
  CHECK(fixture.notes() == 0);
  CHECK(fixture.door->call(Method::post, kNotes, R"({"text": ""})").status == 201);
  CHECK(fixture.notes() == 1);
}

TEST_CASE("a command that only waits is not refused, nor one with bounds of its own", "[server]") {
  Fixture fixture;
  auto waits = fixture.write("waits", [&](command::Context& context) -> Result<void> {
    fixture.insert(context, 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    return done();
  });
  CHECK(waits.get());
  auto long_one = fixture.write(
      "long",
      [&](command::Context& context) -> Result<void> {
        fixture.insert(context, 2);
        const std::clock_t begun = std::clock();
        while (std::clock() - begun < CLOCKS_PER_SEC / 10) {
        }
        return done();
      },
      true);
  CHECK(long_one.get());
  CHECK(fixture.notes() == 2);
}

TEST_CASE("what a command touches adds to its time", "[server]") {
  command::Changes changes;
  CHECK(Watchdog::allowance(changes) == std::chrono::milliseconds(20));
  changes.note_read(100);
  CHECK(Watchdog::allowance(changes) == std::chrono::milliseconds(50));
}

namespace {

class Listening final : public http::Slot {
 public:
  void answer(http::Response response) override {
    answered_by = std::this_thread::get_id();
    promise.set_value(std::move(response));
  }
  std::thread::id answered_by;
  std::promise<http::Response> promise;
};

// The answer, and whether the calling thread gave it itself.
std::pair<http::Response, bool> asked(Host& host, Method method, const std::string& target,
                                      const std::string& body) {
  http::Request request;
  request.method = method;
  REQUIRE(http::parse_target(target, request));
  request.headers.add("content-type", "application/json");
  request.body = body;
  request.is_local_socket = true;
  const auto slot = std::make_shared<Listening>();
  api::Api(host).handle(std::move(request), http::Respond(slot));
  auto response = slot->promise.get_future().get();
  return {std::move(response), slot->answered_by == std::this_thread::get_id()};
}

}  // namespace

TEST_CASE("a long read is answered by a worker, a short one at once", "[server]") {
  constexpr int kRows = 200'000;
  Fixture fixture;
  const std::string bound = " WHERE i < " + std::to_string(10 + kRows - 1);
  const auto fill = [&](command::Context& context) -> Result<void> {
    context.tx.script(insert_counted(context, bound));
    return done();
  };
  const auto filled = fixture.write("fill", fill, true).get();
  REQUIRE(filled);
  const auto [page, page_at_once] =
      asked(fixture.host, Method::get, std::string(kNotes) + "?limit=1&fields=id", "");
  CHECK(page.status == 200);
  CHECK(page_at_once);
  const auto [counted, counted_at_once] = asked(fixture.host, Method::post, "/api/v1/query",
                                                R"({"object": "note", "group": ["size"],
                "measures": [{"name": "count", "of": "count", "label": "Count"}]})");
  INFO(counted.body);
  CHECK(counted.status == 200);
  CHECK(counted.body.find(std::to_string(kRows)) != std::string::npos);
  CHECK_FALSE(counted_at_once);
}

}  // namespace tenon::server::test
