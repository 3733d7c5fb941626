#include "engine/text/length.h"

namespace tenon::text {
namespace {

bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// The byte at which the code point with this place begins; the end where there is none.
std::size_t byte_of(std::string_view text, std::size_t place) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (begins_code_point(text[at]) && place-- == 0) return at;
  }
  return text.size();
}

}  // namespace

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += begins_code_point(c) ? 1 : 0;
  return count;
}

std::string_view part(std::string_view text, std::size_t begin, std::size_t count) {
  const std::string_view rest = text.substr(byte_of(text, begin));
  return rest.substr(0, byte_of(rest, count));
}

}  // namespace tenon::text
