#include "engine/text/currency.h"

#include <catch2/catch.hpp>

namespace tenon::text {

TEST_CASE("a currency has the digits that ISO 4217 gives it", "[text]") {
  CHECK(currency_digits("USD") == 2);
  CHECK(currency_digits("CNY") == 2);
  CHECK(currency_digits("JPY") == 0);
  CHECK(currency_digits("KWD") == 3);
}

TEST_CASE("what is no code of a currency has none", "[text]") {
  CHECK(currency_digits("") == std::nullopt);
  CHECK(currency_digits("usd") == std::nullopt);
  CHECK(currency_digits("ABC") == std::nullopt);
  CHECK(currency_digits("DOLLAR") == std::nullopt);
}

}  // namespace tenon::text
