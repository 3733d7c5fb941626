#include "engine/query/people.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(support::billing()) {}

  RecordId department(const std::string& name, RecordId parent = {}) {
    return made("department", R"({"name": ")" + name + R"(", "parent": )" + id(parent) + "}");
  }
  RecordId user(const std::string& login, RecordId manager = {}, RecordId department = {}) {
    return made("user", R"({"login": ")" + login + R"(", "name": ")" + login + R"(", "manager": )" +
                            id(manager) + R"(, "department": )" + id(department) + "}");
  }
  void assign(RecordId user, const std::string& role) {
    made("role_assignment", R"({"user": ")" + text_of(user) + R"(", "role": ")" + role + "\"}");
  }
  std::optional<Actor> actor(RecordId user) {
    std::optional<Actor> found;
    ask(support::the_system(),
        [&](const Context& context) { found = actor_of(context.app, context.tx, user); });
    return found;
  }
  static std::string id(RecordId id) { return id.value == 0 ? "null" : "\"" + text_of(id) + "\""; }
};

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("somebody's team is everybody below them, and they themselves", "[query]") {
  Fixture at;
  const auto top = at.user("top");
  const auto middle = at.user("middle", top);
  const auto below = at.user("below", middle);
  const auto other = at.user("other", top);
  CHECK(at.actor(top)->team == Ids{top.value, middle.value, below.value, other.value});
  CHECK(at.actor(middle)->team == Ids{middle.value, below.value});
  CHECK(at.actor(below)->team == Ids{below.value});
}

TEST_CASE("managers in a circle do no harm", "[query]") {
  Fixture at;
  const auto one = at.user("one");
  const auto two = at.user("two", one);
  REQUIRE(at.update("user", one, R"({"manager": )" + Fixture::id(two) + "}"));
  CHECK(at.actor(one)->team == Ids{one.value, two.value});
}

TEST_CASE("a department is its people and those of the departments below", "[query]") {
  Fixture at;
  const auto sales = at.department("Sales");
  const auto north = at.department("North", sales);
  const auto head = at.user("head", {}, sales);
  const auto clerk = at.user("clerk", {}, north);
  const auto stranger = at.user("stranger");
  CHECK(at.actor(head)->department == Ids{head.value, clerk.value});
  CHECK(at.actor(clerk)->department == Ids{clerk.value});
  const auto below = at.user("below", head);
  CHECK(at.actor(head)->team_and_department == Ids{head.value, clerk.value, below.value});
  CHECK(at.actor(stranger)->department == Ids{stranger.value});
}

TEST_CASE("roles are sorted, and those of others are not among them", "[query]") {
  Fixture at;
  const auto anna = at.user("anna");
  const auto bob = at.user("bob");
  at.assign(anna, "head");
  at.assign(anna, "clerk");
  at.assign(bob, "admin");
  CHECK(at.actor(anna)->roles == std::vector<std::string>{"clerk", "head"});
}

TEST_CASE("who is not active, or gone, is nobody", "[query]") {
  Fixture at;
  const auto anna = at.user("anna");
  const auto bob = at.user("bob");
  REQUIRE(at.update("user", anna, R"({"active": false})"));
  REQUIRE(at.erase("user", bob));
  CHECK_FALSE(at.actor(anna));
  CHECK_FALSE(at.actor(bob));
  CHECK_FALSE(at.actor(RecordId{7}));
  at.ask(support::the_system(), [&](const Context& context) {
    CHECK_FALSE(user_with_login(context.app, context.tx, "anna"));
    CHECK_FALSE(user_with_login(context.app, context.tx, "bob"));
  });
}

TEST_CASE("somebody is found by their exact login", "[query]") {
  Fixture at;
  const auto anna = at.user("anna");
  at.ask(support::the_system(), [&](const Context& context) {
    CHECK(user_with_login(context.app, context.tx, "anna") == anna);
    CHECK_FALSE(user_with_login(context.app, context.tx, "Anna"));
    CHECK_FALSE(user_with_login(context.app, context.tx, ""));
  });
}

}  // namespace tenon::query
