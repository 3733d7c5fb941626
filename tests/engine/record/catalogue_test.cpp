#include "engine/record/catalogue.h"

#include "tests/engine/record/fixture.h"

namespace tenon::record {
namespace {

const std::string kSize = R"(, {"name": "size", "label": "Size", "type": "decimal", "scale": 2})";
const std::string kSizeText = R"(, {"name": "size", "label": "Size", "type": "text"})";

Value number(const char* text) { return *Decimal::parse(text); }

}  // namespace

TEST_CASE("a new object gets a table and a column for each kept field", "[record]") {
  Fixture at;
  CHECK(at.publish(thing(kSize)) ==
        "adds the table of thing; adds the column of thing.name; adds the column of thing.size");
  CHECK(at.publish(thing(kSize)).empty());
  CHECK(at.planned(thing(kSize))->statements.empty());
}

TEST_CASE("a formula that is computed on read has no column", "[record]") {
  Fixture at;
  at.publish(thing(kSize + R"(, {"name": "twice", "label": "Twice", "type": "formula",
                                 "formula": "size * 2"})"));
  CHECK(at.table.slots == 3);
  CHECK(at.table.columns.size() == 2);
}

TEST_CASE("a field that goes away leaves its column, and finds its data again", "[record]") {
  Fixture at;
  at.publish(thing(kSize));
  at.insert_thing(1, {Value{"a"}, number("1.50")});
  CHECK(at.publish(thing("")) == "retires the column of thing.size");
  CHECK(at.publish(thing("")).empty());
  CHECK(at.publish(thing(kSize)).empty());
  CHECK(at.record(1)->fields[1] == number("1.5"));
}

TEST_CASE("a field that comes back as another kind gets another column", "[record]") {
  Fixture at;
  at.publish(thing(kSize));
  at.insert_thing(1, {Value{"a"}, number("1")});
  at.publish(thing(""));
  CHECK(at.publish(thing(kSizeText)) == "adds the column of thing.size");
  CHECK(is_empty(at.record(1)->fields[1]));
}

TEST_CASE("another kind is refused, also where an old column would fit", "[record]") {
  Fixture at;
  at.publish(thing(kSize));
  CHECK(at.publish(thing(kSizeText)) == "type_change");
  at.publish(thing(""));
  at.publish(thing(kSizeText));
  CHECK(at.publish(thing(kSize)) == "type_change");
}

TEST_CASE("a scale may grow, with what is kept, and not fall", "[record]") {
  Fixture at;
  at.publish(thing(kSize));
  at.insert_thing(1, {Value{"a"}, number("1.25")});
  const std::string four = R"(, {"name": "size", "label": "S", "type": "decimal", "scale": 4})";
  CHECK(at.publish(thing(four)) == "widens the column of thing.size");
  CHECK(at.record(1)->fields[1] == number("1.25"));
  CHECK(at.integer("SELECT f_size FROM r_thing") == 12'500);
  CHECK(at.publish(thing(kSize)) == "type_change");
}

TEST_CASE("a renamed field keeps its column", "[record]") {
  Fixture at;
  at.publish(thing(kSize));
  at.insert_thing(1, {Value{"a"}, number("1.25")});
  CHECK(at.publish(thing(R"(, {"id": "size", "name": "width", "label": "W", "type": "decimal",
                               "scale": 2})"))
            .empty());
  CHECK(at.record(1)->fields[1] == number("1.25"));
}

TEST_CASE("a unique index that rows break is a clash", "[record]") {
  Fixture at;
  at.publish(thing(kSize));
  at.insert_thing(1, {Value{"a"}, number("1")});
  at.insert_thing(2, {Value{"a"}, number("2")});
  CHECK(at.publish(thing(kSize, R"(, "unique": [["size"]])")).empty());
  CHECK(at.publish(thing(kSize, R"(, "unique": [["name"]])")) == "clash");
}

TEST_CASE("an index that nobody names any more goes", "[record]") {
  Fixture at;
  const std::string count =
      "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name "
      "= 'r_thing'";
  at.publish(thing(kSize));
  const auto before = at.integer(count);
  at.publish(thing(kSize, R"(, "unique": [["size"]])"));
  CHECK(at.integer(count) == before + 1);
  at.publish(thing(kSize));
  CHECK(at.integer(count) == before);
  at.insert_thing(1, {Value{"a"}, number("1")});
  CHECK(at.insert_thing(2, {Value{"b"}, number("1")}));
}

TEST_CASE("the catalogue is read as it was kept", "[record]") {
  Fixture at;
  at.publish(thing(kSize, R"(, "indexes": [["size"]])"));
  Catalogue catalogue;
  at.write([&](storage::Transaction& tx) { catalogue = read_catalogue(tx); });
  REQUIRE(catalogue.table("thing") != nullptr);
  CHECK(catalogue.table("nothing") == nullptr);
  const auto* column = catalogue.column("thing", "size");
  REQUIRE(column != nullptr);
  CHECK(column->kind == Kind::number);
  CHECK(column->scale == 2);
  CHECK(catalogue.column("thing", "width") == nullptr);
}

}  // namespace tenon::record
