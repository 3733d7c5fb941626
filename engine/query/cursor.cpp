#include "engine/query/cursor.h"

#include "engine/base/id.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"

namespace tenon::query {
namespace {

// Base64url without padding, RFC 4648 section 5.
constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(std::string_view bytes) {
  std::string text;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8 | static_cast<unsigned char>(c)) & 0xFFFFFF;
    for (bits += 8; bits >= 6; bits -= 6) text += kLetters[(buffer >> (bits - 6)) & 63];
  }
  if (bits > 0) text += kLetters[(buffer << (6 - bits)) & 63];
  return text;
}

std::optional<std::string> decode(std::string_view text) {
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const auto letter = kLetters.find(c);
    if (letter == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 6 | static_cast<unsigned>(letter)) & 0xFFFFFF;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((buffer >> bits) & 0xFF);
  }
  return bytes;
}

Error malformed() {
  return Error::of(ErrorCode::malformed, "after", "cursor",
                   "this cursor is not one of this list; begin again without it");
}

Result<Column> value_of(json::Reader item) {
  if (item.is_null()) return Column{};
  if (item.kind() == json::Kind::number) {
    TENON_TRY(const auto integer, item.integer());
    return Column{integer};
  }
  TENON_TRY(const auto text, item.text());
  return Column{std::string(text)};
}

}  // namespace

std::string write_cursor(const Cursor& cursor, std::string_view sort) {
  json::Writer writer;
  writer.begin_array().text(sort).text(id_text(cursor.id));
  for (const Column& value : cursor.values) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      writer.integer(*integer);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      writer.text(*text);
    } else {
      writer.null();
    }
  }
  writer.end_array();
  return encode(writer.view());
}

Result<Cursor> parse_cursor(std::string_view text, std::string_view sort, std::size_t values) {
  const auto bytes = decode(text);
  if (!bytes) return malformed();
  const auto document = json::Document::parse(*bytes, 2);
  if (!document || document->root().kind() != json::Kind::array) return malformed();
  if (document->root().size() != values + 2) return malformed();
  Cursor cursor;
  std::size_t place = 0;
  for (const json::Reader item : document->root()) {
    const std::size_t here = place++;
    if (here >= 2) {
      auto value = value_of(item);
      if (!value) return malformed();
      cursor.values.push_back(value.take());
      continue;
    }
    const auto part = item.text();
    if (!part || (here == 0 && *part != sort)) return malformed();
    if (here == 0) continue;
    const auto id = parse_id_text(*part);
    if (!id) return malformed();
    cursor.id = *id;
  }
  return cursor;
}

}  // namespace tenon::query
