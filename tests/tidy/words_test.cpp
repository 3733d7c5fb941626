#include <catch2/catch.hpp>

#include "tests/tidy/fake_tree.h"

namespace tenon::tidy {
namespace {

// A bundle that brings opportunity, close_value, engaging, sales_agent, name and product.
std::vector<File> with_bundle(File source) {
  return {
      {"schemas/sales_crm/bundle.json", R"({"name": "sales_crm"})"},
      {"schemas/sales_crm/objects/opportunity.json",
       R"({"name": "opportunity", "fields": [{"name": "close_value"}, {"name": "owner"},
           {"name": "name"}, {"name": "product"},
           {"name": "stage", "options": [{"name": "engaging"}]}]})"},
      {"schemas/sales_crm/roles/sales_agent.json", R"({"name": "sales_agent"})"},
      {"schemas/sales_crm/views/pipeline.json", R"({"name": "pipeline"})"},
      {"schemas/system/objects/user.json", R"({"name": "user", "fields": [{"name": "owner"}]})"},
      {"schemas/metadata/object.schema.json",
       R"({"properties": {"name": {}, "opportunity": {}, "kind": {"enum": ["stage"]}}})"},
      {"tests/tidy/ordinary_words.txt", "# Reasons.\nproduct\n"},
      std::move(source),
  };
}

std::size_t hits(const std::string& path, const std::string& text) {
  return findings_in(with_bundle({path, text})).size();
}

}  // namespace

TEST_CASE("a word of the shipped bundle is refused in any writing", "[tidy]") {
  const auto path = "runtime/web/src/a.ts";
  CHECK(hits(path, "const closeValue = 1;") == 1);
  CHECK(hits(path, "class Opportunity {}") == 1);
  CHECK(hits(path, "const a = 'opportunity';") == 1);
  CHECK(hits(path, "const a = \"Close value\";") == 1);
  CHECK(hits(path, "const a = `/records/opportunity/${id}`;") == 1);
  CHECK(hits(path, "const a = `${engaging}`;") == 1);
  CHECK(hits(path, "const a = 'SELECT close_value FROM t';") == 1);
  CHECK(hits(path, "const a = 'sales_crm';") == 1);
}

TEST_CASE("the text of a component counts", "[tidy]") {
  CHECK(hits("designer/a.tsx", "const a = <b>Close value</b>;") == 1);
  CHECK(hits("designer/a.tsx", "const a = <b>Value</b>;") == 0);
}

TEST_CASE("comments, part of a name, and tests are free", "[tidy]") {
  CHECK(hits("runtime/web/src/a.ts", "// an opportunity\n/* close_value */ const sales = 1;") == 0);
  CHECK(hits("runtime/web/src/a.ts", "const opportunityCost = 1;") == 0);
  CHECK(hits("runtime/web/src/a.test.ts", "const a = 'opportunity';") == 0);
  CHECK(hits("tests/e2e/a.ts", "const a = 'opportunity';") == 0);
}

TEST_CASE("words of formats, the system bundle and the ordinary list are free", "[tidy]") {
  const auto word = GENERATE(as<std::string>{}, "name", "stage", "owner", "product", "pipeline");
  CAPTURE(word);
  CHECK(hits("runtime/web/src/a.ts", "const a = '" + word + "';") == 0);
}

TEST_CASE("C++ is read with its raw strings and its constants", "[tidy]") {
  const auto cpp = [](const std::string& text) {
    auto files = with_bundle({"engine/base/a.cpp", text});
    files.push_back({"tests/tidy/floors.txt", "engine/base 0\n"});
    files.push_back({"engine/base/CMakeLists.txt", "tenon_room(base)\n"});
    return findings_in(files).size();
  };
  CHECK(cpp("int kCloseValue = 1;") == 1);
  CHECK(cpp("auto sql = R\"sql(SELECT \"close_value\" FROM t)sql\";") == 1);
  CHECK(cpp("const char quote = '\"';  // opportunity\n") == 0);
  CHECK(cpp("const auto n = 1'000; auto s = \"opportunity\";") == 1);
}

TEST_CASE("the ordinary list is short and never has the plainest word", "[tidy]") {
  std::string words;
  for (int i = 0; i < 61; ++i) words += "word" + std::to_string(i) + "\n";
  CHECK(findings_in({{"tests/tidy/ordinary_words.txt", words}}) ==
        Lines{"tests/tidy/ordinary_words.txt:0: 61 words; at most 60"});
  CHECK(findings_in({{"tests/tidy/ordinary_words.txt", "opportunity\n"}}) ==
        Lines{"tests/tidy/ordinary_words.txt:0: opportunity is no ordinary word"});
}

TEST_CASE("the client's borders: widgets, Enter, and who may import whom", "[tidy]") {
  CHECK(
      findings_in({{"designer/a.ts", "import { Menu } from '@mantine/core';\n"},
                   {"runtime/web-kit/src/ui/a.tsx", "import { Menu } from '@mantine/core';\n"}}) ==
      Lines{"designer/a.ts:1: the widget library is imported in runtime/web-kit/src/ui only"});
  CHECK(findings_in({{"designer/b.ts", "if (event.key === 'Enter') save();\n"}}).size() == 1);
  CHECK(findings_in({{"designer/c.ts", "switch (event.key) { case 'Enter': save(); }\n"}}).size() ==
        1);
  CHECK(findings_in({{"designer/d.ts", "const keys = ['Enter', 'F2'];\n"}}).empty());
  CHECK(findings_in(
            {{"designer/e.ts", "import '@tenon/web-kit/ui';\nimport '../runtime/web/a';\n"}}) ==
        Lines{"designer/e.ts:2: designer does not import runtime/web"});
  CHECK(findings_in({{"runtime/web-kit/src/f.ts", "const a = import('@tenon/web');\n"}}).size() ==
        1);
}

}  // namespace tenon::tidy
