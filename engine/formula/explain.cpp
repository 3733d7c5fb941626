#include "engine/formula/explain.h"

#include <algorithm>

#include "engine/formula/evaluate.h"

namespace tenon::formula {
namespace {

class Notes final : public Trace {
 public:
  explicit Notes(const Tree& tree) : tree_(tree), notes_(tree.nodes.size()) {}

  void note(int node, const Value* value, const std::string& rule) override {
    Explanation& note = notes_[static_cast<std::size_t>(node)];
    note.state = value != nullptr ? Explanation::State::value : Explanation::State::error;
    note.value = value != nullptr ? *value : Value{};
    note.rule = value != nullptr ? "" : rule;
  }

  void found(int node, Finding finding) override {
    notes_[static_cast<std::size_t>(node)].finding = std::move(finding);
  }

  Explanation explanation(int place) const {
    const Node& node = tree_.node(place);
    Explanation made = notes_[static_cast<std::size_t>(place)];
    made.begin = static_cast<int>(node.span.begin);
    made.end = static_cast<int>(node.span.end);
    made.kind = node.kind;
    made.is_input = node.op == Op::field || node.op == Op::path;
    add_reads(node, made.reads);
    if (node.op != Op::aggregate) add_parts(node, made.parts);
    if (node.op == Op::aggregate) {
      for (const int operand : tree_.operands(node).subspan(2)) add_part(operand, made.parts);
    }
    return made;
  }

 private:
  void add_reads(const Node& node, Reads& reads) const {
    switch (node.op) {
      case Op::field:
      case Op::old_field: reads.slots.push_back(node.place); break;
      case Op::path: reads.paths.push_back(node.place); break;
      case Op::aggregate: reads.many.push_back({node.many, {}, {}}); break;
      case Op::row_field: reads.many.back().slots.push_back(node.place); break;
      case Op::row_path: reads.many.back().paths.push_back(node.place); break;
      default: break;
    }
    for (const int operand : tree_.operands(node)) add_reads(tree_.node(operand), reads);
  }

  void add_parts(const Node& node, std::vector<Explanation>& parts) const {
    for (const int operand : tree_.operands(node)) add_part(operand, parts);
  }

  // What the compiler put in is no part of its own: its parts are. A part that is looked at twice
  // is told once.
  void add_part(int place, std::vector<Explanation>& parts) const {
    const Node& node = tree_.node(place);
    if (node.op == Op::literal) return;
    if (!node.written) return add_parts(node, parts);
    Explanation part = explanation(place);
    const bool told = std::any_of(parts.begin(), parts.end(), [&](const Explanation& other) {
      return other.begin == part.begin && other.end == part.end;
    });
    if (!told) parts.push_back(std::move(part));
  }

  const Tree& tree_;
  std::vector<Explanation> notes_;
};

}  // namespace

Reads reads_of(const Formula& formula) {
  return Notes(formula.tree()).explanation(formula.tree().root).reads;
}

Explanation explain(const Formula& formula, const Scope& scope) {
  Notes notes(formula.tree());
  // What comes out is among the notes.
  static_cast<void>(evaluate(formula.tree(), scope, &notes));
  return notes.explanation(formula.tree().root);
}

}  // namespace tenon::formula
