#include "engine/query/history.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::person;
using support::told;

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(support::billing()) {
    REQUIRE(update("invoice", id, R"({"number": "2", "reason": "late"})"));
    REQUIRE(update("invoice", id, R"({"customer": ")" + text_of(his) + "\"}"));
  }
  RecordId anna = made("user", R"({"login": "anna", "name": "Anna"})");
  RecordId his = made("customer", R"({"name": "His"})");
  RecordId id = [this] {
    const auto reply = create("invoice", R"({"number": "1"})", person(anna, {"clerk"}));
    return reply->id;
  }();

  // "3 customer; 2 number reason; 1 …"
  std::string told_to(const Actor& actor, std::int64_t before = 0, int limit = 50) {
    std::string text;
    ask(actor, [&](const Context& context) {
      const auto answer = history(context, "invoice", id, before, limit);
      if (!answer) return static_cast<void>(text = told(answer));
      for (const HistoryEntry& entry : answer->entries) {
        text += (text.empty() ? "" : "; ") + std::to_string(entry.version);
        for (const HistoryChange& change : entry.changes) {
          text += " " + answer->object->field(change.slot).name;
          for (const std::string& title : change.after_titles) {
            if (!title.empty()) text += "=" + title;
          }
        }
      }
      next = answer->next;
    });
    return text;
  }

  std::int64_t next = 0;
};

}  // namespace

TEST_CASE("the history is of what may be read, the newest first", "[query]") {
  Fixture at;
  CHECK(at.told_to(support::the_system()) ==
        "3 customer=His; 2 number reason; 1 number clerk=Anna state");
  // She sees neither the reason nor whom the references are to.
  CHECK(at.told_to(person(at.anna, {"clerk"})) == "3 customer; 2 number; 1 number clerk state");
}

TEST_CASE("a history has pages", "[query]") {
  Fixture at;
  CHECK(at.told_to(support::the_system(), 0, 2) == "3 customer=His; 2 number reason");
  REQUIRE(at.next > 0);
  CHECK(at.told_to(support::the_system(), at.next, 2) == "1 number clerk=Anna state");
  CHECK(at.next == 0);
}

TEST_CASE("who may not see a record has no history of it", "[query]") {
  Fixture at;
  CHECK(at.told_to(person(RecordId{5}, {"clerk"})) == "not_found");
  CHECK(at.told_to(person(at.anna, {})) == "not_found");
}

}  // namespace tenon::query
