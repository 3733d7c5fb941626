// Writes JSON: compact and canonical for HTTP and columns, or indented by two for bundle files.
//
// The order of the calls is the order of the text; commas and colons come of themselves. Texts must
// be valid UTF-8 (they are, once past a Document or the database). Unbalanced calls are a
// programmer's fault.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tenon::json {

enum class Layout { compact, indented };

class Writer {
 public:
  explicit Writer(Layout layout = Layout::compact);
  ~Writer();
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& null();
  Writer& boolean(bool truth);
  Writer& integer(std::int64_t value);
  Writer& text(std::string_view text);
  Writer& raw(std::string_view json);  // A number's text, or JSON written before.

  // The text so far; complete once every object and array is ended.
  std::string_view view() const;
  std::string take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tenon::json
