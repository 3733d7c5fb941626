// Typed identifiers: an ObjectName cannot be passed where a FieldName is due.
//
// Two families, which never mix:
//   Name<Tag>  chosen by a bundle author: "invoice", "due_on". Safe as an SQL identifier, because
//              parse() is the only way to make one.
//   Id<Tag>    minted by the engine: 63 bits, in order of birth; 13 letters of Crockford base32
//              outside (id_text.cpp). Source of the alphabet: crockford.com/base32.html.
// Neither knows JSON or SQL; the borders go through parse() and text().
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tenon {

inline constexpr std::size_t kNameLengthMax = 48;

// Whether the text is lower_snake_case, starts with a letter and is at most 48 characters long.
bool is_name(std::string_view text);

template <class Tag>
class Name {
 public:
  static Result<Name> parse(std::string_view text) {
    if (is_name(text)) return Name(std::string(text));
    return Error::invalid("", "name", "must be lower_snake_case, at most 48 characters");
  }
  // For names that are literals of the engine's own. A bad one is a programmer's fault.
  static Name of(std::string_view text) {
    if (!is_name(text)) throw Fault("not a name: " + std::string(text));
    return Name(std::string(text));
  }

  const std::string& text() const { return text_; }
  friend auto operator<=>(const Name&, const Name&) = default;

 private:
  explicit Name(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

using ObjectName = Name<struct ObjectTag>;
using FieldName = Name<struct FieldTag>;

// 41 bits of milliseconds since 2026-01-01, 10 of node, 12 of sequence: ids rise in order of entry
// into this database (imported history has its own dates), and SQLite keeps them as its rowid.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
};

using RecordId = Id<struct RecordTag>;
using EventId = Id<struct EventTag>;
using CommandId = Id<struct CommandTag>;

// 13 characters, upper case. The value must not be negative.
std::string id_text(std::int64_t value);
// Accepts lower case and the usual confusions (I, L → 1, O → 0); anything else is `malformed`.
Result<std::int64_t> parse_id_text(std::string_view text);

template <class Tag>
std::string text_of(Id<Tag> id) {
  return id_text(id.value);
}

}  // namespace tenon

template <class Tag>
struct std::hash<tenon::Name<Tag>> {
  std::size_t operator()(const tenon::Name<Tag>& name) const noexcept {
    return std::hash<std::string>{}(name.text());
  }
};
template <class Tag>
struct std::hash<tenon::Id<Tag>> {
  std::size_t operator()(const tenon::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
