#include "engine/text/length.h"

#include <catch2/catch.hpp>

namespace tenon::text {

TEST_CASE("lengths count code points", "[text]") {
  CHECK(length("") == 0);
  CHECK(length("abc") == 3);
  CHECK(length("合同") == 2);
  CHECK(length("😀") == 1);
  CHECK(length("e\u0301") == 2);
}

TEST_CASE("a part is cut between code points, and never beyond the end", "[text]") {
  CHECK(part("a合同😀", 0, 2) == "a合");
  CHECK(part("a合同😀", 1, 2) == "合同");
  CHECK(part("a合同😀", 3, 9) == "😀");
  CHECK(part("a合同😀", 4, 1).empty());
  CHECK(part("a合同😀", 99, 1).empty());
  CHECK(part("a合同😀", 0, 0).empty());
  CHECK(part("", 0, 5).empty());
}

}  // namespace tenon::text
