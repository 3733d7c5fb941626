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
    for (int slot = 0; slot < static_cast<int>(object().fields.size()); ++slot) compile_field(slot);
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

  // Works out the formula fields; what cannot be is empty.
  void derive(Values& fields, Date today) const {
    for (std::size_t pass = 0; pass < derived_.size(); ++pass) {
      for (const auto& [slot, formula] : derived_) {
        formula::Scope scope;
        scope.fields = fields;
        scope.today = today;
        const auto place = static_cast<std::size_t>(slot);
        auto value = formula.evaluate(scope);
        if (value) value = coerce(metadata::type_of(object().fields[place]), value.take());
        fields[place] = value ? value.take() : Value{};
      }
    }
  }

  metadata::Bundle bundle;
  formula::Needs needs;
  Program program;

 private:
  void compile_field(int slot) {
    const metadata::Field& field = object().fields[static_cast<std::size_t>(slot)];
    if (field.formula.empty()) return;
    auto formula =
        formula::compile(field.formula, object().id, metadata::BundleNames(bundle), needs);
    if (!formula) throw Fault(describe(formula.error()));
    derived_.emplace_back(slot, formula.take());
  }

  std::vector<std::pair<int, formula::Formula>> derived_;
};

}  // namespace tenon::rule
