#include "engine/html/link.h"

#include <algorithm>

namespace tenon::html {
namespace {

constexpr std::size_t kLengthMax = 2048;

bool is_blank_or_control(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string safe_link(std::string_view target) {
  while (!target.empty() && target.front() == ' ') target.remove_prefix(1);
  while (!target.empty() && target.back() == ' ') target.remove_suffix(1);
  const auto colon = target.find(':');
  const bool plain = std::none_of(target.begin(), target.end(), is_blank_or_control);
  if (colon == std::string_view::npos || !plain || target.size() > kLengthMax) return "";
  std::string scheme(target.substr(0, colon));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), lower);
  const std::string_view rest = target.substr(colon + 1);
  const bool web = (scheme == "http" || scheme == "https") && rest.starts_with("//") &&
                   rest.size() > 2 && std::string_view("/?#:@\\").find(rest[2]) == rest.npos;
  const bool direct = (scheme == "mailto" || scheme == "tel") && !rest.empty();
  return web || direct ? scheme.append(":").append(rest) : "";
}

}  // namespace tenon::html
