#include "runtime/http/session_text.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "engine/base/id.h"
#include "engine/json/writer.h"

namespace tenon::http {

std::string request_id(std::uint64_t number) {
  static const std::int64_t start = static_cast<std::int64_t>(std::time(nullptr)) << 28;
  return id_text(start + static_cast<std::int64_t>(number));
}

std::string_view date_now() {
  static std::time_t made_at = 0;
  static std::array<char, 40> text{};
  const std::time_t now = std::time(nullptr);
  if (now != made_at) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    made_at = now;
  }
  return text.data();
}

Response problem_text(int status, std::string_view code, std::string_view title,
                      const std::string& request_id) {
  json::Writer writer;
  writer.begin_object().key("type").text("about:blank").key("title").text(title);
  writer.key("status").integer(status).key("code").text(code).key("detail").text(title);
  writer.key("request_id").text(request_id).key("problems").begin_array().end_array().end_object();
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = writer.take();
  return response;
}

void log_fault(const std::string& request_id, const std::string& what) {
  std::fprintf(stderr, "tenon: fault in request %s: %s\n", request_id.c_str(), what.c_str());
}

}  // namespace tenon::http
