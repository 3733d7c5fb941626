// A parsed JSON text, and a cursor over it that knows where it stands.
//
// Guarantees: UTF-8 is validated; depth is bounded before anything is built (limits.h); duplicate
// members are an error; numbers are kept as their text and never become a double; destruction does
// not recurse. Readers borrow from the Document and must not outlive it.
// Not here: meaning. Types with a JSON form have parse(json::Reader, To<T>) in <thing>_json.cpp.
// Source of the format: RFC 8259. This room is the only one that knows RapidJSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/limits.h"
#include "engine/base/result.h"

namespace tenon::json {

enum class Kind : std::uint8_t { null, boolean, number, text, array, object };
std::string_view name_of(Kind kind);

class Reader;

class Document {
 public:
  // Refused as `malformed` with line and column in the message, or `limit` for depth.
  static Result<Document> parse(std::string text, int depth_max = limits::kJsonDepthMax);

  Reader root() const;

 private:
  friend class Reader;
  friend class Builder;
  struct Node {
    Kind kind;
    bool truth = false;
    std::uint32_t parent = 0;
    std::uint32_t next = 0;         // The next sibling, 0 at the end.
    std::uint32_t first_child = 0;  // 0 where there is none.
    std::uint32_t count = 0;        // Children.
    std::uint32_t index = 0;        // Place among the siblings.
    std::uint32_t offset = 0;       // In the source, just behind its first token.
    std::string_view name;          // Where the parent is an object.
    std::string_view text;          // Of a text, or of a number as it was written.
  };

  // On the heap, so that views into it survive a move of the Document (short texts are in place).
  std::vector<char> text_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> line_starts_;
};

// A place in a Document. Cheap to copy. An expectation that fails is `invalid` at path().
class Reader {
 public:
  Kind kind() const { return node().kind; }
  bool is_null() const { return kind() == Kind::null; }
  bool is(const Reader& other) const { return at_ == other.at_; }  // The same place, same document.

  // Member names and array places from the root, joined by "/": "fields/3/options". "" at the root.
  std::string path() const;
  int line() const;  // From 1.
  std::string_view name() const { return node().name; }

  Result<std::string_view> text() const;
  Result<bool> boolean() const;
  Result<std::string_view> number_text() const;
  Result<std::int64_t> integer() const;  // A whole number within 64 bits, written without a point.

  std::size_t size() const { return node().count; }  // Elements or members.
  std::optional<Reader> member(std::string_view name) const;
  // The same where it must be there, as in a text of the engine's own: its absence is a Fault. By
  // value, so that a loop may walk it: `for (const Reader one : answer.at("records"))`.
  Reader at(std::string_view name) const;
  Result<void> expect(Kind kind) const;

  // Walks elements or members in the order of the text: `for (const Reader item : reader)`.
  class Iterator {
   public:
    Reader operator*() const { return Reader(document_, at_); }
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    friend class Reader;
    Iterator(const Document* document, std::uint32_t at) : document_(document), at_(at) {}
    const Document* document_;
    std::uint32_t at_;
  };
  Iterator begin() const { return {document_, node().first_child}; }
  Iterator end() const { return {document_, 0}; }

  Problem problem(std::string rule, std::string message) const;
  Error error(std::string rule, std::string message) const;

 private:
  friend class Document;
  friend class Iterator;
  Reader(const Document* document, std::uint32_t at) : document_(document), at_(at) {}
  const Document::Node& node() const { return document_->nodes_[at_]; }

  const Document* document_;
  std::uint32_t at_;
};

// Says which type to parse: `parse(reader, To<Field>{})`.
template <class T>
struct To {};

}  // namespace tenon::json
