#include "engine/json/writer.h"

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

namespace tenon::json {
namespace {

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

}  // namespace

Writer& Writer::key(std::string_view name) {
  item_comes();
  quote(name);
  out_ += layout_ == Layout::compact ? ":" : ": ";
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
  out_ += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (i + sizeof(std::uint64_t) <= text.size() && is_plain(text.data() + i)) {
      i += sizeof(std::uint64_t);
    }
    if (i == text.size()) break;
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = kEscapes[byte];
    if (escape == 0) continue;
    out_.append(text, written, i - written);
    written = i + 1;
    out_ += '\\';
    out_ += escape;
    if (escape == 'u') out_.append("00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
  }
  out_.append(text, written);
  out_ += '"';
}

}  // namespace tenon::json
