// A plan is made for a question and a set of rights, and kept: nothing of the one who asked first,
// nor of when or how far, may stick to it.
#include <algorithm>

#include "tests/engine/query/published.h"

namespace tenon::query {
namespace {

metadata::Files files(const std::string& secret_right) {
  return {{"bundle.json", R"({"format": 1, "name": "small", "version": "1", "label": "Small",
                          "time_zone": "UTC"})"},
          {"objects/note.json", R"({
        "name": "note", "label": "Note", "label_plural": "Notes", "title_field": "title",
        "ownership": {"field": "owner"},
        "fields": [
          {"name": "title", "label": "Title", "type": "text"},
          {"name": "owner", "label": "Owner", "type": "user"},
          {"name": "due_on", "label": "Due", "type": "date"},
          {"name": "secret", "label": "Secret", "type": "text"}],
        "indexes": [["owner", "due_on"]]})"},
          {"roles/clerk.json", R"({"name": "clerk", "label": "Clerk", "objects": {
        "note": {"read": "own", "fields": {"secret": ")" +
                                   secret_right + R"("}}}})"},
          {"roles/head.json", R"({"name": "head", "label": "Head", "objects": {
        "note": {"read": "team"}}})"},
          {"roles/board.json", R"({"name": "board", "label": "Board", "objects": {
        "note": {"read": "all"}}})"}};
}

struct Fixture : Published {
  Fixture() : Published(files("none")) {
    ann = add_user("ann");
    bob = add_user("bob");
  }

  RecordId add_user(const std::string& name) {
    return create("user", R"({"login": ")" + name + R"(", "name": ")" + name + "\"}");
  }

  RecordId add_note(const std::string& title, RecordId owner, const std::string& due_on = "") {
    return create("note", R"({"title": ")" + title + R"(", "secret": "s", "owner": ")" +
                              text_of(owner) + R"(", "due_on": ")" + due_on + "\"}");
  }

  std::vector<std::string> titles(const Actor& actor, const ListRecords& question) {
    const auto page = list(actor, question);
    REQUIRE(page);
    std::vector<std::string> titles;
    for (const Values& row : page->rows) titles.push_back(std::get<std::string>(row[2]));
    return titles;
  }

  RecordId ann;
  RecordId bob;
};

Actor person(RecordId user, const std::string& role, std::vector<std::int64_t> team = {}) {
  Actor actor;
  actor.user = user;
  actor.roles = {role};
  actor.team = std::move(team);
  return actor;
}

ListRecords question() {
  ListRecords question;
  question.object = "note";
  question.fields = {"title"};
  question.sort = {"title"};
  return question;
}

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("the same question answers each with the own records only", "[query]") {
  Fixture fixture;
  fixture.add_note("of ann", fixture.ann);
  fixture.add_note("of bob", fixture.bob);

  CHECK(fixture.titles(person(fixture.ann, "clerk"), question()) == Titles{"of ann"});
  CHECK(fixture.titles(person(fixture.bob, "clerk"), question()) == Titles{"of bob"});
}

TEST_CASE("a record that one could read is not there for another", "[query]") {
  Fixture fixture;
  const RecordId note = fixture.add_note("of ann", fixture.ann);
  REQUIRE(fixture.read(person(fixture.ann, "clerk"), "note", note));

  const auto page = fixture.read(person(fixture.bob, "clerk"), "note", note);

  REQUIRE_FALSE(page);
  CHECK(page.error().code == ErrorCode::not_found);
}

TEST_CASE("the same question reaches as far as the team of who asks", "[query]") {
  Fixture fixture;
  fixture.add_note("of ann", fixture.ann);
  fixture.add_note("of bob", fixture.bob);
  const auto both = person(fixture.ann, "head", {fixture.ann.value, fixture.bob.value});

  CHECK(fixture.titles(both, question()) == Titles{"of ann", "of bob"});
  CHECK(fixture.titles(person(fixture.bob, "head", {fixture.bob.value}), question()) ==
        Titles{"of bob"});
}

