// What the API answered, with its JSON read by paths: answer.text("records/0/<invoice.title>").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/json/document.h"
#include "runtime/http/message.h"
#include "tests/runtime/api/names.h"

namespace tenon::api::test {

class Answer {
 public:
  int status = 0;
  http::Headers headers;
  std::string body;

  Answer(int status, http::Headers headers, std::string body, const Names* names);

  // Texts and numbers as they are, everything else as JSON; "(missing)" where there is nothing.
  std::string text(std::string_view path) const;
  bool has(std::string_view path) const { return find(path).has_value(); }
  std::size_t size(std::string_view path) const;  // 0 where there is nothing.
  // A member of each element: each("records", "id").
  std::vector<std::string> each(std::string_view list, std::string_view path) const;
  std::string header(std::string_view name) const { return std::string(headers.find(name)); }

  // Of an error: its code, and "at: rule" of each problem.
  std::string code() const { return text("code"); }
  std::vector<std::string> problems(std::string_view list = "problems") const;
  // The body without what differs from request to request.
  std::string without_request_id() const;

 private:
  std::optional<json::Reader> find(std::string_view path) const;

  std::optional<json::Document> document_;
  const Names* names_;
};

}  // namespace tenon::api::test
