#include "engine/base/id.h"

#include <array>

namespace tenon {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLetters = 13;

constexpr std::array<std::int8_t, 256> letter_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    const auto upper = static_cast<unsigned char>(kAlphabet[i]);
    values[upper] = static_cast<std::int8_t>(i);
    if (upper >= 'A') values[upper + ('a' - 'A')] = static_cast<std::int8_t>(i);
  }
  for (const char one : {'I', 'i', 'L', 'l'}) values[static_cast<unsigned char>(one)] = 1;
  for (const char zero : {'O', 'o'}) values[static_cast<unsigned char>(zero)] = 0;
  return values;
}

constexpr auto kValues = letter_values();

}  // namespace

bool is_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  const bool starts_well = !text.empty() && text.front() >= 'a' && text.front() <= 'z';
  return starts_well && text.size() <= kNameLengthMax &&
         std::all_of(text.begin(), text.end(), fits);
}

std::string id_text(std::int64_t value) {
  std::string text(kLetters, '0');
  auto rest = static_cast<std::uint64_t>(value);
  for (std::size_t i = kLetters; i-- > 0; rest >>= 5) text[i] = kAlphabet[rest & 31];
  return text;
}

Result<std::int64_t> parse_id_text(std::string_view text) {
  const auto malformed = [] {
    return Error::of(ErrorCode::malformed, "", "id", "an id has 13 letters and digits");
  };
  if (text.size() != kLetters) return malformed();
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto letter = kValues[static_cast<unsigned char>(c)];
    if (letter < 0) return malformed();
    if ((value >> 58) != 0) return malformed();  // More than 63 bits.
    value = (value << 5) | static_cast<std::uint64_t>(letter);
  }
  return static_cast<std::int64_t>(value);
}

}  // namespace tenon
