#include <catch2/catch.hpp>

#include "tests/tidy/fake_tree.h"

namespace tenon::tidy {
namespace {

const File kFloors{"tests/tidy/floors.txt",
                   "# room floor kind\n"
                   "engine/base 0\nengine/value 2 pure\nengine/storage 3\nengine/record 5\n"
                   "engine/command 12 door\nruntime/http 1\nruntime/api 3\nruntime/server 4\n"};

File room(const std::string& folder, const std::string& uses) {
  const auto name = std::string(file_name_of(folder));
  return {folder + "/CMakeLists.txt",
          "# A room.\ntenon_room(" + name + "\n  SOURCES a.cpp\n  USES " + uses + ")\n"};
}

File source(const std::string& path, const std::string& text) {
  return {path, (path.ends_with(".h") ? "// A header.\n#pragma once\n" : "") + text};
}

}  // namespace

TEST_CASE("a room may include itself and what it uses, lower down", "[tidy]") {
  CHECK(findings_in({kFloors, room("engine/base", ""), room("engine/value", "base"),
                     source("engine/value/a.cpp",
                            "#include \"engine/value/a.h\"\n#include \"engine/base/id.h\"\n")})
            .empty());
}

TEST_CASE("a room that includes what it does not use is refused", "[tidy]") {
  CHECK(findings_in({kFloors, room("engine/base", ""), room("engine/value", ""),
                     source("engine/value/a.h", "#include \"engine/base/id.h\"\n")}) ==
        Lines{"engine/value/a.h:3: includes engine/base, which the room does not USE"});
}

TEST_CASE("a room that uses what it does not include is told so", "[tidy]") {
  CHECK(findings_in({kFloors, room("engine/base", ""), room("engine/value", "base")}) ==
        Lines{"engine/value/CMakeLists.txt:2: USES base, but includes nothing of it"});
}

TEST_CASE("nothing includes upwards, and a circle is named", "[tidy]") {
  CHECK(findings_in({kFloors, room("engine/storage", "record"), room("engine/record", "storage"),
                     source("engine/storage/a.cpp", "#include \"engine/record/a.h\"\n"),
                     source("engine/record/a.cpp", "#include \"engine/storage/a.h\"\n")}) ==
        Lines{"engine/record/CMakeLists.txt:2: record is in a circle",
              "engine/storage/CMakeLists.txt:2: USES record: its floor (5) is not below 3",
              "engine/storage/CMakeLists.txt:2: storage is in a circle",
              "engine/storage/a.cpp:1: includes engine/record: its floor (5) is not below 3"});
}

TEST_CASE("the engine never includes runtime", "[tidy]") {
  CHECK(findings_in({kFloors, room("engine/command", ""), room("runtime/http", ""),
                     source("engine/command/a.cpp", "#include \"runtime/http/a.h\"\n")}) ==
        Lines{"engine/command/a.cpp:1: includes runtime/http: engine never includes runtime",
              "engine/command/a.cpp:1: includes runtime/http, which the room does not USE"});
}

TEST_CASE("runtime opens the engine by its door; only the server opens storage", "[tidy]") {
  const auto files = [](const std::string& who) -> std::vector<File> {
    return {kFloors, room("engine/storage", ""), room("engine/command", ""),
            room("runtime/" + who, "command storage"),
            source("runtime/" + who + "/a.cpp",
                   "#include \"engine/command/a.h\"\n#include \"engine/storage/a.h\"\n")};
  };
  CHECK(findings_in(files("server")).empty());
  CHECK(findings_in(files("api")) ==
        Lines{"runtime/api/CMakeLists.txt:2: USES storage: it is no part of the engine's door",
              "runtime/api/a.cpp:2: includes engine/storage: it is no part of the engine's door"});
}

TEST_CASE("a pure room must not see storage, not even through another", "[tidy]") {
  const File floors{kFloors.path, "engine/storage 1\nengine/base 2\nengine/value 3 pure\n"};
  CHECK(findings_in({floors, room("engine/storage", ""), room("engine/base", "storage"),
                     room("engine/value", "base"),
                     source("engine/base/a.cpp", "#include \"engine/storage/a.h\"\n"),
                     source("engine/value/a.cpp", "#include \"engine/base/a.h\"\n")}) ==
        Lines{"engine/value/CMakeLists.txt:2: value is pure and must not see storage"});
}

TEST_CASE("a room has a floor, a CMakeLists.txt and the name of its folder", "[tidy]") {
  CHECK(findings_in({kFloors, {"engine/attic/CMakeLists.txt", "tenon_room(loft)\n"}}) ==
        Lines{"engine/attic/CMakeLists.txt:1: the room is called loft, its folder is not",
              "engine/attic/CMakeLists.txt:1: engine/attic has no floor in tests/tidy/floors.txt"});
  CHECK(findings_in({kFloors, source("engine/attic/a.cpp", "")}) ==
        Lines{"engine/attic/a.cpp:0: engine/attic has no tenon_room(…) in its CMakeLists.txt"});
}

TEST_CASE("a foreign library is included in its room only", "[tidy]") {
  CHECK(findings_in({kFloors, room("engine/storage", ""), room("engine/value", ""),
                     source("engine/storage/a.cpp", "#include <sqlite3.h>\n"),
                     source("engine/value/a.cpp", "#include <sqlite3.h>\n#include <thread>\n")}) ==
        Lines{"engine/value/a.cpp:1: <sqlite3.h> belongs in engine/storage only",
              "engine/value/a.cpp:2: <thread> belongs in runtime only"});
}

TEST_CASE("the engine does not ask the machine for the time", "[tidy]") {
  CHECK(findings_in({kFloors, room("engine/value", ""),
                     source("engine/value/a.cpp",
                            "// system_clock in a comment is free\n"
                            "auto now = std::chrono::system_clock::now();\n")}) ==
        Lines{"engine/value/a.cpp:2: system_clock: the engine does not ask the machine"});
}

TEST_CASE("Beast is seen by three translation units, also through headers", "[tidy]") {
  std::vector<File> files{kFloors, room("runtime/http", ""),
                          source("runtime/http/beast.h", "#include <boost/beast/http.hpp>\n")};
  for (const auto* name : {"a", "b", "c", "d"}) {
    files.push_back(source("runtime/http/" + std::string(name) + ".cpp",
                           "#include \"runtime/http/beast.h\"\n"));
  }
  CHECK(findings_in(files) ==
        Lines{"runtime/http/d.cpp:0: sees Beast, as more than 3 translation units do: keep it "
              "behind a plain interface"});
}

}  // namespace tenon::tidy
