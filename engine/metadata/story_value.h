// Values as a story writes them: JSON beside the field's name.
#pragma once

#include <string>
#include <vector>

namespace tenon::metadata {

struct StoryValue {
  std::string field;  // Field id, or a path of them where something is looked at.
  std::string json;
  friend bool operator==(const StoryValue&, const StoryValue&) = default;
};
using StoryValues = std::vector<StoryValue>;

}  // namespace tenon::metadata
