#include <catch2/catch.hpp>

#include "engine/command/delete_record.h"
#include "engine/command/merge_records.h"
#include "engine/command/ownership.h"
#include "engine/command/return_due.h"
#include "engine/command/run_job.h"
#include "engine/command/undo.h"
#include "engine/query/assignments.h"
#include "engine/query/group.h"
#include "engine/query/ownership.h"
#include "engine/query/people.h"
#include "engine/record/tenure_table.h"
#include "tests/support/pooled.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::RunningApplication;
using support::the_system;
using support::told;

constexpr std::int64_t kDayMs = 86'400'000;

// Anna and bob are in the team "east", which dora manages; carl is a clerk, hans a head, rita may
// read and write all and belongs to nothing.
struct Desk {
  RunningApplication running;
  std::map<std::string, RecordId> ids;

  explicit Desk(const metadata::Files& files = support::pooled()) : running(files) {
    for (const auto& [name, role] :
         std::vector<std::pair<std::string, std::string>>{{"anna", "clerk"},
                                                          {"bob", "clerk"},
                                                          {"carl", "clerk"},
                                                          {"dora", "clerk"},
                                                          {"hans", "head"},
                                                          {"rita", "reader"}}) {
      ids[name] = running.made("user", R"({"login": ")" + name + R"(", "name": ")" + name + "\"}");
      running.made("role_assignment",
                   R"({"user": ")" + text_of(ids[name]) + R"(", "role": ")" + role + "\"}");
    }
    ids["east"] = running.made("team", R"({"name": "east"})");
    member("anna");
    member("bob", R"(, "capacity": 1)");
    member("dora", R"(, "manager": true)");
  }

  void member(const std::string& name, const std::string& more = "") {
    running.made("team_member", R"({"team": ")" + text_of(ids["east"]) + R"(", "user": ")" +
                                    text_of(ids[name]) + "\"" + more + "}");
  }

  Actor actor(const std::string& name) {
    std::optional<Actor> actor;
    running.ask(the_system(), [&](const query::Context& context) {
      actor = query::actor_of(context.app, context.tx, ids[name]);
    });
    return *actor;
  }

  RecordId ticket(const std::string& region = "east", const std::string& more = "") {
    return running.made(
        "ticket", R"({"title": "t", "secret": "xyz", "region": ")" + region + "\"" + more + "}");
  }
  std::string owned_by(const std::string& name) {
    return R"(, "owner": ")" + text_of(ids[name]) + "\"";
  }

  std::string act(const std::string& name, const std::string& action, RecordId id,
                  const std::string& to = "") {
    const Actor who = actor(name);
    return told(running.carry_out(who, [&](Context& context) -> Result<void> {
      TENON_TRY(const auto reply, change_hands(context, {&running.object("ticket"),
                                                         id,
                                                         *find_hand_action(action),
                                                         {to.empty() ? RecordId{} : ids[to], ""}}));
      return done();
    }));
  }

  std::string owner(RecordId id) {
    const std::string owner = running.value("ticket", id, "owner.login");
    return owner == "null" ? "" : owner.substr(1, owner.size() - 2);
  }

  std::string due(RecordId id) {
    std::string due;
    running.ask(the_system(), [&](const query::Context& context) {
      const auto tenure = record::read_tenure(context.tx, "ticket", id);
      if (!tenure) {
        due = "no tenure";
      } else if (tenure->due) {
        due = tenure->due_rule + " " +
              std::to_string((tenure->due->ms - running.clock.now) * 24 / kDayMs) + "h";
      }
    });
    return due;
  }

  // Everything that is due by then.
  void wait(std::int64_t ms) {
    running.clock.now += ms;
    bool was_one = true;
    while (was_one) {
      REQUIRE(running.carry_out(the_system(), [&](Context& context) -> Result<void> {
        was_one = run_due_job(context, job::Lane::timers, context.clock.now_ms());
        return done();
      }));
    }
  }

  std::string kinds(RecordId id) {
    std::string kinds;
    running.ask(the_system(), [&](const query::Context& context) {
      const auto entries = query::assignments(context, "ticket", id, 20);
      for (const auto& entry : *entries) {
        kinds = entry.kind + (kinds.empty() ? "" : " " + kinds);
      }
    });
    return kinds;
  }
};

}  // namespace

