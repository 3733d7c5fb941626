// parse_target(): see message.h.
#include "runtime/http/message.h"

namespace tenon::http {
namespace {

constexpr std::size_t kSegmentsMax = 32;
constexpr std::size_t kParametersMax = 64;

Error malformed(std::string_view at, std::string message) {
  return Error::of(ErrorCode::malformed, std::string(at), "target", std::move(message));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// How many bytes the code point that starts here has; 0 where it is none (RFC 3629).
std::size_t code_point_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80U) return 1;
  if (first < 0xC2U || first > 0xF4U || !follows(1)) return 0;
  if (first < 0xE0U) return 2;
  const unsigned second = byte(1);
  const bool too_long = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
  const bool no_character =
      (first == 0xEDU && second > 0x9FU) || (first == 0xF4U && second > 0x8FU);
  if (too_long || no_character || !follows(2)) return 0;
  if (first < 0xF0U) return 3;
  return follows(3) ? 4 : 0;
}

bool is_clean_text(std::string_view text) {
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x20U || first == 0x7FU) return false;
    const auto size = code_point_size(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

bool is_clean_value(std::string_view text) {  // A search text may have line breaks.
  std::string without;
  for (const char c : text) {
    if (c != '\n' && c != '\r' && c != '\t') without += c;
  }
  return is_clean_text(without);
}

bool decode(std::string_view text, bool plus_is_space, std::string& decoded) {
  decoded.clear();
  if (text.find_first_of("%+") == std::string_view::npos) {
    decoded = text;
    return true;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      if (i + 2 >= text.size()) return false;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return false;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return true;
}

Result<void> add_segment(std::string_view text, Request& request) {
  if (request.path.size() == kSegmentsMax) return malformed("", "the path has too many segments");
  std::string segment;
  const bool fits = decode(text, false, segment) && is_clean_text(segment);
  if (!fits) return malformed(text, "the path is not well escaped UTF-8");
  if (segment.empty() || segment == "." || segment == "..") {
    return malformed(text, "the path has an empty or relative segment");
  }
  request.path.push_back(std::move(segment));
  return done();
}

Result<void> parse_path(std::string_view path, Request& request) {
  if (path.empty() || path.front() != '/') return malformed("", "the path must start with \"/\"");
  path.remove_prefix(1);
  request.path.reserve(6);
  while (!path.empty()) {  // A "/" at the end says nothing.
    const auto end = path.find('/');
    TENON_CHECK(add_segment(path.substr(0, end), request));
    if (end == std::string_view::npos) break;
    path.remove_prefix(end + 1);
  }
  return done();
}

Result<void> add_parameter(std::string_view text, Request& request) {
  if (request.query.size() == kParametersMax) return malformed("", "too many parameters");
  const auto middle = text.find('=');
  const bool has_value = middle != std::string_view::npos;
  std::string name;
  std::string value;
  const bool fits = decode(text.substr(0, middle), true, name) && is_clean_text(name) &&
                    decode(has_value ? text.substr(middle + 1) : "", true, value) &&
                    is_clean_value(value);
  if (!fits) return malformed(text, "the parameters are not well escaped UTF-8");
  if (request.parameter(name)) return malformed(name, "the parameter is given twice");
  request.query.emplace_back(std::move(name), std::move(value));
  return done();
}

Result<void> parse_query(std::string_view query, Request& request) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto one = query.substr(0, end);
    if (!one.empty()) TENON_CHECK(add_parameter(one, request));
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return done();
}

// RFC 9112 3.2.2: a server must accept the absolute form; the host in it is not looked at.
std::string_view without_origin(std::string_view target) {
  const auto scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  const auto path = target.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

}  // namespace

Result<void> parse_target(std::string_view target, Request& request) {
  target = without_origin(target);
  const auto path_end = target.find('?');
  TENON_CHECK(parse_path(target.substr(0, path_end), request));
  if (path_end == std::string_view::npos) return done();
  return parse_query(target.substr(path_end + 1), request);
}

}  // namespace tenon::http
