#include "runtime/http/static_files.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/runtime/http/running_server.h"
#include "tests/runtime/http/wire.h"

namespace tenon::http::test {
namespace {

namespace fs = std::filesystem;

void write_file(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// A folder as the web client's build leaves it, beside a secret.
class Site {
 public:
  Site() : root_(fs::temp_directory_path() / ("tenon_site_" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    write_file(root_ / "secret.txt", "secret");
    write_file(folder() / "index.html", "<!doctype html>");
    write_file(folder() / "mark.svg", "<svg/>");
    write_file(folder() / "assets/index-xqtpHA7r.js", "script");
    write_file(folder() / "assets/index-xqtpHA7r.js.br", "brotli");
    write_file(folder() / "assets/index-xqtpHA7r.js.gz", "gzip");
    write_file(folder() / ".vite/manifest.json", "{}");
    fs::create_symlink(root_ / "secret.txt", folder() / "link.txt");
  }
  ~Site() { fs::remove_all(root_); }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  fs::path folder() const { return root_ / "web"; }

 private:
  fs::path root_;
};

Request request_for(std::vector<std::string> path, std::string_view accepted = "") {
  Request request;
  request.path = std::move(path);
  if (!accepted.empty()) request.headers.add("Accept-Encoding", accepted);
  return request;
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return "";
}

}  // namespace

TEST_CASE("a file is served with its type, a hashed one for ever", "[http]") {
  const Site site;
  StaticFiles files(site.folder());
  const auto svg = files.answer(request_for({"mark.svg"}));
  CHECK(svg.content_type == "image/svg+xml");
  CHECK(*svg.shared_body == "<svg/>");
  CHECK(header(svg, "Cache-Control") == "no-cache");
  const auto script = files.answer(request_for({"assets", "index-xqtpHA7r.js"}));
  CHECK(script.content_type == "text/javascript; charset=utf-8");
  CHECK(header(script, "Cache-Control") == "public, max-age=31536000, immutable");
}

TEST_CASE("the smaller sibling is sent to those who take it", "[http]") {
  const Site site;
  StaticFiles files(site.folder());
  const auto [accepted, body, coding] = GENERATE(table<std::string, std::string, std::string>({
      {"gzip, deflate, br", "brotli", "br"},
      {"gzip", "gzip", "gzip"},
      {"br;q=0, gzip", "gzip", "gzip"},
      {"identity", "script", ""},
  }));
  CAPTURE(accepted);
  const auto response = files.answer(request_for({"assets", "index-xqtpHA7r.js"}, accepted));
  CHECK(*response.shared_body == body);
  CHECK(header(response, "Content-Encoding") == coding);
  CHECK(header(response, "Vary") == "Accept-Encoding");
}

TEST_CASE("who has the version already is told so", "[http]") {
  const Site site;
  StaticFiles files(site.folder());
  const auto first = files.answer(request_for({"mark.svg"}));
  auto again = request_for({"mark.svg"});
  again.headers.add("If-None-Match", "\"other\", " + header(first, "ETag"));
  const auto second = files.answer(again);
  CHECK(second.status == 304);
  CHECK(header(second, "ETag") == header(first, "ETag"));
}

TEST_CASE("a path without an extension is a route of the client", "[http]") {
  const Site site;
  StaticFiles files(site.folder());
  const auto path = GENERATE(std::vector<std::string>{}, std::vector<std::string>{"records", "a"},
                             std::vector<std::string>{"index.html"});
  const auto response = files.answer(request_for(path));
  CHECK(*response.shared_body == "<!doctype html>");
  CHECK(header(response, "Cache-Control") == "no-cache");
  CHECK(header(response, "Content-Security-Policy").find("script-src 'self';") !=
        std::string::npos);
  CHECK(header(response, "Cross-Origin-Opener-Policy") == "same-origin");
}

TEST_CASE("nothing outside the folder, hidden or linked can be named", "[http]") {
  const Site site;
  StaticFiles files(site.folder());
  const auto path = GENERATE(
      std::vector<std::string>{"..", "secret.txt"}, std::vector<std::string>{"../secret.txt"},
      std::vector<std::string>{"assets", "..", "..", "secret.txt"},
      std::vector<std::string>{"..\\secret.txt"}, std::vector<std::string>{"link.txt"},
      std::vector<std::string>{".vite", "manifest.json"}, std::vector<std::string>{"missing.js"},
      std::vector<std::string>{"assets/index-xqtpHA7r.js"},
      std::vector<std::string>{"assets", "index-xqtpHA7r.js.br"});
  CHECK(files.answer(request_for(path)).status == 404);
}

TEST_CASE("no bytes on the wire lead out of the folder", "[http]") {
  const Site site;
  StaticFiles files(site.folder());
  RunningServer server([&](Request request, Respond respond) {
    files.handle(std::move(request), std::move(respond));
  });
  const auto target =
      GENERATE("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
               "/assets/..%5c..%5csecret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "//etc/passwd",
               "/%c0%ae%c0%ae/secret.txt", "/secret.txt%00.html", "http://x/../secret.txt");
  CAPTURE(target);
  Wire wire(server.port());
  const auto reply = wire.ask(get(target));
  CHECK((reply.status == 400 || reply.status == 404));
  CHECK(reply.body.find("secret\n") == std::string::npos);
}

TEST_CASE("beyond the memory's bound files are sent from the disk", "[http]") {
  const Site site;
  StaticFiles files(site.folder(), 3);
  RunningServer server([&](Request request, Respond respond) {
    files.handle(std::move(request), std::move(respond));
  });
  Wire wire(server.port());
  const auto reply = wire.ask(get("/assets/index-xqtpHA7r.js", "Accept-Encoding: br\r\n"));
  CHECK(reply.body == "brotli");
  CHECK(wire.ask(get("/")).body == "<!doctype html>");
}

TEST_CASE("a new build is seen with its index", "[http]") {
  const Site site;
  StaticFiles files(site.folder());
  write_file(site.folder() / "assets/new-AAAAAAAA.js", "new");
  write_file(site.folder() / "index.html", "<!doctype html><p>");
  CHECK(*files.answer(request_for({})).shared_body == "<!doctype html><p>");
  CHECK(*files.answer(request_for({"assets", "new-AAAAAAAA.js"})).shared_body == "new");
}

TEST_CASE("only reading is allowed, and a missing folder says what is missing", "[http]") {
  const Site site;
  StaticFiles files(site.folder());
  auto post = request_for({"mark.svg"});
  post.method = Method::post;
  CHECK(files.answer(post).status == 405);
  StaticFiles none("/nowhere");
  const auto response = none.answer(request_for({}));
  CHECK(response.status == 404);
  CHECK(response.body.find("not built") != std::string::npos);
}

}  // namespace tenon::http::test
