// Where a problem is: a file of a bundle and a path in it. Internal to the room.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/error.h"

namespace tenon::metadata {

struct Place {
  std::string file;
  std::string path;

  Place operator/(std::string_view member) const {
    return {file, path.empty() ? std::string(member) : path + "/" + std::string(member)};
  }
  Place operator/(std::size_t index) const {
    return *this / std::string_view(std::to_string(index));
  }

  std::string text() const {
    return file.empty() || path.empty() ? file + path : file + ": " + path;
  }
  Problem problem(std::string rule, std::string message) const {
    return {text(), std::move(rule), std::move(message)};
  }
};

}  // namespace tenon::metadata
