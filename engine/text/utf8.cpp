#include "engine/text/utf8.h"

#include <unicode/utf8.h>

#include <cstdint>
#include <cstring>

namespace tenon::text {

bool is_utf8(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  const auto* const text = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::size_t size = bytes.size();
  for (std::size_t at = 0; at < size;) {
    std::uint64_t eight = kHighBits;
    if (size - at >= sizeof eight) std::memcpy(&eight, text + at, sizeof eight);
    if ((eight & kHighBits) == 0) {  // Eight letters of ASCII at once.
      at += sizeof eight;
      continue;
    }
    UChar32 code = 0;
    U8_NEXT(text, at, size, code);
    if (code < 0) return false;
  }
  return true;
}

}  // namespace tenon::text