TEST_CASE("a record lies in the first pool that fits it, and belongs to that pool's people",
          "[command]") {
  Desk desk;
  const RecordId east = desk.ticket("east");
  const RecordId west = desk.ticket("west");
  const RecordId none = desk.ticket("none");
  const auto sees = [&](const std::string& name, RecordId id) {
    return desk.running.value("ticket", id, "title", desk.actor(name)) != "gone";
  };
  CHECK((sees("anna", east) && sees("anna", west)));  // Of the team, and a clerk.
  CHECK_FALSE(sees("carl", east));
  CHECK(sees("carl", west));
  CHECK_FALSE(sees("anna", none));  // In no pool, and nobody's.
  CHECK(sees("rita", none));
  CHECK(desk.act("carl", "claim", east) == "not_found");
  CHECK(desk.act("rita", "claim", east) == "denied :denied");
  CHECK(desk.act("rita", "claim", none) == "invalid :no_pool");
  CHECK(desk.act("carl", "claim", west).empty());
  CHECK(desk.owner(west) == "carl");
  CHECK(desk.act("anna", "claim", west) == "conflict :taken");
}

TEST_CASE("who manages the team of a pool's members manages the pool", "[command]") {
  Desk desk;
  const RecordId id = desk.ticket("east", desk.owned_by("anna"));
  CHECK(desk.act("bob", "return", id) == "denied :denied");
  CHECK(desk.act("dora", "return", id).empty());
  CHECK(desk.act("dora", "assign", id, "bob").empty());
  CHECK(desk.owner(id) == "bob");
  CHECK(desk.act("hans", "assign", id, "bob") == "conflict user:unchanged");
  CHECK(desk.kinds(id) == "assign return assign");
}

TEST_CASE("a member's own capacity goes before the pool's; what is not open does not count",
          "[command]") {
  Desk desk;
  const RecordId first = desk.ticket();
  const RecordId second = desk.ticket();
  CHECK(desk.act("bob", "claim", first).empty());
  CHECK(desk.act("bob", "claim", second) == "invalid :capacity");
  CHECK(desk.act("dora", "assign", second, "bob") == "invalid user:capacity");
  REQUIRE(desk.running.update("ticket", first, R"({"state": "done"})"));
  CHECK(desk.act("bob", "claim", second).empty());
}

TEST_CASE("the day of a limit is that of the workspace, and of this pool", "[command]") {
  Desk desk;
  CHECK(desk.act("anna", "claim", desk.ticket("west")).empty());  // Another pool.
  CHECK(desk.act("anna", "claim", desk.ticket()).empty());
  CHECK(desk.act("anna", "claim", desk.ticket()).empty());
  const RecordId third = desk.ticket();
  CHECK(desk.act("anna", "claim", third) == "invalid :daily_limit");
  desk.running.clock.now += kDayMs / 3 - 1;  // From 16:00 to midnight, in Shanghai.
  CHECK(desk.act("anna", "claim", third) == "invalid :daily_limit");
  desk.running.clock.now += 1;
  CHECK(desk.act("anna", "claim", third).empty());
}

TEST_CASE("what a pool hides is hidden in what is made of it, and behind a reference",
          "[command]") {
  Desk desk;
  const RecordId id = desk.ticket();
  desk.running.made("remark", R"({"text": "r", "ticket": ")" + text_of(id) + "\"}");
  const auto read = [&](const std::string& name) {
    const Actor who = desk.actor(name);
    std::string values;
    for (const char* field : {"secret", "initial", "live_initial"}) {
      values += desk.running.value("ticket", id, field, who) + " ";
    }
    const auto behind = desk.running.list({.object = "remark", .fields = {"ticket.secret"}}, who);
    return values + support::column(*behind, "ticket.secret");
  };
  CHECK(read("anna") == "null null null null");
  CHECK(read("rita") == "null null null null");
  CHECK(read("hans") == R"("xyz" "x" "x" "xyz")");
  CHECK(read("dora") == R"("xyz" "x" "x" "xyz")");
  REQUIRE(desk.act("anna", "claim", id).empty());
  CHECK(read("anna") == R"("xyz" "x" "x" "xyz")");
  CHECK(read("rita") == R"("xyz" "x" "x" "xyz")");
  const auto denied =
      desk.running.update("ticket", desk.ticket(), R"({"secret": "q"})", {}, desk.actor("rita"));
  CHECK(told(denied) == "denied secret:pool");
}

