#include "engine/html/outline.h"

#include <algorithm>
#include <utility>

#include "engine/html/link.h"

namespace tenon::html {
namespace {

constexpr int kListsMax = 8;  // Within each other; deeper items are lines of the eighth.
constexpr int kBreaksMax = 2;

std::string_view escaped(std::string_view letter) {
  switch (letter.front()) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return letter;
  }
}

std::size_t length_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }

}  // namespace

void Outline::open(Element element, std::string_view target) {
  if (element == Element::line_break) {
    ++breaks_;
    return;
  }
  if (element == Element::blank) blank_ = true;
  if (!is_mark(element) && element != Element::blank && element != Element::nothing) divide();
  given_.push_back({element, ++numbers_, element == Element::link ? safe_link(target) : ""});
  moved_ = true;
}

void Outline::close(Element element) {
  if (element == Element::line_break || given_.empty()) return;
  if (element == Element::blank) blank_ = true;
  if (!is_mark(element) && element != Element::blank && element != Element::nothing) divide();
  given_.pop_back();
  moved_ = true;
}

void Outline::words(std::string_view text) {
  while (!text.empty()) {
    const char first = text.front();
    const std::size_t length = std::min(length_of(first), text.size());
    if (is_blank(first)) {
      blank_ = true;
    } else if (!is_control(first)) {
      write(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
}

std::vector<Outline::Part> Outline::blocks() const {
  std::vector<Part> path;
  int lists = 0;
  for (const Part& part : given_) {
    const bool in_item = !path.empty() && path.back().element == Element::item;
    const bool in_list = !path.empty() && is_list(path.back().element);
    const bool in_leaf = !path.empty() && holds_words(path.back().element);
    if (in_leaf && !is_list(part.element)) continue;
    if (in_leaf) path.pop_back();  // Editors put a list into the paragraph it is made of.
    if (part.element == Element::item) {
      if (in_list) path.push_back({part.element, part.number, ""});
    } else if (is_list(part.element) && lists < kListsMax) {
      // A list straight in a list stands in an item of its own.
      if (in_list) path.push_back({Element::item, -part.number, ""});
      path.push_back({part.element, part.number, ""});
      ++lists;
    } else if (holds_words(part.element) && !in_item && !in_list) {
      path.push_back({part.element, part.number, ""});
    } else if (part.element == Element::quotation && path.empty()) {
      path.push_back({part.element, part.number, ""});
    }
  }
  if (!path.empty() && is_list(path.back().element)) {
    path.push_back({Element::item, -path.back().number, ""});
  }
  const bool bare = path.empty() || path.back().element == Element::quotation;
  if (bare) path.push_back({Element::paragraph, -division_, ""});
  return path;
}

std::vector<Outline::Part> Outline::marks() const {
  std::vector<Part> marks;
  for (const Part& part : given_) {
    if (!is_mark(part.element) || (part.element == Element::link && part.target.empty())) continue;
    const auto same = [&](const Part& mark) { return mark.element == part.element; };
    if (std::none_of(marks.begin(), marks.end(), same)) {
      marks.push_back({part.element, 0, part.target});
    }
  }
  std::sort(marks.begin(), marks.end(),
            [](const Part& a, const Part& b) { return a.element < b.element; });
  return marks;
}

void Outline::move() {
  std::vector<Part> wanted = blocks();
  const std::size_t block = wanted.size();
  for (Part& mark : marks()) wanted.push_back(std::move(mark));
  const auto differs =
      std::mismatch(written_.begin(), written_.end(), wanted.begin(), wanted.end());
  const auto common = static_cast<std::size_t>(differs.first - written_.begin());
  const bool leaves_block = common < written_.size() && !is_mark(written_[common].element);
  leave_to(common);
  if (common < block || leaves_block) {
    at_start_ = true;
  } else if (written_division_ != division_ && breaks_ == 0) {
    breaks_ = 1;  // Paragraphs of an item are lines.
  }
  if (!at_start_ && breaks_ > 0) {
    for (int i = 0; i < std::min(breaks_, kBreaksMax); ++i) text_ += "<br>";
  } else if (!at_start_ && blank_) {
    text_ += ' ';
  }
  for (std::size_t i = common; i < wanted.size(); ++i) enter(wanted[i]);
  written_division_ = division_;
  moved_ = false;
}

void Outline::write(std::string_view letter) {
  if (moved_ || breaks_ > 0) {
    move();
  } else if (blank_) {
    text_ += ' ';
  }
  text_ += escaped(letter);
  at_start_ = false;
  blank_ = false;
  breaks_ = 0;
}

void Outline::leave_to(std::size_t depth) {
  while (written_.size() > depth) {
    text_.append("</").append(name_of(written_.back().element)).append(">");
    written_.pop_back();
  }
}

void Outline::enter(const Part& part) {
  text_.append("<").append(name_of(part.element));
  if (part.element == Element::link) {
    text_ += " href=\"";
    for (const char& c : part.target) text_ += escaped({&c, 1});
    text_ += '"';
  }
  text_ += '>';
  written_.push_back(part);
}

std::string Outline::take() {
  leave_to(0);
  return std::exchange(text_, {});
}

}  // namespace tenon::html
