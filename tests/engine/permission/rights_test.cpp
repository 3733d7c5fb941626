#include "engine/permission/rights.h"

#include <catch2/catch.hpp>

#include "tests/engine/metadata/small_bundle.h"

namespace tenon::permission {
namespace {

using metadata::support::billing;
using metadata::support::loaded;

std::string role(const std::string& name, const std::string& objects) {
  return R"({"name": ")" + name + R"(", "label": ")" + name + R"(", "objects": )" + objects + "}";
}

// Billing with these roles: `reader`, `writer`, `narrow`, `boss`, `all`.
metadata::Bundle bundle() {
  auto files = billing();
  files["roles/reader.json"] = role("reader", R"({"invoice": {"read": "own"}})");
  files["roles/writer.json"] = role("writer", R"({"invoice": {"read": "team", "create": true,
      "update": "own", "fields": {"total": "read", "due_on": "none"}}})");
  files["roles/narrow.json"] = role("narrow", R"({"invoice": {"read": "own", "update": "all",
      "fields": {"number": "none", "due_on": "write"}}})");
  files["roles/boss.json"] =
      R"({"name": "boss", "label": "Boss", "reports": ["*"],
          "objects": {"invoice": {"read": "department", "delete": "team"}}})";
  files["roles/all.json"] = role("all", "\"*\"");
  return loaded(files);
}

struct Fixture {
  metadata::Bundle whole = bundle();

  std::size_t place(std::string_view name) const {
    return static_cast<std::size_t>(whole.find(name) - whole.objects.data());
  }
  int slot(std::string_view field) const {
    const auto* object = whole.find("invoice");
    return static_cast<int>(object->find(field) - object->fields.data());
  }
  ObjectRights invoice(std::vector<std::string> roles) const {
    return rights_of(whole, roles).objects[place("invoice")];
  }
};

Actor actor(std::int64_t user, std::vector<std::int64_t> team = {},
            std::vector<std::int64_t> department = {}) {
  Actor actor;
  actor.user = {user};
  actor.team = std::move(team);
  actor.department = std::move(department);
  actor.team_and_department = {5, 6, 7};
  return actor;
}

}  // namespace

TEST_CASE("nothing is granted without a role, by one that is unknown, or beyond it",
          "[permission]") {
  const Fixture at;
  for (const auto& roles : {std::vector<std::string>{}, {"nobody"}, {"reader"}}) {
    const auto rights = rights_of(at.whole, roles);
    const auto& customer = rights.objects[at.place("customer")];
    CHECK_FALSE(rights.everything);
    CHECK(customer.read == Reach::none);
    CHECK_FALSE(customer.may_read(0));
  }
  CHECK(at.invoice({}).read == Reach::none);
}

TEST_CASE("a role that reads reads every field, and writes none", "[permission]") {
  const Fixture at;
  const auto rights = at.invoice({"reader"});
  CHECK(rights.read == Reach::own);
  CHECK_FALSE(rights.create);
  CHECK(rights.update == Reach::none);
  CHECK(rights.erase == Reach::none);
  CHECK(rights.may_read(at.slot("total")));
  CHECK_FALSE(rights.may_write(at.slot("total")));
}

TEST_CASE("fields that are named have less; a formula is never written", "[permission]") {
  const Fixture at;
  const auto rights = at.invoice({"writer"});
  CHECK(rights.may_write(at.slot("number")));
  CHECK(rights.may_read(at.slot("total")));
  CHECK_FALSE(rights.may_write(at.slot("total")));
  CHECK_FALSE(rights.may_read(at.slot("due_on")));
  CHECK(rights.may_read(at.slot("tax")));
  CHECK_FALSE(rights.may_write(at.slot("tax")));
}

TEST_CASE("system fields are read with the record, and never written", "[permission]") {
  const Fixture at;
  CHECK(at.invoice({"reader"}).may_read(-1));
  CHECK_FALSE(at.invoice({"all"}).may_write(-1));
}

