#include "runtime/http/message.h"

#include <array>

#include "engine/json/writer.h"
#include "runtime/http/response_head.h"

namespace tenon::http {
namespace {

struct MethodName {
  Method method;
  std::string_view name;
};

constexpr std::array<MethodName, 7> kMethods{{
    {Method::get, "GET"},
    {Method::head, "HEAD"},
    {Method::post, "POST"},
    {Method::put, "PUT"},
    {Method::patch, "PATCH"},
    {Method::erase, "DELETE"},
    {Method::options, "OPTIONS"},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

std::string_view name_of(Method method) { return kMethods[static_cast<std::size_t>(method)].name; }

std::optional<Method> parse_method(std::string_view method) {
  for (const auto& known : kMethods) {
    if (known.name == method) return known.method;
  }
  return std::nullopt;
}

void Headers::add(std::string_view name, std::string_view value) {
  const auto at = static_cast<std::uint32_t>(text_.size());
  for (const char c : name) text_.push_back(lower(c));
  const auto middle = static_cast<std::uint32_t>(text_.size());
  text_.append(value);
  places_.push_back({at, middle, static_cast<std::uint32_t>(text_.size())});
}

std::pair<std::string_view, std::string_view> Headers::at(std::size_t index) const {
  const Place& place = places_.at(index);
  const std::string_view text = text_;
  return {text.substr(place.name, place.value - place.name),
          text.substr(place.value, place.end - place.value)};
}

std::string_view Headers::find(std::string_view name) const {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].value - places_[i].name != name.size()) continue;
    const auto [known, value] = at(i);
    if (known == name) return value;
  }
  return {};
}

bool Headers::has(std::string_view name) const {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (at(i).first == name) return true;
  }
  return false;
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  for (const auto& [known, value] : query) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string event_text(std::string_view kind, std::string_view id, std::string_view data) {
  std::string text;
  text.reserve(kind.size() + id.size() + data.size() + 32);
  if (!kind.empty()) text.append("event: ").append(kind).append("\n");
  if (!id.empty()) text.append("id: ").append(id).append("\n");
  while (true) {
    const auto end = data.find('\n');
    text.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + 1);
  }
  return text.append("\n");
}

Response refusal(int status, std::string_view code, std::string_view detail,
                 std::string_view request_id) {
  json::Writer writer;
  writer.begin_object().key("type").text("about:blank");
  writer.key("title").text(reason_of(status)).key("status").integer(status);
  writer.key("code").text(code).key("detail").text(detail);
  writer.key("request_id").text(request_id);
  writer.key("problems").begin_array().end_array().end_object();
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = writer.take();
  return response;
}

}  // namespace tenon::http
