// What somebody thinks of doing to a run.
#include "engine/command/migrate_run.h"
#include "engine/flow/view.h"
#include "tests/simulation/flows/town.h"

namespace tenon::simulation {

flow::UserId Town::anybody() {
  static const std::vector<std::string> kLogins = {"ann", "bob", "cid", "eve",
                                                   "fay", "fin", "gus", "hal"};
  return who(chance_.any(kLogins));
}

// Mostly one that is open.
int Town::some_seat(const flow::Run& found) {
  const auto open = flow::open_seats(found);
  if (!open.empty() && !chance_.one_in(10)) return chance_.any(open);
  return found.seats.empty() ? -1 : chance_.below(static_cast<int>(found.seats.size()));
}

std::string Town::keeper_of(const flow::Run& found, int seat) {
  if (seat < 0 || chance_.one_in(20)) return login_of(anybody());
  return login_of(found.seats[static_cast<std::size_t>(seat)].keeper());
}

std::string Town::node_of(const flow::Run& found) {
  const auto& nodes = app().find_flow(found.flow, found.version)->program->nodes;
  return chance_.any(nodes).id;
}

Town::Doing Town::decision(const flow::Run& found) {
  const int seat = some_seat(found);
  const std::string login = keeper_of(found, seat);
  if (seat < 0) return {"ann", flow::Withdraw{by()}};
  switch (chance_.below(8)) {
    case 0: return {login, flow::Reject{by("no"), seat}};
    case 1:
    case 2: return {login, flow::Complete{by(), seat}};
    case 3: return {login, flow::AnswerDelegate{by("fine"), seat}};
    default: return {login, flow::Approve{by(), seat}};
  }
}

Town::Doing Town::routing(const flow::Run& found) {
  const int seat = some_seat(found);
  const std::string login = keeper_of(found, seat);
  if (seat < 0) return {"ann", flow::Comment{by("well")}};
  using Position = flow::Seat::Position;
  switch (chance_.below(10)) {
    case 0:
    case 1: return {login, flow::Return{by("again"), seat, node_of(found), chance_.one_in(2)}};
    case 2: return {login, flow::Transfer{by(), seat, anybody()}};
    case 3: return {login, flow::Delegate{by(), seat, anybody()}};
    case 4:
    case 5:
      return {login,
              flow::AddSign{by(), seat, static_cast<Position>(1 + chance_.below(3)), {anybody()}}};
    case 6: return {login, flow::RemoveSign{by(), seat}};
    case 7: return {login, flow::TakeBack{by(), seat}};
    case 8: return {"ann", flow::Urge{by()}};
    default: return {login, flow::CopyTo{by(), {anybody()}}};
  }
}

Town::Doing Town::administration(const flow::Run& found) {
  const int token = chance_.below(static_cast<int>(found.tokens.size()));
  const int seat = some_seat(found);
  switch (chance_.below(10)) {
    case 0: return {"hal", flow::Suspend{by()}};
    case 1:
    case 2: return {"hal", flow::Resume{by()}};
    case 3: return {"hal", flow::Jump{by(), token, node_of(found)}};
    case 4: return {"hal", flow::Retry{by(), token}};
    case 5: return {"hal", flow::Skip{by(), token}};
    case 6:
      return {"hal", flow::SetVariables{by(), {{"n", Decimal::of_scaled(chance_.below(5), 0)}}}};
    case 7: return {"hal", flow::ChangeApprovers{by(), node_of(found), {anybody()}}};
    case 8:
      if (seat >= 0) return {"hal", flow::Reassign{by(), {seat}, anybody()}};
      [[fallthrough]];
    default:
      if (chance_.one_in(6)) return {"hal", flow::Void{by()}};
      return {"ann", flow::Withdraw{by()}};
  }
}

// To the newest version, which is another flow with ids like these: often it cannot, and then
// nothing has changed.
void Town::migrate(flow::RunId id) {
  const flow::Run found = kept(id).run;
  const auto* newest = app().find_flow(found.flow);
  command::MigrateRun move{.run = id, .request_id = by().request_id};
  for (const flow::Token& token : found.tokens) {
    if (!token.is_live() || token.node == flow::kStartNode || chance_.one_in(3)) continue;
    const auto& nodes = app().find_flow(found.flow, found.version)->program->nodes;
    const flow::ProgramNode& to = chance_.any(newest->program->nodes);
    if (to.id != flow::kStartId) {
      move.nodes[nodes[static_cast<std::size_t>(token.node)].id] = to.id;
    }
  }
  const auto before = fingerprint();
  bool can = false;
  const auto tried = carry_out(as("hal"), [&](command::Context& context) -> Result<void> {
    TENON_TRY(const auto check, command::check_migration(context, move));
    can = check.report.problems.empty();
    return done();
  });
  if (!tried) can = false;
  if (fingerprint() != before) faults_.push_back("a dry run of a migration left something");
  const auto outcome = carry_out(as("hal"), [&](command::Context& context) -> Result<void> {
    TENON_CHECK(command::migrate_run(context, move));
    return done();
  });
  note(support::told(outcome));
  migrated_ += outcome ? 1 : 0;
  if (static_cast<bool>(outcome) != can)
    faults_.push_back("a dry run said otherwise of " + text_of(id));
  if (!outcome && fingerprint() != before) faults_.push_back("half a migration of " + text_of(id));
  ask(support::the_system(),
      [&](const query::Context& context) { stays_.look(context.tx, clock.now); });
}

void Town::act_on(flow::RunId id) {
  run = id;
  const flow::Run found = kept(id).run;
  const auto* newest = app().find_flow(found.flow);
  if (newest != nullptr && newest->version != found.version && chance_.one_in(6)) {
    return migrate(id);
  }
  switch (chance_.below(8)) {
    case 0: return do_it(administration(found));
    case 1:
    case 2: return do_it(routing(found));
    default: return do_it(decision(found));
  }
}

// With a form now and then; and sent twice, as by a client that heard no answer.
void Town::do_it(const Doing& doing) {
  if (!is_here(doing.login) || doing.login == "nobody") return;
  const bool fills = chance_.one_in(6);
  const std::string form =
      fills ? R"({"granted": ")" + std::to_string(chance_.below(90)) + "\"}" : "";
  const std::string outcome = act(doing.login, doing.event, form);
  note(outcome);
  if (!outcome.empty() || !chance_.one_in(10)) return;
  const auto before = fingerprint();
  if (!act(doing.login, doing.event, form).empty() || !is_repeated || fingerprint() != before) {
    faults_.push_back("an act of " + doing.login + " that was sent twice is not what it was");
  }
}

}  // namespace tenon::simulation