TEST_CASE("a record whose pool hides something from somebody is not merged by them", "[command]") {
  Desk desk;
  const RecordId pooled = desk.ticket();
  const RecordId own = desk.ticket("east", desk.owned_by("rita"));
  const auto merge = [&](const Actor& who) {
    return told(desk.running.carry_out(who, [&](Context& context) -> Result<void> {
      TENON_TRY(const auto reply,
                merge_records(context, {&desk.running.object("ticket"), own, {pooled}, {}}));
      return done();
    }));
  };
  CHECK(merge(desk.actor("rita")).starts_with("denied secret:pool"));
  CHECK(merge(the_system()).empty());
}

TEST_CASE("the owner is written by managers only, where it leads into a pool or out of it",
          "[command]") {
  Desk desk;
  const RecordId id = desk.ticket("east", desk.owned_by("anna"));
  const std::string to_bob = R"({"owner": ")" + text_of(desk.ids["bob"]) + "\"}";
  const auto write = [&](const std::string& who, const std::string& json) {
    return told(desk.running.update("ticket", id, json, {}, desk.actor(who)));
  };
  CHECK(write("anna", R"({"owner": null})") == "denied owner:pool");
  CHECK(write("rita", R"({"owner": null})") == "denied owner:pool");
  CHECK(write("rita", to_bob).empty());  // From hand to hand, as ever.
  CHECK(write("hans", R"({"owner": null})").empty());
  CHECK(write("rita", to_bob) == "denied owner:pool");
  CHECK(write("hans", to_bob).empty());
  CHECK(desk.kinds(id) == "assign assign release assign");
}

TEST_CASE("giving back is not undone past the rules", "[command]") {
  Desk desk;
  const RecordId id = desk.ticket("east", desk.owned_by("anna"));
  REQUIRE(desk.act("anna", "release", id).empty());
  const CommandId command = desk.running.events_of(id).back().command;
  const auto undone = desk.running.carry_out(desk.actor("anna"), [&](Context& c) -> Result<void> {
    TENON_CHECK(undo_command(c, {command}));
    return done();
  });
  CHECK_FALSE(undone);
  CHECK(desk.owner(id).empty());
}

TEST_CASE("when a record goes back is kept true by whatever it depends on", "[command]") {
  Desk desk;
  const RecordId id = desk.ticket("east", desk.owned_by("anna"));
  CHECK(desk.due(id) == "idle 72h");
  desk.running.clock.now += kDayMs;
  CHECK(desk.due(id) == "idle 48h");
  const std::string now = text_of(DateTime{desk.running.clock.now});
  REQUIRE(desk.running.update("ticket", id, R"({"touched_at": ")" + now + "\"}"));
  CHECK(desk.due(id) == "idle 72h");
  REQUIRE(desk.running.update("ticket", id, R"({"state": "done"})"));
  CHECK(desk.due(id) == "stale 240h");
  REQUIRE(desk.running.update("ticket", id, R"({"region": "west"})"));  // A pool without returns.
  CHECK(desk.due(id).empty());
  REQUIRE(desk.running.update("ticket", id, R"({"region": "east", "state": "open"})"));
  CHECK(desk.due(id) == "idle 72h");
  CHECK(desk.act("anna", "extend", id).empty());
  CHECK(desk.due(id) == "idle 120h");
  CHECK(desk.act("anna", "extend", id) == "invalid :extensions");
  REQUIRE(desk.act("anna", "release", id).empty());
  CHECK(desk.due(id).empty());
  REQUIRE(desk.running.erase("ticket", id));
  CHECK(desk.due(id) == "no tenure");
}

