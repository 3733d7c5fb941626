#include "tests/engine/record/fixture.h"

namespace tenon::record {

TEST_CASE("a key is of one source and one object, and may move to another record", "[record]") {
  Fixture at;
  at.write([](storage::Transaction& tx) {
    CHECK_FALSE(find_external(tx, "legacy", "thing", "1"));
    keep_external(tx, "legacy", "thing", "1", RecordId{10});
    keep_external(tx, "legacy", "other", "1", RecordId{11});
    keep_external(tx, "newer", "thing", "1", RecordId{12});
    CHECK(find_external(tx, "legacy", "thing", "1") == RecordId{10});
    CHECK(find_external(tx, "legacy", "other", "1") == RecordId{11});
    CHECK(find_external(tx, "newer", "thing", "1") == RecordId{12});
    CHECK_FALSE(find_external(tx, "legacy", "thing", "2"));

    keep_external(tx, "legacy", "thing", "1", RecordId{13});
    CHECK(find_external(tx, "legacy", "thing", "1") == RecordId{13});
  });
}

}  // namespace tenon::record
