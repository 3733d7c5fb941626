// Writes a text with marks canonically, out of elements that come in any order and nesting.
//
// An element is written when its first word comes, so that none is empty; blanks between words are
// one, marks have one order, paragraphs stand in nothing but the text or a quotation, items in
// lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/html/parse.h"

namespace tenon::html {

class Outline final : public Listener {
 public:
  void open(Element element, std::string_view target) override;
  void close(Element element) override;
  void words(std::string_view text) override;

  std::string take();  // "" where there was no word.

 private:
  struct Part {
    Element element;
    int number;          // Of blocks: two with one number are the same one.
    std::string target;  // Of links.
    bool operator==(const Part&) const = default;
  };

  void divide() { ++division_, moved_ = true; }
  std::vector<Part> blocks() const;
  std::vector<Part> marks() const;
  void move();  // To where the next word belongs.
  void write(std::string_view letter);
  void leave_to(std::size_t depth);
  void enter(const Part& part);

  std::vector<Part> given_;    // What is open in what is read.
  std::vector<Part> written_;  // What is open in `text_`: blocks, then marks.
  std::string text_;
  int numbers_ = 0;
  int division_ = 0;          // Grows where a paragraph without an element of its own ends.
  int written_division_ = 0;  // That of the last word.
  bool moved_ = true;         // Whether anything opened or closed since the last word.
  bool at_start_ = true;      // Of a block or line: no blank is written here.
  bool blank_ = false;
  int breaks_ = 0;
};

}  // namespace tenon::html
