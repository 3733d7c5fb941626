// The elements a text may have: a closed list. Whatever else is given means one of the last three.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace tenon::html {

enum class Element {
  // Marks, outermost first.
  link,
  strong,
  emphasis,
  underline,
  strike,
  code,
  // Blocks: those that hold words, then those that hold blocks.
  paragraph,
  heading,
  subheading,
  quotation,
  bullets,
  numbers,
  item,
  line_break,
  // Not written:
  boundary,  // What was before and what comes after are not one paragraph.
  blank,     // They are not one word.
  nothing,   // What is inside counts as if it were outside.
  dropped,   // What is inside goes, too: scripts, styles, pictures, forms' controls.
};

constexpr std::array<std::string_view, 13> kElementNames{
    "a", "strong", "em", "u", "s", "code", "p", "h2", "h3", "blockquote", "ul", "ol", "li"};

constexpr bool is_mark(Element element) { return element <= Element::code; }
constexpr bool holds_words(Element element) {
  return element >= Element::paragraph && element <= Element::subheading;
}
constexpr bool is_list(Element element) {
  return element == Element::bullets || element == Element::numbers;
}
constexpr std::string_view name_of(Element element) {
  return kElementNames[static_cast<std::size_t>(element)];
}

}  // namespace tenon::html
