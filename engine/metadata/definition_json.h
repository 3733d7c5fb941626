// The JSON border of every kind of definition; internal to the room.
//
// parse() answers what could be read and adds every problem to the list; names stay as written.
// write() puts the members in the order of the schema and leaves out what is as usual. One file
// per kind: field_json.cpp, object_json.cpp, rule_json.cpp …
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/json/members.h"
#include "engine/json/writer.h"
#include "engine/metadata/bundle.h"
#include "engine/metadata/definitions.h"
#include "engine/metadata/import.h"
#include "engine/metadata/object.h"
#include "engine/metadata/story.h"

namespace tenon::metadata {

using Problems = std::vector<Problem>;

Label parse(json::Reader reader, json::To<Label>, Problems& problems);
Option parse(json::Reader reader, json::To<Option>, Problems& problems);
Field parse(json::Reader reader, json::To<Field>, Problems& problems);
Object parse(json::Reader reader, json::To<Object>, Problems& problems);
PoolReturn parse(json::Reader reader, json::To<PoolReturn>, Problems& problems);
Pool parse(json::Reader reader, json::To<Pool>, Problems& problems);
Rule parse(json::Reader reader, json::To<Rule>, Problems& problems);
Role parse(json::Reader reader, json::To<Role>, Problems& problems);
View parse(json::Reader reader, json::To<View>, Problems& problems);
Section parse(json::Reader reader, json::To<Section>, Problems& problems);
Related parse(json::Reader reader, json::To<Related>, Problems& problems);
Page parse(json::Reader reader, json::To<Page>, Problems& problems);
Form parse(json::Reader reader, json::To<Form>, Problems& problems);
MenuItem parse(json::Reader reader, json::To<MenuItem>, Problems& problems);
Menu parse(json::Reader reader, json::To<Menu>, Problems& problems);
Report parse(json::Reader reader, json::To<Report>, Problems& problems);
TableInput parse(json::Reader reader, json::To<TableInput>, Problems& problems);
Table parse(json::Reader reader, json::To<Table>, Problems& problems);
MatchField parse(json::Reader reader, json::To<MatchField>, Problems& problems);
Flow parse(json::Reader reader, json::To<Flow>, Problems& problems);
Duplicate parse(json::Reader reader, json::To<Duplicate>, Problems& problems);
ImportMap parse(json::Reader reader, json::To<ImportMap>, Problems& problems);
Story parse(json::Reader reader, json::To<Story>, Problems& problems);
// The header only: what bundle.json holds.
Bundle parse(json::Reader reader, json::To<Bundle>, Problems& problems);

void write(json::Writer& writer, const Label& label);
void write(json::Writer& writer, const Option& option);
void write(json::Writer& writer, const Field& field);
void write(json::Writer& writer, const Object& object);
void write(json::Writer& writer, const Pool& pool);
void write(json::Writer& writer, const Rule& rule);
void write(json::Writer& writer, const Role& role);
void write(json::Writer& writer, const View& view);
void write(json::Writer& writer, const Section& section);
void write(json::Writer& writer, const Page& page);
void write(json::Writer& writer, const Form& form);
void write(json::Writer& writer, const MenuItem& item);
void write(json::Writer& writer, const Menu& menu);
void write(json::Writer& writer, const Report& report);
void write(json::Writer& writer, const Table& table);
void write(json::Writer& writer, const Duplicate& rule);
void write(json::Writer& writer, const Flow& flow);
void write(json::Writer& writer, const Story& story);
void write(json::Writer& writer, const Bundle& bundle);

// Members that several kinds have.

// `name`, `id` (the name where it is left out), and `$schema`, which is passed over.
template <class Definition>
void read_names(json::Members& members, Definition& definition);
Label required_label(json::Members& members, std::string_view name);
Label optional_label(json::Members& members, std::string_view name);
std::vector<std::string> texts(json::Members& members, std::string_view name);
int small_integer(json::Members& members, std::string_view name, int usual, int min, int max);
// The place of the member's text in the list, 0 where it is absent; another text is a problem.
std::size_t one_of(json::Members& members, std::string_view name,
                   std::span<const std::string_view> words);
std::vector<std::string> texts(json::Reader array, Problems& problems);
// A number, written as one or as a text.
std::optional<Decimal> read_bound(json::Members& members, std::string_view name);

template <class T>
std::vector<T> list_of(json::Members& members, std::string_view name) {
  std::vector<T> items;
  const auto array = members.optional(name);
  if (!array) return items;
  if (auto is_array = array->expect(json::Kind::array); !is_array) {
    json::collect(members.problems(), std::move(is_array.error()));
    return items;
  }
  for (const json::Reader item : *array) {
    items.push_back(parse(item, json::To<T>{}, members.problems()));
  }
  return items;
}

void write_names(json::Writer& writer, std::string_view id, std::string_view name);
// Nothing where the text, label or list is empty.
void write_text(json::Writer& writer, std::string_view name, std::string_view text);
void write_label(json::Writer& writer, std::string_view name, const Label& label);
void write_texts(json::Writer& writer, std::string_view name,
                 const std::vector<std::string>& texts);
void write_list_of_texts(json::Writer& writer, const std::vector<std::string>& texts);

template <class T>
void write_list(json::Writer& writer, std::string_view name, const std::vector<T>& items) {
  if (items.empty()) return;
  writer.key(name).begin_array();
  for (const T& item : items) write(writer, item);
  writer.end_array();
}

void read_names(json::Members& members, std::string& id, std::string& name);

template <class Definition>
void read_names(json::Members& members, Definition& definition) {
  read_names(members, definition.id, definition.name);
}

}  // namespace tenon::metadata
