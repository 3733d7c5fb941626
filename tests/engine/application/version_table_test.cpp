#include "engine/application/version_table.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

namespace tenon::application {
namespace {

metadata::Files bundle(const std::string& name, const std::string& needs = "") {
  return {{"bundle.json", R"({"format": 1, "name": ")" + name +
                              R"(", "version": "1", "label": "L", "requires": [)" + needs + "]}"},
          {"objects/" + name + "_thing.json",
           R"({"name": ")" + name + R"(_thing", "label": "T", "label_plural": "Ts",
               "title_field": "name",
               "fields": [{"name": "name", "label": "N", "type": "text"}]})"}};
}

std::string problem(const Result<metadata::Bundle>& result) {
  return result ? "" : result.error().problems.front().rule;
}

}  // namespace

TEST_CASE("the newest version is what is read", "[application]") {
  const support::TemporaryFolder folder;
  storage::Database database({.path = folder.file("test.db"), .functions = {}, .collations = {}});
  database.writer().run([](storage::Transaction& tx) {
    storage::migrate(tx, migrations(), 0);
    CHECK(read_newest(tx).version == 0);
    CHECK(read_newest(tx).bundles.empty());
    append(tx, {1, {{"one", bundle("one")}}}, 1'000, RecordId{});
    append(tx, {2, {{"one", bundle("one")}, {"two", bundle("two")}}}, 2'000, RecordId{5});
    CHECK(newest_version(tx) == 2);
    CHECK(read_newest(tx).bundles == Bundles{{"one", bundle("one")}, {"two", bundle("two")}});
  });
}

TEST_CASE("a bundle is loaded behind those it requires, whatever their names", "[application]") {
  CHECK(problem(compose({{"a", bundle("a", "\"z\"")}, {"z", bundle("z")}})).empty());
  const auto whole = compose({{"a", bundle("a", "\"z\"")}, {"z", bundle("z")}});
  CHECK(whole->find("a_thing") != nullptr);
  CHECK(whole->find("z_thing") != nullptr);
  CHECK(whole->find("user") != nullptr);
}

TEST_CASE("bundles that require each other, or nothing that is there, are refused",
          "[application]") {
  CHECK(problem(compose({{"a", bundle("a", "\"b\"")}, {"b", bundle("b", "\"a\"")}})) == "circle");
  CHECK_FALSE(problem(compose({{"a", bundle("a", "\"missing\"")}})).empty());
}

TEST_CASE("the name of a bundle is read from its own file", "[application]") {
  CHECK(*bundle_name(bundle("one")) == "one");
  CHECK_FALSE(bundle_name({}));
  CHECK_FALSE(bundle_name({{"bundle.json", "{"}}));
  CHECK_FALSE(bundle_name({{"bundle.json", R"({"name": "Not a name"})"}}));
}

TEST_CASE("a manifest without a name is refused with all that is wrong with it") {
  const auto name = bundle_name({{"bundle.json", R"({"format": 1, "nam": "small"})"}});
  REQUIRE(!name);
  CHECK(name.error().problems.size() == 4);
  CHECK(name.error().problems.back().at == "bundle.json: nam");
  CHECK(!bundle_name({{"bundle.json", "{"}}).error().problems.empty());
}

}  // namespace tenon::application
