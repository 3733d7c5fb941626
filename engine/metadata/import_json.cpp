#include <array>

#include "engine/json/layout.h"
#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 4> kTransforms{"", "lower", "upper", "login"};
constexpr int kOrderMax = 1'000'000;

using Aliases = std::vector<std::pair<std::string, std::string>>;

Aliases read_aliases(json::Members& members) {
  Aliases aliases;
  const auto object = members.optional("aliases");
  if (!object) return aliases;
  if (auto is_object = object->expect(json::Kind::object); !is_object) {
    json::collect(members.problems(), std::move(is_object.error()));
    return aliases;
  }
  for (const json::Reader alias : *object) {
    auto text = alias.text();
    if (!text) json::collect(members.problems(), std::move(text.error()));
    if (text) aliases.emplace_back(std::string(alias.name()), std::string(*text));
  }
  return aliases;
}

std::optional<Decimal> read_times(json::Members& members) {
  const auto member = members.optional("times");
  if (!member) return std::nullopt;
  const auto text = member->kind() == json::Kind::number ? member->number_text() : member->text();
  auto factor = text ? Decimal::parse(*text) : Result<Decimal>(text.error());
  if (factor) return *factor;
  members.problems().push_back(member->problem("number", "must be a number, as \"1000\""));
  return std::nullopt;
}

// Nothing where the column is skipped.
std::optional<Feed> parse_feed(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  Feed feed;
  const bool skip = members.boolean("skip").value_or(false);
  feed.key = members.boolean("key").value_or(false);
  feed.level = members.boolean("level").value_or(false);
  feed.field = members.text("field").value_or("");
  feed.match = members.text("match").value_or("");
  feed.separator = members.text("separator").value_or("");
  feed.format = members.text("format").value_or("");
  feed.as = static_cast<Transform>(one_of(members, "as", kTransforms));
  feed.times = read_times(members);
  feed.aliases = read_aliases(members);
  members.finish();
  const bool says_what = skip != (feed.key || feed.level || !feed.field.empty());
  if (!says_what && reader.kind() == json::Kind::object) {
    problems.push_back(
        reader.problem("column", "must say \"key\", \"level\", \"field\" or \"skip\""));
  }
  return skip ? std::nullopt : std::optional(std::move(feed));
}

ImportColumn parse_column(json::Reader reader, Problems& problems) {
  ImportColumn column{.header = std::string(reader.name()), .feeds = {}};
  const auto add = [&](json::Reader item) {
    if (auto feed = parse_feed(item, problems)) column.feeds.push_back(std::move(*feed));
  };
  if (reader.kind() == json::Kind::array) {
    for (const json::Reader item : reader) add(item);
  } else {
    add(reader);
  }
  return column;
}

Joined parse_joined(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  Joined joined{.field = std::string(reader.name()), .columns = {}, .separator = ""};
  members.required("columns");
  joined.columns = texts(members, "columns");
  joined.separator = members.text("separator").value_or(" ");
  members.finish();
  return joined;
}

Constant parse_constant(json::Reader reader, Problems& problems) {
  Constant constant{.field = std::string(reader.name()), .json = "", .match = ""};
  json::Reader value = reader;
  if (reader.kind() == json::Kind::object && reader.member("match")) {
    json::Members members(reader, problems);
    constant.match = members.required_text("match").value_or("");
    members.required_text("value");
    members.finish();
    value = reader.member("value").value_or(reader);
  }
  json::Writer writer;
  json::copy(value, writer);
  constant.json = writer.take();
  return constant;
}

template <class T>
std::vector<T> read_members(json::Members& members, std::string_view name,
                            T (*parse_member)(json::Reader, Problems&)) {
  std::vector<T> items;
  const auto object = members.optional(name);
  if (!object) return items;
  if (auto is_object = object->expect(json::Kind::object); !is_object) {
    json::collect(members.problems(), std::move(is_object.error()));
    return items;
  }
  for (const json::Reader item : *object) {
    items.push_back(parse_member(item, members.problems()));
  }
  return items;
}

