#include "engine/text/letters.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace tenon::text {
namespace {

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A mapping to more than one code point (ŉ, İ, ᾳ) leaves the letter as it is.
UChar32 single(UChar32 letter, const icu::UnicodeString& mapped) {
  return mapped.countChar32() == 1 ? mapped.char32At(0) : letter;
}

UChar32 lowered(UChar32 letter) {
  return single(letter, icu::UnicodeString(letter).toLower(icu::Locale::getRoot()));
}

// Upper case, but for the digraphs that have a case of titles: ǆ ǉ ǌ ǳ.
UChar32 capital(UChar32 letter) {
  const bool has_title =
      (letter >= 0x1C4 && letter <= 0x1CC) || (letter >= 0x1F1 && letter <= 0x1F3);
  if (has_title) return u_totitle(letter);
  return single(letter, icu::UnicodeString(letter).toUpper(icu::Locale::getRoot()));
}

std::string mapped(std::string_view text, char first, char last, int by) {
  std::string result(text);
  for (char& c : result) {
    if (c >= first && c <= last) c = static_cast<char>(c + by);
  }
  return result;
}

}  // namespace

std::string lower(std::string_view text) {
  if (is_ascii(text)) return mapped(text, 'A', 'Z', 'a' - 'A');
  return utf8(unicode(text).toLower(icu::Locale::getRoot()));
}

std::string upper(std::string_view text) {
  if (is_ascii(text)) return mapped(text, 'a', 'z', 'A' - 'a');
  return utf8(unicode(text).toUpper(icu::Locale::getRoot()));
}

std::string proper(std::string_view text) {
  const icu::UnicodeString given = unicode(text);
  icu::UnicodeString result;
  bool inside = false;
  for (int at = 0; at < given.length();) {
    const UChar32 c = given.char32At(at);
    result.append(inside ? lowered(c) : capital(c));
    inside = u_isalpha(c) != 0;
    at += U16_LENGTH(c);
  }
  return utf8(result);
}

std::string initials(std::string_view name) {
  const icu::UnicodeString given = unicode(name);
  icu::UnicodeString first;
  icu::UnicodeString last;
  bool inside = false;
  for (int at = 0; at < given.length();) {
    const UChar32 c = given.char32At(at);
    at += U16_LENGTH(c);
    if (!inside && u_isalnum(c)) (first.isEmpty() ? first : last.remove()).append(c);
    inside = !u_isUWhiteSpace(c) && (inside || u_isalnum(c));
  }
  return utf8(first.append(last).toUpper(icu::Locale::getRoot()));
}

}  // namespace tenon::text
