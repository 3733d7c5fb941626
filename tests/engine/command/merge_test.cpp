#include <catch2/catch.hpp>

#include "engine/command/merge_records.h"
#include "engine/command/undo.h"
#include "tests/support/people_bundle.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::people;
using support::person;
using support::RunningApplication;
using support::told;

struct Two {
  RunningApplication running{people()};
  RecordId kept = running.made("person", R"({"name": "Kept", "employer": "Acme"})");
  RecordId gone = running.made(
      "person", R"({"name": "Gone", "employer": "Other", "phone": "13800138000", "code": "7"})");
  RecordId remark =
      running.made("remark", R"({"words": "w", "person": ")" + text_of(gone) + R"("})");
  RecordId boy = running.made("person", R"({"name": "Boy", "boss": ")" + text_of(gone) + R"("})");
  CommandId last;

  Result<void> merge(std::vector<RecordId> others, std::vector<MergeRecords::Take> take = {},
                     const Actor& actor = support::the_system()) {
    return running.carry_out(actor, [&](Context& context) -> Result<void> {
      last = context.changes.command;
      TENON_CHECK([&]() -> Result<void> {
        auto reply = merge_records(context, {&running.object("person"), kept, others, take});
        return reply ? done() : Result<void>(std::move(reply.error()));
      }());
      return done();
    });
  }

  Result<void> undo(CommandId id, const Actor& actor = support::the_system()) {
    return running.carry_out(actor, [&](Context& context) -> Result<void> {
      auto undone = undo_command(context, {id});
      return undone ? done() : Result<void>(std::move(undone.error()));
    });
  }

  int slot(const std::string& field) { return *running.object("person").find_slot(field); }
  std::string value(RecordId id, const std::string& path) {
    return running.value("person", id, path);
  }
};

}  // namespace

TEST_CASE("the survivor keeps its fields, and what is empty is filled", "[command]") {
  Two two;
  REQUIRE(two.merge({two.gone}));
  CHECK(two.value(two.kept, "name") == "\"Kept\"");
  CHECK(two.value(two.kept, "employer") == "\"Acme\"");
  CHECK(two.value(two.kept, "code") == "\"7\"");
  CHECK(two.value(two.gone, "name") == "gone");
  CHECK(two.running.value("remark", two.remark, "person.name") == "\"Kept\"");
  CHECK(two.value(two.boy, "boss.name") == "\"Kept\"");
}

TEST_CASE("fields may be taken from one of the others", "[command]") {
  Two two;
  REQUIRE(two.merge({two.gone}, {{two.slot("employer"), two.gone}}));
  CHECK(two.value(two.kept, "employer") == "\"Other\"");
  CHECK(told(two.merge({two.boy}, {{two.slot("employer"), two.gone}})) ==
        "invalid take/employer:record");
}

TEST_CASE("every touched record has one event, of one command", "[command]") {
  Two two;
  const auto before = two.running.events().size();
  REQUIRE(two.merge({two.gone}));
  const auto events = two.running.events();
  REQUIRE(events.size() == before + 4);  // Kept, gone, remark, boy.
  for (std::size_t i = before; i < events.size(); ++i) CHECK(events[i].command == two.last);
}

TEST_CASE("a record that refers to itself after the merge refers to nothing", "[command]") {
  Two two;
  REQUIRE(two.running.update("person", two.kept, R"({"boss": ")" + text_of(two.gone) + R"("})"));
  REQUIRE(two.merge({two.gone}));
  CHECK(two.value(two.kept, "boss") == "null");
}

TEST_CASE("merging needs the right to change the one and to delete the others", "[command]") {
  Two two;
  const auto bob = two.running.made("user", R"({"login": "bob", "name": "Bob"})");
  CHECK(told(two.merge({two.gone}, {}, person(bob, {"clerk"}))) == "not_found");
  CHECK(told(two.merge({two.kept})) == "invalid records:twice");
  CHECK(told(two.merge({})) == "limit records:records");
}

TEST_CASE("a merge can be undone, and the undo too", "[command]") {
  Two two;
  REQUIRE(two.merge({two.gone}));
  const CommandId merged = two.last;
  REQUIRE(two.undo(merged));
  CHECK(two.value(two.kept, "code") == "null");
  CHECK(two.value(two.gone, "name") == "\"Gone\"");
  CHECK(two.value(two.gone, "code") == "\"7\"");
  CHECK(two.running.value("remark", two.remark, "person.name") == "\"Gone\"");
  CHECK(two.value(two.boy, "boss.name") == "\"Gone\"");
  // It is found again as a duplicate.
  CHECK(told(two.running.create("person", R"({"name": "B", "phone": "13800138000"})")) ==
        "invalid phone:duplicate.same_phone");
  CHECK(told(two.undo(merged)).substr(0, 8) == "conflict");

  const CommandId undone = two.running.events().back().command;
  REQUIRE(two.undo(undone));
  CHECK(two.value(two.gone, "name") == "gone");
  CHECK(two.value(two.kept, "code") == "\"7\"");
}

TEST_CASE("what somebody changed since is not undone, and then nothing is", "[command]") {
  Two two;
  REQUIRE(two.merge({two.gone}));
  REQUIRE(two.running.update("person", two.kept, R"({"code": "8"})"));
  CHECK(told(two.undo(two.last)) == "conflict code:changed");
  CHECK(two.value(two.gone, "name") == "gone");
  CHECK(two.running.value("remark", two.remark, "person.name") == "\"Kept\"");
}

TEST_CASE("only one's own commands are undone", "[command]") {
  Two two;
  REQUIRE(two.merge({two.gone}));
  const auto bob = two.running.made("user", R"({"login": "bob", "name": "Bob"})");
  CHECK(told(two.undo(two.last, person(bob, {"clerk"}))) == "not_found");
  CHECK(told(two.undo(CommandId{5})) == "not_found");
}

TEST_CASE("a creation is undone by deleting, unless it is used since", "[command]") {
  Two two;
  const auto made = two.running.made("person", R"({"name": "New"})");
  const CommandId command = two.running.events().back().command;
  const auto remark =
      two.running.made("remark", R"({"words": "w", "person": ")" + text_of(made) + R"("})");
  CHECK(told(two.undo(command)) == "conflict :referred_to");
  REQUIRE(two.running.erase("remark", remark));
  REQUIRE(two.undo(command));
  CHECK(two.value(made, "name") == "gone");
}

}  // namespace tenon::command
