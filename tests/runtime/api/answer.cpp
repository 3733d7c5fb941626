#include "tests/runtime/api/answer.h"

#include <regex>

#include "engine/json/layout.h"

namespace tenon::api::test {
namespace {

std::optional<json::Reader> step(json::Reader reader, std::string_view name) {
  if (reader.kind() == json::Kind::object) return reader.member(name);
  if (reader.kind() != json::Kind::array) return std::nullopt;
  std::size_t left = std::stoul(std::string(name));
  for (const json::Reader item : reader) {
    if (left-- == 0) return item;
  }
  return std::nullopt;
}

std::optional<json::Reader> walk(json::Reader reader, std::string_view path) {
  std::optional<json::Reader> at = reader;
  while (at && !path.empty()) {
    const auto slash = path.find('/');
    at = step(*at, path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return at;
}

std::string text_of(std::optional<json::Reader> reader) {
  if (!reader) return "(missing)";
  if (reader->kind() == json::Kind::text) return std::string(*reader->text());
  json::Writer writer;
  json::copy(*reader, writer);
  return writer.take();
}

}  // namespace

Answer::Answer(int reply_status, http::Headers reply_headers, std::string reply_body,
               const Names* names)
    : status(reply_status),
      headers(std::move(reply_headers)),
      body(std::move(reply_body)),
      names_(names) {
  auto parsed = json::Document::parse(body);
  if (parsed) document_ = parsed.take();
}

std::optional<json::Reader> Answer::find(std::string_view path) const {
  if (!document_) return std::nullopt;
  return walk(document_->root(), names_->expand(path));
}

std::string Answer::text(std::string_view path) const { return text_of(find(path)); }

std::size_t Answer::size(std::string_view path) const {
  const auto reader = find(path);
  return reader ? reader->size() : 0;
}

std::vector<std::string> Answer::each(std::string_view list, std::string_view path) const {
  std::vector<std::string> texts;
  const auto reader = find(list);
  if (!reader) return texts;
  for (const json::Reader item : *reader) {
    texts.push_back(text_of(walk(item, names_->expand(path))));
  }
  return texts;
}

std::vector<std::string> Answer::problems(std::string_view list) const {
  std::vector<std::string> texts;
  const auto at = each(list, "at");
  const auto rule = each(list, "rule");
  for (std::size_t i = 0; i < at.size(); ++i) texts.push_back(at[i] + ": " + rule[i]);
  return texts;
}

std::string Answer::without_request_id() const {
  static const std::regex id("\"request_id\":\"[^\"]*\"");
  return std::regex_replace(body, id, "");
}

}  // namespace tenon::api::test
