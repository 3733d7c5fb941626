// Seats of people who leave, whatever way they leave by, and of who stood in for others.
#include "engine/command/people_left.h"

#include "engine/command/merge_records.h"
#include "engine/command/undo.h"
#include "tests/support/claims.h"

namespace tenon::command {
namespace {

using support::asks;
using support::Claims;
using support::claims;
using support::nodes;
using support::told;

const std::string kBob = R"({"users": ["bob"]})";

struct Office : Claims {
  explicit Office(const std::string& who = kBob)
      : Claims(claims(nodes("first", asks("first", who)))) {
    // bob works under eve.
    CHECK(update("user", this->who("bob"), R"({"manager": ")" + text_of(this->who("eve")) + "\"}"));
  }

  CommandId carried(const std::function<Result<void>(Context&)>& work) {
    CommandId id;
    REQUIRE(told(carry_out(support::the_system(), [&](Context& context) {
              id = context.changes.command;
              return work(context);
            })) == "");
    return id;
  }
  std::string undo(CommandId id) {
    return told(carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_CHECK(undo_command(context, {id}));
      return done();
    }));
  }
  CommandId last_command_of(RecordId record) { return events_of(record).back().command; }

  // Days from now on; `from` to `to`.
  RecordId delegation(const std::string& from, const std::string& to, int days) {
    return made("delegation", R"({"from": ")" + text_of(who(from)) + R"(", "to": ")" +
                                  text_of(who(to)) + R"(", "begins": ")" + moment(-1) +
                                  R"(", "until": ")" + moment(days) + "\"}");
  }
  std::string moment(int days) { return text_of(DateTime{clock.now + days * 86'400'000LL}); }
  const flow::Seat& first_seat() {
    seen_ = kept().run.seats[0];
    return seen_;
  }

 private:
  flow::Seat seen_;
};

}  // namespace

TEST_CASE("who is inactive again by an undo leaves no open seat behind", "[command][flow]") {
  Office office;
  REQUIRE(office.update("user", office.who("bob"), R"({"active": false})"));
  REQUIRE(office.update("user", office.who("bob"), R"({"active": true})"));
  const CommandId back = office.last_command_of(office.who("bob"));
  REQUIRE(office.start("ann", office.claim()) == "");
  REQUIRE(office.state() == "first: bob");
  CHECK(office.undo(back) == "");
  CHECK(office.state() == "first: eve");
}

TEST_CASE("whose making is undone leaves no open seat behind", "[command][flow]") {
  Office office(R"({"users": ["new"]})");
  const RecordId made = office.made("user", R"({"login": "new", "name": "New", "manager": ")" +
                                                text_of(office.who("eve")) + "\"}");
  REQUIRE(office.start("ann", office.claim()) == "");
  REQUIRE(office.first_seat().holder == made);
  CHECK(office.undo(office.last_command_of(made)) == "");
  CHECK(office.state() == "first: eve");
}

TEST_CASE("seats of a person who becomes one with another go to them", "[command][flow]") {
  Office office;
  REQUIRE(office.start("ann", office.claim()) == "");
  const auto merge = [&](Context& context) -> Result<void> {
    TENON_CHECK(merge_records(
        context, {&office.object("user"), office.who("fay"), {office.who("bob")}, {}}));
    return done();
  };
  office.carried(merge);
  CHECK(office.state() == "first: fay");
}

TEST_CASE("where who remains is asked already the seat goes as of anybody who leaves",
          "[command][flow]") {
  Office office(R"({"users": ["bob", "fay"]})");
  REQUIRE(office.start("ann", office.claim()) == "");
  REQUIRE(office.state() == "first: bob fay");
  office.carried([&](Context& context) -> Result<void> {
    TENON_CHECK(merge_records(
        context, {&office.object("user"), office.who("fay"), {office.who("bob")}, {}}));
    return done();
  });
  CHECK(office.state() == "first: eve fay");
}

