// Lists of references: what becomes of them when what they refer to goes, merges or comes back.
#include <catch2/catch.hpp>

#include "engine/base/limits.h"
#include "engine/command/merge_records.h"
#include "engine/command/purge.h"
#include "engine/command/restore_record.h"
#include "engine/query/attachment.h"
#include "engine/query/history.h"
#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing_with;
using support::person;
using support::RunningApplication;
using support::told;

std::string meeting(const std::string& on_delete = "clear") {
  return R"json({"name": "meeting", "label": "Meeting", "label_plural": "Meetings",
    "title_field": "topic", "fields": [
    {"name": "topic", "label": "Topic", "type": "text"},
    {"name": "customers", "label": "Customers", "type": "references", "to": "customer",
     "on_delete": ")json" +
         on_delete + R"json("},
    {"name": "attendees", "label": "Attendees", "type": "users", "on_delete": "clear"},
    {"name": "papers", "label": "Papers", "type": "files"},
    {"name": "count", "label": "Count", "type": "formula", "formula": "ITEMS(customers)",
     "scale": 0}]})json";
}

struct Fixture : RunningApplication {
  explicit Fixture(const std::string& on_delete = "clear")
      : RunningApplication(billing_with("objects/meeting.json", meeting(on_delete))) {}

  RecordId customer(const std::string& name, RecordId clerk = {}) {
    const std::string of = clerk.value == 0 ? "" : R"(, "clerk": ")" + text_of(clerk) + "\"";
    return made("customer", R"({"name": ")" + name + "\"" + of + "}");
  }
  RecordId user(const std::string& name) {
    return made("user", R"({"name": ")" + name + R"(", "login": ")" + name + "\"}");
  }
  RecordId file(const std::string& name) {
    return made("file", R"({"name": ")" + name + R"(", "size": 1, "sha256": "a"})");
  }
  RecordId with(const std::string& field, const std::vector<RecordId>& ids) {
    return made("meeting", "{\"" + field + "\": " + text(ids) + "}");
  }
  static std::string text(const std::vector<RecordId>& ids) {
    std::string list;
    for (const RecordId id : ids) list += (list.empty() ? "\"" : ", \"") + text_of(id) + "\"";
    return "[" + list + "]";
  }
  std::string customers(RecordId id) { return value("meeting", id, "customers"); }
  std::string found(const std::string& filter, const Actor& actor = support::the_system()) {
    const auto page = list({.object = "meeting", .fields = {"topic"}, .filter = filter}, actor);
    return page ? std::to_string(page->rows.size()) : told(page);
  }
};

std::string json(const std::vector<RecordId>& ids) {
  std::string list;
  for (const RecordId id : ids) list += (list.empty() ? "\"" : ",\"") + text_of(id) + "\"";
  return "[" + list + "]";
}

}  // namespace

TEST_CASE("a list keeps its order, and is found by what it holds", "[command]") {
  Fixture at;
  const auto a = at.customer("A");
  const auto b = at.customer("B");
  const auto c = at.customer("C");
  const auto both = at.with("customers", {b, a});
  at.with("customers", {b});
  CHECK(at.customers(both) == json({b, a}));
  CHECK(at.value("meeting", both, "count") == "\"2\"");
  CHECK(at.found("HAS(customers, \"" + text_of(a) + "\")") == "1");
  CHECK(at.found("HAS(customers, \"" + text_of(b) + "\")") == "2");
  CHECK(at.found("NOT(HAS(customers, \"" + text_of(a) + "\"))") == "1");
  CHECK(at.found("HAS(customers, \"" + text_of(c) + "\")") == "0");
  REQUIRE(at.update("meeting", both, R"({"customers": )" + Fixture::text({c, b}) + "}"));
  CHECK(at.customers(both) == json({c, b}));
  CHECK(at.found("HAS(customers, \"" + text_of(a) + "\")") == "0");
  CHECK(at.found("HAS(customers, \"" + text_of(c) + "\")") == "1");
  REQUIRE(at.update("meeting", both, R"({"customers": []})"));
  CHECK(at.customers(both) == "null");
  CHECK(at.found("ISBLANK(customers)") == "1");
  CHECK(at.value("meeting", both, "count") == "\"0\"");
}

