#include "engine/event/event_log.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

namespace tenon::event {
namespace {

struct Fixture {
  Fixture() : database({.path = folder.file("test.db"), .functions = {}, .collations = {}}) {
    write([](storage::Transaction& tx) { storage::migrate(tx, migrations(), 0); });
  }

  template <class F>
  void write(F f) {
    database.writer().run([&](storage::Transaction& tx) { f(tx); });
  }

  std::int64_t append_update(std::int64_t record, std::int64_t version) {
    std::int64_t seq = 0;
    Event event;
    event.id = {1000 + version};
    event.at = {1'800'000'000'000};
    event.actor = {5};
    event.surface = "api";
    event.kind = "update";
    event.object = "invoice";
    event.record = {record};
    event.record_version = version;
    event.body = "{\"v\":[null," + std::to_string(version) + "]}";
    write([&](storage::Transaction& tx) { seq = append(tx, event); });
    return seq;
  }

  support::TemporaryFolder folder;
  storage::Database database;
};

std::vector<std::int64_t> versions(const std::vector<Event>& events) {
  std::vector<std::int64_t> versions;
  for (const Event& event : events) versions.push_back(event.record_version);
  return versions;
}

}  // namespace

TEST_CASE("an event comes back as it was appended", "[event]") {
  Fixture fixture;
  Event event;
  event.id = {11};
  event.at = {1'800'000'000'123};
  event.actor = {12};
  event.behalf_of = {13};
  event.surface = "flow";
  event.kind = "create";
  event.object = "invoice";
  event.record = {14};
  event.command = {15};
  event.cause = {16};
  event.depth = 2;
  event.application = 3;
  event.record_version = 1;
  event.body = R"({"amount":[null,"10.00"]})";
  fixture.write([&](storage::Transaction& tx) { event.seq = append(tx, event); });

  fixture.write([&](storage::Transaction& tx) {
    const auto events = read_after(tx, 0, 10);
    REQUIRE(events.size() == 1);
    CHECK(events[0].seq == event.seq);
    CHECK(events[0].id == event.id);
    CHECK(events[0].at == event.at);
    CHECK(events[0].actor == event.actor);
    CHECK(events[0].behalf_of == event.behalf_of);
    CHECK(events[0].surface == event.surface);
    CHECK(events[0].kind == event.kind);
    CHECK(events[0].object == event.object);
    CHECK(events[0].record == event.record);
    CHECK(events[0].command == event.command);
    CHECK(events[0].cause == event.cause);
    CHECK(events[0].depth == event.depth);
    CHECK(events[0].application == event.application);
    CHECK(events[0].record_version == event.record_version);
    CHECK(events[0].body == event.body);
  });
}

TEST_CASE("the system's events have no actor", "[event]") {
  Fixture fixture;
  fixture.write([](storage::Transaction& tx) {
    append(tx, Event{});
    CHECK(tx.statement("SELECT actor IS NULL AND actor_kind = 'system' FROM event_log")
              .one([](const storage::Row& row) { return row.integer(0); }) == 1);
  });
}

TEST_CASE("events are read on from a place, in the order of their commits", "[event]") {
  Fixture fixture;
  for (int version = 1; version <= 4; ++version) fixture.append_update(7, version);
  fixture.write([](storage::Transaction& tx) {
    CHECK(versions(read_after(tx, 1, 2)) == std::vector<std::int64_t>{2, 3});
    CHECK(read_after(tx, 4, 2).empty());
    CHECK(last(tx) == 4);
  });
}

TEST_CASE("an undone event leaves no gap", "[event]") {
  Fixture fixture;
  CHECK(fixture.append_update(7, 1) == 1);
  CHECK_THROWS_AS(fixture.write([](storage::Transaction& tx) {
    append(tx, Event{});
    throw Fault("no");
  }),
                  Fault);
  CHECK(fixture.append_update(7, 2) == 2);
}

TEST_CASE("a history goes back from the newest, a page at a time", "[event]") {
  Fixture fixture;
  for (int version = 1; version <= 4; ++version) fixture.append_update(7, version);
  fixture.append_update(8, 1);
  fixture.write([](storage::Transaction& tx) {
    const auto page = of_record(tx, "invoice", {7}, 0, 3);
    CHECK(versions(page) == std::vector<std::int64_t>{4, 3, 2});
    CHECK(versions(of_record(tx, "invoice", {7}, page.back().seq, 3)) ==
          std::vector<std::int64_t>{1});
    CHECK(of_record(tx, "order", {7}, 0, 3).empty());
  });
}

TEST_CASE("the bodies since a version are those of later ones, oldest first", "[event]") {
  Fixture fixture;
  for (int version = 1; version <= 4; ++version) fixture.append_update(7, version);
  fixture.write([](storage::Transaction& tx) {
    CHECK(bodies_since(tx, "invoice", {7}, 2) ==
          std::vector<std::string>{R"({"v":[null,3]})", R"({"v":[null,4]})"});
    CHECK(bodies_since(tx, "invoice", {7}, 4).empty());
  });
}

TEST_CASE("a client's cursor is refused after a restore, and beyond the end", "[event]") {
  Fixture fixture;
  fixture.append_update(7, 1);
  fixture.write([](storage::Transaction& tx) {
    const Cursor cursor = newest(tx);
    CHECK(read_after(tx, cursor, 10));
    CHECK(read_after(tx, Cursor{cursor.epoch, 0}, 10)->size() == 1);

    const auto beyond = read_after(tx, Cursor{cursor.epoch, cursor.seq + 1}, 10);
    REQUIRE_FALSE(beyond);
    CHECK(beyond.error().problems[0].rule == "cursor_restarted");

    raise_epoch(tx);
    CHECK_FALSE(read_after(tx, cursor, 10));
    CHECK(newest(tx) > cursor);
  });
}

}  // namespace tenon::event
