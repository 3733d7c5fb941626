#include "engine/event/cursor.h"

#include <charconv>

namespace tenon::event {
namespace {

// Whole and not negative, without a sign or leading zeros: one text per cursor.
bool read_number(std::string_view text, std::int64_t& number) {
  const char* end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || rest != end || number < 0) return false;
  return text.front() != '-' && (text.size() == 1 || text.front() != '0');
}

}  // namespace

std::string text_of(Cursor cursor) {
  return std::to_string(cursor.epoch) + "." + std::to_string(cursor.seq);
}

Result<Cursor> parse_cursor(std::string_view text) {
  Cursor cursor;
  const std::size_t point = text.find('.');
  if (point != text.npos && read_number(text.substr(0, point), cursor.epoch) &&
      read_number(text.substr(point + 1), cursor.seq)) {
    return cursor;
  }
  return Error::of(ErrorCode::malformed, "cursor", "cursor", "is no cursor of this server");
}

}  // namespace tenon::event
