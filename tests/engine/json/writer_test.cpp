#include "engine/json/writer.h"

#include <catch2/catch.hpp>

namespace tenon::json {

TEST_CASE("compact JSON has no blanks", "[json]") {
  Writer writer;
  writer.begin_object().key("a").integer(1).key("b").begin_array();
  writer.text("x\"\n").raw("1.50").null().boolean(true).end_array().end_object();
  CHECK(writer.take() == "{\"a\":1,\"b\":[\"x\\\"\\n\",1.50,null,true]}");
}

TEST_CASE("indented JSON uses two blanks", "[json]") {
  Writer writer(Layout::indented);
  writer.begin_object().key("a").text("\u5408\u540c").end_object();
  CHECK(writer.view() == "{\n  \"a\": \"\u5408\u540c\"\n}");
}

}  // namespace tenon::json
