// A bundle of one object with rules, compiled; and drafts of its records out of JSON.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "engine/json/document.h"
#include "engine/rule/judge.h"

namespace tenon::rule {

class ObjectOfRules {
 public:
  // `fields`: those of an object's file, a text `title` among them; `rules`: the members of their
  // files but name, object and order.
  ObjectOfRules(const std::string& fields, const std::vector<std::string>& rules) {
    metadata::Files files = {
        {"bundle.json", R"({"format": 1, "name": "forms", "version": "1", "label": "Forms"})"},
        {"objects/form.json",
         R"({"name": "form", "label": "Form", "label_plural": "Forms", "title_field": "title",
             "fields": [)" +
             fields + "]}"}};
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const std::string name = "rule_" + std::to_string(i);
      files["rules/" + name + ".json"] = R"({"name": ")" + name +
                                         R"(", "object": "form", "order": )" + std::to_string(i) +
                                         ", " + rules[i] + "}";
    }
    auto loaded = metadata::load(files, &metadata::system_bundle());
    if (!loaded) throw Fault(describe(loaded.error()));
    bundle = loaded.take();
    auto compiled = compile(bundle, object(), metadata::BundleNames(bundle), needs);
    if (!compiled) throw Fault(describe(compiled.error()));
    program = compiled.take();
  }

  const metadata::Object& object() const { return *bundle.find("form"); }
  int slot(std::string_view field) const {
    return static_cast<int>(object().find(field) - object().fields.data());
  }

  Values values(const std::string& json) const {
    const auto document = json::Document::parse(json);
    REQUIRE(document);
    return values(document->root());
  }
  Values values(json::Reader reader) const {
    Values values(object().fields.size());
    for (const json::Reader member : reader) {
      const metadata::Field* field = object().find(member.name());
      REQUIRE(field != nullptr);
      auto value = parse(member, metadata::type_of(*field));
      INFO((value ? "" : describe(value.error())));
      REQUIRE(value);
      values[static_cast<std::size_t>(slot(member.name()))] = value.take();
    }
    return values;
  }

  metadata::Bundle bundle;
  formula::Needs needs;
  Program program;
};

}  // namespace tenon::rule
