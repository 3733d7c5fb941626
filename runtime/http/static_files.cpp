#include "runtime/http/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <system_error>

#include "runtime/http/response_head.h"

namespace tenon::http {
namespace {

namespace fs = std::filesystem;

struct Type {
  std::string_view extension;
  std::string_view name;
};

constexpr Type kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".map", "application/json"},
    {".wasm", "application/wasm"},
};

// Scripts and styles only from this server, and no inline script or style element at all.
// style-src-attr: the web client places virtual rows, popovers and chart parts by style attributes
// (React writes them through the DOM, which needs no leave, but charts are built as SVG text with
// attributes, and a page is of no use without them). A style attribute cannot select other
// elements, so it cannot read what they hold.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

constexpr std::string_view kForever = "public, max-age=31536000, immutable";
constexpr std::size_t kHashLetters = 8;  // As Vite writes it: "index-xqtpHA7r.js".

std::string_view type_of(std::string_view path) {
  const auto dot = path.rfind('.');
  if (dot == std::string_view::npos) return "application/octet-stream";
  for (const auto& type : kTypes) {
    if (type.extension == path.substr(dot)) return type.name;
  }
  return "application/octet-stream";
}

bool is_hashed(std::string_view path) {
  const auto dot = path.rfind('.');
  if (!path.starts_with("assets/") || dot == std::string_view::npos || dot < kHashLetters + 1) {
    return false;
  }
  const auto hash = path.substr(dot - kHashLetters, kHashLetters);
  const bool fits = std::all_of(hash.begin(), hash.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
  return fits && path[dot - kHashLetters - 1] == '-';
}

// FNV-1a: tells two builds of a file apart; it need not resist anybody.
std::string tag_of(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kHex[(hash >> shift) & 15U];
  return text;
}

std::shared_ptr<const std::string> bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::make_shared<const std::string>(std::istreambuf_iterator<char>(file),
                                             std::istreambuf_iterator<char>());
}

struct Content {
  std::string file;                          // On the disk.
  std::shared_ptr<const std::string> bytes;  // Null where the memory's bound was reached.
};

struct Entry {
  std::string_view type;
  std::string tag;
  bool is_hashed = false;
  Content plain;
  std::map<std::string_view, Content> coded;  // "br", "gzip".
};

// What the folder held when it was read; does not change.
struct Table {
  std::map<std::string, Entry, std::less<>> entries;
  std::string stamp;
};

// Whether the client holds this version already. Weak and strong tags are the same here.
bool names_tag(std::string_view if_none_match, std::string_view tag) {
  return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

Response not_found(std::string_view detail, const Request& request) {
  return refusal(404, "not_found", detail, request.request_id);
}

void add_headers(const Entry& entry, std::string_view tag, Response& response) {
  response.content_type = entry.type;
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", entry.is_hashed ? kForever : "no-cache");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  if (!entry.coded.empty()) response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!entry.type.starts_with("text/html") && entry.type != "image/svg+xml") return;
  response.headers.emplace_back("Content-Security-Policy", kPolicy);
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("X-Frame-Options", "DENY");
}

}  // namespace

class StaticFiles::Folder {
 public:
  Folder(std::string path, std::size_t cached_bytes_max)
      : path_(std::move(path)), bytes_left_(cached_bytes_max), cached_bytes_max_(cached_bytes_max) {
    table_ = read();
  }

  std::shared_ptr<const Table> table() const {
    const std::lock_guard lock(mutex_);
    return table_;
  }

  // Reads the folder again where a build has replaced it. A build under way has no index.html.
  std::shared_ptr<const Table> fresh_table() {
    const std::lock_guard lock(mutex_);
    const auto now = stamp();
    if (now != table_->stamp && fs::exists(path_ / "index.html", ignored_)) table_ = read();
    return table_;
  }

 private:
  // Changes when files are added, removed or renamed, and when index.html is written.
  std::string stamp() {
    std::string text;
    for (const auto& place : {path_, path_ / "index.html", path_ / "assets"}) {
      const auto changed = fs::last_write_time(place, ignored_).time_since_epoch().count();
      text += std::to_string(changed) + " ";
    }
    return text;
  }

