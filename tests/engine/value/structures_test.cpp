#include "engine/value/structures.h"

#include "tests/engine/value/vectors.h"

namespace tenon {
namespace {

// The address as it is kept, or what is wrong with it.
std::string kept(const std::string& json) {
  const Type type = support::type_of("address");
  const auto document = json::Document::parse(json);
  REQUIRE(document);
  const auto value = parse(document->root(), type);
  return value ? support::written(type, *value) : value.error().problems.front().message;
}

std::string of_parts(const PartTexts& parts) {
  const Type type = support::type_of("address");
  const auto value = value_of_parts(type, parts);
  return value ? support::written(type, *value) : value.error().problems.front().message;
}

std::string text(std::string_view format, const std::string& json, std::string_view locale) {
  return structure_text(support::type_of(format), Json{json}, locale);
}

}  // namespace

// The browser leaves the table of regions to the server: no vectors, which both read.
TEST_CASE("an address with the code of a region has its names", "[value]") {
  CHECK(kept(R"({"region": "330106", "street": "文一路"})") ==
        R"({"country":"CN","province":"浙江省","city":"杭州市","district":"西湖区",)"
        R"("region":"330106","street":"文一路"})");
  CHECK(kept(R"({"region": "330100", "district": "Old Town"})") ==
        R"({"country":"CN","province":"浙江省","city":"杭州市","district":"Old Town",)"
        R"("region":"330100"})");
  CHECK(kept(R"({"region": "330106", "province": "浙江"})").find("浙江省") != std::string::npos);
}

TEST_CASE("a code that is none, or that says something else, is refused with what it says",
          "[value]") {
  CHECK(kept(R"({"country": "CN", "region": "999999", "province": "北京市"})") ==
        R"(there is no region "999999" in China)");
  CHECK(kept(R"({"country": "CN", "region": "330106", "province": "北京市"})") ==
        R"("region" 330106 is in 浙江省, "province" is 北京市)");
  CHECK(kept(R"({"region": "330106", "district": "上城区"})") ==
        R"("region" 330106 is in 西湖区, "district" is 上城区)");
  CHECK(kept(R"({"country": "DE", "region": "330106"})") ==
        R"("region" 330106 is in China, "country" is DE)");
}

TEST_CASE("parts of a file lead to the code of their region", "[value]") {
  CHECK(
      of_parts({{"country", "cn"}, {"province", "浙江"}, {"city", "杭州"}, {"street", "文一路"}}) ==
      R"({"country":"CN","province":"浙江省","city":"杭州市","region":"330100","street":"文一路"})");
  CHECK(of_parts({{"province", "浙江省"}, {"district", "西湖区"}}) ==
        R"({"country":"CN","province":"浙江省","city":"杭州市","district":"西湖区",)"
        R"("region":"330106"})");
  // A city alone may be anywhere; what leads nowhere stays as it was said.
  CHECK(of_parts({{"city", "杭州市"}}) == R"({"city":"杭州市"})");
  CHECK(of_parts({{"country", "GB"}, {"province", "浙江省"}}) ==
        R"({"country":"GB","province":"浙江省"})");
  CHECK(of_parts({{"country", "CN"}, {"city", "Atlantis"}}) ==
        R"({"country":"CN","city":"Atlantis"})");
  CHECK(of_parts({}) == "null");
  CHECK(of_parts({{"country", "China"}}) == R"("country" must be two capital letters, as "CN")");
}

TEST_CASE("an address is told as its country writes it", "[value]") {
  CHECK(text("address",
             R"({"country":"CN","province":"上海市","city":"上海市","district":"徐汇区"})",
             "en") == "上海市徐汇区");
  CHECK(text("address", R"({"country":"GB","city":"Leeds","street":"1 High St","postcode":"LS1"})",
             "en") == "1 High St, LS1 Leeds, United Kingdom");
  CHECK(text("address", R"({"country":"DE","city":"Köln"})", "zh-CN") == "Köln, 德国");
  CHECK(text("location", R"({"latitude":"30.25","longitude":"-120.16"})", "en") ==
        "30.25, -120.16");
}

}  // namespace tenon
