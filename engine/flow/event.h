// What can happen to a run: the whole list, closed.
//
// Numbers are places in the run's lists. What comes too late (a timer of an epoch that is over, an
// answer to a request that is no longer out) changes nothing; an act of a person that comes too
// late is refused, and the refusal says who decided when.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/flow/request.h"
#include "engine/flow/run.h"

namespace tenon::flow {

// ---- Of itself.
struct Begin {};
struct Continue {};  // After Outcome::goes_on.
struct Answered {
  int request;
  Answer answer;
};
struct Elapsed {
  int timer;
};
struct Happened {
  int subscription;
};
struct Ended {
  int token;
  RunResult result;
  std::optional<Incident> why = std::nullopt;  // Of one that was suppressed.
};
struct PersonLeft {
  UserId person;
};
struct DelegationChanged {
  std::vector<UserId> holders;  // Who stood in for others by it, or by one behind it.
};

// ---- Of people. The same (actor, seat, request id) again changes nothing.
struct By {
  UserId actor;
  std::string request_id;
  std::string comment;
  bool is_admin = false;                   // Of flows: said by who made the actor.
  std::vector<RecordId> attachments = {};  // Files that the actor may fetch: said by who made it.
  std::string changed = {};                // What the form that came along changed, as Entry's.
};

struct Approve {
  By by;
  int seat;
};
struct Reject {
  By by;
  int seat;
};
// A task is done; the initiator submits again.
struct Complete {
  By by;
  int seat;
};
struct Return {
  By by;
  int seat;
  std::string node;        // kStartId: the initiator.
  bool is_direct = false;  // When it was done again it comes straight back here.
};
struct Transfer {
  By by;
  int seat;
  UserId to;
};
struct Delegate {
  By by;
  int seat;
  UserId to;
};
struct AnswerDelegate {
  By by;
  int seat;
};
struct AddSign {
  By by;
  int seat;
  Seat::Position position;  // before, after, parallel
  std::vector<UserId> people;
};
struct RemoveSign {
  By by;
  int seat;  // The one that goes.
};
struct Withdraw {
  By by;
};
struct TakeBack {
  By by;
  int seat;
};
struct Urge {
  By by;
  int seat = -1;  // -1: all that are open.
};
struct Comment {
  By by;
};
struct CopyTo {
  By by;
  std::vector<UserId> people;
};

// ---- Of admins.
struct Suspend {
  By by;
};
struct Resume {
  By by;
};
struct Void {
  By by;
};
struct Jump {  // Also out of an incident.
  By by;
  int token;
  std::string node;
};
struct Reassign {
  By by;
  std::vector<int> seats;
  UserId to;
};
struct ChangeApprovers {
  By by;
  std::string node;
  std::vector<UserId> people;
};
struct Retry {
  By by;
  int token;
};
struct Skip {
  By by;
  int token;
  std::string port = "next";
};
struct SetVariables {
  By by;
  std::vector<NamedValue> set;
};

using Event =
    std::variant<Begin, Continue, Answered, Elapsed, Happened, Ended, PersonLeft, DelegationChanged,
                 Approve, Reject, Complete, Return, Transfer, Delegate, AnswerDelegate, AddSign,
                 RemoveSign, Withdraw, TakeBack, Urge, Comment, CopyTo, Suspend, Resume, Void, Jump,
                 Reassign, ChangeApprovers, Retry, Skip, SetVariables>;

// Whether what was decided in called flows matters (Facts::decided_in_calls).
inline bool asks_calls(const Event& event) {
  return std::holds_alternative<TakeBack>(event) || std::holds_alternative<Withdraw>(event);
}

}  // namespace tenon::flow
