// Each door counts the sign-ins that failed at it: what one closes, another leaves open.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {

TEST_CASE("After ten wrong passwords even the right one has to wait") {
  auto& app = shipped_application();
  const Listener door(app.host(), {});
  Person person(door.port(), app.names());
  int refused = 0;
  int closed = 0;
  for (int i = 0; i < 12; ++i) {
    const auto answer = person.sign_in(app.login("melvin"), "wrong " + std::to_string(i));
    refused += answer.status == 401 ? 1 : 0;
    closed += answer.status == 429 ? 1 : 0;
  }
  CHECK(refused == 10);
  CHECK(closed == 2);
  const auto right = person.sign_in(app.login("melvin"), app.password("melvin"));
  CHECK(right.status == 429);
  CHECK(right.code() == "too_many");
  CHECK(right.header("retry-after") == "300");
  CHECK(app.anybody().sign_in(app.login("melvin"), app.password("melvin")).status == 200);
}

}  // namespace tenon::api::test
