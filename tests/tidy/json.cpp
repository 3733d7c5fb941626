#include "tests/tidy/json.h"

#include <cctype>

namespace tenon::tidy {
namespace {

constexpr int kDepthMax = 64;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Json value(int depth) {
    skip_space();
    if (depth > kDepthMax || at_ >= text_.size()) return {};
    if (text_[at_] == '"') return {.kind = Json::Kind::text, .text = quoted(), .members = {}};
    if (text_[at_] == '{') return list('}', depth);
    if (text_[at_] == '[') return list(']', depth);
    while (at_ < text_.size() &&
           std::string_view(",]}").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return {};
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }

  bool take(char c) {
    skip_space();
    const bool found = at_ < text_.size() && text_[at_] == c;
    at_ += found ? 1 : 0;
    return found;
  }

  std::string quoted() {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_];
    }
    ++at_;
    return out;
  }

  Json list(char close, int depth) {
    Json json{
        .kind = close == '}' ? Json::Kind::object : Json::Kind::array, .text = {}, .members = {}};
    ++at_;
    while (!take(close) && at_ < text_.size()) {
      std::string name;
      if (json.kind == Json::Kind::object) {
        if (text_[at_] != '"') break;
        name = quoted();
        if (!take(':')) break;
      }
      json.members.emplace_back(std::move(name), value(depth + 1));
      take(',');
    }
    return json;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

const Json* Json::member(std::string_view name) const {
  for (const auto& [own, value] : members) {
    if (own == name) return &value;
  }
  return nullptr;
}

std::string_view Json::text_of(std::string_view name) const {
  const auto* value = member(name);
  return value != nullptr && value->kind == Kind::text ? std::string_view(value->text) : "";
}

Json parse_json(std::string_view text) { return Parser(text).value(0); }

}  // namespace tenon::tidy
