// Records as JSON: flat, with what was asked behind references nested inside them.
#pragma once

#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/json/writer.h"
#include "engine/query/list.h"

namespace tenon::api {

// How the outputs of a page nest; worked out once for all of its rows.
class PageShape {
 public:
  explicit PageShape(const query::Page& page);
  void write(json::Writer& writer, std::size_t row, bool with_may) const;

 private:
  struct Node {
    std::string name;
    std::size_t output;
    std::vector<Node> children;
  };
  void add(std::vector<Node>& nodes, const std::string& path, std::size_t output);
  void write_node(json::Writer& writer, const Node& node, const Values& row) const;

  const query::Page& page_;
  std::vector<Node> nodes_;
};

// {"records": [...], "next": …, "count"?: n}
std::string page_json(const query::Page& page, bool with_may);
std::string record_json(const query::Page& page, bool with_may);

// A record just written, as far as the actor may read it.
std::string record_json(const application::Object& object, const record::Record& record,
                        const permission::Rights& rights);

}  // namespace tenon::api
