// CheckDraft: a draft judged as a save would judge it, without any effect.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/command/input.h"

namespace tenon::command {

struct CheckDraft {
  const application::Object* object;
  std::optional<RecordId> id;  // Of the record being edited; nothing: a new one.
  const Input& input;
};

struct Checked {
  const application::Object* object;
  std::vector<Problem> problems;
  std::vector<Warning> warnings;
  std::vector<int> hidden;  // Slots; only such as the actor may read.
  std::vector<int> required;
  std::vector<int> read_only;
  std::map<int, std::vector<std::string>> options;  // Of choices that are narrowed.
  std::vector<int> cleared;
  Values fields;  // By slot, derived and cleared ones as they would be saved.
};

Result<Checked> check_draft(Context& context, const CheckDraft& command);

}  // namespace tenon::command
