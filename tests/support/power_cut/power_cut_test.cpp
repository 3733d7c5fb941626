#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "tests/support/child.h"
#include "tests/support/power_cut/restore.h"
#include "tests/support/temporary_folder.h"

namespace tenon::support {
namespace {

struct Watched {
  Watched() { std::filesystem::create_directory(folder); }

  // Takes the steps (probe.cpp), is killed, and the power is cut.
  void cut_after(const std::vector<std::string>& steps, std::uint64_t seed = 0) {
    std::vector<std::string> arguments{TENON_POWER_CUT_PROBE, folder};
    arguments.insert(arguments.end(), steps.begin(), steps.end());
    Child child(arguments, {"LD_PRELOAD=" TENON_POWER_CUT_SHIM, "TENON_POWER_CUT=" + folder});
    child.wait();
    cut_power(folder, seed);
  }

  std::optional<std::string> content(const std::string& name = "a") const {
    std::ifstream in(folder + "/" + name, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

  TemporaryFolder outside;
  std::string folder = outside.file("watched");
};

}  // namespace

TEST_CASE("what was synced is there, what was written after is not", "[power_cut]") {
  Watched watched;
  watched.cut_after({"write+sync", "folder", "write", "tail"});
  CHECK(watched.content() == "synced.");
}

TEST_CASE("a later sync takes what was written before it", "[power_cut]") {
  Watched watched;
  watched.cut_after({"write+sync", "folder", "tail", "write+sync"});
  CHECK(watched.content() == "synced.+tail");
}

TEST_CASE("a file whose folder was not synced vanishes", "[power_cut]") {
  Watched watched;
  watched.cut_after({"write+sync"});
  CHECK_FALSE(watched.content());
}

TEST_CASE("a file that was not synced itself is empty", "[power_cut]") {
  Watched watched;
  watched.cut_after({"write", "folder"});
  CHECK(watched.content() == "");
}

TEST_CASE("a file is cut off once that is synced", "[power_cut]") {
  Watched watched;
  watched.cut_after({"write+sync", "folder", "cut"});
  CHECK(watched.content() == "synced.");
  watched.cut_after({"cut+sync"});
  CHECK(watched.content() == "sy");
}

TEST_CASE("a rename or unlink comes undone until the folder is synced", "[power_cut]") {
  Watched watched;
  watched.cut_after({"write+sync", "folder", "new+sync", "rename"});
  CHECK(watched.content() == "synced.");
  watched.cut_after({"new+sync", "rename", "folder"});
  CHECK(watched.content() == "new");
  watched.cut_after({"unlink"});
  CHECK(watched.content() == "new");
  watched.cut_after({"unlink", "folder"});
  CHECK_FALSE(watched.content());
}

TEST_CASE("a restored folder is the beginning of the next run", "[power_cut]") {
  Watched watched;
  watched.cut_after({"write+sync", "folder"});
  watched.cut_after({"tail"});
  CHECK(watched.content() == "synced.");
  watched.cut_after({"tail", "write+sync"});
  CHECK(watched.content() == "synced.+tail");
}

TEST_CASE("with a seed, some of what was not synced has reached the disk", "[power_cut]") {
  int lived = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Watched watched;
    watched.cut_after({"write+sync", "folder", "write"}, seed);
    const auto content = watched.content();
    REQUIRE((content == "synced." || content == "written"));
    lived += content == "written" ? 1 : 0;
  }
  CHECK(lived > 0);
  CHECK(lived < 8);
}

}  // namespace tenon::support
