// Works out defaults and derived fields of a draft and of its lines.
//
// Lines come before what holds them, for rollups look down; then again, for their formulas look up,
// until nothing changes: load() has refused circles, so it ends. Internal to the write path.
#pragma once

#include "engine/command/draft.h"
#include "engine/command/gather.h"
#include "engine/formula/formula.h"

namespace tenon::command {

class Derivation {
 public:
  Derivation(Context& context, const application::Object& object, const record::Record* before,
             Draft& draft);

  // Needs as they were, to know which change; to be asked before the input is applied.
  void remember_needs();
  Result<void> set_defaults(const Input& input);
  Result<void> derive();
  // Fields computed on read are there for the rules, but are not written. One that cannot be
  // worked out is empty, as it is for readers: it is no reason to refuse the record.
  void compute();
  // Lines and record, until no rule empties anything more.
  Result<rule::Verdict> judge();
  formula::Scope scope();  // Of the record, not of its lines.

 private:
  // The record, or one of its lines.
  struct Node {
    const application::Object* object;
    const record::Record* before;
    Values* fields;
    Values* paths;
    Values* paths_before;
    std::vector<bool>* changed;
    std::vector<bool>* written;
    GatheredRows* many;
    const Values* system;
    std::vector<LinesDraft>* lines;
    RecordId id;
    std::string at;  // Before the names of fields: "", "lines/0/".
    const Node* above;
    Holder as_holder;
  };

  template <class F>
  Result<void> visit_lines(const Node& node, const F& f);
  Node root();
  Node line_node(const application::Object& object, LineDraft& line, const Node& above,
                 const Values& system) const;
  formula::Scope scope_of(const Node& node) const;
  Values gather(const Node& node, const Values& fields);
  // Anew, where rows may have changed or moved.
  void gather_rows(const Node& node);
  // What the rules say of the lines, and how often which of them decided.
  struct Round {
    bool is_cleared = false;
    std::vector<Problem> problems = {};
    std::vector<Problem> warnings = {};
    std::vector<std::pair<const application::Object*, int>> decided = {};
  };
  rule::Draft judged(const Node& node);
  Result<rule::Draft> emptied(const Node& node, int slot);
  Result<rule::Verdict> judge(const Node& node);
  Result<void> judge_lines(const Node& node, Round& round);
  Result<void> judge_line(const Node& line, Round& round);
  // What a person can mend is refused; else it is empty, as a field computed on read would be.
  Result<Value> worked_out(const Node& node, const application::Derived& one) const;
  bool is_of_input(const Node& node, const formula::Formula& formula) const;
  Result<Value> fitting(const Node& node, int slot, Result<Value> value) const;
  Result<void> default_fields(const Node& node, const std::function<bool(int slot)>& is_given);
  bool is_default(const Node& node, const application::Default& one);
  Result<void> default_lines(const Node& node, const Input& input);
  Result<void> derive(const Node& node);
  Result<void> roll_up(const Node& node);
  Result<Value> fold_lines(const Node& node, const application::Rollup& rollup);
  void set(const Node& node, int slot, Value value);
  void compute(const Node& node);
  void read_ahead();

  Context& context_;
  const application::Object& object_;
  const record::Record* before_;
  Draft& draft_;
  Gatherer gatherer_;
  DateTime now_;
  bool moved_ = false;  // A derived field has got another value.
};

// Those that are to stay.
template <class F>
Result<void> Derivation::visit_lines(const Node& node, const F& f) {
  for (LinesDraft& group : *node.lines) {
    for (LineDraft& line : group.lines) {
      if (line.is_removed) continue;
      const Values system = system_values_of(context_, line.before_record());
      TENON_CHECK(f(line_node(group.object(), line, node, system), line));
    }
  }
  return done();
}

}  // namespace tenon::command
