#include "engine/text/normal.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "engine/base/error.h"

namespace tenon::text {
namespace {

// Whether only the case of ASCII letters folds: ASCII, and unified ideographs (U+3400–U+4DBF and
// U+4E00–U+9FFF), which have neither case nor other forms.
bool is_plain(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  for (std::size_t at = 0; at < text.size();) {
    if (byte(at) < 0x80) {
      ++at;
      continue;
    }
    if (at + 2 >= text.size()) return false;
    const unsigned code =
        (byte(at) & 0x0Fu) << 12 | (byte(at + 1) & 0x3Fu) << 6 | (byte(at + 2) & 0x3Fu);
    const bool ideograph = (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF);
    if ((byte(at) & 0xF0) != 0xE0 || !ideograph) return false;
    at += 3;
  }
  return true;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

using Normalizer = const icu::Normalizer2* (*)(UErrorCode&);

icu::UnicodeString normalized(Normalizer with, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = with(status);
  if (U_FAILURE(status)) throw Fault("ICU has no normal forms");
  icu::UnicodeString result = normalizer->normalize(text, status);
  if (U_FAILURE(status)) throw Fault("ICU cannot normalize a text");
  return result;
}

bool is_latin(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) == USCRIPT_LATIN;
}

// Accents are marks of their own once a text is decomposed.
icu::UnicodeString without_latin_marks(const icu::UnicodeString& text) {
  icu::UnicodeString kept;
  bool behind_latin = false;
  for (int at = 0; at < text.length();) {
    const UChar32 c = text.char32At(at);
    at += U16_LENGTH(c);
    const bool mark = u_charType(c) == U_NON_SPACING_MARK;
    if (mark && behind_latin) continue;
    if (!mark) behind_latin = is_latin(c);
    kept.append(c);
  }
  return kept;
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result;
  if (is_plain(text)) {
    result.resize(text.size());
    std::transform(text.begin(), text.end(), result.begin(), lower);
    return result;
  }
  const auto given =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  const auto parts = normalized(icu::Normalizer2::getNFDInstance,
                                normalized(icu::Normalizer2::getNFKCCasefoldInstance, given));
  normalized(icu::Normalizer2::getNFCInstance, without_latin_marks(parts)).toUTF8String(result);
  return result;
}

bool contains_folded(std::string_view haystack, std::string_view needle) {
  if (needle.empty()) return true;
  if (!is_plain(haystack)) return folded(haystack).find(needle) != std::string::npos;
  const auto found = std::search(haystack.begin(), haystack.end(), needle.begin(), needle.end(),
                                 [](char a, char b) { return lower(a) == b; });
  return found != haystack.end();
}

}  // namespace tenon::text
