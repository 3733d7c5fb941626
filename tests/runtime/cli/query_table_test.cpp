#include "runtime/cli/query_table.h"

#include <catch2/catch.hpp>

using tenon::cli::table_of;
using tenon::json::Document;

TEST_CASE("An answer is a table with labels, numbers to the right and the totals below") {
  const auto answer = Document::parse(R"({"columns": [
      {"name": "state", "label": "State", "type": "choice", "group": true,
       "options": [{"name": "open", "label": "待处理"}, {"name": "paid", "label": "Paid"}]},
      {"name": "count", "label": "Count", "type": "integer", "group": false, "scale": 0},
      {"name": "share", "label": "Share", "type": "percent", "group": false, "scale": 4}],
    "rows": [["open", 500, "0.0568"], ["paid", 4238, null]], "totals": [null, 4738, "0.6315"]})");
  CHECK(table_of(answer->root()) ==
        "State   Count    Share\n"
        "待处理    500   5.68 %\n"
        "Paid     4238        -\n"
        "Total    4738  63.15 %\n");
}

TEST_CASE("An answer without groups is one line") {
  const auto answer = Document::parse(R"({"columns": [
      {"name": "owner", "label": "First", "type": "user", "group": false},
      {"name": "count", "label": "Count", "type": "integer", "group": false, "scale": 0}],
    "rows": [], "totals": [{"id": "039YEBYQ8001T", "name": "Ann"}, 7]})");
  CHECK(table_of(answer->root()) == "First  Count\nAnn        7\n");
}
