#include "engine/run/run.h"

#include "engine/run/copy.h"
#include "engine/run/lock.h"
#include "engine/run/message.h"
#include "engine/run/metrics.h"
#include "engine/run/version.h"
#include "tests/engine/flow/play.h"
#include "tests/support/temporary_folder.h"

namespace tenon::run {
namespace {

using flow::support::approve;
using flow::support::flow_text;
using flow::support::kHour;
using flow::support::Play;
using flow::support::who;

struct Kitchen {
  Kitchen() : database({.path = folder.file("test.db"), .functions = {}, .collations = {}}) {
    write([](storage::Transaction& tx) { storage::migrate(tx, migrations(), 0); });
  }
  template <class F>
  void write(F f) {
    database.writer().run([&](storage::Transaction& tx) { f(tx); });
  }

  // Written over what was there, read again.
  Kept kept_again(Kept kept, std::int64_t now_ms = 0) {
    std::optional<Kept> after;
    write([&](storage::Transaction& tx) {
      const auto before = read(tx, kept.run.id);
      CHECK_FALSE(run::write(tx, before ? &*before : nullptr, kept, now_ms));
      after = read(tx, kept.run.id);
    });
    return after.value();
  }
  bool refuses(Kept kept) {
    bool clash = false;
    write([&](storage::Transaction& tx) { clash = run::write(tx, nullptr, kept, 0).has_value(); });
    return clash;
  }

