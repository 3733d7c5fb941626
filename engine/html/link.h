// Where a link may go.
#pragma once

#include <string>
#include <string_view>

namespace tenon::html {

// Absolute, by http, https, mailto or tel; the scheme in lower case. "" for anything else, a
// scheme hidden behind blanks, control characters or case included: the link's words stay.
std::string safe_link(std::string_view target);

}  // namespace tenon::html
