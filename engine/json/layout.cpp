#include "engine/json/layout.h"

namespace tenon::json {
namespace {

constexpr std::size_t kColumns = 100;

std::string quoted(std::string_view text) {
  Writer writer;
  writer.text(text);
  return writer.take();
}

std::string scalar(Reader reader) {
  Writer writer;
  copy(reader, writer);
  return writer.take();
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (const char c : text) columns += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return columns;
}

std::string label_of(Reader child, Kind parent) {
  return parent == Kind::object ? quoted(child.name()) + ": " : "";
}

std::string one_line(Reader reader) {
  const bool object = reader.kind() == Kind::object;
  if (!object && reader.kind() != Kind::array) return scalar(reader);
  if (reader.size() == 0) return object ? "{}" : "[]";
  std::string text;
  for (const Reader child : reader) {
    if (!text.empty()) text += ", ";
    text += label_of(child, reader.kind()) + one_line(child);
  }
  return object ? "{ " + text + " }" : "[" + text + "]";
}

// `taken` columns of the line are used already, and one more may follow for a comma.
void lay(Reader reader, std::size_t indent, std::size_t taken, std::string& out) {
  const std::string line = one_line(reader);
  const bool nested = indent > 0;
  const bool breakable = reader.size() > 0;
  if (!breakable || (nested && taken + columns_of(line) + 1 <= kColumns)) {
    out += line;
    return;
  }
  const bool object = reader.kind() == Kind::object;
  out += object ? '{' : '[';
  bool first = true;
  for (const Reader child : reader) {
    const std::string label = label_of(child, reader.kind());
    out += first ? "\n" : ",\n";
    out += std::string(indent + 2, ' ') + label;
    lay(child, indent + 2, indent + 2 + columns_of(label), out);
    first = false;
  }
  out += '\n' + std::string(indent, ' ') + (object ? '}' : ']');
}

}  // namespace

void copy(Reader reader, Writer& writer) {
  switch (reader.kind()) {
    case Kind::null: writer.null(); return;
    case Kind::boolean: writer.boolean(*reader.boolean()); return;
    case Kind::number: writer.raw(*reader.number_text()); return;
    case Kind::text: writer.text(*reader.text()); return;
    case Kind::array:
      writer.begin_array();
      for (const Reader item : reader) copy(item, writer);
      writer.end_array();
      return;
    case Kind::object:
      writer.begin_object();
      for (const Reader member : reader) {
        writer.key(member.name());
        copy(member, writer);
      }
      writer.end_object();
  }
}

std::string folded(Reader reader) {
  std::string out;
  lay(reader, 0, 0, out);
  return out + '\n';
}

}  // namespace tenon::json
