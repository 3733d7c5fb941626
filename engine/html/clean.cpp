#include "engine/html/clean.h"

#include "engine/html/outline.h"
#include "engine/html/parse.h"

namespace tenon::html {
namespace {

// As HTML says where a tag or comment begins.
bool has_marks(std::string_view text) {
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (letter || next == '/' || next == '!' || next == '?') return true;
  }
  return false;
}

std::string lines(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '\n') {
      html += "<p>";
    } else {
      html += c;
    }
  }
  return html;
}

}  // namespace

Result<std::string> clean(std::string_view given) {
  Outline outline;
  TENON_CHECK(has_marks(given) ? parse(given, outline) : parse(lines(given), outline));
  return outline.take();
}

}  // namespace tenon::html
