#include "engine/command/rows_changed.h"

#include <algorithm>

namespace tenon::command {
namespace {

using application::Object;

// Columns that may bring another value to what is read: those themselves, or any where it is
// computed, or looks up to what holds the line.
std::vector<int> watched(const Object& rows, const formula::ManyNeed& need) {
  std::vector<int> slots;
  bool all = false;
  for (const int slot : need.slots) {
    if (slot < 0) continue;
    all = all || rows.find_computed(slot) != nullptr || !rows.field(slot).held_by.empty();
    slots.push_back(slot);
  }
  if (!all) return slots;
  slots.clear();
  for (const auto& column : rows.table.columns) slots.push_back(column.slot);
  return slots;
}

bool differs(const LineDraft& line, const std::vector<int>& slots) {
  if (!line.before) return !line.is_removed;
  if (line.is_removed || line.record.position != line.before->position) return true;
  return std::any_of(slots.begin(), slots.end(), [&](int slot) {
    const auto place = static_cast<std::size_t>(slot);
    return line.record.fields[place] != line.before->fields[place];
  });
}

}  // namespace

std::vector<bool> rows_changed(const Object& object, const std::vector<LinesDraft>& lines) {
  std::vector<bool> changed;
  for (const formula::ManyNeed& need : object.needs.many) {
    const auto* many = object.find_many(need.many.id);
    changed.push_back(std::any_of(lines.begin(), lines.end(), [&](const LinesDraft& group) {
      if (many == nullptr || group.children->slot != many->children) return false;
      const auto slots = watched(group.object(), need);
      return std::any_of(group.lines.begin(), group.lines.end(),
                         [&](const LineDraft& line) { return differs(line, slots); });
    }));
  }
  return changed;
}

}  // namespace tenon::command
