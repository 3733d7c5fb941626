// Claims that are approved: a small application whose flows are really run, its people, and the
// short ways to act. Every run is read from the database between two acts, and must be sound.
//
// ann works in sales under bob; eve heads sales; fay and fin are of finance; gus is a stand-in; hal
// administers flows. Clerks write claims, bosses and finance only read them.
#pragma once

#include <catch2/catch.hpp>

#include "engine/command/act_on_run.h"
#include "engine/command/run_job.h"
#include "engine/command/start_flow.h"
#include "engine/json/document.h"
#include "engine/query/people.h"
#include "tests/engine/flow/invariants.h"
#include "tests/support/running_application.h"

namespace tenon::support {

inline const std::string kClaimObject = R"json({
  "name": "claim", "label": "Claim", "label_plural": "Claims", "title_field": "title",
  "fields": [
    {"name": "title", "label": "Title", "type": "text", "required": true},
    {"name": "amount", "label": "Amount", "type": "money"},
    {"name": "granted", "label": "Granted", "type": "money"},
    {"name": "state", "label": "State", "type": "text"},
    {"name": "keeper", "label": "Keeper", "type": "user", "on_delete": "clear"}]})json";

inline std::string role(const std::string& name, const std::string& grants,
                        const std::string& rest = "") {
  return "{\"name\": \"" + name + "\", \"label\": \"" + name + "\", \"objects\": {" + grants + "}" +
         rest + "}";
}

// `flow`: its members behind "object".
inline metadata::Files claims(const std::string& flow, const std::string& kind = "approval") {
  return {{"bundle.json", R"({"format": 1, "name": "claims", "version": "1", "label": "Claims"})"},
          {"objects/claim.json", kClaimObject},
          {"roles/clerk.json",
           role("clerk",
                R"("claim": {"read": "all", "create": true, "update": "all", "delete": "all"})")},
          {"roles/boss.json", role("boss", R"("claim": {"read": "all"})")},
          {"roles/finance.json", role("finance", R"("claim": {"read": "all"})")},
          {"roles/keeper.json",
           role("keeper", R"("claim": {"read": "all"})", ", \"flow_admin\": true")},
          {"flows/sign.json", R"({"name": "sign", "label": "Sign", "kind": ")" + kind +
                                  R"(", "object": "claim", "triggers": [{"kind": "form"}], )" +
                                  flow + "}"}};
}

// "id": an approval of these people; `rest`: further members.
inline std::string asks(const std::string& id, const std::string& who,
                        const std::string& rest = "") {
  return "\"" + id + R"(": {"kind": "approve", "approvers": [)" + who + "]" +
         (rest.empty() ? "" : ", " + rest) + "}";
}
inline std::string nodes(const std::string& start, const std::string& list,
                         const std::string& rest = "") {
  return rest + R"("start": ")" + start + R"(", "nodes": {)" + list + "}";
}

class Claims : public RunningApplication {
 public:
  explicit Claims(const metadata::Files& files) : RunningApplication(files) {
    const RecordId company = made("department", R"({"name": "Company"})");
    const RecordId sales =
        made("department", "{\"name\": \"Sales\", \"parent\": \"" + text_of(company) + "\"}");
    add("bob", "boss", sales);
    add("ann", "clerk", sales, who("bob"));
    add("cid", "boss", sales);
    add("eve", "boss", sales);
    add("fay", "finance", company);
    add("fin", "finance", company);
    add("gus", "boss", company);
    add("hal", "keeper", company);
    CHECK(update("department", sales, "{\"head\": \"" + text_of(who("eve")) + "\"}"));
  }

