#include "engine/html/parse.h"

#include <gumbo.h>

#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace tenon::html {
namespace {

// The longest texts take about a tenth of it. Untouched pages cost nothing.
constexpr std::size_t kBytesMax = std::size_t{48} << 20;
constexpr std::size_t kDepthMax = 200;

// All of one parse: taken from the front, given back at once. Gumbo does not expect that there is
// no memory left, and hostile marks can make it copy them without end; so the way out is a jump,
// over frames of C only.
struct Arena {
  std::unique_ptr<std::byte[]> bytes = std::make_unique_for_overwrite<std::byte[]>(kBytesMax);
  std::size_t used = 0;
  std::jmp_buf out;
};

void* take(void* arena_of, std::size_t size) {
  Arena& arena = *static_cast<Arena*>(arena_of);
  constexpr std::size_t kAlign = alignof(std::max_align_t);
  const std::size_t rounded = (size + kAlign - 1) / kAlign * kAlign;
  if (rounded > kBytesMax - arena.used) std::longjmp(arena.out, 1);
  void* taken = arena.bytes.get() + arena.used;
  arena.used += rounded;
  return taken;
}

void leave(void*, void*) {}  // The arena goes as a whole.

const GumboNode* root_of(Arena& arena, const GumboOptions& options, std::string_view html) {
  if (setjmp(arena.out) != 0) return nullptr;
  return gumbo_parse_with_options(&options, html.data(), html.size())->root;
}

Element element_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A: return Element::link;
    case GUMBO_TAG_B:
    case GUMBO_TAG_STRONG: return Element::strong;
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM: return Element::emphasis;
    case GUMBO_TAG_U:
    case GUMBO_TAG_INS: return Element::underline;
    case GUMBO_TAG_S:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_DEL: return Element::strike;
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_TT: return Element::code;
    case GUMBO_TAG_P: return Element::paragraph;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2: return Element::heading;
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: return Element::subheading;
    case GUMBO_TAG_BLOCKQUOTE: return Element::quotation;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_DIR: return Element::bullets;
    case GUMBO_TAG_OL: return Element::numbers;
    case GUMBO_TAG_LI: return Element::item;
    case GUMBO_TAG_BR: return Element::line_break;
    default: return Element::nothing;
  }
}

Element unwritten(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return Element::blank;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_HR: return Element::boundary;
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_FRAMESET:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_MAP: return Element::dropped;
    default: return Element::nothing;
  }
}

Element element_of(const GumboNode& node) {
  const GumboElement& element = node.v.element;
  const bool foreign = element.tag_namespace != GUMBO_NAMESPACE_HTML;  // Drawings and formulas.
  if (node.type == GUMBO_NODE_TEMPLATE || foreign) return Element::dropped;
  const Element written = element_of(element.tag);
  return written == Element::nothing ? unwritten(element.tag) : written;
}

std::string_view target_of(const GumboNode& node, Element element) {
  if (element != Element::link) return "";
  const GumboAttribute* found = gumbo_get_attribute(&node.v.element.attributes, "href");
  return found == nullptr ? "" : found->value;
}

struct Visit {
  const GumboNode* node;
  Element element;
  unsigned next = 0;  // The child to go on with.
};

bool is_text(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE;
}

Result<void> walk(const GumboNode* root, Listener& listener) {
  std::vector<Visit> way{{root, Element::nothing}};
  while (!way.empty()) {
    Visit& here = way.back();
    const GumboVector& children = here.node->v.element.children;
    if (here.next == children.length) {
      listener.close(here.element);
      way.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children.data[here.next++]);
    if (is_text(*child)) listener.words(child->v.text.text);
    if (child->type != GUMBO_NODE_ELEMENT && child->type != GUMBO_NODE_TEMPLATE) continue;
    const Element element = element_of(*child);
    if (element == Element::dropped) continue;
    if (way.size() == kDepthMax) return Error::invalid("", "rich_text", "is nested too deeply");
    listener.open(element, target_of(*child, element));
    way.push_back({child, element});
  }
  return done();
}

}  // namespace

Result<void> parse(std::string_view html, Listener& listener) {
  Arena arena;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = take;
  options.deallocator = leave;
  options.userdata = &arena;
  options.max_errors = 0;
  options.fragment_context = GUMBO_TAG_DIV;
  const GumboNode* root = root_of(arena, options, html);
  if (root == nullptr) {
    return Error::invalid("", "rich_text", "has too many marks that are not closed");
  }
  return walk(root, listener);
}

}  // namespace tenon::html
