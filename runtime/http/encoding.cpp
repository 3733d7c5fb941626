#include "runtime/http/encoding.h"

#include <zlib.h>

namespace tenon::http {
namespace {

constexpr std::size_t kWorthwhile = 1024;
constexpr int kLevel = 1;            // A list shrinks to a sixth; more takes longer than it saves.
constexpr int kGzipWindow = 15 + 16;  // zlib's way of asking for a gzip header.

bool is_textual(std::string_view type) {
  return type.starts_with("application/json") || type.starts_with("application/problem") ||
         type.starts_with("text/");
}

std::string gzipped(const std::string& text) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string result(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  const int outcome = deflate(&stream, Z_FINISH);
  result.resize(outcome == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return result;
}

}  // namespace

void encode(Response& response, const std::string& accepted) {
  const bool wanted = accepted.find("gzip") != std::string::npos;
  if (!wanted || response.shared_body || response.is_encoded) return;
  if (response.body.size() < kWorthwhile || !is_textual(response.content_type)) return;
  std::string smaller = gzipped(response.body);
  if (smaller.empty() || smaller.size() >= response.body.size()) return;
  response.body = std::move(smaller);
  response.headers.emplace_back("Content-Encoding", "gzip");
  response.headers.emplace_back("Vary", "Accept-Encoding");
}

}  // namespace tenon::http
