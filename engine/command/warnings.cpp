#include "engine/command/warnings.h"

namespace tenon::command {

std::vector<Warning> warnings_of(const Context& context, const application::Object& object,
                                 const rule::Verdict& verdict, const Duplicates& duplicates) {
  std::vector<Warning> all;
  for (const Problem& problem : verdict.warnings) all.push_back({problem});
  all.insert(all.end(), duplicates.warnings.begin(), duplicates.warnings.end());
  if (all.empty()) return all;
  const auto& rights =
      context.app.rights(context.actor).objects[static_cast<std::size_t>(object.place)];
  std::erase_if(all, [&](const Warning& warning) {
    const auto slot = object.find_slot(warning.at);
    return slot && !rights.may_read(*slot);
  });
  return all;
}

}  // namespace tenon::command