void write_feed(json::Writer& writer, const Feed& feed) {
  writer.begin_object();
  if (feed.key) writer.key("key").boolean(true);
  if (feed.level) writer.key("level").boolean(true);
  write_text(writer, "field", feed.field);
  write_text(writer, "match", feed.match);
  write_text(writer, "separator", feed.separator);
  write_text(writer, "format", feed.format);
  write_text(writer, "as", kTransforms[static_cast<std::size_t>(feed.as)]);
  if (feed.times) writer.key("times").text(feed.times->text());
  if (!feed.aliases.empty()) {
    writer.key("aliases").begin_object();
    for (const auto& [from, to] : feed.aliases) writer.key(from).text(to);
    writer.end_object();
  }
  writer.end_object();
}

void write_columns(json::Writer& writer, const std::vector<ImportColumn>& columns) {
  writer.key("columns").begin_object();
  for (const ImportColumn& column : columns) {
    writer.key(column.header);
    if (column.feeds.empty()) {
      writer.begin_object().key("skip").boolean(true).end_object();
    } else if (column.feeds.size() == 1) {
      write_feed(writer, column.feeds.front());
    } else {
      writer.begin_array();
      for (const Feed& feed : column.feeds) write_feed(writer, feed);
      writer.end_array();
    }
  }
  writer.end_object();
}

void write_joined(json::Writer& writer, const std::vector<Joined>& all) {
  if (all.empty()) return;
  writer.key("joined").begin_object();
  for (const Joined& joined : all) {
    writer.key(joined.field).begin_object();
    writer.key("columns");
    write_list_of_texts(writer, joined.columns);
    if (joined.separator != " ") writer.key("separator").text(joined.separator);
    writer.end_object();
  }
  writer.end_object();
}

void write_constants(json::Writer& writer, const std::vector<Constant>& constants) {
  if (constants.empty()) return;
  writer.key("constants").begin_object();
  for (const Constant& constant : constants) {
    writer.key(constant.field);
    if (constant.match.empty()) {
      writer.raw(constant.json);
    } else {
      writer.begin_object();
      writer.key("match").text(constant.match);
      writer.key("value").raw(constant.json).end_object();
    }
  }
  writer.end_object();
}

}  // namespace

// A mapping that comes with a request has no name and no file: its rows come beside it.
ImportMap parse(json::Reader reader, json::To<ImportMap>, Problems& problems) {
  json::Members members(reader, problems);
  ImportMap map;
  members.optional("$schema");
  map.name = members.text("name").value_or("");
  map.order = small_integer(members, "order", 0, -kOrderMax, kOrderMax);
  map.object = members.required_text("object").value_or("");
  map.file = members.text("file").value_or("");
  map.source = members.text("source").value_or("");
  map.users = members.boolean("users").value_or(false);
  map.unique_rows = members.boolean("unique_rows").value_or(false);
  members.required("columns");
  map.columns = read_members(members, "columns", parse_column);
  map.joined = read_members(members, "joined", parse_joined);
  map.constants = read_members(members, "constants", parse_constant);
  members.finish();
  return map;
}

Result<ImportMap> parse(json::Reader reader, json::To<ImportMap> to) {
  Problems problems;
  ImportMap map = parse(reader, to, problems);
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return map;
}

void write(json::Writer& writer, const ImportMap& map) {
  writer.begin_object();
  write_text(writer, "name", map.name);
  if (map.order != 0) writer.key("order").integer(map.order);
  writer.key("object").text(map.object);
  write_text(writer, "file", map.file);
  write_text(writer, "source", map.source);
  if (map.users) writer.key("users").boolean(true);
  if (map.unique_rows) writer.key("unique_rows").boolean(true);
  write_columns(writer, map.columns);
  write_joined(writer, map.joined);
  write_constants(writer, map.constants);
  writer.end_object();
}

}  // namespace tenon::metadata