TEST_CASE("only what may be seen can be put into a list", "[command]") {
  Fixture at;
  const auto ann = at.user("ann");
  const auto own = at.customer("Own", ann);
  const auto foreign = at.customer("Foreign");
  const auto draft = R"({"customers": )" + Fixture::text({own, foreign}) + "}";
  auto files = billing_with("objects/meeting.json", meeting());
  files["roles/host.json"] = R"({"name": "host", "label": "H", "objects": {
    "customer": {"read": "own"}, "meeting": {"read": "all", "create": true, "update": "all"}}})";
  REQUIRE(at.publish(files));
  const auto host = person(ann, {"host"});
  CHECK(told(at.create("meeting", draft, host)) == "invalid customers:reference");
  CHECK(told(at.create("meeting", R"({"customers": ["0000000000001"]})")) ==
        "invalid customers:reference");
  // What somebody else put there stays, though it is not seen.
  const auto both = at.with("customers", {foreign, own});
  CHECK(at.update("meeting", both, draft, {}, host));
  const auto page = at.list({.object = "meeting", .fields = {"customers.name"}}, host);
  REQUIRE(page);
  const auto& targets = *page->targets.begin()->second;
  CHECK(targets.rows.size() == 1);
  CHECK(targets.rows.contains(own.value));
}

TEST_CASE("a list holds at most 200", "[command]") {
  Fixture at;
  std::vector<RecordId> customers;
  for (int i = 0; i <= static_cast<int>(limits::kReferencesPerFieldMax); ++i) {
    customers.push_back(at.customer("C" + std::to_string(i)));
  }
  const auto draft = [&] { return R"({"customers": )" + Fixture::text(customers) + "}"; };
  CHECK(told(at.create("meeting", draft())) == "invalid customers:limit");
  customers.pop_back();
  CHECK(at.create("meeting", draft()));
  customers.pop_back();
  CHECK(at.create("meeting", draft()));
}

TEST_CASE("what is deleted leaves the lists, with what derives from them", "[command]") {
  Fixture at;
  const auto a = at.customer("A");
  const auto b = at.customer("B");
  const auto both = at.with("customers", {b, a});
  REQUIRE(at.erase("customer", b));
  CHECK(at.customers(both) == json({a}));
  CHECK(at.value("meeting", both, "count") == "\"1\"");
  CHECK(at.events_of(both).back().command == at.events_of(b).back().command);
  REQUIRE(at.erase("customer", a));
  CHECK(at.customers(both) == "null");
}

TEST_CASE("what stands in a list that restricts stays", "[command]") {
  Fixture at("restrict");
  const auto a = at.customer("A");
  const auto b = at.customer("B");
  const auto both = at.with("customers", {b, a});
  CHECK(told(at.erase("customer", b)) == "conflict :referred_to");
  REQUIRE(at.update("meeting", both, R"({"customers": )" + Fixture::text({a}) + "}"));
  CHECK(at.erase("customer", b));
  REQUIRE(at.erase("meeting", both));
  CHECK(at.erase("customer", a));
}

TEST_CASE("a list that comes back holds only what is still there", "[command]") {
  Fixture at;
  const auto a = at.customer("A");
  const auto b = at.customer("B");
  const auto both = at.with("customers", {b, a});
  REQUIRE(at.erase("meeting", both));
  REQUIRE(at.erase("customer", b));
  REQUIRE(at.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(restore_record(context, {&at.object("meeting"), both}));
    return done();
  }));
  CHECK(at.customers(both) == json({a}));
  CHECK(at.found("HAS(customers, \"" + text_of(a) + "\")") == "1");
}

TEST_CASE("a merge puts the survivor into the lists, once", "[command]") {
  Fixture at;
  const auto kept = at.customer("Kept");
  const auto gone = at.customer("Gone");
  const auto other = at.customer("Other");
  const auto both = at.with("customers", {gone, other, kept});
  const auto one = at.with("customers", {gone});
  REQUIRE(at.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(merge_records(context, {&at.object("customer"), kept, {gone}, {}}));
    return done();
  }));
  CHECK(at.customers(both) == json({kept, other}));
  CHECK(at.customers(one) == json({kept}));
  CHECK(at.found("HAS(customers, \"" + text_of(kept) + "\")") == "2");
}

