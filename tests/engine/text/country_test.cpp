#include "engine/text/country.h"

#include <catch2/catch.hpp>

namespace tenon::text {

TEST_CASE("a country has its name in the reader's language", "[text]") {
  CHECK(country_name("DE", "en") == "Germany");
  CHECK(country_name("DE", "zh-CN") == "德国");
  CHECK(country_name("GB", "en") == "United Kingdom");
}

TEST_CASE("of a country that is not known the code is shown", "[text]") {
  CHECK(country_name("QX", "en") == "QX");
  CHECK(country_name("", "en") == "");
}

}  // namespace tenon::text