  std::shared_ptr<const Table> read() {
    bytes_left_ = cached_bytes_max_;
    auto table = std::make_shared<Table>();
    table->stamp = stamp();
    for (fs::recursive_directory_iterator it(path_, ignored_), end; it != end;
         it.increment(ignored_)) {
      const bool is_hidden = it->path().filename().string().starts_with(".");
      if (is_hidden && it->is_directory(ignored_)) it.disable_recursion_pending();
      if (is_hidden || it->is_symlink(ignored_) || !it->is_regular_file(ignored_)) continue;
      add(*table, it->path());
    }
    return table;
  }

  void add(Table& table, const fs::path& file) {
    const auto extension = file.extension().string();
    const bool is_sibling = extension == ".br" || extension == ".gz";
    auto base = file;
    if (is_sibling && fs::exists(base.replace_extension(), ignored_)) return;
    const auto name = file.lexically_relative(path_).generic_string();
    Entry entry{type_of(name), "", is_hashed(name), content_of(file), {}};
    entry.tag = tag_of(entry.plain.bytes ? *entry.plain.bytes : version_of(file));
    for (const auto& [coding, suffix] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
      const fs::path sibling = file.string() + suffix;
      if (fs::exists(sibling, ignored_)) entry.coded[coding] = content_of(sibling);
    }
    table.entries.emplace(name, std::move(entry));
  }

  Content content_of(const fs::path& file) {
    const auto size = fs::file_size(file, ignored_);
    if (ignored_ || size > bytes_left_) return {file.string(), nullptr};
    bytes_left_ -= size;
    return {file.string(), bytes_of(file)};
  }

  std::string version_of(const fs::path& file) {
    return std::to_string(fs::file_size(file, ignored_)) + " " +
           std::to_string(fs::last_write_time(file, ignored_).time_since_epoch().count());
  }

  fs::path path_;
  std::size_t bytes_left_;
  std::size_t cached_bytes_max_;
  std::error_code ignored_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Table> table_;
};

namespace {

Response response_of(const Entry& entry, const Request& request) {
  std::string tag = "\"" + entry.tag;
  const Content* content = &entry.plain;
  Response response;
  response.is_encoded = true;
  for (const std::string_view coding : {"br", "gzip"}) {
    const auto found = entry.coded.find(coding);
    if (found == entry.coded.end() || !accepts(request.header("accept-encoding"), coding)) continue;
    content = &found->second;
    tag.append("-").append(coding);
    response.headers.emplace_back("Content-Encoding", coding);
    break;
  }
  tag += "\"";
  add_headers(entry, tag, response);
  if (names_tag(request.header("if-none-match"), tag)) {
    response.status = 304;
    return response;
  }
  response.shared_body = content->bytes;
  if (!content->bytes) response.file = content->file;
  return response;
}

std::string joined(const std::vector<std::string>& path) {
  std::string text;
  for (const auto& segment : path) text.append(text.empty() ? "" : "/").append(segment);
  return text;
}

// A segment with a slash in it ("%2F") is no segment of a file's path.
bool is_plain(const std::vector<std::string>& path) {
  return std::all_of(path.begin(), path.end(), [](const std::string& segment) {
    return segment.find_first_of("/\\") == std::string::npos;
  });
}

}  // namespace

StaticFiles::StaticFiles(std::string folder, std::size_t cached_bytes_max)
    : folder_(std::make_unique<Folder>(std::move(folder), cached_bytes_max)) {}

StaticFiles::~StaticFiles() = default;

std::size_t StaticFiles::body_bytes_max(Method, std::string_view) const { return 0; }

void StaticFiles::handle(Request request, Respond respond) { respond(answer(request)); }

bool StaticFiles::has_client() const { return folder_->table()->entries.count("index.html") != 0; }

Response StaticFiles::answer(const Request& request) const {
  if (request.method != Method::get && request.method != Method::head) {
    auto response = refusal(405, "method", "files are only read", request.request_id);
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (!is_plain(request.path)) return not_found("there is no such file", request);
  const auto table = folder_->table();
  const auto found = table->entries.find(joined(request.path));
  const bool is_file = found != table->entries.end() && found->first != "index.html";
  if (is_file) return response_of(found->second, request);
  const bool is_route = request.path.empty() || request.path.back() == "index.html" ||
                        request.path.back().find('.') == std::string::npos;
  if (!is_route) return not_found("there is no such file", request);
  const auto fresh = folder_->fresh_table();
  const auto index = fresh->entries.find("index.html");
  if (index == fresh->entries.end()) return not_found("the web client is not built", request);
  return response_of(index->second, request);
}

}  // namespace tenon::http