TEST_CASE("a file in a list is attached, also while its record can come back", "[command]") {
  Fixture at;
  const auto plan = at.file("plan.pdf");
  const auto loose = at.file("loose.pdf");
  const auto holder = at.with("papers", {plan});
  const auto is_attached = [&](RecordId file) {
    bool attached = false;
    at.ask(support::the_system(), [&](const query::Context& context) {
      attached = query::is_attached(at.app(), context.tx, file);
    });
    return attached;
  };
  CHECK(is_attached(plan));
  CHECK_FALSE(is_attached(loose));
  CHECK(told(at.erase("file", plan)) == "conflict :referred_to");
  REQUIRE(at.erase("meeting", holder));
  CHECK(is_attached(plan));
  REQUIRE(at.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    record::remove(context.tx, at.object("meeting").table, holder);
    return done();
  }));
  CHECK_FALSE(is_attached(plan));
}

TEST_CASE("history names each record in a list", "[command]") {
  Fixture at;
  const auto a = at.customer("A");
  const auto b = at.customer("B");
  const auto both = at.with("customers", {b});
  REQUIRE(at.update("meeting", both, R"({"customers": )" + Fixture::text({a, b}) + "}"));
  at.ask(support::the_system(), [&](const query::Context& context) {
    const auto history = query::history(context, "meeting", both, 0, 10);
    REQUIRE(history);
    const auto& changes = history->entries[0].changes;
    const auto change = std::find_if(changes.begin(), changes.end(), [&](const auto& one) {
      return at.object("meeting").field(one.slot).name == "customers";
    });
    REQUIRE(change != changes.end());
    CHECK(change->before_titles == std::vector<std::string>{"B"});
    CHECK(change->after_titles == std::vector<std::string>{"A", "B"});
  });
}

TEST_CASE("one of several does not take the record along", "[command]") {
  RunningApplication running(support::billing());
  const auto published = running.publish(billing_with("objects/meeting.json", meeting("cascade")));
  CHECK(told(published).find("contradiction") != std::string::npos);
}

TEST_CASE("nothing is sorted or grouped by several, and no filter looks behind them", "[command]") {
  Fixture at;
  CHECK(told(at.list({.object = "meeting", .fields = {}, .sort = {"customers"}})) ==
        "invalid sort:not_ordered");
  CHECK(told(at.list({.object = "meeting", .fields = {}, .sort = {"customers.name"}})) ==
        "invalid sort:several");
  CHECK(at.found("customers.name = \"A\"").find("formula.type") != std::string::npos);
  CHECK(told(at.list({.object = "meeting", .fields = {"customers.nothing"}})) ==
        "invalid fields:unknown_field");
}

TEST_CASE("a rule says which records a list may hold; an old one that does not fit is a warning",
          "[command]") {
  Fixture at;
  const auto anna = at.customer("Anna");
  const auto bert = at.customer("Bert");
  const auto about =
      at.made("meeting", R"({"topic": "Anna", "customers": )" + Fixture::text({anna}) + "}");
  auto files = billing_with("objects/meeting.json", meeting());
  files["rules/others.json"] = R"json({"name": "others", "object": "meeting",
    "when": "NOT(ISBLANK(topic))", "effect": "options", "field": "customers",
    "filter": "name <> $record.topic", "message": "Not whom it is about."})json";
  REQUIRE(told(at.publish(files)).empty());
  // Another one is added: the old one is told, and stays.
  const auto added =
      at.update("meeting", about, R"({"customers": )" + Fixture::text({anna, bert}) + "}");
  REQUIRE(added);
  REQUIRE(added->warnings.size() == 1);
  CHECK(added->warnings[0].at == "customers");
  CHECK(added->warnings[0].rule == "others");
  CHECK(at.customers(about) == "[\"" + text_of(anna) + "\",\"" + text_of(bert) + "\"]");
  // An input of the rule changes, or one is added that does not fit.
  CHECK(told(at.update("meeting", about, R"({"topic": "Bert"})")) == "invalid customers:others");
  CHECK(told(at.create("meeting",
                       R"({"topic": "Bert", "customers": )" + Fixture::text({anna, bert}) + "}")) ==
        "invalid customers:others");
  CHECK(at.create("meeting",
                  R"({"topic": "Carl", "customers": )" + Fixture::text({anna, bert}) + "}"));
  CHECK(at.create("meeting", R"({"topic": null, "customers": )" + Fixture::text({anna}) + "}"));
}

}  // namespace tenon::command
