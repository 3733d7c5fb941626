// What events do to a run, one function each. Internal to the room.
//
// Each refuses before it changes anything; step() drives the tokens afterwards.
#pragma once

#include "engine/flow/work.h"

namespace tenon::flow {

// happen.cpp
Result<void> act(Work& work, const Begin& event);
Result<void> act(Work& work, const Continue& event);
Result<void> act(Work& work, const Answered& event);
Result<void> act(Work& work, const Elapsed& event);
Result<void> act(Work& work, const Happened& event);
Result<void> act(Work& work, const Ended& event);
Result<void> act(Work& work, const DelegationChanged& event);
// act_decide.cpp
Result<void> act(Work& work, const Approve& event);
Result<void> act(Work& work, const Reject& event);
Result<void> act(Work& work, const Complete& event);
Result<void> act(Work& work, const Return& event);
// act_take_back.cpp
Result<void> act(Work& work, const TakeBack& event);
// act_seats.cpp
Result<void> act(Work& work, const Transfer& event);
Result<void> act(Work& work, const Delegate& event);
Result<void> act(Work& work, const AnswerDelegate& event);
Result<void> act(Work& work, const AddSign& event);
Result<void> act(Work& work, const RemoveSign& event);
Result<void> act(Work& work, const Reassign& event);
Result<void> act(Work& work, const PersonLeft& event);
// act_run.cpp
Result<void> act(Work& work, const Withdraw& event);
Result<void> act(Work& work, const Urge& event);
Result<void> act(Work& work, const Comment& event);
Result<void> act(Work& work, const CopyTo& event);
// act_admin.cpp
Result<void> act(Work& work, const Suspend& event);
Result<void> act(Work& work, const Resume& event);
Result<void> act(Work& work, const Void& event);
Result<void> act(Work& work, const Jump& event);
Result<void> act(Work& work, const ChangeApprovers& event);
Result<void> act(Work& work, const Retry& event);
Result<void> act(Work& work, const Skip& event);
Result<void> act(Work& work, const SetVariables& event);

// After a suspension: what was heard meanwhile. happen.cpp
void go_on_with_heard(Work& work);

// What several of them ask first.
Result<void> still_runs(const Work& work);
Result<void> is_undecided(const Work& work, int seat);  // There is one, and it is not over.
Result<void> may_decide(const Work& work, int seat, const By& by);
Result<void> is_admin(const By& by);
Result<int> node_named(const Work& work, const std::string& id);
Result<void> may_be_asked(const Work& work, int visit, UserId user);  // Enabled, no seat here.

}  // namespace tenon::flow