  RecordId who(const std::string& login) const { return people_.at(login); }
  Actor as(const std::string& login) {
    std::optional<Actor> actor;
    ask(the_system(), [&](const query::Context& context) {
      actor = query::actor_of(context.app, context.tx, who(login));
    });
    return actor.value();
  }
  RecordId claim(const std::string& amount = "100") {
    return made("claim", R"({"title": "Taxi", "amount": ")" + amount + "\"}");
  }

  // "" where it began; `run` is the last one.
  std::string start(const std::string& login, RecordId record, const std::string& flow = "sign",
                    std::map<std::string, std::vector<flow::UserId>> chosen = {}) {
    return told(carry_out(as(login), [&](command::Context& context) -> Result<void> {
      command::StartFlow command{app().find_flow(flow), record, std::move(chosen), {}, ""};
      TENON_TRY(const auto kept, command::start_flow(context, command));
      run = kept.run.id;
      return done();
    }));
  }
  std::string act(const std::string& login, flow::Event event, const std::string& form = "") {
    return told(carry_out(as(login), [&](command::Context& context) -> Result<void> {
      command::ActOnRun command{run, std::move(event)};
      const auto document = json::Document::parse(form.empty() ? "{}" : form);
      if (!form.empty()) {
        TENON_TRY(command.form, command::parse_input(document->root(), object("claim"),
                                                     context.app.all_rights()));
      }
      TENON_TRY(const auto acted, command::act_on_run(context, command));
      is_repeated = acted.is_repeated;
      return done();
    }));
  }
  flow::By by(const std::string& comment = "") {
    return {.request_id = "r" + std::to_string(++requests_), .comment = comment};
  }
  std::string approve(const std::string& login, const std::string& form = "") {
    return act(login, flow::Approve{by(), seat(login)}, form);
  }
  std::string reject(const std::string& login) {
    return act(login, flow::Reject{by("no"), seat(login)});
  }

  run::Kept kept(std::optional<flow::RunId> id = {}) {
    std::optional<run::Kept> found;
    ask(the_system(),
        [&](const query::Context& context) { found = run::read(context.tx, id.value_or(run)); });
    REQUIRE(found);
    for (const std::string& what : flow::support::Invariants(found->run).broken()) FAIL_CHECK(what);
    return *found;
  }
  // The one that somebody has open; else their last.
  int seat(const std::string& login) {
    const auto seats = kept().run.seats;
    int last = -1;
    for (std::size_t i = 0; i < seats.size(); ++i) {
      if (seats[i].keeper() != who(login)) continue;
      if (seats[i].state == flow::Seat::State::open) return static_cast<int>(i);
      last = static_cast<int>(i);
    }
    return last;
  }
  // "first: bob cid"; the result where it is over; "incident rule" where one is.
  std::string state(std::optional<flow::RunId> id = {}) {
    const auto found = kept(id);
    if (found.run.state == flow::RunState::finished) return std::string(name_of(found.run.result));
    for (const flow::Token& token : found.run.tokens) {
      if (token.incident) return "incident " + token.incident->rule;
    }
    const auto& program = *app().find_flow(found.run.flow, found.run.version)->program;
    std::string text(found.run.state == flow::RunState::suspended ? "suspended " : "");
    int node = -1;
    for (const flow::Seat& one : found.run.seats) {
      if (one.state != flow::Seat::State::open) continue;
      if (one.node != node) text += (node < 0 ? "" : "; ") + program.node(one.node).id + ":";
      node = one.node;
      text += " " + login_of(one.keeper());
    }
    return text;
  }
  std::string login_of(RecordId id) const {
    for (const auto& [login, user] : people_) {
      if (user == id) return login;
    }
    return "nobody";
  }

  // What falls due until then is done, as the worker would.
  void pass(std::int64_t ms) {
    clock.now += ms;
    for (bool was_one = true; was_one;) {
      was_one = false;
      for (const job::Lane lane : {job::Lane::interactive, job::Lane::timers}) {
        (void)carry_out(the_system(), [&](command::Context& context) {
          was_one = was_one || command::run_due_job(context, lane, context.clock.now_ms());
          return done();
        });
      }
    }
  }
  // Kinds of notices, by their recipients, in the order they were given: "task bob; finished ann".
  std::string notices() {
    std::string text;
    for (const auto& [kind, user] : column_pairs())
      text += (text.empty() ? "" : "; ") + kind + " " + user;
    return text;
  }

  flow::RunId run;
  bool is_repeated = false;

 private:
  void add(const std::string& login, const std::string& role_name, RecordId department,
           RecordId manager = {}) {
    std::string json = R"({"login": ")" + login + R"(", "name": ")" + login +
                       R"(", "department": ")" + text_of(department) + "\"";
    if (manager.value != 0) json += R"(, "manager": ")" + text_of(manager) + "\"";
    people_[login] = made("user", json + "}");
    made("role_assignment",
         R"({"user": ")" + text_of(people_[login]) + R"(", "role": ")" + role_name + "\"}");
  }
  std::vector<std::pair<std::string, std::string>> column_pairs() {
    std::vector<std::pair<std::string, std::string>> pairs;
    ask(the_system(), [&](const query::Context& context) {
      const auto& object = context.app.system_object("notification");
      for (const RecordId id : record::ids_after(context.tx, object.table, {}, 1000)) {
        const auto record = record::read(context.tx, object.table, id);
        const auto at = [&](std::string_view field) {
          return record->fields[static_cast<std::size_t>(*object.find_slot(field))];
        };
        pairs.emplace_back(std::get<std::string>(at("kind")),
                           login_of(std::get<RecordId>(at("recipient"))));
      }
    });
    return pairs;
  }

  std::map<std::string, RecordId> people_;
  int requests_ = 0;
};

}  // namespace tenon::support