TEST_CASE("several roles add up, object by object and field by field", "[permission]") {
  const Fixture at;
  const auto rights = at.invoice({"writer", "narrow", "boss"});
  CHECK(rights.read == Reach::team_and_department);
  CHECK(rights.create);
  CHECK(rights.update == Reach::all);
  CHECK(rights.erase == Reach::team);
  CHECK(rights.may_write(at.slot("number")));  // By the writer.
  CHECK(rights.may_write(at.slot("due_on")));  // By the narrow one.
  CHECK(rights.may_write(at.slot("total")));   // The narrow one does not name it.
  // Reading a field by one role and writing the object by another is not writing the field.
  CHECK_FALSE(at.invoice({"reader", "writer"}).may_write(at.slot("due_on")));
}

TEST_CASE("a team by one role and a department by another are both", "[permission]") {
  const Fixture at;
  CHECK(at.invoice({"boss", "writer"}).read == Reach::team_and_department);
  CHECK(at.invoice({"boss", "writer", "reader"}).read == Reach::team_and_department);
  CHECK(at.invoice({"boss", "writer", "all"}).read == Reach::all);
  const Actor anna = actor(5, {5, 6}, {5, 7});
  CHECK(reaches(Reach::team_and_department, anna, RecordId{6}));
  CHECK(reaches(Reach::team_and_department, anna, RecordId{7}));
  CHECK_FALSE(reaches(Reach::team_and_department, anna, RecordId{8}));
}

TEST_CASE("a role of everything is everything, whatever stands beside it", "[permission]") {
  const Fixture at;
  const auto rights = rights_of(at.whole, std::vector<std::string>{"narrow", "all"});
  CHECK(rights.everything);
  for (const auto& object : rights.objects) CHECK(object.read == Reach::all);
  CHECK(rights.objects[at.place("invoice")].may_write(at.slot("number")));
  CHECK_FALSE(rights.objects[at.place("invoice")].may_write(at.slot("tax")));
}

TEST_CASE("reach is measured at the owner", "[permission]") {
  const Actor anna = actor(5, {5, 6}, {5, 6, 7});
  CHECK_FALSE(reaches(Reach::none, anna, RecordId{5}));
  CHECK(reaches(Reach::own, anna, RecordId{5}));
  CHECK_FALSE(reaches(Reach::own, anna, RecordId{6}));
  CHECK(reaches(Reach::team, anna, RecordId{6}));
  CHECK_FALSE(reaches(Reach::team, anna, RecordId{7}));
  CHECK(reaches(Reach::department, anna, RecordId{7}));
  CHECK_FALSE(reaches(Reach::department, anna, RecordId{8}));
  CHECK(reaches(Reach::all, anna, RecordId{8}));
}

TEST_CASE("a record without an owner is within no reach but all", "[permission]") {
  const Actor anna = actor(5, {5}, {5});
  for (const Reach reach : {Reach::own, Reach::team, Reach::department}) {
    CHECK_FALSE(reaches(reach, anna, RecordId{}));
  }
  CHECK(reaches(Reach::all, anna, RecordId{}));
}

TEST_CASE("the system reaches everything", "[permission]") {
  const Actor system = system_actor(Surface::system, "a test");
  CHECK(reaches(Reach::none, system, RecordId{5}));
  CHECK(row_filter(Reach::none, system).kind == RowFilter::Kind::all);
}

TEST_CASE("a filter of rows says the same as reach", "[permission]") {
  const Actor anna = actor(5, {5, 6}, {5, 6, 7});
  CHECK(row_filter(Reach::none, anna).kind == RowFilter::Kind::none);
  CHECK(row_filter(Reach::all, anna).kind == RowFilter::Kind::all);
  const auto team = row_filter(Reach::team, anna);
  CHECK(team.kind == RowFilter::Kind::team);
  CHECK(std::vector<std::int64_t>(team.owners.begin(), team.owners.end()) ==
        std::vector<std::int64_t>{5, 6});
}

}  // namespace tenon::permission
