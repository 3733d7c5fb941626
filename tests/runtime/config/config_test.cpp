#include "runtime/config/config.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

namespace tenon::config {
namespace {

namespace fs = std::filesystem;
using Givens = std::vector<Given>;

// A data folder with a tenon.json.
class DataFolder {
 public:
  explicit DataFolder(std::string_view file = "")
      : path_(fs::temp_directory_path() / ("tenon_config_" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
    if (!file.empty()) std::ofstream(path_ / "tenon.json") << file;
  }
  ~DataFolder() { fs::remove_all(path_); }
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  Result<Loaded> load(Givens flags, const Givens& environment = {}) const {
    flags.push_back({"data", path_.string()});
    return config::load(flags, environment);
  }

 private:
  fs::path path_;
};

Source source_of(const Loaded& loaded, std::string_view name) {
  for (const auto& origin : loaded.origins) {
    if (origin.name == name) return origin.source;
  }
  throw Fault("no such setting");
}

}  // namespace

TEST_CASE("a flag is stronger than the environment, which is stronger than the file", "[config]") {
  const DataFolder folder(R"({"port": 1, "readers": 3, "workers": 4})");
  const auto loaded = folder.load({{"port", "3"}}, {{"port", "2"}, {"readers", "5"}});
  REQUIRE(loaded);
  CHECK(loaded->config.port == 3);
  CHECK(source_of(*loaded, "port") == Source::flag);
  CHECK(loaded->config.readers == 5);
  CHECK(source_of(*loaded, "readers") == Source::environment);
  CHECK(loaded->config.workers == 4);
  CHECK(source_of(*loaded, "workers") == Source::file);
  CHECK(source_of(*loaded, "address") == Source::built_in);
}

TEST_CASE("without any setting the defaults are the safe ones", "[config]") {
  const DataFolder folder;
  const auto loaded = folder.load({});
  REQUIRE(loaded);
  CHECK(loaded->config.address == "127.0.0.1");
  CHECK_FALSE(loaded->config.demo);
  CHECK_FALSE(loaded->config.virtual_clock);
}

TEST_CASE("every setting can be shown with its value", "[config]") {
  const DataFolder folder(R"({"demo": true, "log_level": "debug", "clock": "virtual"})");
  const auto loaded = folder.load({});
  REQUIRE(loaded);
  CHECK(loaded->origins.size() == settings().size());
  for (const auto& origin : loaded->origins) {
    if (origin.name == "demo") CHECK(origin.value == "true");
    if (origin.name == "log_level") CHECK(origin.value == "debug");
    if (origin.name == "clock") CHECK(origin.value == "virtual");
  }
}

TEST_CASE("every problem is told, with its place", "[config]") {
  const DataFolder folder(R"({"readrs": 1, "data": "x", "web": [], "workers": 0})");
  const auto loaded = folder.load({{"port", "99999"}}, {{"log_level", "loud"}});
  REQUIRE_FALSE(loaded);
  std::vector<std::string> places;
  for (const auto& problem : loaded.error().problems) places.push_back(problem.at);
  CHECK(places == std::vector<std::string>{"--port", "TENON_LOG_LEVEL", "tenon.json: readrs",
                                           "tenon.json: data", "tenon.json: web",
                                           "tenon.json: workers"});
  CHECK(loaded.error().problems[2].message ==
        "there is no such setting; did you mean \"readers\"?");
}

TEST_CASE("a file that is no JSON object is refused", "[config]") {
  const auto text = GENERATE("{", "[]", "1", "{\"port\": 1, \"port\": 2}");
  CAPTURE(text);
  CHECK_FALSE(DataFolder(text).load({}));
}

TEST_CASE("a number is whole and within its bounds", "[config]") {
  const auto [text, fits] = GENERATE(table<std::string, bool>({
      {"0", true},
      {"65535", true},
      {"65536", false},
      {"-1", false},
      {"", false},
      {"80x", false},
  }));
  CAPTURE(text);
  CHECK(static_cast<bool>(DataFolder().load({{"port", text}})) == fits);
}

TEST_CASE("the public address is an origin", "[config]") {
  const auto [text, fits] = GENERATE(table<std::string, bool>({
      {"https://example.com", true},
      {"http://localhost:8080/", true},
      {"", true},
      {"example.com", false},
      {"https://", false},
      {"https://a/b", false},
      {"ftp://a", false},
      {"https://user@a", false},
  }));
  CAPTURE(text);
  const auto loaded = DataFolder().load({{"public-url", text}});
  CHECK(static_cast<bool>(loaded) == fits);
  if (loaded) CHECK_FALSE(loaded->config.public_url.ends_with('/'));
}

TEST_CASE("of the environment only our variables are read; unknown ones are named", "[config]") {
  const char* const environment[] = {"PATH=/bin", "TENON_PORT=81", "TENON_PROT=1", "TENON_X",
                                     nullptr};
  const auto given = given_by(environment);
  REQUIRE(given.size() == 2);
  CHECK(given[0].name == "port");
  CHECK(given[0].value == "81");
  const auto loaded = DataFolder().load({}, given);
  REQUIRE(loaded);
  CHECK(loaded->config.port == 81);
  CHECK(loaded->ignored == std::vector<std::string>{"TENON_PROT"});
}

}  // namespace tenon::config
