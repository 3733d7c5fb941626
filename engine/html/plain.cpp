#include "engine/html/plain.h"

#include <algorithm>
#include <array>

namespace tenon::html {
namespace {

struct Escape {
  std::string_view written;
  char letter;
};
constexpr std::array<Escape, 4> kEscapes{
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}};

// Tags behind which a new line begins; lists begin within an item's line.
constexpr std::array<std::string_view, 8> kLines{"<br>",  "</p>", "</h2>", "</h3>",
                                                 "</li>", "<ul>", "<ol>",  "</blockquote>"};

}  // namespace

std::string plain(std::string_view html) {
  std::string text;
  while (!html.empty()) {
    std::size_t length = 1;
    if (html.front() == '<') {
      const auto end = html.find('>');
      length = end == std::string_view::npos ? html.size() : end + 1;
      const bool line =
          std::find(kLines.begin(), kLines.end(), html.substr(0, length)) != kLines.end();
      if (line && !text.empty() && (text.back() != '\n' || html.starts_with("<br>"))) text += '\n';
    } else if (html.front() == '&') {
      const auto* escape = std::find_if(kEscapes.begin(), kEscapes.end(), [&](const Escape& one) {
        return html.starts_with(one.written);
      });
      const bool known = escape != kEscapes.end();
      length = known ? escape->written.size() : 1;
      text += known ? escape->letter : '&';
    } else {
      length = std::min(html.find_first_of("<&"), html.size());
      text += html.substr(0, length);
    }
    html.remove_prefix(length);
  }
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace tenon::html