TEST_CASE("a field that another role could ask for stays unknown", "[query]") {
  Fixture fixture;
  fixture.add_note("of ann", fixture.ann);
  ListRecords asked = question();
  asked.filter = "secret = \"s\"";
  REQUIRE(fixture.titles(person(fixture.ann, "board"), asked).size() == 1);

  CHECK_FALSE(fixture.list(person(fixture.ann, "clerk"), asked));
  asked.filter = "";
  asked.fields = {"title", "secret"};
  REQUIRE(fixture.titles(person(fixture.ann, "board"), asked).size() == 1);
  CHECK_FALSE(fixture.list(person(fixture.ann, "clerk"), asked));
}

TEST_CASE("a field given to a role by a publish is there, and gone with the next", "[query]") {
  Fixture fixture;
  fixture.add_note("of ann", fixture.ann);
  ListRecords asked = question();
  asked.filter = "secret = \"s\"";
  const Actor ann = person(fixture.ann, "clerk");
  REQUIRE_FALSE(fixture.list(ann, asked));

  fixture.publish(files("read"));
  CHECK(fixture.titles(ann, asked) == Titles{"of ann"});

  fixture.publish(files("none"));
  CHECK_FALSE(fixture.list(ann, asked));
}

TEST_CASE("who asks and what day it is are told anew each time", "[query]") {
  Fixture fixture;
  fixture.add_note("of ann", fixture.ann, "2027-01-20");
  fixture.add_note("of bob", fixture.bob, "2027-01-20");
  ListRecords asked = question();
  asked.filter = "AND(owner = $user, due_on > $today)";

  CHECK(fixture.titles(person(fixture.ann, "board"), asked) == Titles{"of ann"});
  CHECK(fixture.titles(person(fixture.bob, "board"), asked) == Titles{"of bob"});
  fixture.clock.ms += 30LL * 24 * 3600 * 1000;
  CHECK(fixture.titles(person(fixture.bob, "board"), asked) == Titles{});
}

TEST_CASE("words, limit and count are told anew each time", "[query]") {
  Fixture fixture;
  for (const char* title : {"blue one", "blue two", "red"}) fixture.add_note(title, fixture.ann);
  const Actor ann = person(fixture.ann, "clerk");
  ListRecords asked = question();
  asked.count = Count::exact;
  asked.search = "blue";
  CHECK(fixture.titles(ann, asked) == Titles{"blue one", "blue two"});

  asked.search = "red";
  asked.limit = 1;
  CHECK(fixture.titles(ann, asked) == Titles{"red"});
  asked.search = "blue";
  const auto page = fixture.list(ann, asked);
  REQUIRE(page);
  CHECK(page->rows.size() == 1);
  CHECK(page->count == 2);
  CHECK_FALSE(page->next.empty());
}

TEST_CASE("pages put together are the whole list, with empty values in it", "[query]") {
  Fixture fixture;
  const char* days[] = {"", "2027-01-02", "2027-01-01", "", "2027-01-02", "2027-01-03"};
  for (const char* day : days) fixture.add_note(std::string("due ") + day, fixture.ann, day);
  const Actor ann = person(fixture.ann, "clerk");
  for (const char* sort : {"due_on", "-due_on"}) {
    CAPTURE(sort);
    ListRecords asked = question();
    asked.sort = {sort};
    const Titles whole = fixture.titles(ann, asked);
    asked.limit = 1;
    Titles together;
    do {
      const auto page = fixture.list(ann, asked);
      REQUIRE(page);
      together.push_back(std::get<std::string>(page->rows.at(0)[2]));
      asked.after = page->next;
    } while (!asked.after.empty());

    CHECK(whole.size() == 6);
    CHECK(together == whole);
  }
}

TEST_CASE("a question whose texts run together with another's is another question", "[query]") {
  Fixture fixture;
  fixture.add_note("of ann", fixture.ann);
  const Actor ann = person(fixture.ann, "board");
  ListRecords asked = question();
  asked.fields = {"title", "secret"};
  REQUIRE(fixture.list(ann, asked));

  asked.fields = {"titlesecret"};
  CHECK_FALSE(fixture.list(ann, asked));
}

}  // namespace tenon::query