TEST_CASE("a standing delegation that is ended or shortened gives its seats back",
          "[command][flow]") {
  Office office;
  const RecordId delegation = office.delegation("bob", "gus", 5);
  REQUIRE(office.start("ann", office.claim()) == "");
  REQUIRE(office.state() == "first: gus");
  CHECK(office.first_seat().behalf_of == office.who("bob"));
  SECTION("ended") {
    REQUIRE(office.update("delegation", delegation, R"({"until": ")" + office.moment(0) + "\"}"));
    CHECK(office.state() == "first: bob");
  }
  SECTION("shortened, and its time comes") {
    REQUIRE(office.update("delegation", delegation, R"({"until": ")" + office.moment(2) + "\"}"));
    CHECK(office.state() == "first: gus");
    office.pass(2 * 86'400'000LL);
    CHECK(office.state() == "first: bob");
  }
  SECTION("extended") {
    REQUIRE(office.update("delegation", delegation, R"({"until": ")" + office.moment(9) + "\"}"));
    office.pass(6 * 86'400'000LL);
    CHECK(office.state() == "first: gus");
    office.pass(4 * 86'400'000LL);
    CHECK(office.state() == "first: bob");
  }
  SECTION("to somebody else") {
    REQUIRE(office.update("delegation", delegation,
                          R"({"to": ")" + text_of(office.who("cid")) + "\"}"));
    CHECK(office.state() == "first: cid");
    CHECK(office.first_seat().behalf_of == office.who("bob"));
  }
  SECTION("deleted") {
    REQUIRE(office.erase("delegation", delegation));
    CHECK(office.state() == "first: bob");
  }
  SECTION("only why it is there") {
    REQUIRE(office.update("delegation", delegation, R"({"reason": "Travel"})"));
    CHECK(office.state() == "first: gus");
  }
  SECTION("undone") {
    CHECK(office.undo(office.last_command_of(delegation)) == "");
    CHECK(office.state() == "first: bob");
  }
}

TEST_CASE("where the second of two delegations ends the first still holds", "[command][flow]") {
  Office office;
  office.delegation("bob", "gus", 5);
  const RecordId second = office.delegation("gus", "cid", 4);
  REQUIRE(office.start("ann", office.claim()) == "");
  REQUIRE(office.state() == "first: cid");
  SECTION("by its time") { office.pass(4 * 86'400'000LL); }
  SECTION("by hand") { REQUIRE(office.erase("delegation", second)); }
  CHECK(office.state() == "first: gus");
  CHECK(office.first_seat().behalf_of == office.who("bob"));
  office.pass(5 * 86'400'000LL);
  CHECK(office.state() == "first: bob");
}

TEST_CASE("where the first of two delegations ends the seat goes back", "[command][flow]") {
  Office office;
  const RecordId first = office.delegation("bob", "gus", 5);
  office.delegation("gus", "cid", 5);
  REQUIRE(office.start("ann", office.claim()) == "");
  REQUIRE(office.erase("delegation", first));
  CHECK(office.state() == "first: bob");
}

TEST_CASE("a delegation of who has left ends with who takes over from them", "[command][flow]") {
  Office office;
  office.delegation("bob", "gus", 5);
  REQUIRE(office.start("ann", office.claim()) == "");
  SECTION("disabled") {
    REQUIRE(office.update("user", office.who("bob"), R"({"active": false})"));
    CHECK(office.state() == "first: gus");
    office.pass(5 * 86'400'000LL);
    CHECK(office.state() == "first: eve");
  }
  SECTION("deleted, and the delegation with them") {
    REQUIRE(office.erase("user", office.who("bob")));
    CHECK(office.state() == "first: eve");
  }
}

TEST_CASE("a delegation that ends while a run is suspended ends there, too", "[command][flow]") {
  Office office;
  const RecordId delegation = office.delegation("bob", "gus", 5);
  REQUIRE(office.start("ann", office.claim()) == "");
  REQUIRE(office.act("hal", flow::Suspend{office.by()}) == "");
  REQUIRE(office.erase("delegation", delegation));
  CHECK(office.state() == "suspended first: bob");
}

}  // namespace tenon::command
