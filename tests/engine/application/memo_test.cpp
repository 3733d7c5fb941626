#include "engine/application/memo.h"

#include <catch2/catch.hpp>

#include "engine/base/limits.h"

namespace tenon::application {
namespace {

struct Number final : Memo::Item {
  explicit Number(int value) : number(value) {}
  int number;
};

int number_at(const Memo& memo, std::string_view key) {
  const auto item = memo.find(key);
  return item == nullptr ? -1 : static_cast<const Number&>(*item).number;
}

}  // namespace

TEST_CASE("what was kept is found by its key, and nothing by another", "[memo]") {
  Memo memo;
  memo.keep("one", std::make_shared<Number>(1));

  CHECK(number_at(memo, "one") == 1);
  CHECK(number_at(memo, "on") == -1);
}

TEST_CASE("a full memo begins anew, and what is in use stays", "[memo]") {
  Memo memo;
  memo.keep("first", std::make_shared<Number>(1));
  const auto in_use = memo.find("first");
  for (std::size_t i = 1; i < limits::kMemoItemsMax; ++i) {
    memo.keep(std::to_string(i), std::make_shared<Number>(2));
  }
  REQUIRE(number_at(memo, "first") == 1);

  memo.keep("last", std::make_shared<Number>(3));

  CHECK(number_at(memo, "first") == -1);
  CHECK(number_at(memo, "last") == 3);
  CHECK(static_cast<const Number&>(*in_use).number == 1);
}

}  // namespace tenon::application
