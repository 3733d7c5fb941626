#include "tests/runtime/server/ledger.h"

namespace tenon::server::test {
namespace {

std::string extra(int version) {
  const std::string name = "extra_" + std::to_string(version);
  return R"(, {"name": ")" + name + R"(", "label": ")" + name +
         R"(", "type": "text", "default": "there"})";
}

}  // namespace

metadata::Files ledger(int version) {
  const std::string number = std::to_string(version);
  const std::string fields = R"(
    {"name": "marker", "label": "Marker", "type": "text"},
    {"name": "parent", "label": "Parent", "type": "reference", "to": "entry",
     "on_delete": "cascade"},
    {"name": "pairs", "label": "Pairs", "type": "integer", "default": "0"},
    {"name": "number", "label": "Number", "type": "auto_number", "pattern": "E{000000}",
     "gapless": true},
    {"name": "value", "label": "Value", "type": "integer", "default": "0"},
    {"name": "scaled", "label": "Scaled", "type": "formula", "scale": 0, "formula": "pairs * )" +
                             number + R"("})" + (version > 1 ? extra(version - 1) : "") +
                             extra(version);
  return {{"bundle.json", R"({"format": 1, "name": "ledger", "version": ")" + number +
                              R"(", "label": "Ledger )" + number + R"("})"},
          {"objects/entry.json",
           R"({"name": "entry", "label": "Entry", "label_plural": "Entries",
"title_field": "marker", "fields": [)" +
               fields + R"(], "indexes": [["marker"], ["extra_)" + number + R"("]]})"}};
}

}  // namespace tenon::server::test
