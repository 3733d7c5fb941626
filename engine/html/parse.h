// Reads HTML as browsers do, whatever it is, and tells its elements and texts in order.
//
// Time and memory are bounded: what would take more than a text of the longest length ever needs is
// refused, as is what is nested deeper than anybody writes.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/html/element.h"

namespace tenon::html {

class Listener {
 public:
  virtual ~Listener() = default;
  virtual void open(Element element, std::string_view target) = 0;  // The target of a link.
  virtual void close(Element element) = 0;
  virtual void words(std::string_view text) = 0;
};

// Refused with rule "rich_text" at "".
Result<void> parse(std::string_view html, Listener& listener);

}  // namespace tenon::html
