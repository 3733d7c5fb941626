// A flow: a graph of nodes that people and events move a run through.
//
// Only the definition, as written: what a node does, how seats vote and how a run steps is
// engine/flow. One struct holds the members of every kind of node; which kind has which, and
// which kinds are not offered yet, is flow_kinds.h. Node ids never change: runs stand on them.
// Schema: flow.schema.json; the words are explained in schemas/README.md, "Flow".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/metadata/definitions.h"
#include "engine/metadata/object.h"

namespace tenon::metadata {

enum class FlowKind { approval, automation };
enum class NodeKind {
  end,
  condition,
  parallel,
  subflow,
  wait,
  approve,
  task,
  cc,
  record,
  assign,
  decide,
  notify
};
enum class TriggerKind { form, button, call, record };

struct FlowTrigger {
  TriggerKind kind = TriggerKind::form;
  Label label;                      // Of a button.
  std::string when;                 // A formula; "": always.
  std::vector<std::string> on;      // Of record: create update delete.
  std::vector<std::string> fields;  // Of record: only where one of them changed.
  friend bool operator==(const FlowTrigger&, const FlowTrigger&) = default;
};

// Who approves; a list of them is expanded in its order.
enum class SourceKind {
  users,
  role,
  position,
  department_head,
  managers,
  field,
  initiator,
  chosen,
  previous,
  formula
};
// A level whose manager is disabled, or a department without a head: passed over, or whoever is
// next above comes for it, or an admin is told.
enum class Vacancy { skip, above, incident };
struct Source {
  SourceKind kind = SourceKind::users;
  std::vector<std::string> users;  // Logins.
  std::string name;  // A role's id, a position's name, a field's path, a node's id, a formula.
  bool in_department = false;  // Of role and position: only those of the initiator's department.
  int from = 1;                // Of managers and department_head: the levels, 1 the next one.
  int to = 1;
  Vacancy vacancy = Vacancy::skip;  // Of managers and department_head.
  friend bool operator==(const Source&, const Source&) = default;
};

enum class InitiatorPolicy { self, skip, manager, department_head };
enum class RepeatPolicy { none, consecutive, all };
enum class EmptyPolicy { flow_admin, auto_pass, auto_reject, user, incident };

struct Approvers {
  std::vector<Source> sources;
  InitiatorPolicy initiator = InitiatorPolicy::self;
  RepeatPolicy repeat = RepeatPolicy::none;
  EmptyPolicy empty = EmptyPolicy::flow_admin;
  std::string empty_user;  // A login, of EmptyPolicy::user.
  friend bool operator==(const Approvers&, const Approvers&) = default;
};

enum class VoteMode { all, any, sequence, ratio, count, weight };
enum class AnyReject { first, all };

struct Voting {
  VoteMode mode = VoteMode::all;
  int need = 0;           // Percent of ratio, people of count, weight of weight.
  bool wait_all = false;  // Of all: opinions are collected before a reject counts.
  AnyReject any_reject = AnyReject::first;
  std::map<std::string, int> weights;  // By login; not named: 1.
  friend bool operator==(const Voting&, const Voting&) = default;
};

struct Due {
  std::string after;     // A duration: "PT8H", "P2D".
  bool working = false;  // Counted in working time.
  std::string field;     // Of the record.
  std::string formula;
  bool is_set() const { return !after.empty() || !field.empty() || !formula.empty(); }
  friend bool operator==(const Due&, const Due&) = default;
};

enum class DueAction { remind, escalate, approve, reject, transfer, go_to };
// One after the other: what comes next begins where the one before is used up.
struct OnDue {
  DueAction action = DueAction::remind;
  std::string every;       // Of remind; also how long the next action waits.
  int most = 1;            // Of remind.
  std::vector<Source> to;  // Of escalate and transfer.
  std::string node;        // Of go_to.
  friend bool operator==(const OnDue&, const OnDue&) = default;
};

enum class RejectAction { end, to_start, to_previous, to_node };
struct OnReject {
  RejectAction action = RejectAction::end;
  std::string node;
  friend bool operator==(const OnReject&, const OnReject&) = default;
};

// Of a condition or a parallel node.
struct Branch {
  std::string name;
  Label label;
  std::string when;  // Of parallel: "" is always taken.
  std::string next;  // "": the body ends here.
  friend bool operator==(const Branch&, const Branch&) = default;
};

enum class ParallelMode { all, any };
enum class WaitKind { duration, until, event };
enum class RecordVerb { create, update, erase, query };

// A field or variable, and the formula of what it becomes.
struct Setting {
  std::string name;
  std::string formula;
  friend bool operator==(const Setting&, const Setting&) = default;
};

struct FlowNode {
  std::string id;
  NodeKind kind = NodeKind::end;
  Label label;
  std::string next;  // "": the body ends here.
  std::string when;  // Where it does not hold the node is passed over.

  std::string result;            // end: completed approved rejected.
  std::vector<Branch> branches;  // condition, parallel.
  std::string otherwise;         // condition: the member "else".
  ParallelMode parallel = ParallelMode::all;
  bool reopen_branch = false;  // parallel: a return from behind it may lead into a branch.

  std::string flow;          // subflow.
  std::vector<Setting> set;  // subflow: its variables; record: fields; assign: variables;
                             // decide: variables from outputs.
  WaitKind wait = WaitKind::duration;
  std::string duration;
  std::string until;        // A formula.
  std::string event;        // A name.
  std::string correlation;  // A formula.

  RecordVerb verb = RecordVerb::update;
  std::string object;          // record: of create and query; "": the flow's.
  std::string record;          // record: a formula of a reference; "": the flow's record.
  std::vector<Setting> match;  // record, of query: fields that equal.
  std::string as;              // record: the variable that gets the record.
  std::string table;           // decide.

  Approvers approvers;  // approve, task, cc, notify.
  Voting voting;        // approve.
  Due due;              // approve, task.
  std::vector<OnDue> on_due;
  OnReject on_reject;
  std::map<std::string, FieldRight> fields;  // approve, task: what its people may do, by field id.
  bool comment_required = false;             // approve, of a reject.
  Label message;                             // notify, cc.
  friend bool operator==(const FlowNode&, const FlowNode&) = default;
};

enum class LockMode { all, fields, none };
enum class RunAs { bundle, initiator };
enum class WithdrawPolicy { before_first_decision, never, anytime };

struct FlowSettings {
  LockMode lock = LockMode::all;         // An automation: none, unless it says so.
  std::vector<std::string> lock_fields;  // Field ids.
  RunAs run_as = RunAs::bundle;
  WithdrawPolicy withdraw = WithdrawPolicy::before_first_decision;
  int reentry = 1;  // How often one chain of causes may start it on one record.
  friend bool operator==(const FlowSettings&, const FlowSettings&) = default;
};

struct Flow : Named {
  FlowKind kind = FlowKind::approval;
  std::string object;  // Object id: whose records runs are about.
  std::vector<FlowTrigger> triggers;
  FlowSettings settings;
  std::vector<Field> variables;  // As fields are written; default_formula is the first value.
  std::string start;
  std::vector<FlowNode> nodes;  // In the order of the file.
  friend bool operator==(const Flow&, const Flow&) = default;

  const FlowNode* find(std::string_view node) const;
};

// The definition of a loaded flow as it is kept beside its runs: ids in place of names, canonical
// JSON; and read again. Refused where the text is none that this program writes.
std::string symbolic_text(const Flow& flow);
Result<Flow> parse_symbolic(const std::string& text);

}  // namespace tenon::metadata
