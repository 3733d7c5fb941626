// A text with marks as it is read aloud: its words, a line for each paragraph, item and line break.
#pragma once

#include <string>
#include <string_view>

namespace tenon::html {

// Of the canonical form (clean.h).
std::string plain(std::string_view html);

}  // namespace tenon::html
