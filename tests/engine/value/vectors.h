// Reads the tables in tests/vectors/value, which the browser's twin reads too.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/json/document.h"
#include "engine/value/duration.h"
#include "engine/value/type.h"

namespace tenon::support {

inline json::Document read_json(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file);
  auto document = json::Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  INFO((document ? "" : describe(document.error())));
  REQUIRE(document);
  return document.take();
}

inline json::Document read_vectors(const std::string& name) {
  return read_json(TENON_SOURCE_DIR "/tests/vectors/value/" + name + ".json");
}

// By value: `for (… : *document.root().member("cases"))` would walk a place that is gone.
inline json::Reader cases_of(const json::Document& document) {
  const auto cases = document.root().member("cases");
  REQUIRE(cases);
  return *cases;
}

inline std::string text_in(json::Reader object, std::string_view member) {
  const auto found = object.member(member);
  if (!found || found->kind() != json::Kind::text) return "";
  return std::string(*found->text());
}

inline std::optional<Decimal> number_in(json::Reader object, std::string_view member) {
  const auto found = object.member(member);
  if (!found) return std::nullopt;
  const auto text = found->kind() == json::Kind::text ? *found->text() : *found->number_text();
  const auto seconds = parse_duration(text);  // Bounds are written as the values are.
  return seconds ? Decimal::of(*seconds) : *Decimal::parse(text);
}

// The type that a case describes: its format, and what differs from the format's defaults.
inline Type type_in(json::Reader entry) {
  const Format* format = find_format(text_in(entry, "type"));
  REQUIRE(format != nullptr);
  Type type{.format = format,
            .scale = format->scale_default,
            .length_max = format->length_max_default,
            .minimum = number_in(entry, "minimum"),
            .maximum = number_in(entry, "maximum"),
            .options = {}};
  if (const auto scale = entry.member("scale")) type.scale = static_cast<int>(*scale->integer());
  if (const auto most = entry.member("length_max")) {
    type.length_max = static_cast<int>(*most->integer());
  }
  if (const auto options = entry.member("options")) {
    for (const json::Reader option : *options) type.options.emplace_back(*option.text());
  }
  return type;
}

// The plain type of a format.
inline Type type_of(std::string_view name) {
  const Format* format = find_format(name);
  REQUIRE(format != nullptr);
  Type type{.format = format, .minimum = {}, .maximum = {}, .options = {}};
  type.scale = format->scale_default;
  type.length_max = format->length_max_default;
  return type;
}

inline std::string written(const Type& type, const Value& value) {
  json::Writer writer;
  write(writer, type, value);
  return writer.take();
}

template <class T>
std::string rule_of(const Result<T>& result) {
  return result ? "" : result.error().problems.front().rule;
}

}  // namespace tenon::support
