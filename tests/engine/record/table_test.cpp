#include "engine/record/table.h"

#include "tests/engine/record/fixture.h"

namespace tenon::record {
namespace {

const std::string kEveryKind = R"(,
  {"name": "size", "label": "S", "type": "money"},
  {"name": "is_new", "label": "N", "type": "boolean"},
  {"name": "day", "label": "D", "type": "date"},
  {"name": "hour", "label": "H", "type": "time"},
  {"name": "moment", "label": "M", "type": "datetime"},
  {"name": "other", "label": "O", "type": "reference", "to": "thing"},
  {"name": "tags", "label": "T", "type": "choices",
   "options": [{"name": "red", "label": "R"}, {"name": "green", "label": "G"}]},
  {"name": "extra", "label": "E", "type": "json"})";

Values every_kind() {
  return {Value{"a'b\"c 字"},
          *Decimal::parse("-12.34"),
          Value{true},
          Value{Date{20'000}},
          Value{Time{3'661}},
          Value{DateTime{1'800'000'000'123}},
          Value{RecordId{7}},
          Value{TextList{{"red", "green"}}},
          Value{Json{R"({"a":[1,null]})"}}};
}

}  // namespace

TEST_CASE("a record comes back as it was kept, of every kind", "[record]") {
  Fixture at;
  at.publish(thing(kEveryKind));
  at.insert_thing(1, every_kind());
  at.insert_thing(2, Values(9));

  const auto one = at.record(1);
  REQUIRE(one);
  CHECK(one->fields == every_kind());
  CHECK(one->version == 1);
  CHECK(one->created_at.ms == 1'800'000'000'000);
  CHECK(one->created_by == RecordId{5});
  CHECK(at.record(2)->fields == Values(9));
  CHECK_FALSE(at.record(3));
}

TEST_CASE("an update writes what differs, the version, and who it was", "[record]") {
  Fixture at;
  at.publish(thing(kEveryKind));
  at.insert_thing(1, every_kind());
  const auto before = *at.record(1);
  Record after = before;
  after.version = 2;
  after.updated_at = {1'900'000'000'000};
  after.updated_by = {6};
  after.fields[0] = Value{};
  after.fields[1] = *Decimal::parse("5");
  at.write([&](storage::Transaction& tx) { CHECK_FALSE(update(tx, at.table, before, after)); });

  const auto found = *at.record(1);
  CHECK(found.fields == after.fields);
  CHECK(found.version == 2);
  CHECK(found.updated_at.ms == 1'900'000'000'000);
  CHECK(found.updated_by == RecordId{6});
  CHECK(found.created_by == RecordId{5});
}

TEST_CASE("a clash names the columns and writes nothing", "[record]") {
  Fixture at;
  at.publish(thing("", R"(, "unique": [["name"]])"));
  CHECK(at.insert_thing(1, {Value{"a"}}));
  CHECK(at.insert_thing(2, {Value{}}));
  CHECK(at.insert_thing(3, {Value{}}));  // Nothing is not the same as nothing.
  at.write([&](storage::Transaction& tx) {
    const auto clash = insert(tx, at.table, Fixture::record_of(4, {Value{"a"}}));
    REQUIRE(clash);
    CHECK(clash->columns == std::vector<std::string>{"f_name"});
    const auto two = *read(tx, at.table, RecordId{2});
    Record after = two;
    after.fields[0] = Value{"a"};
    CHECK(update(tx, at.table, two, after));
  });
  CHECK_FALSE(at.record(4));
  CHECK(is_empty(at.record(2)->fields[0]));
}

TEST_CASE("an erased record is not found, frees what was unique, and its id stays taken",
          "[record]") {
  Fixture at;
  at.publish(thing("", R"(, "unique": [["name"]])"));
  at.insert_thing(8, {Value{"a"}});
  at.write([&](storage::Transaction& tx) {
    erase(tx, at.table, RecordId{8}, 2, DateTime{1'900'000'000'000}, RecordId{6});
  });
  CHECK_FALSE(at.record(8));
  CHECK(at.integer("SELECT version FROM r_thing") == 2);
  CHECK(at.insert_thing(7, {Value{"a"}}));
  at.write([&](storage::Transaction& tx) { CHECK(highest_id(tx, at.table) == 8); });
}

TEST_CASE("records that refer to another are found, those erased are not", "[record]") {
  Fixture at;
  at.publish(thing(R"(, {"name": "other", "label": "O", "type": "reference", "to": "thing"})"));
  at.insert_thing(1, {Value{"a"}, Value{}});
  for (const std::int64_t id : {2, 3, 4}) at.insert_thing(id, {Value{"b"}, Value{RecordId{1}}});
  at.write([&](storage::Transaction& tx) {
    erase(tx, at.table, RecordId{3}, 2, {}, {});
    CHECK(referring(tx, at.table, 1, RecordId{1}, 10) ==
          std::vector<RecordId>{RecordId{2}, RecordId{4}});
    CHECK(referring(tx, at.table, 1, RecordId{1}, 1).size() == 1);
    CHECK(referring(tx, at.table, 1, RecordId{2}, 10).empty());
  });
}

TEST_CASE("a match answers at most two, and never what is empty", "[record]") {
  Fixture at;
  at.publish(thing(""));
  for (const std::int64_t id : {1, 2, 3}) at.insert_thing(id, {Value{"b"}});
  at.insert_thing(4, {Value{"B"}});
  at.insert_thing(5, {Value{}});
  at.write([&](storage::Transaction& tx) {
    CHECK(matching(tx, at.table, 0, Value{"b"}).size() == 2);
    CHECK(matching(tx, at.table, 0, Value{"B"}) == std::vector<RecordId>{RecordId{4}});
    CHECK(matching(tx, at.table, 0, Value{}).empty());
    CHECK(matching(tx, at.table, 0, Value{"c"}).empty());
  });
}

TEST_CASE("an empty table has no highest id", "[record]") {
  Fixture at;
  at.publish(thing(""));
  at.write([&](storage::Transaction& tx) { CHECK(highest_id(tx, at.table) == 0); });
}

}  // namespace tenon::record
