#include "runtime/http/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tenon::http {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kTypes{{
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
}};

// Scripts and styles only from here; style attributes are set by the widget library through the
// CSSOM and through markup, which only 'unsafe-inline' for attributes allows.
constexpr std::string_view kPolicy =
    "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string_view type_of(const std::string& extension) {
  for (const auto& [known, type] : kTypes) {
    if (known == extension) return type;
  }
  return "application/octet-stream";
}

std::shared_ptr<const std::string> read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return nullptr;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return std::make_shared<const std::string>(bytes.str());
}

void protect(Response& response) {
  response.headers.emplace_back("Content-Security-Policy", std::string(kPolicy));
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
}

Response plain_text(int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

}  // namespace

StaticFiles::StaticFiles(const std::string& folder) {
  std::error_code failure;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (!at->is_regular_file() || at->is_symlink()) continue;
    const std::string name = fs::relative(at->path(), folder).generic_string();
    const std::string extension = at->path().extension();
    if (extension == ".br" || extension == ".gz") continue;
    File file{read(at->path()), read(at->path().string() + ".gz"),
              read(at->path().string() + ".br"), std::string(type_of(extension)), "", false};
    if (!file.plain) continue;
    file.tag = "\"" + std::to_string(std::hash<std::string>{}(*file.plain)) + "\"";
    file.immutable = name.starts_with("assets/");
    files_.emplace(name, std::move(file));
  }
}

Response StaticFiles::send(const File& file, const Request& request) const {
  Response response;
  response.content_type = file.type;
  response.headers.emplace_back("ETag", file.tag);
  response.headers.emplace_back(
      "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  protect(response);
  if (request.header("if-none-match") == file.tag) {
    response.status = 304;
    return response;
  }
  const std::string_view accepted = request.header("accept-encoding");
  const bool brotli = file.brotli && accepted.find("br") != std::string_view::npos;
  const bool gzip = !brotli && file.gzip && accepted.find("gzip") != std::string_view::npos;
  response.shared_body = brotli ? file.brotli : gzip ? file.gzip : file.plain;
  if (brotli || gzip) response.headers.emplace_back("Content-Encoding", brotli ? "br" : "gzip");
  if (file.brotli || file.gzip) response.headers.emplace_back("Vary", "Accept-Encoding");
  return response;
}

Response StaticFiles::answer(const Request& request) const {
  if (request.method != Method::get && request.method != Method::head) {
    return plain_text(405, "only GET and HEAD\n");
  }
  std::string name;
  for (const std::string& segment : request.path) name += (name.empty() ? "" : "/") + segment;
  if (const auto file = files_.find(name); file != files_.end()) return send(file->second, request);
  const bool is_route = request.path.empty() ||
                        request.path.back().find('.') == std::string::npos;
  const auto index = files_.find("index.html");
  if (is_route && index != files_.end()) return send(index->second, request);
  if (is_route) return plain_text(503, "The web client is not built; ./run builds it.\n");
  return plain_text(404, "there is no such file\n");
}

}  // namespace tenon::http
