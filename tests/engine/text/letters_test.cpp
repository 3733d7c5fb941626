#include "engine/text/letters.h"

#include <catch2/catch.hpp>

namespace tenon::text {

TEST_CASE("upper and lower case follow Unicode, without a language's own rules", "[text]") {
  CHECK(lower("INVOICE 12 @[`{") == "invoice 12 @[`{");
  CHECK(upper("invoice 12 @[`{") == "INVOICE 12 @[`{");
  CHECK(lower("ÄÖÜ ΣΑΣ") == "äöü σας");
  CHECK(upper("straße") == "STRASSE");
  CHECK(upper("i") == "I");
  CHECK(lower("合同A") == "合同a");
  CHECK(lower("").empty());
}

TEST_CASE("proper case begins each word with a capital, as Excel does", "[text]") {
  CHECK(proper("anna de vries") == "Anna De Vries");
  CHECK(proper("2-way o'NEIL") == "2-Way O'Neil");
  CHECK(proper("élan VITAL") == "Élan Vital");
  CHECK(proper("合同 a") == "合同 A");
  CHECK(proper("ǆA ǅa ßT ᾳx") == "ǅa ǅa ßt ᾳx");
  CHECK(proper("aİI ŉ ΑΣ აბ") == "Aİi ŉ Ασ Აბ");
}

TEST_CASE("initials are of the first and the last word", "[text]") {
  CHECK(initials("Anna de Vries") == "AV");
  CHECK(initials("anna") == "A");
  CHECK(initials("王小明") == "王");
  CHECK(initials("  (élan)  \"vital\" ") == "ÉV");
  CHECK(initials("7 Sisters") == "7S");
  CHECK(initials("").empty());
  CHECK(initials(" - ").empty());
}

}  // namespace tenon::text
