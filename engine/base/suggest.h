// The nearest of the names that would have been right, for messages.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tenon {

// "; did you mean \"amount\"?" where one of the names is near enough, else "".
std::string did_you_mean(std::string_view given, std::span<const std::string_view> names);
std::string did_you_mean(std::string_view given, std::span<const std::string> names);

}  // namespace tenon
