#include "engine/text/normal.h"

#include <catch2/catch.hpp>

namespace tenon::text {
namespace {

bool finds(std::string_view text, std::string_view words) {
  return contains_folded(text, folded(words));
}

}  // namespace

TEST_CASE("a search knows neither case nor width nor accents of Latin letters", "[text]") {
  CHECK(folded("INVOICE") == "invoice");
  CHECK(folded("Ｉｎｖｏｉｃｅ　１２") == "invoice 12");
  CHECK(folded("Café E\u0301lan") == "cafe elan");
  CHECK(folded("Straße") == "strasse");
  CHECK(folded("ﬁle ① ㎏") == "file 1 kg");
  CHECK(folded("Ngữ") == "ngu");
}

TEST_CASE("marks of other scripts are part of their letters", "[text]") {
  CHECK_FALSE(finds("がく", "か"));
  CHECK_FALSE(finds("йод", "и"));
  CHECK(finds("ガク", "ｶﾞｸ"));
  CHECK(folded("한글") == "한글");
}

TEST_CASE("parts of words are found, Chinese ones too", "[text]") {
  CHECK(finds("年度采购合同 2026", "合同"));
  CHECK(finds("年度采购合同 Alpha", "alpha"));
  CHECK(finds("年度采购合同", "购合"));
  CHECK(finds("Crème brûlée", "BRULEE"));
  CHECK(finds("anything", ""));
  CHECK(finds("", ""));
  CHECK_FALSE(finds("", "a"));
  CHECK_FALSE(finds("年度采购合同", "合约"));
  CHECK_FALSE(finds("abc", "abcd"));
}

TEST_CASE("folding twice changes nothing more", "[text]") {
  const auto text = GENERATE(as<std::string>{}, "Ｃａｆé", "ẞ İ ı ŉ", "がギㇰ", "ﷺ", "한글", "😀é",
                             "a\u0301\u0323", "\u0345\u0301x");
  CHECK(folded(folded(text)) == folded(text));
}

}  // namespace tenon::text
