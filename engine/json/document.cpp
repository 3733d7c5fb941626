#include "engine/json/document.h"

// Its steps of 16 bytes are taken in plain texts only: 1.1.0 lets some control characters pass.
#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <unordered_set>

namespace tenon::json {

// Receives RapidJSON's events and lays the nodes out in one array, in the order of the text.
class Builder {
 public:
  using Stream = rapidjson::InsituStringStream;

  Builder(Document& document, Stream& stream, int depth_max)
      : nodes_(document.nodes_), stream_(stream), depth_max_(depth_max) {
    levels_.reserve(kLevelsUsual);
  }

  bool Null() { return leaf(Kind::null, {}); }
  bool Bool(bool truth) {
    leaf(Kind::boolean, {});
    nodes_.back().truth = truth;
    return true;
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return leaf(Kind::number, {text, size});
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return leaf(Kind::text, {text, size});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    name_ = {text, size};
    return true;
  }
  bool StartObject() { return open(Kind::object); }
  bool StartArray() { return open(Kind::array); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  // RapidJSON asks for these too; numbers arrive as RawNumber.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  // Lays out this text, read with these flags of RapidJSON.
  template <unsigned kFlags>
  static Result<void> build(Document& document, std::string_view text, int depth_max);

 private:
  struct Level {
    std::uint32_t node;
    std::uint32_t last_child;
  };

  bool leaf(Kind kind, std::string_view text) {
    const auto at = static_cast<std::uint32_t>(nodes_.size());
    Document::Node node{.kind = kind, .name = name_, .text = text};
    node.offset = static_cast<std::uint32_t>(stream_.Tell());
    name_ = {};
    if (!levels_.empty()) attach(node, at);
    nodes_.push_back(node);
    return true;
  }

  void attach(Document::Node& node, std::uint32_t at) {
    Level& level = levels_.back();
    Document::Node& parent = nodes_[level.node];
    node.parent = level.node;
    node.index = parent.count++;
    (level.last_child == 0 ? parent.first_child : nodes_[level.last_child].next) = at;
    level.last_child = at;
  }

  bool open(Kind kind) {
    if (static_cast<int>(levels_.size()) >= depth_max_) {
      too_deep_ = true;
      return false;
    }
    leaf(kind, {});
    levels_.push_back({static_cast<std::uint32_t>(nodes_.size() - 1), 0});
    return true;
  }

  bool close() {
    levels_.pop_back();
    return true;
  }

  static constexpr std::size_t kLevelsUsual = 8;

  std::vector<Document::Node>& nodes_;
  Stream& stream_;
  int depth_max_;
  bool too_deep_ = false;
  std::string_view name_;
  std::vector<Level> levels_;
};

namespace {

constexpr unsigned kAlways = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
// For plain texts. Recurses as deep as Builder::open() lets it.
constexpr unsigned kQuick = kAlways;
constexpr unsigned kCareful =
    kAlways | rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
constexpr std::size_t kStepBytes = 16;  // Read at once, also where the text ends sooner.
constexpr std::size_t kBytesPerNode = 16;
constexpr std::size_t kNodesReservedMax = 256;

// Whether every byte is a letter of ASCII or a blank of JSON: then there is no encoding to check.
// Without a way out, so that many bytes are looked at in one step.
bool is_plain(std::string_view text) {
  unsigned char odd = 0;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const auto is = [byte](char blank) { return byte == static_cast<unsigned char>(blank); };
    odd |= static_cast<unsigned char>((byte < 0x20) & !(is('\n') | is('\r') | is('\t')));
    odd |= static_cast<unsigned char>(byte > 0x7e);
  }
  return odd == 0;
}

std::vector<std::uint32_t> starts_of_lines(std::string_view text) {
  std::vector<std::uint32_t> starts;
  for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return starts;
}

int line_of(const std::vector<std::uint32_t>& starts, std::uint32_t offset) {
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  return static_cast<int>(after - starts.begin()) + 1;
}

std::string place(const std::vector<std::uint32_t>& starts, std::size_t offset) {
  const auto at = static_cast<std::uint32_t>(offset);
  const int line = line_of(starts, at);
  const auto begin = line == 1 ? 0 : starts[static_cast<std::size_t>(line - 2)];
  const auto column = at - begin + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

Error malformed(const std::string& message) {
  return Error::of(ErrorCode::malformed, "", "json", message);
}

// Few members: those of the same sign are compared. Many: a set.
std::optional<Reader> repeated_member(const Reader& object) {
  constexpr std::size_t kFew = 16;
  std::uint64_t signs = 0;
  std::unordered_set<std::string_view> seen;
  for (const Reader member : object) {
    const std::string_view name = member.name();
    if (object.size() > kFew) {
      if (!seen.insert(name).second) return member;
      continue;
    }
    const auto letter = [&](std::size_t at) { return static_cast<unsigned char>(name[at]); };
    const auto sum = name.empty() ? 0 : letter(0) + 7 * letter(name.size() / 2) + 31 * name.size();
    const auto sign = std::uint64_t{1} << (sum % 64);
    if ((signs & sign) != 0 && !object.member(name)->is(member)) return member;
    signs |= sign;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "true or false";
    case Kind::number: return "a number";
    case Kind::text: return "a text";
    case Kind::array: return "an array";
    case Kind::object: return "an object";
  }
  return "null";
}

template <unsigned kFlags>
Result<void> Builder::build(Document& document, std::string_view text, int depth_max) {
  document.text_.clear();
  document.text_.reserve(text.size() + kStepBytes);
  document.text_.assign(text.begin(), text.end());
  document.text_.resize(text.size() + kStepBytes);
  document.nodes_.clear();
  document.nodes_.reserve(std::min(text.size() / kBytesPerNode + 1, kNodesReservedMax));
  Stream stream(document.text_.data());
  Builder builder(document, stream, depth_max);
  rapidjson::Reader reader;
  const auto outcome = reader.Parse<kFlags>(stream, builder);
  if (builder.too_deep_) {
    return Error::of(ErrorCode::limit, "", "json.depth",
                     "nested deeper than " + std::to_string(depth_max) + " levels");
  }
  if (!outcome.IsError()) return done();
  return malformed(std::string(rapidjson::GetParseError_En(outcome.Code())) + " (" +
                   place(document.line_starts_, outcome.Offset()) + ")");
}

Result<Document> Document::parse(std::string text, int depth_max) {
  Document document;
  document.line_starts_ = starts_of_lines(text);
  const bool may_be_quick = depth_max <= limits::kJsonDepthMax && is_plain(text);
  if (!may_be_quick || !Builder::build<kQuick>(document, text, depth_max)) {
    if (const auto nul = text.find('\0'); nul != text.npos) {
      return malformed("a zero byte at " + place(document.line_starts_, nul));
    }
    TENON_CHECK(Builder::build<kCareful>(document, text, depth_max));
  }
  for (std::uint32_t at = 0; at < document.nodes_.size(); ++at) {
    if (document.nodes_[at].kind != Kind::object) continue;
    if (const auto twice = repeated_member(Reader(&document, at))) {
      return malformed("the member \"" + std::string(twice->name()) + "\" is given twice (line " +
                       std::to_string(twice->line()) + ")");
    }
  }
  return document;
}

Reader Document::root() const { return Reader(this, 0); }

std::string Reader::path() const {
  if (at_ == 0) return "";
  const auto& here = node();
  const Reader parent(document_, here.parent);
  std::string path = parent.path();
  if (!path.empty()) path += '/';
  return path +
         (parent.kind() == Kind::object ? std::string(here.name) : std::to_string(here.index));
}

int Reader::line() const { return line_of(document_->line_starts_, node().offset); }

Result<void> Reader::expect(Kind wanted) const {
  if (kind() == wanted) return done();
  return error("type",
               "must be " + std::string(name_of(wanted)) + ", not " + std::string(name_of(kind())));
}

Result<std::string_view> Reader::text() const {
  TENON_CHECK(expect(Kind::text));
  return node().text;
}

Result<bool> Reader::boolean() const {
  TENON_CHECK(expect(Kind::boolean));
  return node().truth;
}

Result<std::string_view> Reader::number_text() const {
  TENON_CHECK(expect(Kind::number));
  return node().text;
}

Result<std::int64_t> Reader::integer() const {
  TENON_CHECK(expect(Kind::number));
  std::int64_t value = 0;
  const char* end = node().text.data() + node().text.size();
  const auto [rest, failure] = std::from_chars(node().text.data(), end, value);
  if (failure == std::errc{} && rest == end) return value;
  return error("type", "must be a whole number of at most 64 bits");
}

std::optional<Reader> Reader::member(std::string_view name) const {
  if (kind() != Kind::object) return std::nullopt;
  for (const Reader candidate : *this) {
    if (candidate.name() == name) return candidate;
  }
  return std::nullopt;
}

Reader Reader::at(std::string_view name) const {
  const auto found = member(name);
  if (!found) throw Fault("the JSON lacks the member \"" + std::string(name) + "\"");
  return *found;
}

Reader::Iterator& Reader::Iterator::operator++() {
  at_ = document_->nodes_[at_].next;
  return *this;
}

Problem Reader::problem(std::string rule, std::string message) const {
  return {path(), std::move(rule), std::move(message)};
}

Error Reader::error(std::string rule, std::string message) const {
  return Error::invalid({problem(std::move(rule), std::move(message))});
}

}  // namespace tenon::json
