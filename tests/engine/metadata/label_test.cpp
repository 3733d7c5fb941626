#include "engine/metadata/label.h"

#include <catch2/catch.hpp>

namespace tenon::metadata {

TEST_CASE("the text in the reader's locale is shown, or the next best", "[metadata]") {
  const Label label{{{"en", "Amount"}, {"zh-CN", "金额"}}};
  CHECK(text_in(label, "zh-CN") == "金额");
  CHECK(text_in(label, "zh-TW") == "金额");
  CHECK(text_in(label, "en-GB") == "Amount");
  CHECK(text_in(label, "fr") == "Amount");
}

TEST_CASE("a text without a locale is for everybody", "[metadata]") {
  CHECK(text_in({{{"", "SKU"}}}, "zh-CN") == "SKU");
  CHECK(text_in({{{"de", "Betrag"}}}, "fr") == "Betrag");
  CHECK(text_in({}, "en") == "");
}

}  // namespace tenon::metadata