  support::TemporaryFolder folder;
  storage::Database database;
};

Kept kept_of(const flow::Run& run, std::int64_t id = 5) {
  Kept kept{.run = run, .object = "invoice", .is_exclusive = true};
  kept.run.id = {id};
  return kept;
}

const std::string kTwo =
    approve("first", "bob cid", R"("next": "second", "due": {"after": "PT8H"})") + ", " +
    approve("second", "fay");

}  // namespace

TEST_CASE("a run comes back out of its tables as it went in, after each act", "[run]") {
  Kitchen kitchen;
  Play play(flow_text("first", kTwo));
  const auto check = [&] {
    const Kept kept = kept_of(play.run);
    CHECK(kitchen.kept_again(kept).run == kept.run);
  };
  flow::Submission submission;
  submission.chosen = {{"second", {who("dan"), who("eve")}}};
  play.submit(submission);
  check();
  play.act(flow::Delegate{play.by("bob", "what do you think?"), play.seat_of("bob"), who("dan")});
  check();
  play.act(flow::AnswerDelegate{play.by("dan", "fine"), play.seat_of("dan")});
  check();
  play.add("bob", flow::Seat::Position::before, {who("eve")});
  check();
  play.pass(9 * kHour);
  check();
  play.approve("eve").approve("bob");
  check();
  play.approve("cid");
  check();
  play.back("fay", "first");
  check();
  play.act(flow::Suspend{play.by("hal")});
  check();
  play.act(flow::Void{play.by("hal")});
  check();
}

TEST_CASE("branches, waits, incidents and variables of every kind are kept", "[run]") {
  Kitchen kitchen;
  const std::string nodes =
      R"("both": {"kind": "parallel", "branches": [
           {"name": "a", "next": "w"}, {"name": "b", "next": "e"}]},
         "w": {"kind": "wait", "duration": "PT1H"},
         "e": {"kind": "wait", "event": "paid", "correlation": "number"})";
  Play play(flow_text("both", nodes, R"("variables": [
    {"name": "n", "label": "N", "type": "decimal"}, {"name": "t", "label": "T", "type": "text"},
    {"name": "d", "label": "D", "type": "date"}, {"name": "m", "label": "M", "type": "datetime"},
    {"name": "b", "label": "B", "type": "boolean"},
    {"name": "i", "label": "I", "type": "integer"}],)",
                      "automation"));
  flow::Submission submission;
  submission.variables = {{"n", *Decimal::parse("12345.678901")},
                          {"t", std::string("\"a\" 报销")},
                          {"d", Date{20'512}},
                          {"m", DateTime{1'800'000'000'123}},
                          {"b", true}};
  play.submit(submission);
  Kept kept = kept_of(play.run);
  kept.is_exclusive = false;
  kept.parent = {77};
  kept.parent_token = 3;
  const Kept again = kitchen.kept_again(kept);
  CHECK(again.run == kept.run);
  CHECK(again.parent == kept.parent);
  CHECK(again.parent_token == 3);
  CHECK(again.object == "invoice");
  CHECK(again.run.variables.size() == 6);
}

TEST_CASE("a token remembers since when it is where it is", "[run]") {
  Kitchen kitchen;
  Play play(flow_text("first", kTwo));
  play.submit();
  CHECK(kitchen.kept_again(kept_of(play.run), 100).since_ms == std::vector<std::int64_t>{100});
  play.approve("bob");
  CHECK(kitchen.kept_again(kept_of(play.run), 200).since_ms == std::vector<std::int64_t>{100});
  play.approve("cid");
  CHECK(kitchen.kept_again(kept_of(play.run), 300).since_ms == std::vector<std::int64_t>{300});
}

TEST_CASE("a visit lasts from its beginning, also where it became an incident", "[run]") {
  Kitchen kitchen;
  Play play(flow_text("first", kTwo));
  play.submit();
  constexpr std::int64_t kCame = 1'000'000;
  CHECK(kitchen.kept_again(kept_of(play.run), kCame).since_ms == std::vector{kCame});
  const flow::Run asked = play.run;
  play.run.tokens[0].state = flow::Token::State::incident;
  play.run.tokens[0].incident = flow::Incident{"limit", "too much"};
  CHECK(kitchen.kept_again(kept_of(play.run), kCame + kHour).since_ms == std::vector{kCame});
  play.run = asked;
  play.approve("bob").approve("cid");
  kitchen.kept_again(kept_of(play.run), kCame + 2 * kHour);
  kitchen.write([&](storage::Transaction& tx) {
    for (const NodeMetric& metric : metrics_of(tx, play.run.flow)) {
      if (metric.node != 1) continue;
      CHECK(metric.durations == std::map<int, std::int64_t>{{bucket_of(2 * kHour), 1}});
    }
  });
}

TEST_CASE("of an approval and a record there is one active run", "[run]") {
  Kitchen kitchen;
  Play play(flow_text("first", kTwo));
  play.submit();
  kitchen.kept_again(kept_of(play.run));
  CHECK(kitchen.refuses(kept_of(play.run, 6)));
  kitchen.write([](storage::Transaction& tx) { CHECK_FALSE(read(tx, {6})); });
  Play over = play;
  over.act(flow::Withdraw{over.by("ann")});
  kitchen.kept_again(kept_of(over.run));
  CHECK_FALSE(kitchen.refuses(kept_of(play.run, 6)));
}

TEST_CASE("who has an open or waiting seat is found", "[run]") {
  Kitchen kitchen;
  Play play(flow_text("first", kTwo));
  play.submit();
  kitchen.kept_again(kept_of(play.run));
  kitchen.write([](storage::Transaction& tx) {
    CHECK(runs_seating(tx, who("bob")) == std::vector<RunId>{{5}});
    CHECK(runs_seating(tx, who("fay")).empty());
    CHECK(active_of(tx, "invoice", {77}) == std::vector<RunId>{{5}});
    CHECK(active_of(tx, "sign", "invoice", {77}) == RunId{5});
    CHECK(runs_of(tx, "invoice", {77}, 10) == std::vector<RunId>{{5}});
    CHECK(highest_id(tx) == 5);
  });
}

TEST_CASE("a record is held by one run at a time", "[run]") {
  Kitchen kitchen;
  kitchen.write([](storage::Transaction& tx) {
    CHECK(lock(tx, "invoice", {77}, {5}));
    CHECK_FALSE(lock(tx, "invoice", {77}, {6}));
    unlock(tx, "invoice", {77}, {6});
    CHECK(holder_of(tx, "invoice", {77}) == RunId{5});
    unlock(tx, "invoice", {77}, {5});
    CHECK_FALSE(holder_of(tx, "invoice", {77}));
  });
}

TEST_CASE("an event that came early is taken once, while it holds", "[run]") {
  Kitchen kitchen;
  kitchen.write([](storage::Transaction& tx) {
    keep_message(tx, "paid", "A", 100);
    CHECK_FALSE(take_message(tx, "paid", "B", 50));
    CHECK(take_message(tx, "paid", "A", 50));
    CHECK_FALSE(take_message(tx, "paid", "A", 50));
    keep_message(tx, "paid", "A", 100);
    CHECK_FALSE(take_message(tx, "paid", "A", 100));
    CHECK(forget_messages(tx, 100, 10) == 1);
  });
}

TEST_CASE("a copy is unread again when it is sent again", "[run]") {
  Kitchen kitchen;
  kitchen.write([](storage::Transaction& tx) {
    add_copy(tx, {5}, {9}, 10);
    mark_read(tx, {5}, {9}, 20);
    CHECK(has_copy(tx, {5}, {9}));
    CHECK_FALSE(has_copy(tx, {5}, {8}));
    add_copy(tx, {5}, {9}, 30);
  });
}

TEST_CASE("a definition that was pinned reads as the flow that it was", "[run]") {
  const auto bundle = metadata::support::loaded(
      flow::support::files_of(flow_text("first", kTwo, R"("settings": {"lock": "none"},)")));
  for (const metadata::Flow& one : bundle.flows) {
    const auto again = metadata::parse_symbolic(metadata::symbolic_text(one));
    REQUIRE(again);
    metadata::Flow read = *again;
    read.bundle = one.bundle;  // Which brought it is not pinned.
    CHECK(read == one);
  }
  CHECK_FALSE(metadata::parse_symbolic("{}"));
}

TEST_CASE("versions in use are the newest of each flow and those that runs are on", "[run]") {
  Kitchen kitchen;
  Play play(flow_text("first", kTwo));
  play.submit();
  Kept kept = kept_of(play.run);
  kept.run.version = 1;
  kitchen.kept_again(kept);
  kitchen.write([](storage::Transaction& tx) {
    for (const std::int64_t version : {1, 2, 3}) {
      pin(tx, {.flow = "sign", .version = version, .definition = "{}"}, 0);
    }
    const auto in_use = versions_in_use(tx);
    REQUIRE(in_use.size() == 2);
    CHECK(in_use[0].version == 1);
    CHECK(in_use[0].running == 1);
    CHECK_FALSE(in_use[0].is_newest);
    CHECK(in_use[1].version == 3);
    CHECK(in_use[1].is_newest);
    CHECK(definition_of(tx, "sign", 2) == "{}");
  });
}

}  // namespace tenon::run
