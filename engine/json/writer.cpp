#include "engine/json/writer.h"

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

namespace tenon::json {
namespace {

constexpr std::size_t kUsualBytes = 512;  // Of an object that is answered.
constexpr char kEmpty = 'e';
constexpr char kFilled = 'f';

// Behind the backslash: a letter of RFC 8259 section 7, 'u' for a code in four digits; 0: as it is.
constexpr std::array<char, 256> escapes() {
  std::array<char, 256> letters{};
  for (std::size_t control = 0; control < 0x20; ++control) letters[control] = 'u';
  letters['\b'] = 'b';
  letters['\t'] = 't';
  letters['\n'] = 'n';
  letters['\f'] = 'f';
  letters['\r'] = 'r';
  letters['"'] = '"';
  letters['\\'] = '\\';
  return letters;
}

constexpr auto kEscapes = escapes();
constexpr std::string_view kHex = "0123456789ABCDEF";

// Whether eight bytes are written as they are: no control, no quote, no backslash among them.
bool is_plain(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
  constexpr std::uint64_t kHighs = 0x8080'8080'8080'8080;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  const auto below = [](std::uint64_t all, std::uint64_t bound) {
    return (all - kOnes * bound) & ~all & kHighs;
  };
  return (below(word, 0x20) | below(word ^ kOnes * '"', 1) | below(word ^ kOnes * '\\', 1)) == 0;
}

// Where the next byte is that is not written as it is; the text's size where there is none.
std::size_t plain_until(std::string_view text, std::size_t at) {
  constexpr std::size_t kStep = sizeof(std::uint64_t);
  while (at + kStep <= text.size() && is_plain(text.data() + at)) at += kStep;
  // The last step may look at some bytes again.
  const bool has_step = text.size() >= kStep && at + kStep > text.size();
  if (has_step && is_plain(text.data() + text.size() - kStep)) return text.size();
  while (at < text.size() && kEscapes[static_cast<unsigned char>(text[at])] == 0) ++at;
  return at;
}

constexpr std::size_t kShort = 48;

// Puts a short text between quotes, as long as it is written as it is; answers how many bytes that
// makes, 0 where it must go through quote().
std::size_t quote_short(std::string_view text, char* to) {
  constexpr std::size_t kStep = sizeof(std::uint64_t);
  if (text.size() > kShort) return 0;
  std::size_t at = 0;
  *to++ = '"';
  for (; at + kStep <= text.size(); at += kStep) {
    if (!is_plain(text.data() + at)) return 0;
    std::memcpy(to + at, text.data() + at, kStep);
  }
  for (; at < text.size(); ++at) {
    if (kEscapes[static_cast<unsigned char>(text[at])] != 0) return 0;
    to[at] = text[at];
  }
  to[at] = '"';
  return at + 2;
}

}  // namespace

Writer& Writer::key(std::string_view name) {
  item_comes();
  std::array<char, kShort + 4> piece;
  auto size = quote_short(name, piece.data());
  if (size == 0) quote(name);
  piece[size++] = ':';
  if (layout_ == Layout::indented) piece[size++] = ' ';
  out_.append(piece.data(), size);
  is_behind_key_ = true;
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

Writer& Writer::text(std::string_view text) {
  value_comes();
  quote(text);
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  value_comes();
  out_ += json;
  return *this;
}

// Not in the header: inlined, GCC 12 sees a read behind the end of a short string.
std::string Writer::take() { return std::move(out_); }

Writer& Writer::begin(char bracket) {
  value_comes();
  if (levels_.empty() && bracket == '{') out_.reserve(kUsualBytes);
  out_ += bracket;
  levels_ += kEmpty;
  return *this;
}

Writer& Writer::end(char bracket) {
  const bool is_filled = levels_.back() == kFilled;
  levels_.pop_back();
  if (is_filled) break_line();
  out_ += bracket;
  return *this;
}

void Writer::value_comes() {
  if (!is_behind_key_) item_comes();
  is_behind_key_ = false;
}

void Writer::item_comes() {
  if (levels_.empty()) return;
  if (levels_.back() == kFilled) out_ += ',';
  levels_.back() = kFilled;
  break_line();
}

void Writer::break_line() {
  if (layout_ == Layout::compact) return;
  out_ += '\n';
  out_.append(levels_.size() * 2, ' ');
}

void Writer::quote(std::string_view text) {
  std::array<char, kShort + 2> piece;
  if (const auto size = quote_short(text, piece.data()); size > 0) {
    out_.append(piece.data(), size);
    return;
  }
  out_ += '"';
  std::size_t written = 0;
  for (auto at = plain_until(text, 0); at < text.size(); at = plain_until(text, written)) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const char escape = kEscapes[byte];
    out_.append(text, written, at - written);
    written = at + 1;
    out_ += '\\';
    out_ += escape;
    if (escape == 'u') out_.append("00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
  }
  out_.append(text.data() + written, text.size() - written);
  out_ += '"';
}

}  // namespace tenon::json
