#include <catch2/catch.hpp>

#include "tests/tidy/fake_tree.h"

namespace tenon::tidy {
namespace {

std::string repeat(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

std::string function_of(int lines) {
  return "int f(int a) {\n" + repeat("  a += 1;\n", lines - 2) + "}\n";
}

}  // namespace

TEST_CASE("a file is refused one line above the limit of its kind", "[tidy]") {
  const auto [path, lines_max] = GENERATE(table<std::string, int>({
      {"tests/a/a.cpp", 500},
      {"tests/a/a_test.cpp", 600},
      {"tests/a/a.h", 250},
      {"runtime/web/src/a.tsx", 250},
      {"runtime/web/src/a.ts", 500},
  }));
  CAPTURE(path);
  CHECK(findings_in({{path, repeat("\n", lines_max)}}).empty());
  CHECK(findings_in({{path, repeat("\n", lines_max + 1)}}).size() == 1);
}

TEST_CASE("a line of C++ has at most 100 columns, counted in characters", "[tidy]") {
  CHECK(findings_in({{"tests/a/a.cpp", "//" + repeat("字", 98) + "\n"}}).empty());
  CHECK(findings_in({{"tests/a/a.cpp", "\n//" + repeat("字", 99) + "\n"}}) ==
        Lines{"tests/a/a.cpp:2: 101 columns; the limit is 100"});
}

TEST_CASE("a function has at most 60 lines, wherever it stands", "[tidy]") {
  const auto wrapped = [](const std::string& before, const std::string& after, int lines) {
    return findings_in({{"tests/a/a.cpp", before + function_of(lines) + after}}).size();
  };
  const auto [before, after] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"namespace a {\nnamespace {\n", "}\n}\n"},
      {"class A final : public B {\n public:\n", "};\n"},
      {"struct A {\n int x{3};\n A() : x{1} {}\n", "};\n"},
      {"#define X(a) { a\n", ""},
      {"const int kTable[] = {\n1, 2,\n};\n", ""},
  }));
  CAPTURE(before);
  CHECK(wrapped(before, after, 60) == 0);
  CHECK(wrapped(before, after, 61) == 1);
}

TEST_CASE("a long table and a long test case are no long functions", "[tidy]") {
  CHECK(findings_in({{"tests/a/a.cpp", "const int kTable[] = {\n" + repeat("1,\n", 80) + "};\n"}})
            .empty());
  CHECK(
      findings_in({{"tests/a/a.cpp", "TEST_CASE(\"a\") {\n" + repeat(";\n", 80) + "}\n"}}).empty());
}

TEST_CASE("a name that says nothing is refused, as a file and as a folder", "[tidy]") {
  CHECK(
      findings_in({{"tests/support/text_utils.h", ""}, {"tests/common/a.h", ""}}) ==
      Lines{
          "tests/common/a.h:0: \"common\" says nothing: name the type or verb it holds",
          "tests/support/text_utils.h:0: \"utils\" says nothing: name the type or verb it holds"});
  CHECK(findings_in({{"schemas/sales_crm/objects/service.json", "{}"}}).empty());
}

TEST_CASE("file names are snake_case", "[tidy]") {
  CHECK(findings_in({{"runtime/web/src/ListView.tsx", ""}}) ==
        Lines{"runtime/web/src/ListView.tsx:0: file names are snake_case"});
}

TEST_CASE("a word for unfinished work is refused in code, not inside another word", "[tidy]") {
  CHECK(findings_in({{"tests/a/a.cpp",
                      "// TO"
                      "DO: later\nint kTO"
                      "DOS;\n"}}) == Lines{"tests/a/a.cpp:1: TO"
                                           "DO: finish it, or write it down as an issue"});
}

TEST_CASE("a public header begins with a comment of at most 12 lines", "[tidy]") {
  const auto header = [](const std::string& text) {
    return findings_in({{"tests/tidy/floors.txt", "engine/base 0\n"},
                        {"engine/base/CMakeLists.txt", "tenon_room(base)\n"},
                        {"engine/base/a.h", text}});
  };
  CHECK(header(repeat("// Says.\n", 12) + "#pragma once\n").empty());
  CHECK(header(repeat("// Says.\n", 13) + "#pragma once\n") ==
        Lines{"engine/base/a.h:1: the comment has 13 lines; at most 12"});
  CHECK(header("#pragma once\n") ==
        Lines{"engine/base/a.h:1: a header begins with a comment: what it is, what it guarantees"});
}

TEST_CASE("the top level is fixed, dot files aside", "[tidy]") {
  Tree tree;
  tree.top = {".ci/", "engine/", "notes.txt", "run", "scripts/"};
  const auto findings = check(tree);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].path == "notes.txt");
  CHECK(findings[1].path == "scripts/");
}

TEST_CASE("an exception excuses its rule in its file, has a reason and a use", "[tidy]") {
  const File wide{"tests/a/a.cpp", repeat("x", 101)};
  CHECK(findings_in({wide, {"tests/tidy/exceptions.txt", "line tests/a/a.cpp it is a table\n"}})
            .empty());
  CHECK(findings_in({wide, {"tests/tidy/exceptions.txt", "line tests/a/a.cpp\n"}}) ==
        Lines{"tests/tidy/exceptions.txt:1: gives no reason"});
  CHECK(
      findings_in({{"tests/tidy/exceptions.txt", "# rules\nline tests/a/b.cpp it is a table\n"}}) ==
      Lines{"tests/tidy/exceptions.txt:2: excuses nothing: delete it"});
}

}  // namespace tenon::tidy