TEST_CASE("what is due goes back, and the ledger and the event are the system's", "[command]") {
  Desk desk;
  std::vector<RecordId> all;
  for (int i = 0; i < 40; ++i) all.push_back(desk.ticket("east", desk.owned_by("anna")));
  const RecordId later = desk.ticket("west", desk.owned_by("anna"));
  desk.wait(3 * kDayMs - 1);
  CHECK(desk.owner(all.front()) == "anna");
  desk.wait(1);
  for (const RecordId id : all) CHECK(desk.owner(id).empty());
  CHECK(desk.owner(later) == "anna");
  CHECK(desk.kinds(all.back()) == "assign return");
  const auto events = desk.running.events_of(all.back());
  CHECK(events.back().actor.value == 0);
  CHECK(events.back().surface == "system");
}

TEST_CASE("one that a rule does not let go does not hold up the others", "[command]") {
  auto files = support::pooled();
  files["rules/kept.json"] = R"json({"name": "kept", "object": "ticket",
    "when": "title = \"kept\" AND ISBLANK(owner)", "effect": "reject", "message": "Stays."})json";
  Desk desk(files);
  const RecordId kept = desk.ticket("east", desk.owned_by("anna"));
  REQUIRE(desk.running.update("ticket", kept, R"({"title": "kept"})"));
  const RecordId other = desk.ticket("east", desk.owned_by("anna"));
  desk.wait(3 * kDayMs);
  CHECK(desk.owner(kept) == "anna");
  CHECK(desk.owner(other).empty());
  std::vector<job::Job> jobs;
  desk.running.ask(the_system(), [&](const query::Context& c) { jobs = job::open_jobs(c.tx, 10); });
  std::erase_if(jobs, [](const job::Job& job) { return job.kind != "return_one"; });
  REQUIRE(jobs.size() == 1);
  CHECK(jobs.front().problem.find("Stays.") != std::string::npos);
  // Once it may, its own job takes it back.
  REQUIRE(desk.running.update("ticket", kept, R"({"title": "free"})"));
  desk.wait(kDayMs);
  CHECK(desk.owner(kept).empty());
}

TEST_CASE("new rules of a pool hold for what is there, from the publish on", "[command]") {
  Desk desk;
  const RecordId id = desk.ticket("east", desk.owned_by("anna"));
  auto files = support::pooled();
  std::string& object = files["objects/ticket.json"];
  object.replace(object.find(R"("days": 3)"), 9, R"("days": 5)");
  REQUIRE(desk.running.publish(files));
  desk.wait(0);
  CHECK(desk.due(id) == "idle 120h");
  // And without pools nothing goes anywhere.
  const auto begin = object.find(R"(, "pools": [)");
  object.erase(begin, object.find("},\n  \"fields\"") - begin);
  REQUIRE(desk.running.publish(files));
  desk.wait(10 * kDayMs);
  CHECK(desk.owner(id) == "anna");
}

TEST_CASE("a new record may be made for a pool, by whoever may make one", "[command]") {
  Desk desk;
  const auto made =
      desk.running.create("ticket", R"({"title": "n", "region": "east"})", desk.actor("carl"));
  REQUIRE(made);
  CHECK(desk.owner(made->id).empty());
  CHECK(told(desk.running.create("ticket", R"({"title": "n", "region": "none"})",
                                 desk.actor("carl"))) == "denied owner:denied");
}

TEST_CASE("records of somebody who goes are back in the pool", "[command]") {
  Desk desk;
  const RecordId id = desk.ticket("east", desk.owned_by("anna"));
  REQUIRE(desk.running.erase("user", desk.ids["anna"]));
  CHECK(desk.owner(id).empty());
  CHECK(desk.kinds(id) == "assign release");
  CHECK(desk.act("bob", "claim", id).empty());
}

}  // namespace tenon::command
