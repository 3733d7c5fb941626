#include "engine/value/regions.h"

#include <catch2/catch.hpp>

namespace tenon {
namespace {

// The code that names lead to; "" where they lead to none.
std::string code_of(const std::string& province, const std::string& city,
                    const std::string& district) {
  const auto found = find_region({province, city, district});
  return found ? found->code : "";
}

}  // namespace

TEST_CASE("a code has the names of its level and those above", "[value]") {
  CHECK(region_of("330106")->names == RegionNames{"浙江省", "杭州市", "西湖区"});
  CHECK(region_of("330100")->names == RegionNames{"浙江省", "杭州市", ""});
  CHECK(region_of("330000")->names == RegionNames{"浙江省", "", ""});
  CHECK(region_of("110101")->names == RegionNames{"北京市", "北京市", "东城区"});
  CHECK_FALSE(region_of("999999"));
  CHECK_FALSE(region_of("3301"));
  CHECK_FALSE(region_of(""));
}

TEST_CASE("names lead to the code of the smallest part that is said", "[value]") {
  CHECK(code_of("浙江省", "杭州市", "西湖区") == "330106");
  CHECK(code_of("浙江省", "杭州市", "") == "330100");
  CHECK(code_of("浙江省", "", "") == "330000");
  CHECK(code_of("浙江", "杭州", "西湖") == "330106");
  CHECK(code_of("北京市", "", "东城区") == "110101");  // The city is the only one there.
  CHECK(code_of("吉林省", "吉林市", "") == "220200");
}

TEST_CASE("names that lead nowhere, or to several, lead to no code", "[value]") {
  CHECK(code_of("", "", "西湖区") == "");        // Of Hangzhou, and of Nanchang.
  CHECK(code_of("河北省", "", "桥西区") == "");  // Twice within the province.
  CHECK(code_of("浙江省", "南京市", "") == "");
  CHECK(code_of("Zhejiang", "", "") == "");
  CHECK(code_of("浙", "", "") == "");
  CHECK(code_of("", "", "") == "");
}

}  // namespace tenon
