#include "engine/base/suggest.h"

#include <catch2/catch.hpp>

namespace tenon {
namespace {

const std::vector<std::string> kNames{"amount", "customer", "due_on"};

}  // namespace

TEST_CASE("a slip of the pen is answered with the name that was meant", "[base]") {
  CHECK(did_you_mean("amuont", kNames) == "; did you mean \"amount\"?");
  CHECK(did_you_mean("dueon", kNames) == "; did you mean \"due_on\"?");
}

TEST_CASE("what is near to nothing gets no suggestion", "[base]") {
  CHECK(did_you_mean("zzz", kNames) == "");
  CHECK(did_you_mean(std::string(1000, 'a'), kNames) == "");
}

}  // namespace tenon
