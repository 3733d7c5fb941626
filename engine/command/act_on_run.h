// ActOnRun: something that a person does to a run: decides, asks, sends back, administers.
//
// Every act of engine/flow/event.h that has a `by`; who it is and whether they administer flows is
// put in here, from the context's actor. With an Approve or Complete comes the form: its fields are
// written in the same change set, as far as the node gives them to its people (a task extends its
// holder's rights to its record) or their own rights do; what that changed, and files that the
// actor may fetch, are kept with the act in the run's history. The same (actor, seat, request id)
// again changes nothing and answers the run as it is. Refused as flow::step() says; `not_found`
// where the run may not be known; a decision that comes too late is `conflict`, rule "decided", at
// "seat".
#pragma once

#include <optional>

#include "engine/command/context.h"
#include "engine/command/input.h"
#include "engine/command/run_access.h"
#include "engine/flow/step.h"

namespace tenon::command {

struct ActOnRun {
  flow::RunId run;
  flow::Event act;
  // parse_input() with Application::all_rights(): what may not be written is refused here.
  std::optional<Input> form = std::nullopt;
  std::optional<std::int64_t> seen = std::nullopt;  // Version of the record; as of UpdateRecord.
};

struct Acted {
  run::Kept kept;
  bool is_repeated = false;
};
Result<Acted> act_on_run(Context& context, const ActOnRun& command);

// What an actor may do now to a seat ("approve" … of flow::Approve and its kin), or to a run where
// `seat` is -1 ("withdraw", "jump" …), by trying: in the words of the API.
std::vector<std::string> possible_acts(Context& context, const run::Kept& kept, int seat = -1);
// Nodes, by place, that the actor may send the run back to from this seat.
std::vector<int> possible_returns(Context& context, const run::Kept& kept, int seat);

}  // namespace tenon::command
