// Decisions, and ways back.
#include "engine/flow/acts.h"
#include "engine/flow/route.h"
#include "engine/flow/seats.h"
#include "engine/flow/tokens.h"

namespace tenon::flow {
namespace {

using State = Seat::State;

Result<void> is_of_kind(const Work& work, int seat, metadata::NodeKind kind) {
  const ProgramNode& node = work.program.node(work.run.seats[static_cast<std::size_t>(seat)].node);
  if (node.kind == kind) return done();
  return Error::invalid("seat", "kind",
                        kind == metadata::NodeKind::task ? "this is approved or rejected"
                                                         : "a task is done, not voted on");
}

// One's word on a seat, and what follows of it.
void conclude(Work& work, int seat, State state, const By& by) {
  const int token = work.seat(seat).token;
  decide(work, seat, state, by);
  settle(work, token);
}

}  // namespace

Result<void> act(Work& work, const Approve& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_CHECK(is_of_kind(work, event.seat, metadata::NodeKind::approve));
  conclude(work, event.seat, State::approved, event.by);
  return done();
}

Result<void> act(Work& work, const Reject& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_CHECK(is_of_kind(work, event.seat, metadata::NodeKind::approve));
  const Seat& seat = work.seat(event.seat);
  if (work.program.node(seat.node).people->comment_required && event.by.comment.empty()) {
    return Error::invalid("comment", "required", "says why it is rejected");
  }
  conclude(work, event.seat, State::rejected, event.by);
  return done();
}

Result<void> act(Work& work, const Complete& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_CHECK(is_of_kind(work, event.seat, metadata::NodeKind::task));
  conclude(work, event.seat, State::done, event.by);
  return done();
}

Result<void> act(Work& work, const Return& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_TRY(const int to, node_named(work, event.node));
  const int token = work.seat(event.seat).token;
  const int from = work.token(token).node;
  if (!work.program.node(to).is_human() || !was_visited(work.run, to) || to == from) {
    return Error::invalid("node", "not_visited",
                          "only to people who were asked before, or the initiator");
  }
  TENON_TRY(const Way way, way_to(work, token, to));
  decide(work, event.seat, State::returned, event.by);
  work.take(from, way::kReturned);
  send_back(work, way, to, event.is_direct ? from : -1);
  return done();
}

}  // namespace tenon::flow
