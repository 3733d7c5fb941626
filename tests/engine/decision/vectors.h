// Reads the tables in tests/vectors/decision: an object `thing` with the fields of the file, and a
// decision table over it.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/decision/decide.h"
#include "engine/json/layout.h"

namespace tenon::decision::support {

inline json::Document read_vectors(const std::string& name) {
  const std::string path = TENON_SOURCE_DIR "/tests/vectors/decision/" + name + ".json";
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file);
  auto document = json::Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  INFO((document ? "" : describe(document.error())));
  REQUIRE(document);
  return document.take();
}

inline std::string text_of(json::Reader reader) {
  json::Writer writer;
  json::copy(reader, writer);
  return writer.take();
}

inline metadata::Files files_with(const std::string& fields, const std::string& table) {
  return {{"bundle.json", R"({"format": 1, "name": "test", "version": "1", "label": "Test"})"},
          {"objects/thing.json",
           R"({"name": "thing", "label": "Thing", "label_plural": "Things", "title_field": "title",
               "fields": )" +
               fields + "}"},
          {"tables/t.json", table}};
}

// The same, with the objects that the vectors name beside `thing`.
inline metadata::Files files_of(json::Reader vectors, const std::string& table) {
  metadata::Files files = files_with(text_of(vectors.at("fields")), table);
  if (const auto objects = vectors.member("objects")) {
    for (const json::Reader object : *objects) {
      files["objects/" + std::string(object.name()) + ".json"] = text_of(object);
    }
  }
  return files;
}

// A bundle with its one table, compiled.
struct Asked {
  explicit Asked(const metadata::Files& files) {
    auto loaded = metadata::load(files, &metadata::system_bundle());
    if (!loaded) FAIL(describe(loaded.error()));
    bundle = loaded.take();
    auto compiled = compile(bundle, bundle.tables.front(), metadata::BundleNames(bundle), needs);
    if (!compiled) FAIL(describe(compiled.error()));
    table = compiled.take();
  }

  const metadata::Object& thing() const { return *bundle.find("thing"); }

  // The fields of a record, as the API writes them.
  Values values(json::Reader given) const {
    Values values(thing().fields.size());
    for (const json::Reader member : given) {
      const metadata::Field* field = thing().find(member.name());
      REQUIRE(field != nullptr);
      const auto value = parse(member, metadata::type_of(*field));
      REQUIRE(value);
      values[static_cast<std::size_t>(field - thing().fields.data())] = *value;
    }
    return values;
  }

  metadata::Bundle bundle;
  formula::Needs needs;
  std::optional<Table> table;
};

inline formula::Scope scope_of(const Values& values) {
  formula::Scope scope;
  scope.fields = values;
  scope.today = *parse_date("2026-11-23");
  scope.now = *parse_datetime("2026-11-23T09:30:00Z");
  return scope;
}

inline std::vector<int> numbers(json::Reader array) {
  std::vector<int> numbers;
  for (const json::Reader item : array) numbers.push_back(static_cast<int>(*item.integer()));
  return numbers;
}

inline std::vector<std::string> texts(json::Reader array) {
  std::vector<std::string> texts;
  for (const json::Reader item : array) texts.emplace_back(*item.text());
  return texts;
}

}  // namespace tenon::decision::support
