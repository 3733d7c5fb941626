// What the rules say of a draft and of its lines.
#include <algorithm>

#include "engine/application/money.h"
#include "engine/command/derivation.h"
#include "engine/command/rows_changed.h"
#include "engine/rule/maker.h"

namespace tenon::command {
namespace {

using application::Object;
using Decided = std::vector<std::pair<const Object*, int>>;

constexpr int kRoundsMax = 64;  // Of lines and record that empty each other.

bool differ(const record::Table& table, const Values& a, const Values& b) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const auto& column) {
    const auto slot = static_cast<std::size_t>(column.slot);
    return a[slot] != b[slot];
  });
}

void note_decided(Decided& decided, const Object& object, const rule::Verdict& verdict) {
  for (const int place : verdict.decided) decided.emplace_back(&object, place);
}

void count(const Decided& decided) {
  for (const auto& [object, place] : decided) ++(*object->decided)[static_cast<std::size_t>(place)];
}

// Of a round that emptied something only what did so counts.
void keep_clearing(Decided& decided) {
  std::erase_if(decided, [](const auto& one) {
    const auto& rules = one.first->rules.rules;
    return rules[static_cast<std::size_t>(one.second)].effect != rule::Effect::clear;
  });
}

void append(std::vector<Problem>& all, std::vector<Problem>& more, const std::string& at = "") {
  for (Problem& problem : more) {
    problem.at = at + problem.at;
    all.push_back(std::move(problem));
  }
}

}  // namespace

rule::Draft Derivation::judged(const Node& node) {
  gather_rows(node);
  rule::Draft draft{.scope = scope_of(node),
                    .before = node.before == nullptr ? nullptr : &node.before->fields,
                    .changed = *node.changed,
                    .written = *node.written,
                    .changed_rows = {}};
  if (node.before != nullptr) draft.changed_rows = rows_changed(*node.object, *node.lines);
  if (!node.lines->empty()) draft.with_lines.resize(node.fields->size());
  for (const LinesDraft& group : *node.lines) {
    const auto stays = [](const LineDraft& line) { return !line.is_removed; };
    draft.with_lines[static_cast<std::size_t>(group.children->slot)] =
        std::any_of(group.lines.begin(), group.lines.end(), stays);
  }
  return draft;
}

// Of a line what holds it is derived when all lines are judged.
Result<rule::Draft> Derivation::emptied(const Node& node, int slot) {
  (*node.fields)[static_cast<std::size_t>(slot)] = Value{};  // Its currency goes with it.
  for (LinesDraft& group : *node.lines) {
    if (group.children->slot != slot) continue;
    for (LineDraft& line : group.lines) remove_line(line);
  }
  for (const int written : {slot, application::currency_slot(*node.object, slot)}) {
    const auto place = static_cast<std::size_t>(written);
    if (written >= 0 && place < node.written->size()) (*node.written)[place] = false;
  }
  if (node.above == nullptr) {
    TENON_CHECK(derive());
    compute();
  } else {
    TENON_CHECK(derive(node));
    compute(node);
  }
  return judged(node);
}

Result<rule::Verdict> Derivation::judge(const Node& node) {
  const auto paths_with = [&](int slot, RecordId item) {
    Values fields = *node.fields;
    fields[static_cast<std::size_t>(slot)] = Value{item};
    return gather(node, fields);
  };
  const auto without = [&](int slot) { return emptied(node, slot); };
  return rule::judge(node.object->rules, judged(node), context_.actor.locale,
                     {paths_with, without});
}

Result<rule::Verdict> Derivation::judge() {
  const Node node = root();
  std::vector<int> cleared;
  for (int rounds = 0; rounds < kRoundsMax; ++rounds) {
    Round round;
    TENON_CHECK(judge_lines(node, round));
    if (round.is_cleared) {
      keep_clearing(round.decided);
      count(round.decided);
      TENON_CHECK(derive());
      compute();
      continue;
    }
    TENON_TRY(auto verdict, judge(node));
    note_decided(round.decided, object_, verdict);
    cleared.insert(cleared.end(), verdict.cleared.begin(), verdict.cleared.end());
    const bool again = !verdict.cleared.empty() && !draft_.lines.empty();
    if (again) keep_clearing(round.decided);
    count(round.decided);
    if (again) continue;  // Lines may look up to what is empty now.
    verdict.cleared = std::move(cleared);
    append(verdict.problems, round.problems);
    append(verdict.warnings, round.warnings);
    return verdict;
  }
  return Error::of(ErrorCode::limit, "", "rules",
                   "the rules of " + object_.name() + " and its lines empty fields in turn, more " +
                       "than " + std::to_string(kRoundsMax) + " times");
}

Result<void> Derivation::judge_lines(const Node& node, Round& round) {
  return visit_lines(node, [&](const Node& line, LineDraft& draft) -> Result<void> {
    const auto is_set = [](bool changed) { return changed; };
    const bool is_due = line.before == nullptr || draft.is_given ||
                        differ(line.object->table, line.before->fields, *line.fields) ||
                        std::any_of(draft.changed.begin(), draft.changed.end(), is_set);
    // Others were judged when they were made: nobody touches them and they stay as they are.
    if (is_due && !line.object->rules.rules.empty()) TENON_CHECK(judge_line(line, round));
    return judge_lines(line, round);
  });
}

Result<void> Derivation::judge_line(const Node& line, Round& round) {
  auto verdict = judge(line);
  if (!verdict) {
    for (Problem& problem : verdict.error().problems) problem.at = line.at + problem.at;
    return std::move(verdict.error());
  }
  note_decided(round.decided, *line.object, *verdict);
  append(round.problems, verdict->problems, line.at);
  append(round.warnings, verdict->warnings, line.at);
  round.is_cleared = round.is_cleared || !verdict->cleared.empty();
  return done();
}

}  // namespace tenon::command
