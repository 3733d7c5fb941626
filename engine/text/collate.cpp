#include "engine/text/collate.h"

#include <unicode/coll.h>
#include <unicode/sortkey.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

#include "engine/base/error.h"

namespace tenon::text {
namespace {

const icu::Collator& collator() {
  static const std::unique_ptr<icu::Collator> made = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> one(icu::Collator::createInstance("zh", status));
    if (U_FAILURE(status)) throw Fault("ICU has no collation for zh");
    // CLDR's order for zh puts Han first; without reordering, Latin letters come before it.
    const int32_t order[] = {UCOL_REORDER_CODE_NONE};
    one->setReorderCodes(order, 1, status);
    if (U_FAILURE(status)) throw Fault("ICU cannot reorder the collation for zh");
    return one;
  }();
  return *made;
}

icu::StringPiece piece(std::string_view text) {
  return icu::StringPiece(text.data(), static_cast<int>(text.size()));
}

int order_of(const icu::Collator& by, std::string_view a, std::string_view b) {
  UErrorCode status = U_ZERO_ERROR;
  const auto order = by.compareUTF8(piece(a), piece(b), status);
  if (U_FAILURE(status)) throw Fault("ICU cannot compare two texts");
  return order;
}

// For the printable characters of ASCII: the place of each without its case (0 for all others).
// A text of such characters is in the order of these places, then of case, as ICU would have it.
using Places = std::array<std::uint8_t, 256>;

Places make_places() {
  constexpr char kFirst = ' ';
  constexpr char kLast = '~';
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Collator> primary(collator().clone());
  primary->setAttribute(UCOL_STRENGTH, UCOL_PRIMARY, status);
  if (U_FAILURE(status)) throw Fault("ICU cannot compare without case");
  std::string all(kLast - kFirst + 1, ' ');
  std::iota(all.begin(), all.end(), kFirst);
  const auto order = [&](const char& a, const char& b) {
    return order_of(*primary, {&a, 1}, {&b, 1});
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const char& a, const char& b) { return order(a, b) < 0; });
  Places places{};
  std::uint8_t place = 1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && order(all[i - 1], all[i]) != 0) ++place;
    places[static_cast<unsigned char>(all[i])] = place;
  }
  return places;
}

const Places& places() {
  static const Places made = make_places();
  return made;
}

bool is_printable(const Places& known, std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return known[static_cast<unsigned char>(c)] != 0; });
}

int sign(int order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

// Both printable. Lower case comes before upper; such texts are alike only where they are the same.
int collate_printable(const Places& known, std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  int by_case = 0;
  for (std::size_t i = 0; i < common; ++i) {
    const auto left = static_cast<unsigned char>(a[i]);
    const auto right = static_cast<unsigned char>(b[i]);
    if (known[left] != known[right]) return known[left] < known[right] ? -1 : 1;
    if (by_case == 0 && left != right) by_case = left > right ? -1 : 1;
  }
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return by_case;
}

}  // namespace

int collate(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  const Places& known = places();
  if (is_printable(known, a) && is_printable(known, b)) return collate_printable(known, a, b);
  const int order = order_of(collator(), a, b);
  return order != 0 ? order : sign(a.compare(b));
}

std::string sort_key(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::CollationKey key;
  collator().getCollationKey(icu::UnicodeString::fromUTF8(piece(text)), key, status);
  if (U_FAILURE(status)) throw Fault("ICU cannot make the key of a text");
  int32_t size = 0;
  const std::uint8_t* bytes = key.getByteArray(size);
  std::string result(bytes, bytes + size);  // Ends with a zero byte, which it has nowhere else.
  return result.append(text);
}

}  // namespace tenon::text
