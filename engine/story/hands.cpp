#include "engine/story/hands.h"

#include <algorithm>

#include "engine/query/assignments.h"
#include "engine/query/ownership.h"

namespace tenon::story {
namespace {

constexpr int kEntriesMax = 200;

std::string name_of(const query::NamedUser& user, const References& references) {
  return user.id.value == 0 ? "nobody" : references.name_of(user.id, "user");
}

std::string line_of(const query::AssignmentEntry& entry, const References& references) {
  std::string line = entry.kind + ": " + name_of(entry.previous, references) + " → " +
                     name_of(entry.chosen, references);
  if (!entry.strategy.empty()) line += ", " + entry.strategy;
  if (!entry.reason.empty()) line += ", " + entry.reason;
  for (const query::SkippedUser& skipped : entry.skipped) {
    const std::string who =
        skipped.unknown.empty() ? name_of(skipped.user, references) : "\"" + skipped.unknown + "\"";
    line += ", skipped " + who + " " + skipped.reason;
  }
  if (entry.actor.id.value != 0) line += ", by " + name_of(entry.actor, references);
  return line;
}

std::string line_of(const query::OfferedAction& action) {
  std::string line = action.name;
  for (const query::Refusal& refusal : action.refusals) {
    line += (&refusal == &action.refusals.front() ? ": " : ", ") + refusal.rule;
    if (refusal.bound != 0 || refusal.count != 0) {
      line += " " + std::to_string(refusal.count) + "/" + std::to_string(refusal.bound);
    }
    if (refusal.until) line += " until " + text_of(*refusal.until);
  }
  return line;
}

}  // namespace

Lines ledger_lines(const query::Context& context, const Known& record,
                   const References& references) {
  const auto entries = query::assignments(context, record.object, record.id, kEntriesMax);
  if (!entries) return {"not to be seen: " + std::string(tenon::name_of(entries.error().code))};
  Lines lines;
  for (const query::AssignmentEntry& entry : *entries) lines.push_back(line_of(entry, references));
  std::reverse(lines.begin(), lines.end());
  return lines;
}

Lines action_lines(const query::Context& context, const Known& record) {
  const auto of = query::ownership(context, record.object, record.id);
  if (!of) return {"not to be seen: " + std::string(tenon::name_of(of.error().code))};
  Lines lines;
  if (!*of) return lines;
  for (const query::OfferedAction& action : (*of)->actions) lines.push_back(line_of(action));
  return lines;
}

}  // namespace tenon::story
