// A run: everything that is remembered of one flow on its way, as plain values.
//
// step() (step.h) is the only one that changes it. Nothing is ever removed from its lists: what is
// over has a state that says so, and the place in the list is the id, which rows, jobs and people
// refer to. engine/run keeps it in tables and writes what differs.
// Holds after every step: a scope has at most one live token; what is open belongs to a live token
// of its scope's epoch; a finished run has nothing open.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/flow/people.h"
#include "engine/value/value.h"

namespace tenon::flow {

using RunId = Id<struct RunTag>;

enum class RunState { running, suspended, finished };
// suppressed: it was called and could not begin; its one entry says why.
enum class RunResult { none, completed, approved, rejected, withdrawn, voided, suppressed };
std::string_view name_of(RunState state);
std::string_view name_of(RunResult result);

// The body of a region on its way; 0 is the flow itself. Its epoch rises with every return.
struct Scope {
  enum class State { open, done, cancelled };
  int region = 0;
  int parent_token = -1;  // That forked it.
  int epoch = 0;
  State state = State::open;
  friend bool operator==(const Scope&, const Scope&) = default;
};

struct Incident {
  std::string rule;  // "no_branch", "limit", "formula.type" …
  std::string message;
  friend bool operator==(const Incident&, const Incident&) = default;
};

struct Token {
  enum class State {
    ready,      // Goes on at the next step.
    asking,     // A request is out (Run::request).
    waiting,    // For a time or an event.
    people,     // Seats are open.
    forked,     // For its branches.
    calling,    // For a sub-flow.
    incident,   // For an admin.
    left,       // Its body ended.
    cancelled,  // Its scope's epoch rose, or the run ended.
  };
  int scope = 0;
  int epoch = 0;
  int node = 0;
  int visit = 0;  // Of the node: counted through the run, so every visit is one of a kind.
  State state = State::ready;
  bool was_returned = false;  // No seat is skipped by itself in this visit.
  int direct_to = -1;         // A node to go back to from here, where the data still lead there.
  std::optional<Incident> incident;
  bool is_live() const { return state != State::left && state != State::cancelled; }
  friend bool operator==(const Token&, const Token&) = default;
};

// What somebody, or something, has to decide: a row of the task list.
struct Seat {
  enum class Position { own, before, after, parallel };
  enum class State {
    waiting,  // Not opened: its turn, or an added seat's answer, is awaited.
    open,
    approved,
    rejected,
    done,       // A task.
    returned,   // Sent the run back.
    removed,    // Taken out before it was decided.
    cancelled,  // The node was decided, or given up, without it.
  };
  int token = 0;
  int node = 0;
  int visit = 0;
  int order = 0;    // Among the seats of its visit.
  int parent = -1;  // The seat it was added to, before or after it.
  Position position = Position::own;
  UserId added_by;
  UserId holder;
  UserId behalf_of;  // By standing delegation; nobody: for themselves.
  UserId helper;     // Asked for an opinion, and has the seat meanwhile.
  int weight = 1;
  State state = State::waiting;
  std::int64_t opened_ms = 0;
  std::optional<std::int64_t> due_ms;
  std::int64_t urged_ms = 0;
  UserId actor;  // Who decided; nobody where it was automatic.
  std::int64_t decided_ms = 0;
  int decision = 0;                 // Counted through the run: which came first.
  std::int64_t record_version = 0;  // What was seen when it was decided.
  std::string comment;
  bool is_superseded = false;  // A return made the decision void; it stays in the history.
  bool is_final() const { return state != State::waiting && state != State::open; }
  bool is_vote() const { return parent < 0; }
  UserId keeper() const { return helper == kNobody ? holder : helper; }
  friend bool operator==(const Seat&, const Seat&) = default;
};

// A node of an earlier version that the run's own does not have any more: it was there. In tokens
// and seats that are over such a node has a number of its own, from kGoneNodes downwards.
struct GoneNode {
  std::int64_t version = 0;
  int node = 0;    // Its place in that version.
  int region = 0;  // Of the run's version: where it lay.
  friend bool operator==(const GoneNode&, const GoneNode&) = default;
};
inline constexpr int kGoneNodes = -2;
inline bool is_gone(int node) { return node <= kGoneNodes; }

inline constexpr int kDelegationEnds = -1;  // Timer::action: the seat goes back to whose it is.

struct Timer {
  enum class State { set, fired, cancelled };
  int token = 0;
  int epoch = 0;
  int seat = -1;   // Of a due time; -1: the token waits.
  int action = 0;  // Of a due time: which of on_due comes; kDelegationEnds.
  int count = 0;   // How often it came.
  std::int64_t at_ms = 0;
  State state = State::set;
  friend bool operator==(const Timer&, const Timer&) = default;
};

struct Subscription {
  enum class State {
    open,
    heard,  // While the run was suspended: it goes on when that is over.
    met,
    cancelled,
  };
  int token = 0;
  int epoch = 0;
  std::string event;
  std::string correlation;
  State state = State::open;
  friend bool operator==(const Subscription&, const Subscription&) = default;
};

enum class What {
  began,
  entered,
  skipped,
  opened,
  approved,
  rejected,
  done,
  returned,
  removed,
  cancelled,
  superseded,
  transferred,
  lent,
  answered,
  added,
  urged,
  commented,
  copied,
  reminded,
  escalated,
  overdue,
  automatic,
  dropped,
  taken_back,
  branches,
  joined,
  incident,
  retried,
  passed,
  moved,
  variables,
  approvers,
  suspended,
  resumed,
  due,
  migrated,
  finished
};
std::string_view name_of(What what);

// One line of the history: append-only, its place in the list is its gap-free number.
struct Entry {
  std::int64_t at_ms = 0;
  What what = What::began;
  int node = -1;
  int seat = -1;
  UserId actor;  // Nobody: the engine.
  UserId behalf_of;
  UserId other;             // To whom; of opened and due: whose seat it is then.
  std::int64_t due_ms = 0;  // Of opened and due: until when; 0: no time.
  std::string reason;       // Of migrated: the version that it was on.
  std::string comment;
  std::vector<RecordId> attachments;  // Files that came with it.
  std::string changed;     // What its form changed, as the event log says it (JSON); "": nothing.
  std::string request_id;  // Of an act on a seat with its place before it: "3/0b7e".
  bool is_final = false;   // Of its seat: exactly one for each seat that is over.
  friend bool operator==(const Entry&, const Entry&) = default;
};

struct Run {
  RunId id;
  std::string flow;
  std::int64_t version = 0;  // Of the program it steps with.
  RecordId record;
  UserId initiator;
  int depth = 0;  // 0: not called by another.
  RunState state = RunState::running;
  RunResult result = RunResult::none;
  std::int64_t started_ms = 0;
  std::int64_t finished_ms = 0;
  std::int64_t suspended_ms = 0;
  Values variables;
  std::map<int, std::vector<UserId>> chosen;    // By node: at submit.
  std::map<int, std::vector<UserId>> replaced;  // By node: an admin changed who comes.

  std::vector<Scope> scopes;
  std::vector<Token> tokens;
  std::vector<Seat> seats;
  std::vector<Timer> timers;
  std::vector<Subscription> subscriptions;
  std::vector<Entry> history;
  std::vector<GoneNode> gone;

  int asking = -1;  // The token whose request is out; -1: none.
  int request = 0;  // Its number.
  int visits = 0;   // Nodes entered.
  int decisions = 0;
  int returns = 0;

  friend bool operator==(const Run&, const Run&) = default;
};

// By entry of the history: of which version its node is a place, as it was then.
std::vector<std::int64_t> versions_of_history(const Run& run);

}  // namespace tenon::flow
