// The one door by which texts with marks come in: whatever was given, in the canonical form.
//
// The form is made of the words and a closed list of elements (element.h); nothing of what was
// given is copied but letters and the targets of links (link.h). So it is safe wherever it is
// shown, and the same text has the same form. A text without any mark is a paragraph for each line.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tenon::html {

// "" where no word is left. Refused with rule "rich_text" at "".
Result<std::string> clean(std::string_view given);

}  // namespace tenon::html
