// Writes JSON: compact and canonical for HTTP and columns, or indented by two for bundle files.
//
// The order of the calls is the order of the text; commas and colons come of themselves. Texts must
// be valid UTF-8 (they are, once past a Document or the database). Unbalanced calls are a
// programmer's fault.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tenon::json {

enum class Layout { compact, indented };

class Writer {
 public:
  explicit Writer(Layout layout = Layout::compact) : layout_(layout) {}

  Writer& begin_object() { return begin('{'); }
  Writer& end_object() { return end('}'); }
  Writer& begin_array() { return begin('['); }
  Writer& end_array() { return end(']'); }
  Writer& key(std::string_view name);
  Writer& null() { return raw("null"); }
  Writer& boolean(bool truth) { return raw(truth ? "true" : "false"); }
  Writer& integer(std::int64_t value);
  Writer& text(std::string_view text);
  Writer& raw(std::string_view json);  // A number's text, or JSON written before.

  // The text so far; complete once every object and array is ended.
  std::string_view view() const { return out_; }
  std::string take();

 private:
  Writer& begin(char bracket);
  Writer& end(char bracket);
  void value_comes();
  void item_comes();
  void break_line();
  void quote(std::string_view text);

  Layout layout_;
  std::string out_;
  std::string levels_;  // Of what is open: whether something is in it yet.
  bool is_behind_key_ = false;
};

}  // namespace tenon::json
